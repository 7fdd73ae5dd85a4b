"""Where somebody stands says which levels are meant, where no level is named."""

import pytest

from programmes.catalogue import Catalogue
from programmes.next_steps import next_steps
from programmes.query import is_in_english
from programmes.search import search_programmes
from programmes.wishes import Wishes


class TestNextSteps:
    @pytest.mark.parametrize(
        ("said", "country", "first", "later"),
        [
            ("ik zit in 5 vwo en vind de hersenen interessant", "NL", "wo", "3"),
            ("iets met honden na het vmbo", "NL", "4", "wo"),
            ("without a diploma, I like driving", "NL", "2", "4"),
            ("ik wil bouwen, makkelijk niveau", "NL", "1", "hbo"),
            ("our son of 14 likes horses", "BE", "so-2", "bachelor"),
            ("zij is 16 en tekent graag", "BE", "so-3", "so-1"),
            ("iets met chemie na het middelbaar", "BE", "bachelor", "so-3"),
        ],
    )
    def test_the_next_level_goes_before_others(self, said: str, country: str, first: str, later: str) -> None:
        shares = next_steps(said, country=country)

        assert shares.get(first, 0.0) > shares.get(later, 0.0)

    @pytest.mark.parametrize(
        "said",
        ["helpende", "12 jaar elektricien", "les geven aan kinderen van drie tot zes", "ik ben een kok", "mode"],
    )
    def test_what_tells_nothing_of_a_person_changes_nothing(self, said: str) -> None:
        assert not next_steps(said, country="NL")

    def test_what_was_told_before_counts_until_the_words_say_otherwise(self) -> None:
        assert next_steps("iets met auto's", country="NL", standing="mbo-2")["3"] == 1.0
        assert next_steps("ik doe vwo", country="NL", standing="mbo-2")["wo"] == 1.0
        assert not next_steps("iets met auto's", country="BE", standing="none")

    def test_a_level_that_is_named_goes_before_where_one_stands(self, catalogue: Catalogue) -> None:
        found = search_programmes(catalogue, Wishes(query="ik doe vwo maar wil mbo, iets met koken"), country="NL")

        assert {hit.programme.level for hit in found.hits} <= {"1", "2", "3", "4"}


@pytest.mark.parametrize(("said", "expected"), [("a degree taught in English", True), ("English teacher", False)])
def test_english_as_the_language_of_teaching_is_no_subject(said: str, *, expected: bool) -> None:
    assert is_in_english(said) is expected
