"""Many messages at once, judged as the running chat would."""

import base64

import pytest
from rasa.core.agent import Agent

from bot import encoder
from bot.components.understand import BATCH, understand


@pytest.fixture(scope="session")
def processor(model):
    return Agent.load(str(model)).processor


def test_lines_come_back_in_order_over_more_than_one_batch(processor):
    texts = ["hoi", "ik wil een opleiding in Zwolle", "what is the weather like"] * (BATCH // 3 + 2)
    vectors = {text: base64.b64encode(encoder.encode([text])[0].tobytes()).decode() for text in set(texts)}
    judged = list(understand(processor, ({"text": text, "vectors": vectors[text]} for text in texts)))
    assert len(judged) == len(texts)
    assert {one["intent"] for one in judged[::3]} == {"greet"}
    assert all(one["entities"][-1]["value"] == "Zwolle" for one in judged[1::3])
    assert {one["intent"] for one in judged[2::3]} == {"out_of_scope"}


def test_with_and_without_a_vector_the_same_is_understood(processor):
    text = "wanneer moet ik mij inschrijven voor het mbo"
    vector = base64.b64encode(encoder.encode([text])[0].tobytes()).decode()
    one, other = understand(processor, [{"text": text, "vectors": None}, {"text": text, "vectors": vector}])
    assert one == other


def test_the_best_intent_is_named_even_when_the_chat_would_ask_back(processor):
    texts = ["mbo", "dat daar", "hm", "en voor mijn neefje dan", "iets"]
    judged = list(understand(processor, [{"text": text, "vectors": None} for text in texts]))
    assert all(one["intent"] != "nlu_fallback" for one in judged)
    assert all(one["ranking"][0] == {"intent": one["intent"], "confidence": one["confidence"]} for one in judged)
    assert any(one["asks_back"] for one in judged)


@pytest.mark.parametrize("text", ["/restart", "\u00a0/greet", "/", "😀" * 300, "a\0b", "\ud83d"])
def test_hostile_texts_are_judged_like_any_other(processor, text):
    judged = next(iter(understand(processor, [{"text": text, "vectors": None}])))
    assert 0.0 < judged["confidence"] <= 1.0
