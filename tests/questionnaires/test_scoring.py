"""Scores are plain arithmetic that holds for any answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.bank import questionnaire
from questionnaires.scoring import score
from tests.questionnaires.conftest import answered, opposite

INTERESTS = questionnaire("interests")
SHORT, LONG = INTERESTS.order("short"), INTERESTS.order("long")


def liking(**by_scale: int) -> dict[str, int]:
    """The same answer to every item of a scale; 1 for what is not named."""
    return {id: by_scale.get(item.scale or "", 1) for id, item in INTERESTS.items.items()}


class TestScore:
    @given(answered())
    def test_stays_within_its_ends(self, given_answers: tuple[str, dict[str, int]]) -> None:
        id, answers = given_answers
        bank = questionnaire(id)
        profile = score(bank, answers, asked=bank.order("long"))

        assert all(one.value is None or 0 <= one.value <= 1 for one in profile.scores)
        assert 0.5 <= profile.confidence <= 1
        assert [one.scale for one in profile.scores] == list(bank.scales)
        assert set(profile.top) <= profile.values().keys()

    @given(answered())
    def test_opposite_answers_give_opposite_scores(self, given_answers: tuple[str, dict[str, int]]) -> None:
        id, answers = given_answers
        bank = questionnaire(id)
        turned = {key: opposite(bank.items[key], value) for key, value in answers.items()}
        one, other = (score(bank, some, asked=bank.order("long")).values() for some in (answers, turned))

        assert other == pytest.approx({scale: 1 - value for scale, value in one.items()})

    @given(answered("interests"), st.randoms())
    def test_the_order_of_answering_does_not_matter(self, given_answers, random) -> None:
        _, answers = given_answers
        shuffled = list(answers.items())
        random.shuffle(shuffled)

        assert score(INTERESTS, dict(shuffled), asked=LONG) == score(INTERESTS, answers, asked=LONG)

    @given(answered("interests"), st.sampled_from(LONG))
    def test_liking_something_more_never_lowers_its_scale(self, given_answers, id: str) -> None:
        _, answers = given_answers
        before, after = ({**answers, id: value} for value in (2, 4))
        scale = INTERESTS.items[id].scale or ""
        low, high = (score(INTERESTS, some, asked=LONG).values().get(scale, 0) for some in (before, after))

        assert high >= low

    def test_only_what_the_form_asked_counts(self) -> None:
        assert score(INTERESTS, liking(realistic=5), asked=SHORT).scores[0].of == 3

    def test_a_reversed_item_counts_the_other_way(self) -> None:
        bank = questionnaire("attitude")
        profile = score(bank, {"m01": 5, "m02": 5, "m03": 1, "m04": 5, "m05": 1}, asked=bank.order("long"))

        assert profile.values() == {"motivation": 1.0}

    def test_less_than_half_answered_gives_no_score(self) -> None:
        some = {id: 5 for id in SHORT if INTERESTS.items[id].scale != "social"} | {"s01": 5}
        profile = score(INTERESTS, some, asked=SHORT)

        assert "social" not in profile.values()
        assert not profile.is_complete

    def test_nothing_answered_has_no_top_and_no_direction_to_lack(self) -> None:
        profile = score(INTERESTS, {}, asked=SHORT)

        assert (profile.top, profile.is_undifferentiated, profile.confidence) == ((), False, 0.5)


class TestTop:
    def test_a_clear_top_is_sure(self) -> None:
        profile = score(INTERESTS, liking(realistic=5, social=4, artistic=4), asked=LONG)

        assert (profile.top[0], set(profile.top)) == ("realistic", {"realistic", "social", "artistic"})
        assert profile.confidence > 0.95
        assert not profile.is_undifferentiated

    def test_the_same_answers_are_less_sure_on_the_short_form(self) -> None:
        answers = liking(realistic=5, social=3, artistic=3, investigative=2)
        short, long = (score(INTERESTS, answers, asked=asked).confidence for asked in (SHORT, LONG))

        assert 0.5 < short < long

    def test_a_tie_of_third_and_fourth_is_a_coin(self) -> None:
        tie = liking(realistic=5, social=5, artistic=3, investigative=3)

        assert score(INTERESTS, tie, asked=LONG).confidence == pytest.approx(0.5)

    @given(st.integers(1, 5))
    def test_equal_scores_are_undifferentiated(self, value: int) -> None:
        assert score(INTERESTS, dict.fromkeys(LONG, value), asked=LONG).is_undifferentiated


class TestValues:
    def test_a_value_scores_the_share_of_its_choices(self) -> None:
        bank = questionnaire("values")
        answers = dict.fromkeys(bank.items, 1)
        profile = score(bank, answers, asked=bank.order("long")).values()

        assert profile["outdoors"] == pytest.approx(2 / 3)
        assert profile["outdoors"] + profile["indoors"] == pytest.approx(1)
