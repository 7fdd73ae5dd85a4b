"""Entities: candidates by gazetteer and patterns, chosen by a small model; both travel inside the big one."""

import json
import re
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.entity_tagger import EntityTagger, read_examples, train
from bot.components.paths import GAZETTEER, MARKED_EXAMPLES
from bot.entities import Entity, find_wishes
from bot.gazetteer import COMMON_PLACES, LISTED, Gazetteer, everyday_words, plain

IN_SEARCH = "in_search"
"""In a message's metadata: a search goes on."""
WISHES = "wishes"
"""Attribute of what a message names as a wish; `bot.follow_up` decides whether it is one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GazetteerEntityExtractor(GraphComponent):
    """Finds the entities of a message. Stands after the intent classifier: the intent says what a name means."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learnt: tuple[Gazetteer, EntityTagger] | None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._learnt = learnt

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that forgive slips and that tag.

        Rasa wants a name that is imported and installed alike; the tagger's own, python-crfsuite, is not.
        """
        return ["rapidfuzz", "sklearn_crfsuite"]

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
            tagger = EntityTagger((folder / "entities.crf").read_bytes())
        return cls(config, model_storage, resource, (Gazetteer.build(lists, common=lists["common"]), tagger))

    def train(self, training_data: TrainingData) -> Resource:
        """Gather names (everyday words, the catalogue's export) and learn from the marked examples what is meant."""
        lists: dict[str, set[str]] = defaultdict(set)
        catalogue = _catalogue()
        for source in (everyday_words(), catalogue):
            for entity in LISTED:
                lists[entity].update(source.get(entity, ()))
        kept: dict[str, list[str]] = {entity: sorted(names) for entity, names in lists.items()}
        kept["common"] = sorted({*_common_words(training_data), *catalogue.get("common", ())})
        gazetteer = Gazetteer.build(kept, common=kept["common"])
        with TemporaryDirectory() as folder:  # the trainer writes by itself, and to a file
            file = Path(folder) / "entities.crf"
            train(read_examples(MARKED_EXAMPLES), gazetteer, file)
            model = file.read_bytes()
        with self._storage.write_to(self._resource) as directory:
            (directory / "gazetteer.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            (directory / "entities.crf").write_bytes(model)
        self._learnt = gazetteer, EntityTagger(model)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: no component after this one learns from entities."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Put the entities on each message; while a search goes on also those that it has as a wish."""
        if self._learnt is None:
            return messages
        gazetteer, tagger = self._learnt
        for message in messages:
            text, intent = message.get(TEXT) or "", (message.get(INTENT) or {}).get("name")
            found = _as_rasa_has_them(tagger.find(text, gazetteer, intent=intent))
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
            if (message.get(METADATA) or {}).get(IN_SEARCH):
                message.set(WISHES, _as_rasa_has_them(find_wishes(text, gazetteer)), add_to_output=True)
        return messages


def _as_rasa_has_them(found: list[Entity]) -> list[dict[str, Any]]:
    return [
        {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end, "is_known": e.is_known} for e in found
    ]


def _catalogue() -> dict[str, Any]:
    return dict(json.loads(GAZETTEER.read_text(encoding="utf-8"))) if GAZETTEER.exists() else {}


def _common_words(training_data: TrainingData) -> set[str]:
    """The examples' lower-case words: never a misspelt name ("worden" is not Woerden)."""
    texts = (str(example.get(TEXT) or "") for example in training_data.intent_examples)
    return {plain(word) for text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower()} - _places()


def _places() -> set[str]:
    """Towns that everybody calls by name also without a capital: "roc in utrecht" makes "utrecht" no common word."""
    return {plain(name) for name in everyday_words()["city"]} - COMMON_PLACES
