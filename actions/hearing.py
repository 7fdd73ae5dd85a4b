"""What came in: the message of this turn and who wrote it, taken from the tracker."""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa_sdk.interfaces import Tracker

from actions.saying import last_said
from programmes.ages import age_of

REPEAT = "repeat"
TOLD_FACTS = "told_facts"
"""The slot with the facts that were told last; see `known_facts.Answer`."""

_LEANS = re.compile(
    r"^\W*(?:en|of|maar|dus|ook|and|or|but|so|also|then)\b"
    r"|\b(?:da|dat|die|dit|daar\w*|hier\w*|het|dan|zo|it|that|those|these|there|they|them|then|this)\b",
    re.IGNORECASE,
)
"""Words that point back, in a short message."""
_LONG = 12
"""Words from which a message says by itself what it is about."""


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
    last_said: str | None = None
    """Key of what the bot said last."""
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
    is_leaning = _leans(str(message.get("text") or ""))
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
        last_said=last_said(tracker),
        is_leaning=is_leaning,
        leans_on=_just_told(tracker) if is_leaning else (),
    )


def _leans(text: str) -> bool:
    return len(text.split()) < _LONG and bool(_LEANS.search(text))


def _just_told(tracker: Tracker) -> tuple[str, ...]:
    """The facts of the last answer; none when it was about a programme, for then that is what is asked about."""
    changed: dict[str, Any] = {}
    users = 0
    for event in reversed(tracker.events):
        users += event.get("event") == "user"
        if users > 1:
            break
        if users == 1 and event.get("event") == "slot":
            changed.setdefault(event["name"], event.get("value"))
    told = changed.get(TOLD_FACTS) or {}
    return () if changed.get("current_programme") else tuple(told.get("ids") or ())


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
