"""What came in: the message of this turn and who wrote it, taken from the tracker."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa_sdk.interfaces import Tracker

from bot.leaning import leans
from programmes.ages import age_of

REPEAT = "repeat"
TOLD_FACTS = "told_facts"
"""The slot with the facts that were told last; see `known_facts.Answer`."""
_SHOWN = 3
"""Programmes of a search that stand on the screen first."""


@dataclass(frozen=True)
class Talk:
    """What was talked about before a message: ids and codes, nothing typed."""

    programmes: tuple[str, ...] = ()
    """The programme that is talked about, or those that were shown last."""
    wishes: Mapping[str, Any] = field(default_factory=dict)
    """Of the search that goes on."""
    heading: str | None = None
    """Where a way led, if the last answer showed one: the code of a station."""
    told: tuple[str, ...] = ()
    """Ids of the facts that were told last."""


@dataclass(frozen=True)
class Heard:
    """The latest message. `text` is empty for a button; it must never go into a slot, for slots are stored."""

    text: str
    intent: str
    entities: tuple[dict[str, Any], ...]
    ranking: tuple[str, ...]
    language: str
    country: str
    vector: NDArray[np.float32] | None
    told_facts: Mapping[str, Any] | None = None
    """The facts that were told last, when they are asked for again."""
    age: int | None = None
    """Of whom this message is about: said in it, or before."""
    said_last: frozenset[str] = frozenset()
    """Keys of all that the bot said in its last answer."""
    talk: "Talk | None" = None
    """What the talk was about before this message."""
    is_leaning: bool = False
    """Whether the message points back: "en dat dan?"."""
    leans_on: tuple[str, ...] = ()
    """Ids of the facts of the last answer, when this message seems to go on about them: "hoe lang duurt dat?"."""

    def first(self, *kinds: str) -> str | None:
        """The first value among entities of these kinds, in the order of the kinds."""
        return next((str(e["value"]) for kind in kinds for e in self.entities if e["entity"] == kind), None)

    def all(self, kinds: Iterable[str]) -> list[str]:
        """All different values of entities of these kinds, in the order of the message."""
        wanted = set(kinds)
        return list(dict.fromkeys(str(e["value"]) for e in self.entities if e["entity"] in wanted))


def hear(tracker: Tracker) -> Heard:
    """Read the message of this turn; after "zeg dat nog eens", the question before it, without its words."""
    message = tracker.latest_message
    is_repeat = str((message.get("intent") or {}).get("name")) == REPEAT
    if is_repeat:
        message = {"intent": {"name": _intent_before(tracker)}}
    event: dict[str, Any] = next((e for e in reversed(tracker.events) if e.get("event") == "user"), {})
    metadata = event.get("metadata") or {}
    likely = message.get("intent_ranking") or []
    is_leaning = leans(str(message.get("text") or ""))
    return Heard(
        text=str(message.get("text") or ""),
        intent=str(message.get("intent", {}).get("name")),
        entities=tuple(message.get("entities") or ()),
        ranking=tuple(one["name"] for one in likely if one["name"] != "nlu_fallback"),
        language=str(metadata.get("language") or "nl"),
        country=str(metadata.get("country") or "NL"),
        vector=_vector(metadata.get("vectors")),
        told_facts=tracker.get_slot(TOLD_FACTS) if is_repeat else None,
        age=_age(message.get("entities") or (), tracker.get_slot("age")),
        said_last=_said_last(tracker),
        talk=_talk(tracker),
        is_leaning=is_leaning,
        leans_on=_just_told(_changed(tracker)) if is_leaning else (),
    )


def _talk(tracker: Tracker) -> Talk:
    slots, changed = tracker.current_slot_values(), _changed(tracker)
    current = slots.get("current_programme")
    shown = (slots.get("found_programmes") or [])[:_SHOWN]
    return Talk(
        programmes=(current,) if current else tuple(shown),
        wishes=slots.get("wishes") or {},
        heading=changed.get("heading"),
        told=_just_told(changed),
    )


def _said_last(tracker: Tracker) -> frozenset[str]:
    said: set[str] = set()
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            said.add(str(((event.get("data") or {}).get("custom") or {}).get("say")))
        elif event.get("event") == "user" and said:
            break
    return frozenset(said)


def _just_told(changed: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts of the last answer; none when it was about a programme, for then that is what is asked about."""
    told = changed.get(TOLD_FACTS) or {}
    return () if changed.get("current_programme") else tuple(told.get("ids") or ())


def _changed(tracker: Tracker) -> Mapping[str, Any]:
    """The slots that the last answer filled."""
    changed: dict[str, Any] = {}
    users = 0
    for event in reversed(tracker.events):
        users += event.get("event") == "user"
        if users > 1:
            break
        if users == 1 and event.get("event") == "slot":
            changed.setdefault(event["name"], event.get("value"))
    return changed


def _age(entities: Iterable[Mapping[str, Any]], before: int | None) -> int | None:
    said = (age_of(str(one["value"])) for one in entities if one["entity"] == "age")
    return next((age for age in said if age), before)


def _intent_before(tracker: Tracker) -> str:
    names = (
        str(((event.get("parse_data") or {}).get("intent") or {}).get("name"))
        for event in reversed(tracker.events)
        if event.get("event") == "user"
    )
    return next((name for name in names if name != REPEAT), REPEAT)


def _vector(packed: object) -> NDArray[np.float32] | None:
    return np.frombuffer(base64.b64decode(packed), dtype="<f4") if isinstance(packed, str) else None
