"""Tells what it takes to get in: the rule of a level, and what is asked besides; the school decides, and we say so."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, by_ids, is_about_this, say_facts
from actions.naming import Meant, asked_level, choice_button, programme_meant
from actions.profile_rule import with_profile_rule
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, Utterance, button, say
from actions.wayfinding import Wanted, say_ways, start_of, wanted_of
from programmes.cards import name_of
from programmes.facts import Fact, facts
from programmes.levels import rule_of
from programmes.models import Programme
from programmes.standing import goal_of

ALWAYS = {"NL": ("nl-mbo-extra-requirements",), "BE": ()}
"""Said beside the rule of a Dutch level."""

MBO = frozenset({"1", "2", "3", "4"})
NO_LEVEL_YET = frozenset({None, "mbo"})
"""Levels that are none yet: "mbo" has four, each with a rule of its own."""

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
        said, programme, answer = await asyncio.to_thread(_answered, slots, heard)
        start = start_of(slots, heard)
        dispatcher.utter_message(json_message=with_profile_rule(said, programme, start=start))
        wanted = await asyncio.to_thread(_wanted, programme, start, slots, heard)
        if start and wanted:
            dispatcher.utter_message(json_message=say_ways(start, wanted, heard))
        meant = [SlotSet("current_programme", programme.id)] if programme else []
        heading = [SlotSet("heading", wanted[0].goal)] if wanted else []
        return [*meant, *heading, answer.remembered()]


def _wanted(programme: Programme | None, start: str | None, slots: Mapping[str, Any], heard: Heard) -> list[Wanted]:
    """Where the question leads: the programme that was found, else what the message says."""
    goal = goal_of(programme) if programme else None
    if programme and goal:
        return [Wanted(goal, name_of(programme), programme)]
    return wanted_of(heard, start, heading=slots.get("heading"))


def _answered(slots: dict[str, Any], heard: Heard) -> tuple[Utterance, Programme | None, Answer]:
    answer = answers("admission_requirements", heard)
    meant = programme_meant(catalogue(), slots, heard)
    return _requirements(meant, answer, heard), meant.programme, answer


def _requirements(meant: Meant, answer: Answer, heard: Heard) -> Utterance:
    level = asked_level(heard, meant.programme)
    country = _country(meant.programme, heard)
    rules = [fact for fact in facts("admission", country=country, level=level) if level and fact.level == level]
    pointed = _pointed(answer)
    is_open = bool(meant.choices) and asked_level(heard, None) is None
    is_of_it = bool(pointed) and is_about_this(pointed[0], heard)
    if pointed and not rules and (is_of_it or not (is_open and heard.is_leaning)):
        return say_facts(answer.key(heard), pointed, buttons=_next())
    if is_open:
        return _of_each_level(meant.choices, country)
    if level in NO_LEVEL_YET:
        return _ask_level(heard, was_named=meant.was_named)
    if not rules:
        return say("study.admission.unknown", buttons=[ASK_HUMAN, DEADLINES])
    more = by_ids(ALWAYS[country]) if rules[0].level in MBO and not pointed else []
    if meant.programme is None:
        return say_facts("study.admission.of_level", [*rules, *pointed, *more], buttons=_next())
    values = {"name": name_of(meant.programme), "level": {"say": f"level.{meant.programme.level}"}}
    return {**say_facts("study.admission.of_programme", [*pointed, *rules[:1], *more], buttons=_next()), "with": values}


def _of_each_level(choices: Sequence[Programme], country: str) -> Utterance:
    """The rule of each level that the programmes have, for who did not choose one of them yet."""
    buttons = [choice_button(one, "admission_requirements") for one in choices]
    levels = dict.fromkeys(rule_of(one.level) for one in choices if one.level)
    rules = [
        fact for level in levels for fact in facts("admission", country=country, level=level) if fact.level == level
    ]
    if not rules:
        return say("study.admission.which_programme", buttons=buttons)
    return say_facts("study.admission.of_each", rules, buttons=buttons)


def _pointed(answer: Answer) -> list[Fact]:
    """The facts about one point of getting in, such as the intake, if the question is about that first of all."""
    if not answer.is_near or answer.facts[0].is_level_rule:
        return []
    return [fact for fact in answer.facts if not fact.is_level_rule]


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
