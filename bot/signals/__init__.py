"""Risk signals in a message, found by readable word patterns and by what it is like: text in, kinds and tiers out."""

from bot.signals.screening import has_classifier, load, reconsider, screen
from bot.signals.signal import TIERS, Signal

__all__ = ["TIERS", "Signal", "has_classifier", "load", "reconsider", "screen"]
