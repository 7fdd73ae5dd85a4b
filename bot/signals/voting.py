"""Lets both detectors vote: patterns say what stands there, the classifier what it is like.

Either may raise an alarm. A pattern that may have another reading falls when the message is like nothing worrying.
"""

from collections.abc import Mapping, Sequence

from bot.signals.classifier import RISKS, Reading
from bot.signals.signal import TIERS, Signal, Tier

ENOUGH: Mapping[Tier, float] = {"acute": -0.1, "urgent": -0.12, "concern": -0.1}
"""Score from which the classifier calls a message so. Fitted on tests/evaluation/signals/dev; docs/signals.md has what
other thresholds would cost."""
UNLIKE = -0.85
"""Below this score for any worry, a wording that may have another reading has it."""
ALSO = 0.0
"""Score from which a further kind is named beside the likeliest."""
SURE = 0.95
"""Score of a pattern that leaves no other reading."""


def vote(found: Sequence[Signal], reading: Reading) -> list[Signal]:
    """The signals after both were heard; at most one of each kind, in no order.

    Args:
        found: what the patterns found.
        reading: what the classifier makes of the same message.
    """
    any_worry = reading.at_least["concern"]
    kept = {one.kind: one for one in found if one.score >= SURE or any_worry > UNLIKE}
    tier = next((tier for tier in RISKS if reading.at_least[tier] > ENOUGH[tier]), None)
    if tier is None:
        return list(kept.values())
    for kind in _kinds(reading):
        new = Signal(kind, tier, _share(reading.at_least[tier]), reading.speaker, f"≈ {reading.nearest}")
        old = kept.get(kind)
        if old is None or TIERS.index(tier) < TIERS.index(old.tier):
            kept[kind] = new if old is None else Signal(kind, tier, new.score, old.speaker, old.because)
    return list(kept.values())


def _kinds(reading: Reading) -> list[str]:
    """The likeliest kind, and others that are likely in themselves."""
    best = max(reading.kinds, key=reading.kinds.__getitem__)
    return list(dict.fromkeys([best, *(kind for kind, score in reading.kinds.items() if score > ALSO)]))


def _share(score: float) -> float:
    """A score as 0.0-1.0."""
    return round(min(max((score + 1) / 2, 0.0), 0.99), 2)
