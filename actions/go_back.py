"""Undoes the last refinement of a search."""

import asyncio
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.saying import FIND_PROGRAMME, HELP, Utterance, say
from actions.searching import search
from actions.wishing import wishes_of


class ActionGoBack(Action):
    """Searches again as it was before the last change."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_go_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Undo and search, or say that there is nothing to undo."""
        said, slots = await asyncio.to_thread(_undo, tracker.current_slot_values(), hear(tracker))
        for utterance in said:
            dispatcher.utter_message(json_message=utterance)
        return [SlotSet(name, value) for name, value in slots.items()]


def _undo(slots: dict[str, Any], heard: Heard) -> tuple[list[Utterance], dict[str, Any]]:
    wishes = wishes_of(slots, heard)
    if not wishes.past:
        return [say("search.nothing_to_undo", buttons=[FIND_PROGRAMME, HELP])], {}
    return search(catalogue(), wishes.undo(), standing=slots.get("standing"))
