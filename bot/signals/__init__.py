"""Risk signals in a message, found by readable word patterns and by what it is like: text in, kinds and tiers out."""

from bot.signals.screening import by_classifier, by_patterns, has_classifier, load, reconsider, screen, takes_back
from bot.signals.signal import TIERS, Signal

__all__ = [
    "TIERS",
    "Signal",
    "by_classifier",
    "by_patterns",
    "has_classifier",
    "load",
    "reconsider",
    "screen",
    "takes_back",
]
