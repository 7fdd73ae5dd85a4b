"""Buttons that the API answers by itself, so that they work while Rasa is down; always accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.chat.handover import ASK_HUMAN
from api.chat.said import Voice
from api.questionnaires.payloads import MENU
from api.states import Language
from api.texts import render
from programmes.helplines import LISTENING, lines_for

MOST_LINES = 4
"""More would be a wall."""

SHOW_HELPLINES = "/show_helplines"
SHARE_WORRY = "/share_worry"
SPEAK = {"/speak_dutch": Language.NL, "/speak_english": Language.EN}

TALK_TO_COACH = {"say": "button.talk_to_coach", "payload": ASK_HUMAN}
SEE_HELPLINES = {"say": "button.helplines", "payload": SHOW_HELPLINES}


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What the API does about one of its own buttons."""

    utterances: list[Mapping[str, Any]] = field(default_factory=list)
    brings_coach: bool = False
    language: Language | None = None  # the visitor chose it


TITLES = {
    ASK_HUMAN: "button.talk_to_coach",
    SHOW_HELPLINES: "button.helplines",
    SHARE_WORRY: "button.share_worry",
    "/speak_dutch": "button.speak_dutch",
    "/speak_english": "button.speak_english",
    MENU: "button.questionnaires",
}
"""Payload -> what the visitor is shown to have said, when it was clicked without having been offered."""


def own_answer(payload: str, voice: Voice) -> OwnAnswer | None:
    """The API's own answer to a button; None when the button is Rasa's."""
    if payload == ASK_HUMAN:
        return OwnAnswer(brings_coach=True)
    if payload == SHOW_HELPLINES:
        return OwnAnswer([helplines(voice)])
    if payload == SHARE_WORRY:
        return OwnAnswer([{"say": "chat.share_worry", "buttons": [TALK_TO_COACH, SEE_HELPLINES]}])
    if payload in SPEAK:
        return OwnAnswer([{"say": "chat.language_switched"}], language=SPEAK[payload])
    return None


def title_of(payload: str, voice: Voice) -> str | None:
    """What the button says; None when it is none of ours."""
    key = TITLES.get(payload)
    return key and render(key, language=voice.language, country=voice.country, audience=voice.audience)


def helplines(voice: Voice) -> Mapping[str, Any]:
    """Who can be called now, in the visitor's country."""
    found = lines_for(LISTENING, country=voice.country.value, speaker="self", language=voice.language.value)
    return {
        "say": "chat.helplines",
        "cards": [line.as_card() for line in found[:MOST_LINES]],
        "buttons": [TALK_TO_COACH],
    }
