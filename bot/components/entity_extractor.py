"""Entities by gazetteer and patterns; the gazetteer travels inside the model."""

import json
import re
from collections import defaultdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.paths import GAZETTEER
from bot.entities import Entity, find_entities, find_wishes
from bot.gazetteer import LISTED, Gazetteer, everyday_words, plain

IN_SEARCH = "in_search"
"""In a message's metadata: a search goes on."""
WISHES = "wishes"
"""Attribute of what a message names as a wish; `bot.follow_up` decides whether it is one."""

DIRECTIONS = re.compile(r"_(?:from|to)$")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GazetteerEntityExtractor(GraphComponent):
    """Finds the entities of a message. Stands after the intent classifier: the intent says what a name means."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, gazetteer: Gazetteer | None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._gazetteer = gazetteer

    @staticmethod
    def required_packages() -> list[str]:
        """The package that forgives slips."""
        return ["rapidfuzz"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set: the catalogue's export has one place, `paths.GAZETTEER`."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "GazetteerEntityExtractor":
        """An extractor that is still to learn its names."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "GazetteerEntityExtractor":
        """An extractor with the names that it learnt."""
        with model_storage.read_from(resource) as folder:
            lists = json.loads((folder / "gazetteer.json").read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, Gazetteer.build(lists, common=lists["common"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Gather names: everyday words, the catalogue's export, and what the examples annotate."""
        lists: dict[str, set[str]] = defaultdict(set)
        catalogue = _catalogue()
        for source in (everyday_words(), catalogue, _annotated(training_data)):
            for entity in LISTED:
                lists[entity].update(source.get(entity, ()))
        kept: dict[str, list[str]] = {entity: sorted(names) for entity, names in lists.items()}
        kept["common"] = sorted({*_common_words(training_data), *catalogue.get("common", ())})
        with self._storage.write_to(self._resource) as folder:
            (folder / "gazetteer.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        self._gazetteer = Gazetteer.build(kept, common=kept["common"])
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: their entities are given."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Put the entities on each message; while a search goes on also those that it has as a wish."""
        if self._gazetteer is None:
            return messages
        for message in messages:
            text, intent = message.get(TEXT) or "", (message.get(INTENT) or {}).get("name")
            found = _as_rasa_has_them(find_entities(text, self._gazetteer, intent=intent))
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
            if (message.get(METADATA) or {}).get(IN_SEARCH):
                message.set(WISHES, _as_rasa_has_them(find_wishes(text, self._gazetteer)), add_to_output=True)
        return messages


def _as_rasa_has_them(found: list[Entity]) -> list[dict[str, Any]]:
    return [
        {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end, "is_known": e.is_known} for e in found
    ]


def _catalogue() -> dict[str, Any]:
    return dict(json.loads(GAZETTEER.read_text(encoding="utf-8"))) if GAZETTEER.exists() else {}


def _annotated(training_data: TrainingData) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for example in training_data.entity_examples:
        for entity in example.get(ENTITIES) or []:
            names[DIRECTIONS.sub("", entity["entity"])].add(str(entity["value"]))
    return names


def _common_words(training_data: TrainingData) -> set[str]:
    """Lower-case words outside annotations: never a misspelt name ("worden" is not Woerden)."""
    common: set[str] = set()
    for example in training_data.intent_examples:
        text = str(example.get(TEXT) or "")
        for entity in sorted(example.get(ENTITIES) or [], key=lambda e: e["start"], reverse=True):
            text = text[: entity["start"]] + " " + text[entity["end"] :]
        common.update(plain(word) for word in re.findall(r"[^\W\d_]+", text) if word.islower())
    return common
