"""Takes up a correction: "nee, ik bedoel Utrecht" changes the search; without a new wish it asks what was wrong."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.find_programmes import ActionFindProgrammes
from actions.hearing import hear
from actions.remember import NOTED
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, HELP, say
from actions.wishing import WISHED, chips, wishes_of


class ActionCorrect(Action):
    """Searches with what was meant, or asks for it."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_correct"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Search again when the message names a wish; else show what was understood, to be tapped away."""
        heard = hear(tracker)
        if forgotten := heard.first("forget"):
            dispatcher.utter_message(json_message=say("talk.forgotten", buttons=[FIND_PROGRAMME, ASK_HUMAN]))
            return [SlotSet(forgotten, None)] if forgotten in NOTED else []
        if any(entity["entity"] in WISHED for entity in heard.entities):
            return await ActionFindProgrammes().run(dispatcher, tracker, domain)
        understood = chips(wishes_of(tracker.current_slot_values(), heard))[:4]
        key = "search.what_is_wrong" if understood else "talk.what_do_you_mean"
        dispatcher.utter_message(json_message=say(key, buttons=understood or [HELP, ASK_HUMAN]))
        return []
