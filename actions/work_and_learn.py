"""Explains learning while working (BBL, duaal leren), and searches such programmes when a subject is named."""

import asyncio

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.find_programmes import find
from actions.hearing import Heard, hear
from actions.known_facts import answers, say_facts
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, button
from actions.wishing import WISHED

SEARCHED = WISHED - {"mode"}


class ActionWorkAndLearn(Action):
    """Facts first; then, when a subject or place was named, a search for BBL."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_work_and_learn"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Explain; search in the Netherlands, where the catalogue knows the mode."""
        heard = hear(tracker)
        searches = heard.country == "NL" and any(entity["entity"] in SEARCHED for entity in heard.entities)
        steps = (
            [button("search.button.bbl", "find_programme", {"mode": "BBL"}), DEADLINES]
            if heard.country == "NL"
            else [FIND_PROGRAMME]
        )
        answer = await asyncio.to_thread(answers, "work_and_learn", heard)
        known = answer.facts[: 1 if searches else None]
        dispatcher.utter_message(
            json_message=say_facts("study.work_and_learn", known, buttons=[] if searches else [*steps, ASK_HUMAN])
        )
        if not searches:
            return [answer.remembered()]
        said, slots = await asyncio.to_thread(find, tracker.current_slot_values(), _for_bbl(heard))
        for utterance in said:
            dispatcher.utter_message(json_message=utterance)
        return [answer.remembered(), *(SlotSet(name, value) for name, value in slots.items())]


def _for_bbl(heard: Heard) -> Heard:
    """The message with BBL as a wish, whether or not it said so in that word."""
    others = tuple(entity for entity in heard.entities if entity["entity"] in SEARCHED)
    return Heard(
        text=heard.text,
        intent=heard.intent,
        entities=(*others, {"entity": "mode", "value": "BBL"}),
        ranking=heard.ranking,
        language=heard.language,
        country=heard.country,
        vector=None,
    )
