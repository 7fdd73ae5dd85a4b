"""Answers what is not ours, or what has no meaning, kindly and never twice with the same sentence."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import hear
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, HELP, last_said, say


class ActionStayOnTopic(Action):
    """Says what the bot is for."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_stay_on_topic"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Say it in the form that was not said last."""
        key = "talk.gibberish" if hear(tracker).intent == "gibberish" else "talk.out_of_scope"
        again = last_said(tracker) == key
        dispatcher.utter_message(
            json_message=say(f"{key}_again" if again else key, buttons=[FIND_PROGRAMME, HELP, ASK_HUMAN])
        )
        return []
