"""Tells the next dates for applying, in days, with what can still be done when one has passed."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.naming import asked_level, named
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, button, say
from actions.wayfinding import start_of
from bot.questions import questions_in
from core.clock import now
from programmes.calendars import ZONES
from programmes.deadlines import Deadline, all_deadlines

MOST = 3
"""Cards in one answer: two of what was asked, one of the rest."""
MOST_TICKS = 2
"""Steps with a button; the card names them all."""

NAMES_A_DATE = re.compile(
    r"\b\d{1,2} ?(?:jan|feb|m(?:aa)?r|apr|mei|may|jun|jul|aug|sep|o[kc]t|nov|de[cz])", re.IGNORECASE
)
"""Who says a date asks something about it, not when it is."""
ASKS_WHEN = re.compile(r"\b(?:wanneer|wnr|datums?|deadlines?|uiterlijk|uiterste|when|dates?|last day)\b", re.IGNORECASE)

ABOUT = {"mbo": ("nl-mbo-",), "hbo": ("nl-ho-", "nl-fixus-"), "wo": ("nl-ho-", "nl-fixus-")}
"""Kind of school -> how the ids of its dates begin."""

NEXT_SCHOOL = {
    **dict.fromkeys(
        ("pro", "vso", "vmbo-bb", "vmbo-kb", "vmbo-gl", "vmbo-tl", "mbo-1", "mbo-2", "mbo-3", "none"), "mbo"
    ),
    **dict.fromkeys(("havo", "vwo", "mbo-4", "propedeuse", "ad"), "hbo"),
}
"""Where most people go from where they stand."""

RESULT = "-result-"
"""In the id of a day on which something is heard, not done."""
RECENT_DAYS = 60
MISSED = re.compile(r"\b(?:gemist|te laat|vergeten|voorbij|missed|too late|forgot|passed)\b", re.IGNORECASE)

USUAL = ("nl-mbo-", "nl-ho-", "nl-fixus-", "be-enrol-")
"""Dates for most pupils; the others only when none of these is left."""


class ActionEnrolmentDeadlines(Action):
    """Shows the dates that come next in the visitor's country."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_enrolment_deadlines"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show at most three cards: the fact that answers the question, then the dates of the level that was named."""
        heard = hear(tracker)
        answer = await asyncio.to_thread(answers, "enrolment_deadline", _beside_dates(heard))
        progress = Progress.of(tracker.current_slot_values(), heard)
        zone = ZONES.get(heard.country, ZONES["NL"])
        known = all_deadlines(heard.country, today=now().astimezone(zone).date())
        kind = await asyncio.to_thread(kind_of_school, heard)
        dates = chosen(known, heard, kind=kind or NEXT_SCHOOL.get(progress.standing or "", ""))
        dispatcher.utter_message(json_message=_answered(dates, answer, progress, heard))
        return [answer.remembered(), SlotSet("done_todos", list(progress.done))]


@dataclass(frozen=True)
class Progress:
    """Where somebody stands, and what they have done already: codes and marks, never words."""

    standing: str | None
    done: tuple[str, ...]

    @classmethod
    def of(cls, slots: Mapping[str, Any], heard: Heard) -> Self:
        """What was known, with what this message adds."""
        ticked = [mark] if (mark := heard.first("done")) else []
        done = tuple(dict.fromkeys([*(slots.get("done_todos") or ()), *ticked]))
        return cls(start_of(slots, heard), done)


def _answered(dates: list[Deadline], answer: Answer, progress: Progress, heard: Heard) -> Utterance:
    """Dates first for who asks when; for who asks something else, first the facts that answer it."""
    near = [fact for fact in answer.facts if answer.is_near and not fact.is_level_rule]  # "mbo 4" only names a level
    facts = say_facts(answer.key(heard), near[: MOST - 1], buttons=[REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN])
    shown = {
        **facts,
        "say": "study.deadlines.known",
        "cards": [date.as_card(standing=progress.standing, done=progress.done) for date in dates],
        "buttons": [*_ticks(dates, progress), REQUIREMENTS, ASK_HUMAN],
        "sources": [date.as_source() for date in dates],
    }
    if not dates and not near:
        return say("study.deadlines.unknown", buttons=[ASK_HUMAN, REQUIREMENTS])
    if not near:
        return shown
    first, second = (shown, facts) if dates and _asks_when(heard.text) else (facts, shown)
    cards = [*first["cards"][: MOST - 1], *second["cards"]][:MOST]
    return {**first, "cards": cards, "sources": [*first["sources"][: MOST - 1], *second["sources"]][:MOST]}


def _ticks(dates: list[Deadline], progress: Progress) -> list[Utterance]:
    """Buttons for the steps before the next date that are still to be done."""
    if not dates:
        return []
    left = [one for one in dates[0].todos_for(progress.standing) if dates[0].mark(one) not in progress.done]
    return [
        button("study.deadlines.done", "enrolment_deadline", {"done": dates[0].mark(one)}, {"step": one.text})
        for one in left[:MOST_TICKS]
    ]


def _beside_dates(heard: Heard) -> Heard:
    """What is asked beside when it is: "wanneer is het en hoeveel mag ik er kiezen?"."""
    others = [part for part in questions_in(heard.text) if not _asks_when(part)]
    return replace(heard, text=others[0], vector=None) if len(others) == 1 and _asks_when(heard.text) else heard


def _asks_when(text: str) -> bool:
    return bool(ASKS_WHEN.search(text)) and not NAMES_A_DATE.search(text)


def kind_of_school(heard: Heard) -> str | None:
    """The kind of school that a question about dates is about: named in it, or talked about before it. Blocks."""
    known = catalogue()
    said = [one for one in heard.all({"level", "level_to"}) if one.casefold() == "mbo"]
    level = asked_level(heard, None) or next(iter(said), None)
    name = heard.first("programme_to", "programme")
    found = named(known, name, heard) if name and not level else []
    if level or found:
        return _kind(level or found[0].level)
    if heard.talk is None:
        return None
    wished = heard.talk.heading or heard.talk.wishes.get("level")
    talked_of = [one.level for id in heard.talk.programmes if (one := known.find(id))]
    return _kind(wished or next(iter(talked_of), None))


def _kind(level: str | None) -> str | None:
    kinds = {"ad": "hbo", "hbo-ma": "hbo", "wo-ma": "wo"}
    level = (level or "").casefold().removeprefix("mbo-")
    return "mbo" if level.isdigit() else kinds.get(level, level) or None


def chosen(known: list[Deadline], heard: Heard, *, kind: str = "") -> list[Deadline]:
    """The next dates for a kind of school, the days for applying first; without one simply the next dates.

    Who says that they missed one gets that one first: there is still something that they can do.
    """
    ticked = (heard.first("done") or "").partition("/")[0]
    if ticked:
        return [date for date in known if date.id == ticked]
    missed = [date for date in known if -RECENT_DAYS <= date.days_left < 0] if MISSED.search(heard.text) else []
    dates = [*missed[-1:], *(date for date in known if date.days_left >= 0)]
    starts = ABOUT.get(kind, USUAL)
    fitting = [date for date in dates if date.id.startswith(starts)]
    if kind in ABOUT:  # in the next months of one school a result stands between two days for applying
        fitting.sort(key=lambda date: RESULT in date.id)
    return (fitting or dates)[:MOST]
