"""Tells the next dates for applying, in days, with what can still be done when one has passed."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.naming import asked_level
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, button, say
from actions.wayfinding import start_of
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
        answer = await asyncio.to_thread(answers, "enrolment_deadline", heard)
        progress = Progress.of(tracker.current_slot_values(), heard)
        zone = ZONES.get(heard.country, ZONES["NL"])
        known = all_deadlines(heard.country, today=now().astimezone(zone).date())
        dates = chosen(known, heard, standing=progress.standing)
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


def _asks_when(text: str) -> bool:
    return bool(ASKS_WHEN.search(text)) and not NAMES_A_DATE.search(text)


def chosen(known: list[Deadline], heard: Heard, *, standing: str | None = None) -> list[Deadline]:
    """The next dates for the kind of school that was named, else for where somebody stands, else simply the next ones.

    Who says that they missed one gets that one first: there is still something that they can do.
    """
    ticked = (heard.first("done") or "").partition("/")[0]
    if ticked:
        return [date for date in known if date.id == ticked]
    missed = [date for date in known if -RECENT_DAYS <= date.days_left < 0] if MISSED.search(heard.text) else []
    dates = [*missed[-1:], *(date for date in known if date.days_left >= 0)]
    level = asked_level(heard, None) or (
        "mbo" if any(said.casefold() == "mbo" for said in heard.all({"level", "level_to"})) else None
    )
    kind = "mbo" if level and level.isdigit() else level or NEXT_SCHOOL.get(standing or "", "")
    starts = ABOUT.get(kind, USUAL)
    fitting = [date for date in dates if date.id.startswith(starts)]
    return (fitting or dates)[:MOST]
