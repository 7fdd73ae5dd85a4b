"""The intent classifier of the pipeline: `kernel_model` as a Rasa component."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.kernel_model import KernelModel, fit
from bot.components.sentence_featurizer import SentenceEncoderFeaturizer
from bot.encoder import Vectors


def _vectors(messages: list[Message]) -> Vectors:
    rows = [message.get_dense_features(TEXT)[1] for message in messages]
    return np.vstack([row.features for row in rows])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VectorIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks the intents of a message; its confidence is a calibrated probability."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: KernelModel | None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """The vectors come from here."""
        return [SentenceEncoderFeaturizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Rasa looks for these both as modules and as distributions, and `sklearn` is a module only."""
        return ["scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Width, spelling and ridge as in `kernel_model.fit`; `ranking`: how many intents a ranking names."""
        return {"width": 0.7, "spelling": 0.5, "ridge": 0.2, "ranking": 5}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Rasa checks the names; values are ours."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "VectorIntentClassifier":
        """A classifier that is still to be trained."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "VectorIntentClassifier":
        """A classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, KernelModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have a text and an intent, and keep the weights in the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        self._model = fit(_vectors(examples), texts, [example.get(INTENT) for example in examples], self._config)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: their intents are given."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Put the intent and the ranking on each message."""
        if self._model is None or not messages:
            return messages
        rows = self._model.probabilities(_vectors(messages), [message.get(TEXT) or "" for message in messages])
        for message, row in zip(messages, rows, strict=True):
            best = np.argsort(-row)[: self._config["ranking"]]
            ranking = [{"name": self._model.labels[i], "confidence": float(row[i])} for i in best]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
