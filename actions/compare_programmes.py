"""Puts two or three programmes side by side: those that were named, else those of the last search."""

import asyncio
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.comparison import comparison_card
from actions.hearing import Heard, hear
from actions.known_facts import answers, say_facts
from actions.naming import choice_button, named
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, say
from programmes.catalogue import Catalogue
from programmes.models import Programme

MOST = 3


class ActionCompareProgrammes(Action):
    """A comparison, BOL beside BBL, or what is missing for one."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_compare_programmes"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show what can be compared."""
        slots, heard = tracker.current_slot_values(), hear(tracker)
        dispatcher.utter_message(json_message=await asyncio.to_thread(_compared, slots, heard))
        return []


def _compared(slots: Mapping[str, Any], heard: Heard) -> Utterance:
    steps = [REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN]
    known: Catalogue = catalogue()
    names = heard.all({"programme", "programme_from", "programme_to"})
    modes = answers("compare_programmes", heard.country)
    if heard.all({"mode"}) and modes and not names:
        return say_facts("study.compare.modes", modes, buttons=steps)
    programmes = _named(names, known, heard) if names else _shown(slots, known)
    if len(programmes) > 1:
        card = comparison_card(programmes, known)
        details = [choice_button(one, "programme_details") for one in programmes]
        return say("study.compare.programmes", cards=[card], buttons=[*details, ASK_HUMAN], sources=card["sources"])
    key = "study.compare.unknown_programme" if names else "study.compare.ask"
    return say(key, buttons=[FIND_PROGRAMME, ASK_HUMAN])


def _named(names: list[str], known: Catalogue, heard: Heard) -> list[Programme]:
    found = {one.id: one for name in names[:MOST] for one in named(known, name, heard)[:1]}
    return list(found.values())


def _shown(slots: Mapping[str, Any], known: Catalogue) -> list[Programme]:
    """Those of the last search that stand on the screen: "vergelijk ze"."""
    ids = (slots.get("found_programmes") or [])[:MOST]
    return [one for id in ids if (one := known.find(id))]
