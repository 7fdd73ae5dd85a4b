"""Shows the ways from where somebody is to where they want to be; without both ends, tells what we know and asks."""

import asyncio
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.find_programmes import find
from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.rmc_region import with_region
from actions.saying import ASK_HUMAN, Utterance, button, say
from actions.tell_facts import tell
from actions.wayfinding import START_OF_INTENT, Wanted, goal_title, say_ways, start_of, wanted_of
from programmes.admission import station
from programmes.pathways import plan
from programmes.standing import ends_in

MOST_FACTS = 2
"""Facts before the ways: they answer the words, and the ways say the rest."""

ASK_START = "study.pathway.ask_start"

STARTS: dict[str, tuple[str, ...]] = {
    "transition_vmbo_mbo": ("vmbo-bb", "vmbo-kb", "vmbo-tl", "havo-4"),
    "transition_mbo_hbo": ("mbo-2", "mbo-3", "mbo-4"),
    "transition_havo_vwo": ("havo-4", "havo", "vwo-4"),
}
USUAL_STARTS = {
    "NL": ("vmbo-kb", "vmbo-tl", "havo", "none"),
    "BE": ("so-1a", "so-3-dubbel", "so-3-arbeidsmarkt", "none"),
}
"""Where to be at, to choose from when it was not said."""
USUAL_GOALS = {
    "NL": ("mbo-2", "mbo-4", "havo", "hbo", "wo"),
    "BE": ("so-diploma", "graduaat", "bachelor-prof", "bachelor-acad"),
}
"""Where to go, to choose from when it was not said; those that can be reached."""


class ActionPlanPathway(Action):
    """Plans the ways for a step from one kind of school to another."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_plan_pathway"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show the ways, or facts and a question for the end that is missing."""
        slots, heard = tracker.current_slot_values(), hear(tracker)
        answer = await asyncio.to_thread(answers, heard.intent, heard)
        if _looks_for_programmes(heard):
            said, found = await asyncio.to_thread(find, slots, heard)
            for utterance in said:
                dispatcher.utter_message(json_message=utterance)
            return [SlotSet(name, value) for name, value in found.items()]
        start = start_of(slots, heard) or START_OF_INTENT.get(heard.intent)
        wanted = await asyncio.to_thread(wanted_of, heard, start, heading=slots.get("heading"))
        for utterance in await asyncio.to_thread(_planned, slots, answer, heard, start, wanted):
            dispatcher.utter_message(json_message=utterance)
        current = [SlotSet("current_programme", wanted[0].programme.id)] if wanted and wanted[0].programme else []
        heading = [SlotSet("heading", wanted[0].goal)] if wanted else []
        return [*current, *heading, answer.remembered()]


def _looks_for_programmes(heard: Heard) -> bool:
    """Whether somebody names what they like and no end: "ik zit in vmbo-tl 4 en wil iets met techniek"."""
    names_end = (
        heard.first("goal", "programme_id", "programme_to", "programme")
        or ends_in(heard.text, country=heard.country).goal
    )
    return bool(heard.first("interest")) and not names_end


def _planned(
    slots: dict[str, Any], answer: Answer, heard: Heard, start: str | None, wanted: list[Wanted]
) -> list[Utterance]:
    if start and wanted:
        near = say_facts("study.facts.near", answer.facts[:MOST_FACTS], buttons=[])
        return [*([near] if answer.is_sure else []), say_ways(start, wanted, heard)]
    if start:
        return [with_region(tell(answer, heard), slots, heard), _ask_goal(start, heard)]
    told = tell(answer, heard)
    if ASK_START in heard.said_last and answer.is_near:
        return [told]  # who did not answer it, but asked something else, is not asked it again at once
    return [told, _ask_start(wanted[0] if wanted else None, heard)]


def _ask_start(goal: Wanted | None, heard: Heard) -> Utterance:
    codes = STARTS.get(heard.intent, ()) if heard.country == "NL" else ()
    choices = codes or USUAL_STARTS.get(heard.country, USUAL_STARTS["NL"])
    to = {"goal": goal.goal} if goal else {}
    if goal and goal.programme:
        to = {"programme_id": goal.programme.id}
    shown = [one for code in choices if (one := station(code, country=heard.country))]
    return say(ASK_START, buttons=[_choice(one.title, {"start": one.code, **to}) for one in shown])


def _ask_goal(start: str, heard: Heard) -> Utterance:
    choices = USUAL_GOALS.get(heard.country, USUAL_GOALS["NL"])
    shown = [code for code in choices if plan(start, code, country=heard.country, age=heard.age)][-4:]
    return say(
        "study.pathway.ask_goal",
        buttons=[_choice(goal_title(code), {"start": start, "goal": code}) for code in shown] or [ASK_HUMAN],
    )


def _choice(title: Any, entities: dict[str, str]) -> Utterance:
    return button("study.pathway.choice", "transition_other", entities, {"title": title})
