"""Answers to scores: how much of each scale, what stands out, and how sure that is. Arithmetic that a pupil may see."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from questionnaires.bank import HIGHEST, LOWEST, Item, Questionnaire

Answers = Mapping[str, int]
"""Item id -> answer; what was skipped is not in it."""

LEAST_ANSWERED = 0.5
"""Share of a scale's items without which it gets no score."""
ALIKE_WITHIN = 0.2
"""Scores (0.0-1.0) that all lie this near to each other tell no direction."""
SPREAD_AT_LEAST = 0.2
"""Standard deviation (0.0-1.0) of the answers within a scale that we reckon with where there are few: three equal
answers do not prove that ten would be equal."""
TOP = 3


@dataclass(frozen=True)
class Score:
    """What the answers say about one scale."""

    scale: str
    value: float | None
    """0.0-1.0, the middle is 0.5; None when too little was answered."""
    answered: int
    of: int
    error: float
    """Standard error of `value`; 0.5, as good as nothing known, without a value."""


@dataclass(frozen=True)
class Profile:
    """All scores of a questionnaire, with what they say together."""

    questionnaire: str
    scores: tuple[Score, ...]
    """In the order of the questionnaire."""
    top: tuple[str, ...]
    """The three highest scales, highest first; fewer when fewer have a score, none when too little was answered."""
    confidence: float
    """0.5-1.0: how likely the third of the top is really higher than the fourth; 0.5 is a coin."""
    is_undifferentiated: bool
    """All scores are about the same: then there is no top to speak of, and to say so is the result."""
    is_complete: bool
    """Every scale has a score."""

    def values(self) -> dict[str, float]:
        """Scale -> score, of those that have one."""
        return {one.scale: one.value for one in self.scores if one.value is not None}


def score(bank: Questionnaire, answers: Answers, *, asked: Sequence[str]) -> Profile:
    """Score the answers to the items that were asked.

    Args:
        answers: by id; what is not among `asked` does not count.
        asked: ids of the form.
    """
    points: dict[str, list[float]] = defaultdict(list)
    of: dict[str, int] = defaultdict(int)
    for item in (bank.items[id] for id in asked):
        for scale in item.scales:
            of[scale] += 1
            if item.id in answers:
                points[scale].append(keyed(item, answers[item.id], scale))
    scores = tuple(_score(scale, points[scale], of[scale]) for scale in bank.scales if of[scale])
    ranked = sorted((one for one in scores if one.value is not None), key=_height, reverse=True)
    return Profile(
        questionnaire=bank.id,
        scores=scores,
        top=tuple(one.scale for one in ranked[:TOP]),
        confidence=_confidence(ranked),
        is_undifferentiated=bool(ranked) and _height(ranked[0]) - _height(ranked[-1]) <= ALIKE_WITHIN,
        is_complete=all(one.value is not None for one in scores),
    )


def keyed(item: Item, answer: int, scale: str) -> float:
    """What an answer is worth for a scale, 0.0-1.0."""
    if item.is_choice:
        return float(any(one.value == answer and one.scale == scale for one in item.options))
    share = (answer - LOWEST) / (HIGHEST - LOWEST)
    return 1 - share if item.is_reversed else share


def _score(scale: str, points: Sequence[float], of: int) -> Score:
    if len(points) < math.ceil(of * LEAST_ANSWERED):
        return Score(scale, None, len(points), of, error=0.5)
    spread = max(stdev(points) if len(points) > 1 else 0.0, SPREAD_AT_LEAST)
    return Score(scale, fmean(points), len(points), of, error=spread / math.sqrt(len(points)))


def _confidence(ranked: Sequence[Score]) -> float:
    """The last of the top against the first below it, each a normal distribution around its score."""
    if len(ranked) <= TOP:
        return 0.5
    last, next_one = ranked[TOP - 1], ranked[TOP]
    return NormalDist(sigma=math.hypot(last.error, next_one.error)).cdf(_height(last) - _height(next_one))


def _height(one: Score) -> float:
    return one.value or 0.0
