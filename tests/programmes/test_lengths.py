"""How long a programme takes: what its schools say goes before what is usual at its level."""

import pytest

from programmes.lengths import Length, length_of
from programmes.models import Offering, Programme


def programme(level: str | None, country: str = "NL") -> Programme:
    return Programme(id="one", country=country, level=level)


def offers(*months: int | None) -> list[Offering]:
    return [Offering(duration_months=one) for one in months]


class TestLengthOf:
    def test_schools_that_differ_make_a_range(self):
        assert length_of(programme("4"), offers(48, None, 36)) == Length(36, 48, is_usual=False)

    @pytest.mark.parametrize(
        ("level", "country", "years"),
        [("1", "NL", "1"), ("2", "NL", "2"), ("3", "NL", "3"), ("ad", "NL", "2"), ("hbo", "NL", "4"),
         ("bachelor", "BE", "3"), ("graduaat", "BE", "2")],
    )  # fmt: skip
    def test_else_it_is_what_is_usual_at_the_level_for_who_begins(self, level, country, years):
        usual = length_of(programme(level, country), offers(None))

        assert usual is not None
        assert (usual.years, usual.is_usual) == (years, True)

    @pytest.mark.parametrize("level", [None, "buso"])
    def test_without_a_rule_nobody_guesses(self, level):
        assert length_of(programme(level), []) is None


class TestYears:
    @pytest.mark.parametrize(
        ("least", "most", "years"), [(36, 36, "3"), (24, 36, "2-3"), (18, 18, None), (12, 18, None)]
    )
    def test_whole_years_only(self, least, most, years):
        assert Length(least, most, is_usual=False).years == years
