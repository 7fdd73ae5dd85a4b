"""The arithmetic behind every figure that we publish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import measures
from cli.measures import Judged


def judged(intent, predicted, confidence=0.9, *, also=None, asks_back=False, ranking=None):
    group = {"language": "nl", "country": "NL", "writer": "pupil"}
    return Judged(intent, also, predicted, confidence, asks_back, ranking or [predicted], group)


class TestAccuracy:
    def test_either_of_two_judged_intents_is_right(self):
        assert measures.accuracy([judged("a", "b", also="b"), judged("a", "c")]) == 0.5

    def test_of_nothing_is_zero(self):
        assert measures.accuracy([]) == 0.0


class TestMacroF1:
    def test_a_rare_intent_counts_as_much_as_a_frequent_one(self):
        messages = [judged("a", "a")] * 9 + [judged("b", "a")]
        assert measures.macro_f1(messages) == pytest.approx((18 / 19 + 0) / 2)


class TestCalibrationError:
    def test_confidence_that_comes_true_has_none(self):
        messages = [judged("a", "a", 0.75)] * 3 + [judged("a", "b", 0.75)]
        assert measures.calibration_error(messages) == pytest.approx(0.0)

    def test_certain_and_wrong_is_the_worst(self):
        assert measures.calibration_error([judged("a", "b", 1.0)]) == pytest.approx(1.0)

    @given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1))
    def test_it_is_a_share(self, drawn):
        messages = [judged("a", "a" if is_right else "b", confidence) for is_right, confidence in drawn]
        assert 0.0 <= measures.calibration_error(messages) <= 1.0 + 1e-9


class TestOutOfScopeRecall:
    def test_low_confidence_counts_only_below_what_keeps_the_others(self):
        within = [judged("a", "a", 0.5 + number / 200) for number in range(100)]
        aside = [
            judged("out_of_scope", "a", 0.4),
            judged("out_of_scope", "a", 0.99),
            judged("out_of_scope", "out_of_scope"),
        ]
        assert measures.out_of_scope_recall([*within, *aside]) == pytest.approx(2 / 3)


class TestOutcomes:
    def test_asking_back_helps_only_when_the_meaning_is_among_three(self):
        messages = [
            judged("a", "a"),
            judged("a", "b", asks_back=True, ranking=["b", "a"]),
            judged("a", "b", asks_back=True, ranking=["b", "c", "d", "a"]),
            judged("a", "b"),
        ]
        assert measures.outcomes(messages) == {"at once": 0.25, "after asking back": 0.25, "failed": 0.5}


def test_f1_of_two_sets():
    assert measures.f1({1, 2, 3}, {2, 3, 4, 5}) == pytest.approx((2 / 3, 0.5, 4 / 7))
