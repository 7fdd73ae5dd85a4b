"""Odd ways of answering are seen; ordinary ones are not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.bank import IDS, questionnaire
from questionnaires.checks import Caution, cautions

INTERESTS, ATTITUDE = questionnaire("interests"), questionnaire("attitude")
LONG = INTERESTS.order("long")


def ordinary(seed: int) -> dict[str, int]:
    """Somebody with likes and dislikes who reads: near their taste for each type, one point up or down."""
    chance = random.Random(seed)
    taste = {scale: chance.randint(1, 5) for scale in INTERESTS.scales}
    return {
        id: min(max(taste[item.scale or ""] + chance.choice((-1, 0, 0, 1)), 1), 5)
        for id, item in INTERESTS.items.items()
    }


class TestCautions:
    @given(st.integers(0, 500))
    def test_who_reads_is_not_warned(self, seed: int) -> None:
        assert Caution.CONTRADICTIONS not in cautions(INTERESTS, ordinary(seed), asked=LONG, skipped=2, active_s=240)

    @pytest.mark.parametrize("id", IDS)
    def test_one_button_all_the_way_is_a_straight_line(self, id: str) -> None:
        bank = questionnaire(id)
        found = cautions(bank, dict.fromkeys(bank.items, 2), asked=bank.order("long"), skipped=0, active_s=500)

        assert Caution.STRAIGHT_LINE in found

    def test_a_few_equal_answers_are_no_line(self) -> None:
        assert cautions(INTERESTS, dict.fromkeys(LONG[:5], 3), asked=LONG, skipped=0, active_s=60) == ()

    def test_agreeing_with_a_thing_and_its_opposite_contradicts(self) -> None:
        answers = {id: 5 if at % 7 else 4 for at, id in enumerate(ATTITUDE.items)}
        found = cautions(ATTITUDE, answers, asked=ATTITUDE.order("long"), skipped=0, active_s=200)

        assert Caution.CONTRADICTIONS in found

    def test_one_contradiction_is_a_slip(self) -> None:
        answers = {id: 1 if item.is_reversed else 4 for id, item in ATTITUDE.items.items()} | {"m01": 1}
        found = cautions(ATTITUDE, answers, asked=ATTITUDE.order("long"), skipped=0, active_s=200)

        assert Caution.CONTRADICTIONS not in found

    @pytest.mark.parametrize(("active_s", "warned"), [(18 * 1.2, True), (18 * 4.0, False)])
    def test_faster_than_one_can_read_is_told(self, active_s: float, warned: bool) -> None:
        short = INTERESTS.order("short")
        found = cautions(INTERESTS, ordinary(1), asked=short, skipped=0, active_s=active_s)

        assert (Caution.TOO_FAST in found) is warned

    @pytest.mark.parametrize(("skipped", "warned"), [(20, False), (21, True)])
    def test_more_than_a_third_skipped_is_told(self, skipped: int, warned: bool) -> None:
        found = cautions(INTERESTS, ordinary(1), asked=LONG, skipped=skipped, active_s=300)

        assert (Caution.MANY_SKIPPED in found) is warned
