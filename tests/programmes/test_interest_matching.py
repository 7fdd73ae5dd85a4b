"""A short list for somebody's interests: it fits, it is varied, and it never shows one level alone."""

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refused
from programmes.catalogue import Catalogue
from programmes.interest_matching import LEVELS_SHOWN, ONLY_IF_ASKED, match_programmes
from programmes.interests import INTERESTS, correlation, numbers
from programmes.levels import LEVELS, fits

SCORES = st.lists(st.floats(0, 1, width=16), min_size=6, max_size=6).filter(lambda some: max(some) - min(some) > 0.2)


def person(**high: float) -> dict[str, float]:
    return {name: high.get(name, 0.2) for name in INTERESTS}


class TestCorrelation:
    @given(SCORES, st.floats(0.5, 9), st.floats(-5, 5))
    def test_the_scale_does_not_matter(self, scores: list[float], times: float, plus: float) -> None:
        other = [2.0, 5.0, 1.0, 7.0, 3.0, 4.0]
        stretched = [one * times + plus for one in scores]

        assert correlation(stretched, other) == pytest.approx(correlation(scores, other), abs=1e-6)
        assert correlation(scores, scores) == pytest.approx(1)

    def test_no_difference_is_no_direction(self) -> None:
        assert correlation([3.0] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) == 0


class TestMatchProgrammes:
    @settings(max_examples=15, deadline=None)
    @given(
        scores=SCORES,
        country=st.sampled_from(["NL", "BE"]),
        level=st.sampled_from([None, "2", "4", "hbo", "wo", "so-3"]),
    )
    def test_any_list_is_of_one_country_and_several_levels(
        self, catalogue: Catalogue, scores: list[float], country: str, level: str | None
    ) -> None:
        found = match_programmes(catalogue, dict(zip(INTERESTS, scores, strict=True)), country=country, level=level)

        assert len(found) == 6
        assert {one.programme.country for one in found} == {country}
        assert len({one.programme.level for one in found}) >= LEVELS_SHOWN
        assert len({one.programme.id for one in found}) == 6
        assert all(one.because and one.fit >= 0.3 for one in found)
        assert not ONLY_IF_ASKED & {one.programme.level for one in found}

    @pytest.mark.parametrize(
        ("interest", "level"), [("social", "2"), ("realistic", "3"), ("artistic", "4"), ("social", "hbo")]
    )
    def test_the_wished_level_is_there_and_something_above_it(
        self, catalogue: Catalogue, interest: str, level: str
    ) -> None:
        found = match_programmes(catalogue, person(**{interest: 1.0}), country="NL", level=level)
        higher = set(LEVELS[LEVELS.index(level) + 1 : LEVELS.index("wo") + 1])

        assert sum(fits(one.programme, level) for one in found) >= 2
        assert any(one.programme.level in higher for one in found)

    def test_what_fits_best_is_for_the_work_that_one_is_like(self, catalogue: Catalogue) -> None:
        nurse = dict(zip(INTERESTS, numbers(catalogue.interests["programme", "nl-ho-34570"]), strict=True))
        first = match_programmes(catalogue, nurse, country="NL")[0]

        assert first.fit > 0.95
        assert "social" in first.because

    def test_the_same_work_takes_two_places_at_most(self, catalogue: Catalogue) -> None:
        found = match_programmes(catalogue, person(realistic=1.0, conventional=0.5), country="NL")
        works = [catalogue.interests["programme", one.programme.id].occupations for one in found]

        assert max(works.count(work) for work in works) <= 2
        for one, other in combinations(found, 2):
            assert catalogue.group[one.programme.id] != catalogue.group[other.programme.id]

    def test_what_the_list_leaves_out_is_named(self, catalogue: Catalogue) -> None:
        found = match_programmes(catalogue, person(realistic=1.0), country="NL")
        shown = {one.programme.id for one in found}

        assert any(one.also for one in found)
        assert all(not shown & set(one.also) for one in found)

    def test_less_like_this_moves_it_and_its_kin_away(self, catalogue: Catalogue) -> None:
        likes = person(artistic=1.0, enterprising=0.6)
        first = match_programmes(catalogue, likes, country="NL")[0].programme
        again = match_programmes(catalogue, likes, country="NL", less_like=[first.id])
        kin = dict(zip(catalogue.kinship.ids, catalogue.kinship.nearness({first.id: 1.0}), strict=True))

        assert first.id not in {one.programme.id for one in again}
        assert kin[again[0].programme.id] < 0.6

    def test_a_town_moves_up_what_is_offered_there_and_hides_nothing(self, catalogue: Catalogue) -> None:
        likes = person(realistic=1.0)
        there = catalogue.offers.programmes_at({"0479"})  # Zaanstad
        without, with_town = (
            match_programmes(catalogue, likes, country="NL", municipalities=towns) for towns in ((), ("0479",))
        )

        assert len(with_town) == len(without)
        assert sum(one.programme.id in there for one in with_town) >= sum(one.programme.id in there for one in without)

    def test_no_direction_and_no_answer_are_refused_with_what_to_do(self, catalogue: Catalogue) -> None:
        with pytest.raises(Refused, match="equally strong"):
            match_programmes(catalogue, dict.fromkeys(INTERESTS, 0.5), country="NL")
        with pytest.raises(Refused, match="Too little was answered about social"):
            match_programmes(catalogue, {k: v for k, v in person().items() if k != "social"}, country="NL")

    def test_costs_little(self, catalogue: Catalogue) -> None:
        began = time.process_time()
        match_programmes(catalogue, person(social=1.0), country="NL")

        assert time.process_time() - began < 0.5
