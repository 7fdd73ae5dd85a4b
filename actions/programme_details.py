"""Tells what the catalogue knows of one programme, and what it does not know."""

import asyncio
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.cards import programme_card, sources_of, with_one_caution
from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.naming import choice_button, programme_meant
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, Utterance, button, say
from programmes.catalogue import Catalogue
from programmes.models import Programme


class ActionProgrammeDetails(Action):
    """Shows the card of the programme that is meant."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_programme_details"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show it, or ask which."""
        said, programme = await asyncio.to_thread(_details, tracker.current_slot_values(), hear(tracker))
        dispatcher.utter_message(json_message=said)
        return [SlotSet("current_programme", programme.id)] if programme else []


def _details(slots: dict[str, Any], heard: Heard) -> tuple[Utterance, Programme | None]:
    known = catalogue()
    meant = programme_meant(known, slots, heard)
    if meant.programme:
        return _said(known, meant.programme), meant.programme
    if meant.choices:
        buttons = [choice_button(one, "programme_details") for one in meant.choices]
        return say("study.details.which", buttons=buttons), None
    key = "study.details.unknown_programme" if meant.was_named else "study.details.ask"
    return say(key, buttons=[FIND_PROGRAMME, ASK_HUMAN]), None


def _said(known: Catalogue, programme: Programme) -> Utterance:
    offers = known.offerings([programme.id]).get(programme.id, ())
    [card] = with_one_caution([programme_card(programme, offers, known)], [programme])
    about = {"programme_id": programme.id}
    return say(
        "study.details.known" if card["places"] else "study.details.no_offer",
        cards=[card],
        buttons=[
            button("talk.button.way_there", "transition_other", about),
            button("talk.button.admission_requirements", "admission_requirements", about),
            DEADLINES,
            ASK_HUMAN,
        ],
        sources=sources_of([card]),
    )
