"""Lets the detectors vote: patterns say what stands there, the classifier what it is like in words and in meaning.

Either may raise an alarm. A pattern falls, or is a concern and no more, when the message is little like anything that
worries: many a saying holds the words of danger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.signals.classifier import RISKS, Reading
from bot.signals.signal import TIERS, Signal, Tier

ENOUGH: Mapping[Tier, float] = {"acute": -0.15, "urgent": -0.15, "concern": -0.2}
"""Score from which the classifier calls a message so; chosen on the development set (docs/signals.md)."""
ENOUGH_IN_WORDS: Mapping[Tier, float] = {"acute": 0.0, "urgent": -0.1, "concern": -0.1}
"""The same where only the words were read: less is known, and what is acute is answered before its meaning is told."""
UNLIKE, SURELY_UNLIKE = -0.5, -0.7
"""Below this score for any worry, a wording that may have another reading has it; and one that hardly may."""
NOT_GRAVE = -0.5
"""Below this score for being urgent, what a pattern calls acute or urgent is a concern."""
ALSO = 0.0
"""Score from which a further kind is named beside the likeliest."""
STANDS_OUT = 1.5
"""Standing from which the kind that stands out most is named beside a likelier one."""
SURE = 0.95
"""Score of a pattern that leaves no other reading."""


def vote(found: Sequence[Signal], reading: Reading) -> list[Signal]:
    """The signals after all were heard; at most one of each kind, in no order.

    Args:
        found: what the patterns found.
        reading: what the classifier makes of the same message.
    """
    any_worry = reading.at_least["concern"]
    likely = [one for one in found if any_worry > (SURELY_UNLIKE if one.score >= SURE else UNLIKE)]
    if reading.at_least["urgent"] < NOT_GRAVE:
        likely = [replace(one, tier=max(one.tier, "concern", key=TIERS.index)) for one in likely]
    kept = {one.kind: one for one in likely}
    for new in _by_classifier(reading):
        old = kept.get(new.kind)
        if old is None:
            kept[new.kind] = new
        elif TIERS.index(new.tier) < TIERS.index(old.tier):
            kept[new.kind] = replace(new, speaker=old.speaker, because=old.because)
    return list(kept.values())


def _by_classifier(reading: Reading) -> list[Signal]:
    """The likeliest kind with the tier of the message, and others that are likely in themselves with their own.

    Where nothing is acute the kind that stands out most is named too: a concern that sounds urgent keeps its kind.
    """
    enough = ENOUGH_IN_WORDS if reading.nearest is None else ENOUGH
    tier = next((tier for tier in RISKS if reading.at_least[tier] > enough[tier]), None)
    if tier is None:
        return []
    best = _likeliest(reading, tier)
    outstanding = None if tier == "acute" else _outstanding(reading)
    # "I skip classes, and tonight I end it": the skipping is not acute.
    named = {best: tier} | {
        kind: max(tier, reading.tiers[kind][0], key=TIERS.index)
        for kind, score in reading.kinds.items()
        if (score > ALSO or kind == outstanding) and kind != best
    }
    score = _share(reading.at_least[tier])
    return [Signal(kind, own, score, reading.speaker, _because(reading, kind)) for kind, own in named.items()]


def _likeliest(reading: Reading, tier: Tier) -> str:
    """The likeliest of the kinds that are ever so pressing: an acute message is not about homework.

    Of a concern it is the kind that stands out most: those of danger score high in every sad message.
    """
    pressing = [kind for kind, tiers in reading.tiers.items() if min(map(TIERS.index, tiers)) <= TIERS.index(tier)]
    scores = reading.standing if tier == "concern" else reading.kinds
    return max(pressing or reading.kinds, key=scores.__getitem__)


def _outstanding(reading: Reading) -> str | None:
    """The kind that stands out most, if it does so clearly."""
    most = max(reading.standing, key=reading.standing.__getitem__)
    return most if reading.standing[most] > STANDS_OUT else None


def _because(reading: Reading, kind: str) -> str:
    """The words that said most, and the nearest example."""
    nearest = f"≈ {reading.nearest}" if reading.nearest else ""
    return " ".join(part for part in (reading.words.get(kind, ""), nearest) if part)


def _share(score: float) -> float:
    """A score as 0.0-1.0."""
    return round(min(max((score + 1) / 2, 0.0), 0.99), 2)
