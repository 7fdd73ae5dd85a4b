"""`wegwijs understand`: what the running chat would decide for a first message, for many messages, without a server."""

import base64
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from queue import SimpleQueue
from typing import Any

from bot import language, signals
from bot.encoder import EncoderMissing, Vectors, encode
from bot.redaction import PLACEHOLDERS, Found, redact
from cli.say import give_up
from cli.training import BOT_PYTHON, MODEL
from core.settings import ROOT

BATCH = 64
"""Texts that are encoded together."""


def understand_lines(lines: Iterable[bytes]) -> Iterator[str]:
    """JSON Lines in, JSON Lines out, in order.

    Args:
        lines: each `{"text": ..., "language": null | "nl" | "en"}` in UTF-8; blank lines are skipped.
    Returns:
        For each the fields of docs/contract: text, language, intent, confidence, asks_back, ranking, entities, signals.
    """
    asked = list(_read(lines))
    for one in understand(asked):
        yield json.dumps(one, ensure_ascii=False)


def _read(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            text, given = one["text"], one.get("language")
        except (ValueError, KeyError, TypeError, AttributeError):
            give_up(
                f"Line {number} is not JSON with a `text`.", 'Write {"text": "...", "language": null} on each line.'
            )
        if not isinstance(text, str) or given not in {None, "nl", "en"}:
            give_up(f"Line {number}: `text` must be a string and `language` null, nl or en.")
        yield {"text": text, "language": given}


def understand(asked: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Run language, redaction and signals here, and the language model in its own interpreter beside it."""
    if not MODEL.exists():
        give_up("There is no language model yet.", "Run `make train`.")
    language.load()
    signals.load()
    redacted = [redact(one["text"]) for one in asked]
    for one, clean, (parsed, vector) in zip(asked, redacted, _parse([clean.text for clean in redacted]), strict=True):
        spoken = language.detect(one["text"], before=one["language"])
        yield {
            "text": one["text"],
            "language": spoken.code,
            "intent": parsed["intent"],
            "confidence": parsed["confidence"],
            "asks_back": parsed["asks_back"],
            "ranking": parsed["ranking"],
            "entities": [
                moved for found in parsed["entities"] if (moved := _in_original(found, one["text"], clean.found))
            ],
            "signals": [
                {"kind": s.kind, "tier": s.tier, "score": s.score, "speaker": s.speaker, "because": s.because}
                for s in _signals(one["text"], vector)
            ],
        }


def _signals(text: str, vector: Vectors | None) -> list[signals.Signal]:
    """As the chat does: what is acute at first sight is answered, and not looked at again."""
    found = signals.screen(text)
    is_answered = any(signal.tier == "acute" for signal in found)
    return found if vector is None or is_answered else signals.reconsider(text, vector)


def _parse(texts: Sequence[str]) -> Iterator[tuple[dict[str, Any], Vectors | None]]:
    """What the language model makes of each text, and its vector, made once; None where encoders are missing."""
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [BOT_PYTHON, "-m", "bot.components.understand", "--model", MODEL],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin is not None  # noqa: S101 -- for the type checker: both are pipes
    assert process.stdout is not None  # noqa: S101
    vectors: SimpleQueue[Vectors | None] = SimpleQueue()
    feeder = threading.Thread(target=_feed, args=(process.stdin, texts, vectors), daemon=True)
    feeder.start()  # a full pipe must not stop us
    count = 0
    for line in process.stdout:
        count += 1
        yield json.loads(line), vectors.get()
    feeder.join()
    if process.wait() != 0 or count != len(texts):
        give_up("The language model stopped half-way.", "Run `wegwijs doctor`, then `make train`.")


def _feed(pipe: Any, texts: Sequence[str], vectors: SimpleQueue[Vectors | None]) -> None:
    try:
        for some in batched(texts, BATCH):
            for text, vector in zip(some, _encoded(some), strict=True):
                vectors.put(vector)
                packed = None if vector is None else base64.b64encode(vector.astype("<f4").tobytes()).decode()
                pipe.write(json.dumps({"text": text, "vectors": packed}).encode() + b"\n")
            pipe.flush()
        pipe.close()
    except BrokenPipeError:
        pass  # the reader notices that lines are missing, and says so


def _encoded(texts: Sequence[str]) -> Sequence[Vectors | None]:
    try:
        return list(encode(texts))
    except EncoderMissing:
        return [None] * len(texts)


def _in_original(entity: dict[str, Any], text: str, taken: Sequence[Found]) -> dict[str, Any] | None:
    """Move an entity's offsets from the redacted text to the original one; None if it touches what was taken out."""
    longer = 0  # by how much the original is longer, up to here
    for found in taken:
        placeholder = PLACEHOLDERS[found.kind]
        at = found.start - longer
        if entity["end"] <= at:
            break
        if entity["start"] < at + len(placeholder):
            return None
        longer += len(found.original) - len(placeholder)
    start, end = entity["start"] + longer, entity["end"] + longer
    return {"entity": entity["entity"], "value": text[start:end], "start": start, "end": end}
