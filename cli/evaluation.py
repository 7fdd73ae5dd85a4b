"""`wegwijs evaluate`: the figures of the held-out sets, as lines of text."""

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot import signals
from bot.encoder import encode
from bot.redaction import redact
from cli import measures
from cli.interest_evaluation import estimates_report, occupations_report
from cli.measures import Judged
from cli.search_evaluation import search_report
from cli.understanding import understand
from core.settings import get_settings
from programmes.catalogue import open_catalogue
from programmes.search import search_programmes
from programmes.wishes import Wishes

Lines = list[dict[str, Any]]
GRAVE = frozenset({"acute", "urgent"})
"""Tiers that bring help before any answer."""


def report(directory: Path, split: str) -> Iterator[str]:
    """Everything that we claim, measured: understanding, signals, search."""
    started = time.perf_counter()
    intents = read(directory / "intents" / split)
    risky = read(directory / "signals" / split)
    understood = list(understand([{"text": one["text"], "language": None} for one in intents + risky]))
    took = time.perf_counter() - started
    yield from understanding(intents, understood[: len(intents)])
    yield from language(intents, understood[: len(intents)])
    yield from entities(intents, understood[: len(intents)])
    yield from found_signals("both detectors", risky, [one["signals"] for one in understood[len(intents) :]])
    for by, detected in _apart([one["text"] for one in risky]):
        yield from found_signals(by, risky, detected, names_missed=False)
    yield from false_alarms(intents, understood[: len(intents)])
    yield from search(directory / "search" / "first_thirty.jsonl")
    catalogue = open_catalogue(get_settings().catalogue_address)
    yield from search_report(catalogue, read(directory / "search" / split), names_weak=split == "dev")
    yield from estimates_report(catalogue)
    occupations = directory / "interests" / "occupations.yml"
    if occupations.exists():
        yield from occupations_report(catalogue, occupations)
    yield f"\n{len(understood)} messages understood in {took:.0f} s, the loading of the model included"


def read(path: Path) -> Lines:
    """The messages of every file of a folder, or of one file."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]


def judged(wanted: Lines, found: Sequence[dict[str, Any]]) -> list[Judged]:
    """Messages with what was predicted for them."""
    return [
        Judged(
            one["intent"],
            one.get("also"),
            got["intent"],
            got["confidence"],
            got["asks_back"],
            [likely["intent"] for likely in got["ranking"]],
            {name: one[name] for name in ("language", "country", "writer")},
        )
        for one, got in zip(wanted, found, strict=True)
    ]


def understanding(wanted: Lines, found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Intent accuracy in all its slices."""
    messages = judged(wanted, found)
    yield f"UNDERSTANDING  {len(messages)} messages"
    yield f"  accuracy {measures.accuracy(messages):.1%}   macro-F1 {measures.macro_f1(messages):.1%}"
    yield f"  expected calibration error {measures.calibration_error(messages):.1%}"
    yield f"  out-of-scope recall at 95 % kept {measures.out_of_scope_recall(messages):.1%}"
    yield "  " + "   ".join(f"{name} {share:.1%}" for name, share in measures.outcomes(messages).items())
    for name in ("language", "country", "writer"):
        slices = measures.by_group(messages, name).items()
        yield f"  by {name}: " + "  ".join(
            f"{key} {measures.accuracy(group):.0%} ({len(group)})" for key, group in slices
        )
    yield "  confused most: " + "; ".join(f"{a} for {b} ({n})" for a, b, n in measures.confusions(messages))


def language(wanted: Lines, found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Language accuracy by length, of a first message without context."""
    right: dict[str, list[bool]] = defaultdict(list)
    for one, got in zip(wanted, found, strict=True):
        if one["intent"] == "gibberish":
            continue
        words = len(one["text"].split())
        size = "1 word" if words == 1 else "2-3 words" if words < 4 else "4 words and more"  # noqa: PLR2004 -- the bar's bounds
        right[size].append(got["language"] == one["language"])
    yield "LANGUAGE  " + "   ".join(
        f"{size} {sum(some) / len(some):.1%} ({len(some)})" for size, some in sorted(right.items())
    )


def entities(wanted: Lines, found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Entity precision, recall and F1: type and exact words."""
    want = {(at, e["entity"], e["value"].lower()) for at, one in enumerate(wanted) for e in one.get("entities", [])}
    have = {(at, e["entity"], e["value"].lower()) for at, one in enumerate(found) for e in one["entities"]}
    yield "ENTITIES  precision {:.1%}   recall {:.1%}   F1 {:.1%}".format(*measures.f1(have, want))
    kinds = sorted({entity for _, entity, _ in want})
    by_kind = {k: measures.f1({e for e in have if e[1] == k}, {e for e in want if e[1] == k})[2] for k in kinds}
    yield "  F1 by type: " + "  ".join(f"{kind} {score:.0%}" for kind, score in by_kind.items())


def _apart(texts: Sequence[str]) -> Iterator[tuple[str, list[list[dict[str, Any]]]]]:
    """What each detector finds without the other ones."""
    signals.load()
    yield "patterns alone", [_told(signals.by_patterns(text)) for text in texts]
    yield "with the encoders missing: patterns and words", [_told(signals.screen(text)) for text in texts]
    vectors = encode([redact(text).text for text in texts])
    by_classifier = [signals.by_classifier(text, vector) for text, vector in zip(texts, vectors, strict=True)]
    yield "classifier alone", [_told(found) for found in by_classifier]


def _told(found: Sequence[signals.Signal]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "tier": one.tier} for one in found]


def found_signals(
    by: str, wanted: Lines, found: Sequence[list[dict[str, Any]]], *, names_missed: bool = True
) -> Iterator[str]:
    """Recall by tier, kind, language and writer, precision, false alarms, and every acute message that was missed."""
    caught: dict[str, list[bool]] = defaultdict(list)
    missed = []
    alarms, grave, harmless, rightly_grave, called_grave = 0, 0, 0, 0, 0
    for one, got in zip(wanted, found, strict=True):
        risks = [signal for signal in one["signals"] if signal["tier"] != "information"]
        kinds = {signal["kind"] for signal in got if signal["tier"] != "information"}
        is_grave = any(signal["tier"] in GRAVE for signal in got)
        should_be = any(signal["tier"] in GRAVE for signal in risks)
        called_grave += is_grave
        rightly_grave += is_grave and should_be
        if should_be:
            for name in ("language", "writer"):
                caught[f"acute or urgent by {name} {one[name]}: at least urgent"].append(is_grave)
        if not risks:
            harmless += 1
            alarms += bool(kinds)
            grave += is_grave
        for signal in risks:
            caught[f"tier {signal['tier']}: some signal"].append(bool(kinds))
            caught[f"tier {signal['tier']}: at least urgent"].append(is_grave)
            if kinds:
                caught[f"tier {signal['tier']}: right kind among the hits"].append(signal["kind"] in kinds)
            caught[f"kind {signal['kind']}"].append(signal["kind"] in kinds)
            caught[f"language {one['language']}: some signal"].append(bool(kinds))
            caught[f"wording {one['explicitness']}: some signal"].append(bool(kinds))
            if signal["tier"] == "acute" and "acute" not in {s["tier"] for s in got}:
                missed.append(one["text"])
    yield f"SIGNALS  {len(wanted)} messages ({by})"
    yield from (f"  {name}: {sum(some) / len(some):.0%} ({len(some)})" for name, some in sorted(caught.items()))
    right = rightly_grave / max(called_grave, 1)
    yield f"  precision of acute and urgent, a concern counted as wrong: {right:.0%} of {called_grave}"
    share = alarms / max(harmless, 1)
    yield f"  look-alikes taken for a signal: {alarms} of {harmless} ({share:.0%}), for a grave one {grave}"
    yield f"  acute messages not seen as acute: {len(missed)}"
    yield from (f"    - {text}" for text in missed if names_missed)


def false_alarms(wanted: Lines, found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Signals in ordinary study questions, a thousand."""
    by_tier: dict[str, int] = defaultdict(int)
    for got in found:
        for tier in {signal["tier"] for signal in got["signals"]}:
            by_tier[tier] += 1
    yield "ORDINARY QUESTIONS  signals a thousand: " + "  ".join(
        f"{tier} {1000 * by_tier[tier] / len(wanted):.1f}" for tier in ("acute", "urgent", "concern", "information")
    )


def search(path: Path) -> Iterator[str]:
    """Share of the queries with a right programme among the first five."""
    catalogue = open_catalogue(get_settings().catalogue_address)
    queries = read(path)
    failed = []
    for query in queries:
        hits = search_programmes(catalogue, Wishes(query=query["query"]), limit=5).hits
        if not any(is_right(query, hit.programme.name_nl, str(hit.programme.level)) for hit in hits):
            failed.append(query["query"])
    yield f"SEARCH  {len(queries) - len(failed)} of {len(queries)} queries have a right programme in the first five"
    yield from (f"  not: {query}" for query in failed)


def is_right(query: dict[str, Any], name: str, level: str) -> bool:
    """Whether a programme answers a query, as its judgement says."""
    fits = any(part in name.lower() for part in query["right"])
    return fits and query.get("level", level).removeprefix("mbo-") == level.removeprefix("mbo-")
