"""Helps who cannot choose: takes the doubt seriously, and makes one small step of it."""

import asyncio
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.naming import choice_button, named
from actions.saying import ASK_HUMAN, DEADLINES, INTEREST_TEST, Utterance, last_said, say
from actions.searching import STARTS
from actions.wishing import storable, wishes_of

MOST_NAMED = 2


class ActionChoiceDoubt(Action):
    """Starts from what was named; without a name, from what somebody likes."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_choice_doubt"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """One calm message and a next step."""
        heard = hear(tracker)
        names = heard.all({"programme", "interest"})
        between = await asyncio.to_thread(_named_buttons, heard) if heard.first("programme") else []
        events: list[EventType] = []
        if len(names) > 1:  # both can be searched for together: "is er een combinatie?"
            events = await asyncio.to_thread(_both_wished, tracker.current_slot_values(), names, heard)
        if between:
            said = say("study.choice_doubt.between", buttons=[*between, ASK_HUMAN])
        elif str(last_said(tracker)).startswith("study.choice_doubt"):
            said = say("study.choice_doubt.still", buttons=[INTEREST_TEST, ASK_HUMAN, DEADLINES])
        else:
            said = say("study.choice_doubt.start", buttons=[*STARTS, ASK_HUMAN])
        dispatcher.utter_message(json_message=said)
        return events


def _both_wished(slots: dict[str, Any], names: list[str], heard: Heard) -> list[EventType]:
    """What somebody doubts between, as the wishes of a search that may follow."""
    wishes = replace(wishes_of(slots, heard), query=" ".join(names[:MOST_NAMED]))
    return [SlotSet("wishes", storable(wishes, catalogue())), SlotSet("current_programme", None)]


def _named_buttons(heard: Heard) -> list[Utterance]:
    known: Any = catalogue()
    found = [named(known, name, heard)[:1] for name in heard.all({"programme"})[:MOST_NAMED]]
    return [choice_button(programme, "programme_details") for some in found for programme in some]
