"""Four digits are a postcode where somebody says so, and a year, a price or a code everywhere else."""

import pytest

from programmes.postcodes import postcode_in, postcode_of


class TestPostcodeIn:
    @pytest.mark.parametrize(
        ("text", "digits"),
        [
            ("kapper in de buurt van 3511", "3511"),
            ("kapper vlakbij 3511.", "3511"),
            ("ik woon in 3511 en wil kok worden", "3511"),
            ("something with animals near 7511", "7511"),
            ("mijn postcode is 2023", "2023"),
            ("Postcode: 2023 ab, iets met techniek", "2023"),
            ("my postal code is 1055", "1055"),
            ("opleiding kok 3511 AB", "3511"),
            ("opleiding kok 2023AB", "2023"),
            ("kok bij 3511ab", "3511"),
        ],
    )
    def test_what_is_said_to_be_one(self, text: str, digits: str) -> None:
        said = postcode_in(text)

        assert said is not None
        assert said.digits == digits

    @pytest.mark.parametrize(
        "text",
        [
            "3511",
            "ik wil in 2027 beginnen",
            "rond 2027",
            "in de buurt van 2027",
            "IK BEGIN 2027 OP HET MBO",
            "crebo 25180",
            "opleiding 25180",
            "ik verdien in de buurt van 2511 euro",
            "1055 KM verderop",
            "kok 1055kg",
            "kok 3511 ik wil graag",
            "vlakbij 3511-22",
            "een school met 1250 leerlingen",
            "schooljaar 2026-2027",
            "in omgeving 20270",
        ],
    )
    def test_what_is_something_else(self, text: str) -> None:
        assert postcode_in(text) is None

    def test_the_words_that_say_so_belong_to_it(self) -> None:
        text = "kapper in de buurt van 3511 niveau 3"
        said = postcode_in(text)

        assert said is not None
        assert (text[: said.start], text[said.end :]) == ("kapper ", " niveau 3")

    def test_a_level_behind_it_stays(self) -> None:
        text = "rechten, postcode 3511 wo"
        said = postcode_in(text)

        assert said is not None
        assert text[said.end :] == " wo"

    def test_in_flanders_only_one_with_letters_is_dutch(self) -> None:
        assert postcode_in("postcode 9000", country="BE") is None
        assert postcode_in("kok bij 4511 AB", country="BE") is not None


class TestPostcodeOf:
    @pytest.mark.parametrize("place", ["3511", " 3511 AB ", "3511ab"])
    def test_a_place_that_is_nothing_else(self, place: str) -> None:
        assert postcode_of(place) == "3511"

    @pytest.mark.parametrize("place", ["Utrecht", "0511", "35111", "3511 ABC", "Utrecht 3511"])
    def test_other_places_are_none(self, place: str) -> None:
        assert postcode_of(place) is None
