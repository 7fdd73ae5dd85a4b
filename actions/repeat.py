"""Says again what was said last, by doing again what was done last."""

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.saying import FIND_PROGRAMME, HELP, say

NOT_AGAIN = frozenset(
    {"action_listen", "action_session_start", "action_repeat", "action_stop", "action_correct", "action_affirm"}
)
"""These mean nothing without the message that they answered."""

SEARCHES = frozenset({"action_go_back", "action_show_more"})
"""Where a search stands is shown again by the search itself."""


class ActionRepeat(Action):
    """Repeats the last answer."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Follow up with the last action that may be done again."""
        done = [event["name"] for event in reversed(tracker.events) if event.get("event") == "action"]
        for name in done:
            if name in SEARCHES:
                return [FollowupAction("action_find_programmes")]
            if name == "utter_ask_human":  # a second time would ask for a person again
                dispatcher.utter_message(json_message=say("talk.human_is_asked"))
                return []
            if name not in NOT_AGAIN:
                return [FollowupAction(name)]
        dispatcher.utter_message(json_message=say("talk.nothing_to_repeat", buttons=[FIND_PROGRAMME, HELP]))
        return []
