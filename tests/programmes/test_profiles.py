"""What programmes asked in 2017: found by official code, said in whole words, never as what holds now."""

import pytest
import yaml

from programmes.admission import ADMISSION
from programmes.catalogue import Catalogue
from programmes.models import Programme
from programmes.profiles import profile_rule, said

NAMES = yaml.safe_load((ADMISSION / "requirements.yml").read_text(encoding="utf-8"))["subjects"]


class TestSaid:
    @pytest.mark.parametrize(
        ("asked", "nl", "en"),
        [
            ("open", "geen extra vak", "no extra subject"),
            ("wisA/wisB", "wiskunde A of wiskunde B", "maths A or maths B"),
            ("wisB+nat/schk", "wiskunde B en ook natuurkunde of scheikunde", "maths B and also physics or chemistry"),
            (
                "2:nat,schk,biol",
                "twee van de vakken natuurkunde, scheikunde en biologie",
                "two of the subjects physics, chemistry and biology",
            ),
        ],
    )
    def test_subjects_are_said_in_words(self, asked: str, nl: str, en: str) -> None:
        assert said(asked, NAMES) == {"nl": nl, "en": en}


class TestProfileRule:
    def test_it_is_that_of_the_programme_and_the_diploma(self, catalogue: Catalogue) -> None:
        dental = catalogue.programmes["nl-ho-34576"]
        havo, vwo = profile_rule(dental, start=None), profile_rule(dental, start="vwo")

        assert havo is not None
        assert vwo is not None
        assert (havo.start, vwo.start) == ("havo", "vwo")
        assert havo.asked["em"]["nl"] == "geen extra vak"

    def test_every_rule_is_of_a_programme_that_is_there(self, catalogue: Catalogue) -> None:
        ruled = [one for one in catalogue.programmes.values() if profile_rule(one, start=None)]

        assert len(ruled) > 150
        assert {one.level for one in ruled} <= {"hbo", "wo"}

    def test_a_code_of_another_system_has_none(self) -> None:
        assert profile_rule(Programme(country="NL", system="mbo", code="34576"), start=None) is None
        assert profile_rule(Programme(country="BE", system="ho", code="34576"), start=None) is None
