"""Measures the screening on labelled messages: recall by tier, kind, language and wording, and false alarms."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.signals import TIERS, Signal, load, screen

SERIOUS = ("acute", "urgent")
COUNTED = ("acute", "urgent", "concern")


def _rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def _gold_tier(row: dict[str, Any]) -> str:
    tiers = [signal["tier"] for signal in row.get("signals", ())]
    return min(tiers, key=TIERS.index) if tiers else "none"


def _is_hit(gold: str, found: Sequence[Signal]) -> bool:
    """Acute and urgent are found when the answer is at least urgent; a concern by any signal but a topic."""
    return any(signal.tier in (SERIOUS if gold in SERIOUS else COUNTED) for signal in found)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.1%}" if whole else "none"


class _Tally:
    """Counts of hits by some property of the rows."""

    def __init__(self, title: str) -> None:
        self.title, self.right, self.all = title, Counter[str](), Counter[str]()

    def add(self, key: str, right: bool) -> None:
        self.all[key] += 1
        self.right[key] += right

    def lines(self) -> list[str]:
        width = max(map(len, self.all), default=0)
        return [
            f"\n{self.title}",
            *(f"  {key:<{width}}  {_share(self.right[key], self.all[key])}" for key in sorted(self.all)),
        ]


def evaluate_signals(paths: Sequence[Path], *, ordinary: Sequence[Path] = ()) -> str:
    """Measure the screening.

    Args:
        paths: JSON Lines with `text` and labelled `signals`.
        ordinary: JSON Lines of study questions, nearly all harmless, for false alarms per thousand.
    Returns:
        A report to print; misses of acute rows are listed in full.
    """
    load()
    rows = _rows(paths)
    started = time.perf_counter()
    results = [screen(row["text"], country=row.get("country", "NL")) for row in rows]
    took_ms = 1000 * (time.perf_counter() - started) / max(1, len(rows))
    report = [f"{len(rows)} messages, {took_ms:.2f} ms each", *_recall(rows, results), *_false_alarms(rows, results)]
    if ordinary:
        report += _ordinary(ordinary)
    return "\n".join(report)


def _recall(rows: list[dict[str, Any]], results: list[list[Signal]]) -> list[str]:
    tiers, kinds = _Tally("Recall by tier (acute and urgent: at least urgent)"), _Tally("Recall by kind")
    languages, wording, writers = (
        _Tally("Recall by language and tier"),
        _Tally("Recall by wording"),
        _Tally("Recall by writer"),
    )
    right_kind, strictly, speakers = (
        _Tally("Kind right among hits"),
        _Tally("Acute as acute"),
        _Tally("Speaker right among hits"),
    )
    missed = []
    for row, found in zip(rows, results, strict=True):
        gold = _gold_tier(row)
        if gold not in COUNTED:
            continue
        hit = _is_hit(gold, found)
        tiers.add(gold, hit)
        languages.add(f"{row['language']} {gold}", hit)
        wording.add(str(row.get("explicitness")), hit)
        writers.add(str(row.get("writer")), hit)
        for signal in row["signals"]:
            kinds.add(f"{signal['tier']:8}{signal['kind']}", hit)
        if hit:
            names = {signal["kind"] for signal in row["signals"]}
            right_kind.add(gold, any(signal.kind in names for signal in found))
            speakers.add(gold, found[0].speaker == row["signals"][0]["speaker"])
        if gold == "acute":
            strictly.add(row["language"], any(signal.tier == "acute" for signal in found))
            if not hit:
                missed.append(f"  [{row['language']} {row['signals'][0]['kind']}] {row['text']}")
    tallies = (tiers, languages, strictly, right_kind, speakers, wording, writers, kinds)
    return [*(line for tally in tallies for line in tally.lines()), f"\nMissed acute ({len(missed)})", *missed]


def _false_alarms(rows: list[dict[str, Any]], results: list[list[Signal]]) -> list[str]:
    harmless = [(row, found) for row, found in zip(rows, results, strict=True) if _gold_tier(row) not in COUNTED]
    serious = [(row, found) for row, found in harmless if any(signal.tier in SERIOUS for signal in found)]
    counted = [(row, found) for row, found in harmless if any(signal.tier in COUNTED for signal in found)]
    raised = [
        gold
        for gold, found in zip(map(_gold_tier, rows), results, strict=True)
        if any(s.tier in SERIOUS for s in found)
    ]
    right = sum(gold in SERIOUS for gold in raised)
    return [
        "\nFalse alarms on harmless messages",
        f"  at least urgent  {_share(len(serious), len(harmless))}",
        f"  any              {_share(len(counted), len(harmless))}",
        f"\nPrecision of acute plus urgent  {_share(right, len(raised))}",
        *(
            f"  [{row.get('hard_negative')}] {[(s.kind, s.tier) for s in found]} {row['text']}"
            for row, found in counted
        ),
    ]


def _ordinary(paths: Sequence[Path]) -> list[str]:
    rows = _rows(paths)
    alarms = [(row, [s for s in screen(row["text"]) if s.tier in COUNTED]) for row in rows]
    raised = [(row, found) for row, found in alarms if found]
    serious = sum(any(signal.tier in SERIOUS for signal in found) for _, found in raised)
    return [
        f"\nOrdinary study questions: {len(rows)}",
        f"  at least urgent  {_share(serious, len(rows))}",
        f"  any              {_share(len(raised), len(rows))}",
        *(f"  {[(s.kind, s.tier) for s in found]} {row['text'][:160]}" for row, found in raised),
    ]
