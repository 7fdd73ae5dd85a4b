"""What identifies a person leaves the message; what the answer needs stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from bot.redaction import PLACEHOLDERS, redact


def put_back(text: str, found: tuple) -> str:
    """Undo a redaction from its map: the placeholders stand in the order of what was found."""
    for piece in found:
        text = text.replace(PLACEHOLDERS[piece.kind], piece.original, 1)
    return text


class TestRedact:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("bel me op 06-12345678 na school", "bel me op <telefoon> na school"),
            ("mijn nummer is +31 6 12 34 56 78", "mijn nummer is <telefoon>"),
            ("0031612345678 app maar", "<telefoon> app maar"),
            ("gsm 0470 12 34 56", "gsm <telefoon>"),
            ("bel +32 470 12 34 56", "bel <telefoon>"),
            ("thuis 030-2345678", "thuis <telefoon>"),
            ("mail naar sanne.de.vries@school.nl graag", "mail naar <e-mail> graag"),
            ("mijn bsn is 111222333", "mijn bsn is <bsn>"),
            ("bsn: 11122233", "bsn: <bsn>"),
            ("rijksregister 93.05.18-223.61", "rijksregister <rijksregisternummer>"),
            ("stort op NL91 ABNA 0417 1643 00", "stort op <iban>"),
            ("be68539007547034 is van mij", "<iban> is van mij"),
            ("ik woon op 3512 JE 12 in Utrecht", "ik woon op <adres> in Utrecht"),
            ("postcode 3512je", "postcode <adres>"),
            ("ik woon in de Dorpsstraat 12a", "ik woon in de <adres>"),
            ("kijk op instagram.com/sanne_2010", "kijk op <account>"),
            ("mijn snap is @sannetje10", "mijn snap is <account>"),
        ],
    )
    def test_personal_data_becomes_a_placeholder(self, text, expected):
        assert redact(text).text == expected

    @pytest.mark.parametrize(
        "text",
        [
            "bel 113 of 0800-0113",
            "112",
            "1813 en 106, 102, 101, 1712",
            "Child Focus 116 000",
            "0800-2000 is Veilig Thuis",
            "0900-1113111",
            "088 0767 000",
            "crebo 25180 en 23313",
            "schooljaar 2026-2027",
            "het kost 1.419 euro",
            "€ 2601 per jaar",
            "ik ben 16 en mijn broer 21",
            "voor 1 april 2027",
            "1-4-2027",
            "nl-mbo-25180",
            "van 2026 EN 2027",
            "een cijfer van 7,5",
            "om 14.30 uur in lokaal 2.13",
            "niveau 2, 3 of 4",
            "60 EC per jaar",
            "20 km verderop",
            "in 2027 NL of BE",
            "40 dagen les, 1000 uur stage",
        ],
    )
    def test_what_the_answer_needs_stays(self, text):
        assert redact(text).text == text

    def test_offsets_are_in_the_original(self):
        text = "ik ben te bereiken: jan@school.nl of 0612345678"
        for found in redact(text).found:
            assert text[found.start : found.end] == found.original

    @given(st.text(max_size=200))
    @settings(max_examples=150, deadline=None)
    def test_any_text_can_be_put_back_from_the_map(self, text):
        if any(placeholder in text for placeholder in PLACEHOLDERS.values()):
            return
        redacted = redact(text)
        assert put_back(redacted.text, redacted.found) == text

    @given(
        st.integers(min_value=10_000_000, max_value=99_999_999),
        st.sampled_from(["{}", "bsn {}.", "ik heb {} gekregen"]),
    )
    @settings(max_examples=100, deadline=None)
    def test_no_valid_bsn_survives(self, stem, sentence):
        for last in range(10):
            number = f"{stem}{last}"
            if bsn.is_valid(number):
                assert number not in redact(sentence.format(number)).text

    @given(st.from_regex(r"06[1-5][0-9]{7}", fullmatch=True))
    @settings(max_examples=100, deadline=None)
    def test_no_mobile_number_survives(self, number):
        assert number not in redact(f"app me op {number} ja").text

    def test_twice_changes_nothing_more(self):
        once = redact("jan@school.nl, 0612345678, 3512 JE 12, NL91ABNA0417164300, @sannetje10").text
        assert redact(once).text == once


def test_a_year_before_a_word_in_capitals_is_no_postcode() -> None:
    assert redact("in 2026 MBO niveau 3").text == "in 2026 MBO niveau 3"
