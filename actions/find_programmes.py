"""Searches for programmes by all wishes so far; a message refines them, a chip takes one away."""

import asyncio
import re
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.saying import Utterance
from actions.searching import SHOWN, search
from actions.secondary_schools import answer_about_schools
from actions.wayfinding import Wanted, goal_title, say_ways
from actions.wishing import CHIPS, WISHED, wishes_of
from bot.leaning import asks_which
from programmes.models import Programme
from programmes.next_steps import standing_in
from programmes.query import level_of
from programmes.standing import ends_in, goal_of
from programmes.wishes import Wishes

SHORTER = re.compile(r"\b(?:korter\w*|sneller\w*|minder lang|shorter|quicker|faster)\b", re.IGNORECASE)


ALL_OF_A_LEVEL = re.compile(
    r"\b(?:welke|wat voor|which|what) "
    r"(?:graduaten|graduaatsopleidingen|bachelors|masters|associate degrees|graduaat (?:programmes|courses))\b",
    re.IGNORECASE,
)
"""Who asks which there are of one level has left the subject of before: "welke graduaten zijn er in Gent?"."""
SUBJECTS = frozenset({"programme", "interest"})


class ActionFindProgrammes(Action):
    """Finds programmes for the wishes in the slots; says the first three, or why there are none."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_find_programmes"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Refine the wishes by this message and search."""
        said, slots = await asyncio.to_thread(find, tracker.current_slot_values(), hear(tracker))
        for utterance in said:
            dispatcher.utter_message(json_message=utterance)
        return [SlotSet(name, value) for name, value in slots.items()]


def find(slots: dict[str, Any], heard: Heard) -> tuple[list[Utterance], dict[str, Any]]:
    """One search, or the answer about secondary schools. Blocks."""
    before = wishes_of(slots, heard)
    about_schools = answer_about_schools(heard, before)
    if about_schools is not None:
        return [about_schools], {}
    if another_way := _another_way(slots, heard):
        return [another_way], {}
    current = catalogue().find(slots["current_programme"]) if slots.get("current_programme") else None
    wishes = _about(before, current)
    wishes = _towards(wishes, heard)
    shorter = _shorter_than(wishes.level or (current.level if current else None), heard)
    wishes = replace(wishes, level=shorter) if shorter else refined(wishes, heard)
    # The API has encoded the whole message; that helps only when the whole message is the query.
    vector = heard.vector if wishes.query == heard.text else None
    standing = standing_in(heard.text, country=heard.country) or slots.get("standing")
    return search(catalogue(), wishes, vector, standing=standing)


def _another_way(slots: dict[str, Any], heard: Heard) -> Utterance | None:
    """The ways to what was shown for who does not want one of the steps: "is er ook iets zonder dat 7de jaar?"."""
    start = slots.get("standing")
    if not start or not ends_in(heard.text, country=heard.country).without:
        return None
    shown = [one for id in (slots.get("found_programmes") or [])[:SHOWN] if (one := catalogue().find(id))]
    goals = dict.fromkeys(goal for one in shown if (goal := goal_of(one)))
    return say_ways(start, [Wanted(goal, goal_title(goal)) for goal in goals], heard) if goals else None


def _about(wishes: Wishes, current: Programme | None) -> Wishes:
    """Without a search: the programme that is talked about is what is searched for, "waar kan ik dat studeren?"."""
    if current is None or wishes.query:
        return wishes
    return replace(wishes, query=current.name_en if wishes.language == "en" else current.name_nl)


def _towards(wishes: Wishes, heard: Heard) -> Wishes:
    """The level to which the last answer showed a way, for who asks what there is: "welke zijn er in de ICT?"."""
    heading = level_of(heard.talk.heading) if heard.talk and heard.talk.heading else None
    is_meant = heading and not wishes.level and not wishes.query and (heard.is_leaning or asks_which(heard.text))
    return replace(wishes, level=heading) if is_meant else wishes


def _shorter_than(level: str | None, heard: Heard) -> str | None:
    """Beside a bachelor there are programmes of two years: "is er ook iets korters?"."""
    if level not in {"hbo", "wo", "bachelor"} or not SHORTER.search(heard.text):
        return None
    return "ad" if heard.country == "NL" else "graduaat"


def refined(wishes: Wishes, heard: Heard) -> Wishes:
    """The wishes after this message: a chip that was tapped or named goes, and what is named beside it comes."""
    if heard.first("resume"):
        return wishes
    removed = [name for name in heard.all({"without"}) if name in CHIPS]
    wishes = wishes.drop(*removed)
    entities = [entity for entity in heard.entities if entity["entity"] in WISHED]
    if ALL_OF_A_LEVEL.search(heard.text) and not any(entity["entity"] in SUBJECTS for entity in entities):
        wishes = replace(wishes, query=None)
    if entities or (heard.text and not removed):
        return wishes.refine(entities, heard.text)
    return wishes
