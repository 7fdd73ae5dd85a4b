"""Takes up a "ja": does what was offered last, or asks what is meant."""

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.saying import ASK_HUMAN, FIND_PROGRAMME, HELP, last_said, say

OFFERED = {
    "ask_back.coach": "utter_ask_human",
    "ask_back.found": "utter_ask_human",
    "search.none": "utter_ask_human",
    "search.found": "action_show_more",
    "search.found_wide": "action_show_more",
    "search.found_abroad": "action_show_more",
    "search.more": "action_show_more",
}
"""Key of a question that "ja" answers -> the action that then follows."""


class ActionAffirm(Action):
    """Agrees with what the bot offered."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_affirm"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Do what was offered; after a question between two, ask which."""
        said = last_said(tracker) or ""
        if said in OFFERED:
            return [FollowupAction(OFFERED[said])]
        key = "ask_back.which_of_these" if said == "ask_back.which" else "talk.affirm"
        dispatcher.utter_message(json_message=say(key, buttons=[FIND_PROGRAMME, HELP, ASK_HUMAN]))
        return []
