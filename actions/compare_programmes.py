"""Puts two or three programmes side by side: those that were named, else those of the last search."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.comparison import comparison_card
from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.naming import choice_button, named
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, say
from programmes.catalogue import Catalogue
from programmes.models import Programme

MOST = 3


class ActionCompareProgrammes(Action):
    """A comparison, facts about the kinds of school, or what is missing for one."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_compare_programmes"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show what can be compared."""
        said, answer = await asyncio.to_thread(_compared, tracker.current_slot_values(), hear(tracker))
        dispatcher.utter_message(json_message=said)
        return [answer.remembered()] if answer else []


def _compared(slots: Mapping[str, Any], heard: Heard) -> tuple[Utterance, Answer | None]:
    steps = [REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN]
    known: Catalogue = catalogue()
    names = heard.all({"programme", "programme_from", "programme_to"})
    programmes = [one for id in heard.all({"programme_id"})[:MOST] if (one := known.find(id))]
    programmes = programmes or (_named(names, known, heard) if names else [])
    if len(programmes) > 1:
        return _beside(programmes, known), None
    answer = answers("compare_programmes", heard)
    shown = _shown(slots, known)
    is_of_them = len(shown) > 1 and not names and not heard.all({"mode", "level"})  # "wat is het verschil?"
    if answer.is_near and (answer.is_sure or not is_of_them):
        return say_facts(answer.key(heard), answer.facts, buttons=steps), answer
    if names:
        return say("study.compare.unknown_programme", buttons=[FIND_PROGRAMME, ASK_HUMAN]), None
    if heard.all({"mode"}) and answer.facts:
        return say_facts("study.compare.modes", answer.facts, buttons=steps), answer
    return _beside(shown, known) if len(shown) > 1 else say(
        "study.compare.ask", buttons=[FIND_PROGRAMME, ASK_HUMAN]
    ), None


def _beside(programmes: Sequence[Programme], known: Catalogue) -> Utterance:
    card = comparison_card(programmes, known)
    details = [choice_button(one, "programme_details") for one in programmes]
    return say("study.compare.programmes", cards=[card], buttons=[*details, ASK_HUMAN], sources=card["sources"])


def _named(names: list[str], known: Catalogue, heard: Heard) -> list[Programme]:
    found = {one.id: one for name in names[:MOST] for one in named(known, name, heard)[:1]}
    return list(found.values())


def _shown(slots: Mapping[str, Any], known: Catalogue) -> list[Programme]:
    """Those of the last search that stand on the screen: "vergelijk ze"."""
    ids = (slots.get("found_programmes") or [])[:MOST]
    return [one for id in ids if (one := known.find(id))]
