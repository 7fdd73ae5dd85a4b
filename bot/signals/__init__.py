"""Risk signals in a message, found by readable word patterns: text in, kinds and tiers out."""

from bot.signals.screening import load, screen
from bot.signals.signal import TIERS, Signal

__all__ = ["TIERS", "Signal", "load", "screen"]
