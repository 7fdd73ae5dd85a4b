"""Things to try, and whom to ask at school: `tips.yml`. Strengths come first; a tip is an offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from questionnaires.scoring import Profile

TIPS = Path(__file__).parent / "tips.yml"
STRONG, WEAK = 0.6, 0.4
"""Scores (0.0-1.0) from which a scale is named as a strength, and up to which it gets tips."""

Text = Mapping[str, str]
"""By language."""


@dataclass(frozen=True)
class Advice:
    """What a profile of study attitude or method gives reason to say."""

    strengths: tuple[str, ...]
    """Scales, strongest first. Never empty when anything has a score: everybody has a best side."""
    tips: Mapping[str, tuple[Text, ...]]
    """Two for each low scale, lowest first."""
    help: Text


def advise(profile: Profile, *, country: str) -> Advice:
    """Strengths, tips for what is low, and whom to ask.

    Args:
        country: NL or BE.
    """
    scales, whom = _read()
    ranked = sorted(profile.values().items(), key=lambda one: -one[1])
    strengths = tuple(scale for scale, value in ranked if value >= STRONG) or tuple(scale for scale, _ in ranked[:1])
    low = [scale for scale, value in reversed(ranked) if value <= WEAK]
    return Advice(strengths, {scale: scales[scale] for scale in low if scale in scales}, whom[country])


@cache
def _read() -> tuple[Mapping[str, tuple[Text, ...]], Mapping[str, Text]]:
    data = yaml.safe_load(TIPS.read_text(encoding="utf-8"))
    return {scale: tuple(tips) for scale, tips in data["scales"].items()}, data["help"]
