"""What a validation computes of many people's answers: see docs/questionnaires.md for the sample and the bars.

Rows are people, columns are items or scores, each 0.0-1.0 and already keyed (`scoring.keyed`). No names, no ids.
"""

import math
from collections.abc import Sequence
from statistics import fmean, variance

Table = Sequence[Sequence[float]]

FEWEST = 3
"""People with whom a spread can be spoken of."""


def cronbach_alpha(answers: Table) -> float:
    """How much the items of one scale measure one thing, at most 1.0; below 0.6 they do not belong together.

    Args:
        answers: a row for each person who answered all items of the scale.
    Raises:
        ValueError: fewer than three people or two items, or everybody answered the same.
    """
    items = list(zip(*answers, strict=True))
    if len(answers) < FEWEST or len(items) < 2:  # noqa: PLR2004 -- a scale has more than one item
        raise ValueError("alpha needs three people and two items")
    total: float = variance([float(sum(row)) for row in answers])
    if total == 0:
        raise ValueError("everybody answered the same")
    return len(items) / (len(items) - 1) * (1 - sum(float(variance(item)) for item in items) / total)


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Correlation of two scores of the same people, -1.0 to 1.0: of two moments (test-retest), or with a criterion.

    Raises:
        ValueError: fewer than three people, or a score is the same for all.
    """
    if len(one) != len(other) or len(one) < FEWEST:
        raise ValueError("a correlation needs three people with both scores")
    middle, other_middle = fmean(one), fmean(other)
    together = sum((a - middle) * (b - other_middle) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(sum((a - middle) ** 2 for a in one) * sum((b - other_middle) ** 2 for b in other))
    if spread == 0:
        raise ValueError("a score is the same for all")
    return together / spread


def rest_correlations(answers: Table) -> list[float]:
    """Of each item: its correlation with the sum of the others of its scale; what lies below 0.2 is to be rewritten."""
    return [
        pearson([row[at] for row in answers], [sum(row) - row[at] for row in answers]) for at in range(len(answers[0]))
    ]


def criterion_share(tops: Sequence[Sequence[str]], chosen: Sequence[str]) -> float:
    """Share of people whose choice (the strongest interest of the programme they are content with) is in their top."""
    if not tops or len(tops) != len(chosen):
        raise ValueError("each person needs a top and a choice")
    return sum(choice in top for top, choice in zip(tops, chosen, strict=True)) / len(tops)
