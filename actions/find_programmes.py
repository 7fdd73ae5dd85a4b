"""Searches for programmes by all wishes so far; a message refines them, a chip takes one away."""

import asyncio
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.saying import Utterance
from actions.searching import search
from actions.secondary_schools import answer_about_schools
from actions.wishing import CHIPS, WISHED, wishes_of
from programmes.wishes import Wishes


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
    about_schools = answer_about_schools(heard, wishes_of(slots, heard))
    if about_schools is not None:
        return [about_schools], {}
    wishes = refined(wishes_of(slots, heard), heard)
    # The API has encoded the whole message; that helps only when the whole message is the query.
    vector = heard.vector if wishes.query == heard.text else None
    return search(catalogue(), wishes, vector)


def refined(wishes: Wishes, heard: Heard) -> Wishes:
    """The wishes after this message."""
    removed = heard.first("without")
    if removed:
        return wishes.drop(removed) if removed in CHIPS else wishes
    entities = [entity for entity in heard.entities if entity["entity"] in WISHED]
    return wishes.refine(entities, heard.text) if entities or heard.text else wishes
