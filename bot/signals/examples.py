"""What the classifier learns from: `data/signals` (signals and look-alikes), and ordinary questions of `data/nlu`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.signals.signal import TIERS, Speaker, Tier

ROOT = Path(__file__).resolve().parents[2]
SIGNALS, ORDINARY = ROOT / "data" / "signals", ROOT / "data" / "nlu"


@dataclass(frozen=True)
class Labelled:
    """A message with what a careful reader sees in it: (kind, tier, speaker), the most pressing first."""

    text: str
    signals: tuple[tuple[str, Tier, Speaker], ...] = ()
    is_ordinary: bool = False
    """A study question or small talk, not written to sound like a signal."""


def files() -> list[Path]:
    """Everything that is learned from."""
    return [*sorted(SIGNALS.glob("*.jsonl")), *sorted(ORDINARY.rglob("*.yml"))]


def with_signals() -> Iterator[Labelled]:
    """Messages with signals, and messages that only sound like it."""
    for path in sorted(SIGNALS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found = [(one["kind"], one["tier"], one["speaker"]) for one in row["signals"]]
            graded = tuple(sorted(found, key=lambda one: TIERS.index(one[1])))
            yield Labelled(row["text"], graded, is_ordinary=not graded and row["hard_negative"] == "ordinary")


def ordinary() -> Iterator[Labelled]:
    """Study questions and small talk."""
    for path in sorted(ORDINARY.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.strip():
                    yield Labelled(line.strip().removeprefix("- "), is_ordinary=True)
