"""A conditional random field over the units of a message: it decides which candidates are meant, and as what.

Trained on `data/entities`; the features are those of `bot.tagging`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from bot import tagging
from bot.entities import Entity, candidates, chosen
from bot.gazetteer import Gazetteer

_MARKED = re.compile(r"\[(?P<value>[^\]]+)\]\((?P<entity>[a-z_]+)\)")
_SETTINGS = {"c1": 0.05, "c2": 0.05, "max_iterations": 70, "feature.possible_transitions": True}
"""Chosen on tests/evaluation/intents/dev; more iterations gain nothing."""


@dataclass(frozen=True)
class Example:
    """A message with its entities marked."""

    intent: str
    text: str
    entities: tuple[Entity, ...]


def read_examples(folder: Path) -> Iterator[Example]:
    """Read every `{"intent": ..., "text": "iets met [dieren](interest)"}` of a folder."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            yield unmarked(one["intent"], one["text"])


def unmarked(intent: str, marked: str) -> Example:
    """Take the marks out of a text and keep where they stood."""
    text, found, at = "", [], 0
    for mark in _MARKED.finditer(marked):
        text += marked[at : mark.start()]
        found.append(Entity(mark["entity"], mark["value"], len(text), len(text) + len(mark["value"])))
        text += mark["value"]
        at = mark.end()
    return Example(intent, text + marked[at:], tuple(found))


def train(examples: Iterable[Example], gazetteer: Gazetteer, file: Path) -> None:
    """Learn from examples and write the model to a file."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for example in examples:
        spans = candidates(example.text, gazetteer)
        row = tagging.units(example.text, spans)
        found = chosen(example.text, spans, gazetteer, intent=example.intent)
        trainer.append(tagging.features(row, found, example.intent), tagging.labels(row, example.entities))
    trainer.train(str(file))


class EntityTagger:
    """Finds entities with a trained model."""

    def __init__(self, model: bytes) -> None:
        self._model = model  # the tagger reads these bytes where they lie: they must live as long as it does
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)

    def find(self, text: str, gazetteer: Gazetteer, *, intent: str | None) -> list[Entity]:
        """Find what a message names; see `bot.entities.find_entities`."""
        spans = candidates(text, gazetteer)
        row = tagging.units(text, spans)
        if not row:
            return []
        told = tagging.features(row, chosen(text, spans, gazetteer, intent=intent), intent or "")
        return tagging.entities(text, row, self._tagger.tag(told))
