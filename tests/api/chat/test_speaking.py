"""From an utterance to a message."""

import pytest

from api.chat import speaking
from api.chat.said import Voice
from api.chat.speaking import speak
from api.states import Country, Language
from api.texts import renderer

VOICE = Voice(Language.NL, Country.NL)
TEXTS = {
    "t.hi": "Hoi {name}",
    "t.why": "want {x}",
    "card.programme.title": "{name} ({level})",
    "card.programme.text": "{name}: {why}",
}


@pytest.fixture(autouse=True)
def texts(monkeypatch):
    monkeypatch.setattr(renderer, "variants", lambda key, language: {"default": TEXTS[key]})
    monkeypatch.setattr(speaking, "KEYS", frozenset(TEXTS))


def test_a_button_may_have_words_of_data_or_a_text():
    said = speak(
        {
            "say": "t.hi",
            "with": {"name": "An"},
            "buttons": [{"title": "Utrecht", "payload": "/a"}, {"say": "t.hi", "with": {"name": "x"}, "payload": "/b"}],
        },
        VOICE,
    )
    assert said.text == "Hoi An"
    assert [dict(button) for button in said.buttons] == [
        {"title": "Utrecht", "payload": "/a"},
        {"title": "Hoi x", "payload": "/b"},
    ]


def test_a_card_gets_its_title_and_text_after_its_own_sentences_are_said():
    card = {"type": "programme", "name": "Kok", "level": 3, "why": {"say": "t.why", "with": {"x": "eten"}}}
    shown = speak({"say": None, "cards": [card]}, VOICE)
    assert (shown.cards[0]["title"], shown.cards[0]["text"]) == ("Kok (3)", "Kok: want eten")
    assert shown.text == "Kok: want eten", "cards alone are still announced in words"


def test_a_title_that_is_there_stays():
    assert speak({"say": None, "cards": [{"type": "fact", "title": "T", "text": "F"}]}, VOICE).cards[0]["title"] == "T"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere", "", None, 7])
def test_what_is_no_web_address_is_not_passed_on(url):
    card = {"type": "fact", "title": "t", "text": "x", "chat_url": url, "places": [{"url": url, "name": "U"}]}
    said = speak({"say": None, "cards": [card], "sources": [{"title": "s", "url": url}]}, VOICE)
    assert said.sources == ()
    assert said.cards[0].get("chat_url") is None
    assert said.cards[0]["places"][0].get("url") is None
    assert said.cards[0]["places"][0]["name"] == "U"


def test_a_message_that_was_stored_comes_back_whole():
    said = speak({"say": "t.hi", "with": {"name": "An"}, "buttons": [{"title": "a", "payload": "/a"}]}, VOICE)
    assert type(said).from_body(said.body()).body() == said.body()


def test_a_text_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError):
        speak({"say": "t.nothing"}, VOICE)
