"""Shows the next three of the last search."""

import asyncio

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.searching import show_more


class ActionShowMore(Action):
    """Goes on where the last cards ended."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_show_more"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Say the next cards, or that there are no more."""
        slots = tracker.current_slot_values()
        ids, shown = slots.get("found_programmes") or [], int(slots.get("shown") or 0)
        said, changed = await asyncio.to_thread(lambda: show_more(catalogue(), ids, shown))
        for utterance in said:
            dispatcher.utter_message(json_message=utterance)
        return [SlotSet(name, value) for name, value in changed.items()]
