"""The classifier by itself, on a few sentences in both languages."""

import numpy as np
import pytest

from bot import encoder
from bot.components.kernel_model import KernelModel, fit

CONFIG = {"width": 1.0, "spelling": 0.5, "ridge": 0.2}
EXAMPLES = {
    "greet": ["hoi", "hallo", "hello there", "good morning", "goedemiddag", "hey"],
    "animals": [
        "ik wil iets met dieren",
        "werken met paarden",
        "work with animals",
        "take care of dogs",
        "dierenarts worden",
        "a job with pets",
    ],
    "weather": [
        "wat voor weer wordt het",
        "gaat het regenen",
        "will it rain tomorrow",
        "how warm is it",
        "schijnt de zon",
        "weather forecast",
    ],
}


@pytest.fixture(scope="module")
def model() -> KernelModel:
    texts = [text for some in EXAMPLES.values() for text in some]
    labels = [label for label, some in EXAMPLES.items() for _ in some]
    return fit(encoder.encode(texts), texts, labels, CONFIG)


def best(model: KernelModel, text: str) -> str:
    return model.labels[int(model.probabilities(encoder.encode([text]), [text])[0].argmax())]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("goedenavond", "greet"),
        ("ich mag horses", "animals"),
        ("is it cold outside", "weather"),
        ("katten verzorgen", "animals"),
    ],
)
def test_what_was_never_seen_is_understood_in_both_languages(model, text, label):
    assert best(model, text) == label


def test_probabilities_add_up(model):
    rows = model.probabilities(encoder.encode(["hoi", "zebra"]), ["hoi", "zebra"])
    assert rows.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert rows.min() >= 0


def test_it_is_less_sure_of_what_is_like_nothing_it_knows(model):
    known, unknown = model.probabilities(
        encoder.encode(["hallo", "belastingaangifte"]), ["hallo", "belastingaangifte"]
    ).max(axis=1)
    assert known > unknown


def test_a_saved_model_says_the_same_and_holds_no_code(model, tmp_path):
    model.save(tmp_path)
    texts = ["hoi", "dieren", "regen"]
    before = model.probabilities(encoder.encode(texts), texts)
    after = KernelModel.load(tmp_path).probabilities(encoder.encode(texts), texts)
    assert np.abs(before - after).max() < 2e-3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["intents.json", "intents.npz"]
