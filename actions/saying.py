"""How an action speaks: which text, with what values, and which buttons. The words themselves are in api/texts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk.interfaces import Tracker

Utterance = dict[str, Any]


def say(
    key: str,
    values: Mapping[str, Any] | None = None,
    *,
    cards: Sequence[Mapping[str, Any]] = (),
    buttons: Sequence[Mapping[str, Any]] = (),
    sources: Iterable[Mapping[str, Any]] = (),
    do: str | None = None,
) -> Utterance:
    """An utterance as the API renders it; a source that several rows share is named once."""
    distinct = {(source["url"], source["title"]): dict(source) for source in sources}
    return {
        "say": key,
        "with": dict(values or {}),
        "cards": [dict(card) for card in cards],
        "buttons": [dict(button) for button in buttons],
        "sources": list(distinct.values()),
        "do": do,
    }


def button(
    key: str, intent: str, entities: Mapping[str, Any] | None = None, values: Mapping[str, Any] | None = None
) -> Utterance:
    """A button with a text of ours."""
    return {"say": key, "with": dict(values or {}), "payload": payload(intent, entities)}


def data_button(title: str, intent: str, entities: Mapping[str, Any]) -> Utterance:
    """A button whose title is data: a city, a programme's name."""
    return {"title": title, "payload": payload(intent, entities)}


def payload(intent: str, entities: Mapping[str, Any] | None = None) -> str:
    """What a button sends: an intent, and the entities that go with it."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False) if entities else ''}"


ASK_HUMAN = button("talk.button.ask_human", "ask_human")
FIND_PROGRAMME = button("talk.button.find_programme", "find_programme")
HELP = button("talk.button.help", "help_what_can_you_do")
INTEREST_TEST = button("button.interest_test", "questionnaire", {"do": "choose", "of": "interests"})
"""The API's own: it asks the items."""
CHOICE_DOUBT = button("talk.button.choice_doubt", "choice_doubt")
DEADLINES = button("talk.button.enrolment_deadline", "enrolment_deadline")
REQUIREMENTS = button("talk.button.admission_requirements", "admission_requirements")
WORK_AND_LEARN = button("talk.button.work_and_learn", "work_and_learn")


def last_said(tracker: Tracker) -> str | None:
    """The key of what the bot said last."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            return ((event.get("data") or {}).get("custom") or {}).get("say")
    return None
