"""Who looks for a secondary school gets schools; who only says where they are now does not."""

import pytest

from programmes.catalogue import Catalogue
from programmes.secondary_schools import kinds_of, school_question, schools_in


class TestQuestion:
    @pytest.mark.parametrize(
        ("said", "kind", "place"),
        [
            ("welke middelbare scholen zijn er in Amersfoort?", None, "Amersfoort"),
            ("is er een havo in Zwolle?", "havo", "Zwolle"),
            ("Is there a havo in Zwolle?", "havo", "Zwolle"),
            ("which secondary schools are there in Leiden", None, "Leiden"),
            ("mijn zoon zit in groep 8, welke scholen voor vmbo-tl zijn er in Almere?", "vmbo-tl", "Almere"),
            ("welke middelbare scholen met havo zijn er in Zwolle", "havo", "Zwolle"),
            ("ik zoek een gymnasium in Utrecht", "vwo", "Utrecht"),
            ("waar is praktijkonderwijs in Emmen", "pro", "Emmen"),
            ("welke middelbare scholen zijn er?", None, None),
        ],
    )
    def test_a_kind_and_a_place_are_read(
        self, catalogue: Catalogue, said: str, kind: str | None, place: str | None
    ) -> None:
        asked = school_question(catalogue, said, country="NL")

        assert asked is not None
        assert (asked.kind, asked.place.name if asked.place else None) == (kind, place)

    @pytest.mark.parametrize(
        "said",
        [
            "ik zit op de havo in Zwolle en wil iets met dieren",
            "welke opleidingen zijn er in Zwolle na de havo?",
            "ik heb vmbo-tl, wat kan ik in Utrecht doen?",
            "iets met techniek op een middelbare school",
            "is er een mbo-school in Zwolle",
            "havo",
            "kok in Zwolle",
        ],
    )
    def test_other_questions_are_left_alone(self, catalogue: Catalogue, said: str) -> None:
        assert school_question(catalogue, said, country="NL") is None


class TestSchoolsIn:
    def test_a_town_has_its_schools_of_a_kind(self, catalogue: Catalogue) -> None:
        place = catalogue.places.link("Amersfoort")
        assert place is not None

        every, havo = schools_in(catalogue, place, None), schools_in(catalogue, place, "havo")

        assert every.is_there
        assert havo.is_there
        assert len(every.schools) > len(havo.schools) > 3
        assert all("havo" in one.kinds for one in havo.schools)
        assert {one.place for one in every.schools} == {"Amersfoort"}

    def test_where_there_is_none_the_nearest_are_named(self, catalogue: Catalogue) -> None:
        place = catalogue.places.link("Vlieland")
        assert place is not None

        found = schools_in(catalogue, place, "vwo")

        assert not found.is_there
        assert 0 < len(found.schools) <= 5

    def test_both_kinds_of_vmbo_are_said_as_one(self, catalogue: Catalogue) -> None:
        both = next(one for one in catalogue.secondary_schools if set(one.kinds) == {"vmbo-bk", "vmbo-tl"})

        assert kinds_of([both], both) == ("vmbo",)

    def test_every_school_is_said_with_a_source_and_a_caution(self, catalogue: Catalogue) -> None:
        assert len(catalogue.secondary_schools) > 1500
        assert not any(one.is_verified for one in catalogue.secondary_schools)
        assert all(one.source_id in catalogue.sources for one in catalogue.secondary_schools)
