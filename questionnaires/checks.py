"""Whether answers look as if somebody read the questions. A reason to look again together, never a reproach."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from questionnaires.bank import HIGHEST, LOWEST, Questionnaire
from questionnaires.scoring import Answers, keyed

ENOUGH = 9
"""Answers from which a habit can be told from chance."""
SAME_SHARE = 0.9
"""Share of equal answers from which it is a straight line."""
FAR_APART = 3
"""Points (of the four between 1 and 5) between two items that are alike, which contradicts."""
TOO_MANY_CONTRADICTIONS = 0.5
"""Share of the pairs."""
LEAST_PAIRS = 2
"""One contradiction alone is a slip."""
FASTEST_S = 1.5
"""Seconds for an item, on average: in less, nobody reads eight words and chooses (a guess: docs/questionnaires.md)."""
SKIPPED_SHARE = 1 / 3


class Caution(StrEnum):
    """Why a result may say less than it seems to."""

    STRAIGHT_LINE = "straight_line"
    CONTRADICTIONS = "contradictions"
    TOO_FAST = "too_fast"
    MANY_SKIPPED = "many_skipped"


def cautions(
    bank: Questionnaire, answers: Answers, *, asked: Sequence[str], skipped: int, active_s: float
) -> tuple[Caution, ...]:
    """What is odd about the answers; nothing when they look well.

    Args:
        skipped: how many items were passed over.
        active_s: seconds between question and answer, together, breaks left out.
    """
    given = {id: answers[id] for id in asked if id in answers}
    found = {
        Caution.STRAIGHT_LINE: is_straight_line(given),
        Caution.CONTRADICTIONS: is_contradictory(bank, given),
        Caution.TOO_FAST: len(given) >= ENOUGH and active_s / len(given) < FASTEST_S,
        Caution.MANY_SKIPPED: skipped > len(asked) * SKIPPED_SHARE,
    }
    return tuple(caution for caution, holds in found.items() if holds)


def is_straight_line(answers: Answers) -> bool:
    """Whether nearly all answers are the same button."""
    if len(answers) < ENOUGH:
        return False
    return max(Counter(answers.values()).values()) >= len(answers) * SAME_SHARE


def is_contradictory(bank: Questionnaire, answers: Answers) -> bool:
    """Whether many items that are alike were answered in opposite ways."""
    pairs = [pair for pair in bank.alike if all(id in answers for id in pair)]
    against = sum(_contradicts(bank, answers, *pair) for pair in pairs)
    return len(pairs) >= LEAST_PAIRS and against >= max(LEAST_PAIRS, len(pairs) * TOO_MANY_CONTRADICTIONS)


def _contradicts(bank: Questionnaire, answers: Answers, one: str, other: str) -> bool:
    scale = bank.items[one].scales[0]
    apart = abs(keyed(bank.items[one], answers[one], scale) - keyed(bank.items[other], answers[other], scale))
    return apart * (HIGHEST - LOWEST) >= FAR_APART
