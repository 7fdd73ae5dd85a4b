"""Answers what is not built out yet with the facts that we have, and says what it cannot do."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import Heard, hear
from actions.known_facts import answers, say_facts
from actions.saying import (
    ASK_HUMAN,
    CHOICE_DOUBT,
    DEADLINES,
    FIND_PROGRAMME,
    REQUIREMENTS,
    WORK_AND_LEARN,
    Utterance,
    say,
)

NEXT: dict[str, tuple[Utterance, ...]] = {
    "transition_vmbo_mbo": (FIND_PROGRAMME, DEADLINES, ASK_HUMAN),
    "transition_mbo_hbo": (DEADLINES, REQUIREMENTS, ASK_HUMAN),
    "transition_havo_vwo": (REQUIREMENTS, ASK_HUMAN),
    "transition_other": (FIND_PROGRAMME, DEADLINES, ASK_HUMAN),
    "switch_study": (FIND_PROGRAMME, CHOICE_DOUBT, ASK_HUMAN),
    "no_diploma_options": (WORK_AND_LEARN, FIND_PROGRAMME, ASK_HUMAN),
    "costs_and_finance": (DEADLINES, ASK_HUMAN),
    "truancy_law": (WORK_AND_LEARN, ASK_HUMAN),
    "special_needs_support": (DEADLINES, ASK_HUMAN),
}
"""Next steps that fit each question."""


class ActionTellFacts(Action):
    """Tells what we know for certain about a question, in the visitor's country."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_tell_facts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Facts with their sources; without one, say so and offer a coach."""
        dispatcher.utter_message(json_message=tell(hear(tracker)))
        return []


def tell(heard: Heard) -> Utterance:
    """What we know about a question, or that we have no source."""
    known = answers(heard.intent, heard.country)
    buttons = NEXT.get(heard.intent, (ASK_HUMAN,))
    if known:
        return say_facts(f"study.{heard.intent}.known", known, buttons=buttons)
    return say(f"study.{heard.intent}.unknown", buttons=buttons)
