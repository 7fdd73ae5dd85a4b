"""Stops what is going on: forgets the search."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.saying import ASK_HUMAN, HELP, say


class ActionStop(Action):
    """Empties the slots of the search and says so."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_stop"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Forget."""
        had_search = bool(tracker.get_slot("wishes"))
        key = "search.stopped" if had_search else "talk.stopped"
        dispatcher.utter_message(
            json_message=say(key, buttons=[HELP, ASK_HUMAN], do="forget_search" if had_search else None)
        )
        return [SlotSet(name, None) for name in ("wishes", "found_programmes", "shown", "current_programme")]
