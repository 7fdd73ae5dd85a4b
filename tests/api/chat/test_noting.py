"""What was noted about somebody is shown when it changes, with a way to take it back."""

import pytest

from api.chat.noting import noted
from api.chat.said import Voice
from api.chat.speaking import speak
from api.states import Audience, Country, Language


def test_what_is_new_is_shown_with_a_button_for_each():
    shown = noted({}, {"age": 17, "standing": "havo"}, country="NL")

    assert shown is not None
    assert [button["payload"] for button in shown["buttons"]] == [
        '/correction{"forget": "age"}',
        '/correction{"forget": "standing"}',
    ]


def test_only_what_changed_is_shown():
    shown = noted({"age": 17, "standing": "havo"}, {"age": 18, "standing": "havo"}, country="NL")

    assert shown is not None
    assert [button["payload"] for button in shown["buttons"]] == ['/correction{"forget": "age"}']


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {}),
        ({"age": 17}, {"age": 17}),
        ({"age": 17}, {"age": None}),
        ({"age": 17}, {}),
        ({}, {"wishes": {"query": "kok"}}),
        ({}, {"standing": "a station that is gone"}),
    ],
)
def test_what_stays_goes_or_is_not_known_is_not_shown(before, after):
    assert noted(before, after, country="NL") is None


@pytest.mark.parametrize("audience", [None, Audience.PARENT])
def test_it_is_said_in_the_words_of_the_language(audience):
    shown = noted(None, {"age": 17, "standing": "vmbo-bb"}, country="NL")

    assert shown is not None
    dutch, english = (speak(shown, Voice(language, Country.NL, audience)).text for language in Language)
    assert "17 jaar" in dutch
    assert "vmbo-basis" in dutch
    assert "17" in english
    assert "jaar" not in english
