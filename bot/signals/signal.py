"""What a screening gives back."""

from dataclasses import dataclass
from typing import Literal

Tier = Literal["acute", "urgent", "concern", "information"]
Speaker = Literal["self", "parent", "friend"]

TIERS: tuple[Tier, ...] = ("acute", "urgent", "concern", "information")
"""Now, today, this week, not at all: the order in which signals are answered."""


@dataclass(frozen=True)
class Signal:
    """One risk signal. Never shown to the person who wrote."""

    kind: str
    tier: Tier
    score: float  # 0.0-1.0: how much the words leave open
    speaker: Speaker  # who writes: the one it is about, a parent, or a friend
    because: str  # the words that carried it: a quotation of a child, for the coach only
