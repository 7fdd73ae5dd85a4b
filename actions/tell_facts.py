"""Answers with the facts that we have, those nearest to the question, and says what it cannot do."""

import asyncio
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.naming import named
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
from actions.wishing import storable, wishes_of

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
    "parent_support": (ASK_HUMAN, FIND_PROGRAMME, CHOICE_DOUBT),
}
"""Next steps that fit each question."""

KEPT_WORDS = frozenset({"parent_support", "transition_havo_vwo"})
"""Intents whose own sentence holds advice, or a limit of what we know, that belongs beside any fact."""


class ActionTellFacts(Action):
    """Tells what we know for certain about a question, in the visitor's country."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_tell_facts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Facts with their sources; without one, say so and offer a coach."""
        heard = hear(tracker)
        answer = await asyncio.to_thread(answers, heard.intent, heard)
        dispatcher.utter_message(json_message=tell(answer, heard))
        wanted = heard.first("programme_to")
        found = await asyncio.to_thread(lambda: named(catalogue(), wanted, heard) if wanted else [])
        current = [SlotSet("current_programme", found[0].id)] if found else []  # "waar kan ik dat studeren?"
        wished = await asyncio.to_thread(_wished, tracker.current_slot_values(), heard) if not found else []
        return [*current, *wished, answer.remembered()]


def _wished(slots: dict[str, Any], heard: Heard) -> list[EventType]:
    """What somebody would rather do, as the wish of a search that may follow: "en wat is er dan in Alkmaar?"."""
    liked = heard.first("interest") if heard.intent == "switch_study" else None
    if not liked:
        return []
    return [SlotSet("wishes", storable(replace(wishes_of(slots, heard), query=liked), catalogue()))]


def tell(answer: Answer, heard: Heard) -> Utterance:
    """What we know about a question, or that we have no source."""
    if heard.intent == "start_interest_test":
        return _interest_test(answer)
    buttons = NEXT[heard.intent]
    if answer.is_near and heard.intent not in KEPT_WORDS:
        return say_facts(answer.key(heard), answer.facts, buttons=buttons)
    if answer.facts:
        return say_facts(f"study.{heard.intent}.known", answer.facts, buttons=buttons)
    return say(f"study.{heard.intent}.unknown", buttons=buttons)


def _interest_test(answer: Answer) -> Utterance:
    """The interest test, and the fact about tests that was asked for; what was filled in already, the API knows."""
    told = say_facts("questionnaire.choose.interests", answer.facts[:1] if answer.is_near else (), buttons=())
    return {**told, "do": "offer_questionnaires", "with": {"of": "interests"}}
