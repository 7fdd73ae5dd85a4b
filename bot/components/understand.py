"""Understand many messages at once, as the running chat would: JSON Lines in, JSON Lines out.

Reads {"text": ..., "vectors": base64 | null} a line, writes {"intent", "confidence", "ranking", "entities",
"asks_back"} a line, in order. Run: python -m bot.components.understand < messages.jsonl
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.components import quiet_logs

quiet_logs.configure("ERROR")

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.core.processor import MessageProcessor  # noqa: E402
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.components.paths import MODEL, ROOT  # noqa: E402
from bot.components.turn import entity, harmless, ranking  # noqa: E402

BATCH = 256


def understand(processor: MessageProcessor, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the model makes of each message, in order; the featurizer encodes a batch together."""
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield from _batch(processor, batch)
            batch = []
    if batch:
        yield from _batch(processor, batch)


def _batch(processor: MessageProcessor, lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    messages = [UserMessage(harmless(line["text"]), metadata={"vectors": line.get("vectors")}) for line in lines]
    target = processor.model_metadata.nlu_target
    tracker = DialogueStateTracker.from_events("understand", [])
    found = processor.graph_runner.run({PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: tracker}, targets=[target])
    for line, message in zip(lines, found[target], strict=True):
        yield _judged(message.as_dict(only_output_properties=True), line["text"])


def _judged(parsed: dict[str, Any], text: str) -> dict[str, Any]:
    likely = ranking(parsed)
    return {
        "intent": likely[0]["intent"],
        "confidence": likely[0]["confidence"],
        "ranking": likely,
        "entities": [entity(found, len(text) - len(text.lstrip())) for found in parsed.get("entities") or []],
        "asks_back": parsed["intent"]["name"] == "nlu_fallback",
    }


def main() -> None:
    """Read standard input to its end."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", type=Path, default=ROOT / os.environ.get("WEGWIJS_MODEL", str(MODEL)))
    given = arguments.parse_args()
    if not given.model.exists():
        raise SystemExit(f"There is no model at {given.model}. Run `make train`.")
    agent = Agent.load(str(given.model))
    if agent.processor is None:
        raise SystemExit("The model could not be loaded. Run `make train`.")
    for judged in understand(agent.processor, (json.loads(line) for line in sys.stdin if line.strip())):
        sys.stdout.write(json.dumps(judged, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
