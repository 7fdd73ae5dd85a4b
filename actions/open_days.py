"""Tells the open days that schools gave us, or honestly that we know none and where to look."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.naming import programme_meant
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, Utterance, say
from core.clock import now
from programmes import open_days
from programmes.calendars import ZONES
from programmes.cards import name_of, source_of
from programmes.catalogue import Catalogue
from programmes.models import OpenDay, Programme
from programmes.schools import school_named

type Look = Callable[..., list[OpenDay]]

MOST = 3
"""Days in one answer."""
MOST_NAMES = 2
"""Programmes that a card names."""


class ActionOpenDays(Action):
    """Shows the next open days of the school, in the town or for the programme that was named."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_open_days"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show at most three days."""
        said = await asyncio.to_thread(_said, tracker.current_slot_values(), hear(tracker))
        dispatcher.utter_message(json_message=said)
        return []


def _said(slots: dict[str, Any], heard: Heard) -> Utterance:
    known = catalogue()
    days, none = _found(known, slots, heard)
    buttons = [FIND_PROGRAMME, DEADLINES, ASK_HUMAN]
    if not days:
        return say(none["say"], none["with"], buttons=buttons)
    shown = days[:MOST]
    cards = [card(day, known, heard.language) for day in shown]
    return say("study.open_days.known", cards=cards, buttons=buttons, sources=[source_of(day, known) for day in shown])


def _found(known: Catalogue, slots: dict[str, Any], heard: Heard) -> tuple[list[OpenDay], Utterance]:
    """The days that were asked for, and what to say if there are none: of the narrowest thing that was named."""
    today = now().astimezone(ZONES.get(heard.country, ZONES["NL"])).date()
    look = partial(open_days.upcoming, known, country=heard.country, today=today)
    programme = programme_meant(known, slots, heard).programme
    if name := heard.first("institution"):
        school = school_named(known, name, country=heard.country)
        none = {"say": "study.open_days.of_school", "with": {"school": school.name if school else name}}
        # Where the school was named, its other days are an answer too.
        return (_first(look, school=school.code, programme=programme) if school else []), none
    if city := heard.first("city"):
        place = known.places.link(city)
        none = {"say": "study.open_days.in_place", "with": {"place": place.name if place else city}}
        return (_first(look, towns=place.municipalities, programme=programme) if place else []), none
    if programme and heard.first("programme_id", "programme", "interest"):
        none = {"say": "study.open_days.of_programme", "with": {"name": name_of(programme)}}
        return look(programme=programme.id), none
    return _first(look, programme=programme), {"say": "study.open_days.unknown", "with": {}}


def _first(look: Look, *, programme: Programme | None, **asked: Any) -> list[OpenDay]:
    """The days for the programme that the talk is about; without such days, all that were asked for."""
    return (look(programme=programme.id, **asked) if programme else []) or look(**asked)


def card(day: OpenDay, known: Catalogue, language: str) -> dict[str, Any]:
    """The contract's card `open_day`."""
    school = known.institutions[day.institution_code]
    values = {"date": {"date": day.starts_on.isoformat()}, "time": _time(day), "where": _where(day)}
    return {
        "type": "open_day",
        "id": day.id,
        "starts_on": day.starts_on.isoformat(),
        "place": day.place,
        "ics": open_days.ics(day, language),
        "url": day.url,
        "title": {"say": f"card.open_day.title.{day.kind}", "with": {"school": school.name}},
        "text": {"say": "card.open_day.text", "with": {**values, "about": _about(day, known)}},
        "sources": [source_of(day, known)],
    }


def _time(day: OpenDay) -> Utterance:
    if day.starts_at is None:
        return {"say": "card.open_day.time.unknown"}
    hours = {"from": f"{day.starts_at:%H:%M}", "until": f"{day.ends_at:%H:%M}" if day.ends_at else ""}
    return {"say": f"card.open_day.time.{'from_until' if day.ends_at else 'from'}", "with": hours}


def _where(day: OpenDay) -> Utterance:
    if day.place:
        return {"say": f"card.open_day.where.{'both' if day.is_online else 'place'}", "with": {"place": day.place}}
    return {"say": f"card.open_day.where.{'online' if day.is_online else 'unknown'}"}


def _about(day: OpenDay, known: Catalogue) -> Utterance:
    named = [name_of(known.programmes[id]) for id in day.programmes if id in known.programmes]
    if not named:
        return {"say": "card.open_day.about.school"}
    key = "programmes" if len(named) <= MOST_NAMES else "more"
    return {"say": f"card.open_day.about.{key}", "with": {"programmes": named[:MOST_NAMES]}}
