"""Tells what it takes to get in, by the level of the programme that is meant; the school decides, and we say so."""

import asyncio
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.cards import name_of
from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import by_ids, say_facts
from actions.naming import asked_level, choice_button, programme_meant
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, Utterance, button, say
from actions.wayfinding import Wanted, say_ways, start_of, wanted_of
from programmes.facts import facts
from programmes.models import Programme
from programmes.standing import goal_of

ALWAYS = {"NL": ("nl-mbo-extra-requirements",), "BE": ()}
"""Said beside the rule of a Dutch level."""

LEVELS = {"NL": ("2", "3", "4", "hbo"), "BE": ("hbo", "graduaat")}
"""Levels to choose from when none was named."""


class ActionAdmissionRequirements(Action):
    """Says the legal minimum for a level, with its source."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_admission_requirements"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Tell the rule of the level, or ask which level or programme."""
        slots, heard = tracker.current_slot_values(), hear(tracker)
        said, programme = await asyncio.to_thread(_requirements, slots, heard)
        dispatcher.utter_message(json_message=said)
        start = start_of(slots, heard)
        wanted = await asyncio.to_thread(_wanted, programme, start, heard)
        if start and wanted:
            dispatcher.utter_message(json_message=say_ways(start, wanted, heard))
        found = SlotSet("current_programme", programme.id) if programme else None
        standing = SlotSet("standing", start) if start else None
        return [event for event in (found, standing) if event]


def _wanted(programme: Programme | None, start: str | None, heard: Heard) -> list[Wanted]:
    """Where the question leads: the programme that was found, else what the message says."""
    goal = goal_of(programme) if programme else None
    return [Wanted(goal, name_of(programme), programme)] if programme and goal else wanted_of(heard, start)


def _requirements(slots: dict[str, Any], heard: Heard) -> tuple[Utterance, Programme | None]:
    meant = programme_meant(catalogue(), slots, heard)
    named_level = asked_level(heard, None)
    if meant.choices and named_level is None:
        buttons = [choice_button(one, "admission_requirements") for one in meant.choices]
        return say("study.admission.which_programme", buttons=buttons), None
    level = asked_level(heard, meant.programme)
    if level is None:
        return _ask_level(heard, was_named=meant.was_named), None
    rules = [
        fact
        for fact in facts("admission", country=_country(meant.programme, heard), level=level)
        if fact.level == level
    ]
    if not rules:
        return say("study.admission.unknown", buttons=[ASK_HUMAN, DEADLINES]), meant.programme
    more = by_ids(ALWAYS[_country(meant.programme, heard)]) if level.isdigit() else []
    if meant.programme:
        said = say_facts("study.admission.of_programme", [*rules[:1], *more], buttons=_next())
        values = {"name": name_of(meant.programme), "level": {"say": f"level.{meant.programme.level}"}}
        return {**said, "with": values}, meant.programme
    return say_facts("study.admission.of_level", [*rules, *more], buttons=_next()), None


def _country(programme: Programme | None, heard: Heard) -> str:
    """A Dutch programme keeps its Dutch rule, also for who asks from Flanders."""
    return programme.country if programme else heard.country


def _ask_level(heard: Heard, *, was_named: bool) -> Utterance:
    levels = [
        button(
            f"study.level.{level}",
            "admission_requirements",
            {"level": level if not level.isdigit() else f"niveau {level}"},
        )
        for level in LEVELS.get(heard.country, LEVELS["NL"])
    ]
    return say("study.admission.unknown_programme" if was_named else "study.admission.ask", buttons=levels)


def _next() -> list[Utterance]:
    return [DEADLINES, FIND_PROGRAMME, ASK_HUMAN]
