"""Pure arithmetic of the evaluation: lists of judged and predicted things in, figures out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ASIDE = frozenset({"out_of_scope", "gibberish"})
"""Labels that are not a study question."""


@dataclass(frozen=True)
class Judged:
    """One evaluation message with what was predicted for it."""

    intent: str
    also: str | None
    predicted: str
    confidence: float
    asks_back: bool
    ranking: Sequence[str]
    group: dict[str, str]

    @property
    def is_right(self) -> bool:
        """The best intent is the judged one; of two intents in one message either may come first."""
        return self.predicted in {self.intent, self.also}


def accuracy(judged: Sequence[Judged]) -> float:
    """Share that is right, 0.0-1.0; 0.0 of nothing."""
    return sum(one.is_right for one in judged) / len(judged) if judged else 0.0


def macro_f1(judged: Sequence[Judged]) -> float:
    """Mean over the judged intents of F1; a right second intent counts as that message's intent."""
    true_positive, predicted, actual = Counter[str](), Counter[str](), Counter[str]()
    for one in judged:
        label = one.predicted if one.is_right else one.intent
        actual[label] += 1
        predicted[one.predicted] += 1
        true_positive[label] += one.is_right
    scores = [2 * true_positive[label] / (actual[label] + predicted[label]) for label in actual]
    return sum(scores) / len(scores) if scores else 0.0


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and accuracy, weighted by bin, 0.0-1.0."""
    filled: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        filled[min(int(one.confidence * bins), bins - 1)].append(one)
    return sum(
        len(group) * abs(accuracy(group) - sum(one.confidence for one in group) / len(group))
        for group in filled.values()
    ) / max(len(judged), 1)


def out_of_scope_recall(judged: Sequence[Judged], kept: float = 0.95) -> float:
    """Share of out-of-scope messages recognised while `kept` of the others are not taken for it.

    A message counts as recognised when it is predicted out of scope (or gibberish), or when its confidence is below
    the threshold that still keeps `kept` of the in-scope messages.
    """
    within = sorted((0.0 if one.predicted in ASIDE else one.confidence) for one in judged if one.intent not in ASIDE)
    aside = [one for one in judged if one.intent == "out_of_scope"]
    if not within or not aside:
        return 0.0
    threshold = within[int(len(within) * (1 - kept))]
    return sum(one.predicted in ASIDE or one.confidence < threshold for one in aside) / len(aside)


def outcomes(judged: Sequence[Judged]) -> dict[str, float]:
    """How a visitor fares: answered at once, helped after asking back (the meaning is among three), or failed."""
    counts = Counter(
        "at once" if not one.asks_back and one.is_right
        else "after asking back" if one.asks_back and {one.intent, one.also} & set(one.ranking[:3])
        else "failed"
        for one in judged
    )  # fmt: skip
    return {name: counts[name] / max(len(judged), 1) for name in ("at once", "after asking back", "failed")}


def by_group(judged: Iterable[Judged], name: str) -> dict[str, list[Judged]]:
    """Split by language, country or kind of writer."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.group[name]].append(one)
    return dict(sorted(groups.items()))


def confusions(judged: Iterable[Judged], most: int = 15) -> list[tuple[str, str, int]]:
    """(judged, predicted, how often), most frequent first."""
    pairs = Counter((one.intent, one.predicted) for one in judged if not one.is_right)
    return [(intent, predicted, count) for (intent, predicted), count in pairs.most_common(most)]


def f1[Thing](found: set[Thing], wanted: set[Thing]) -> tuple[float, float, float]:
    """(precision, recall, F1) of two sets."""
    hits = len(found & wanted)
    precision, recall = hits / max(len(found), 1), hits / max(len(wanted), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
