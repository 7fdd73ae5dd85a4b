"""Tells what the catalogue knows of one programme, and what it does not know."""

import asyncio
from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.find_programmes import find
from actions.hearing import Heard, hear
from actions.known_facts import answers, say_facts
from actions.naming import choice_button, programme_meant, wished_level
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, Utterance, button, say
from bot.leaning import asks_how_long
from programmes.cards import name_of, programme_card, said_length, sources_of, with_one_caution
from programmes.catalogue import Catalogue
from programmes.fact_choice import SURE
from programmes.lengths import length_of
from programmes.models import Offering, Programme


class ActionProgrammeDetails(Action):
    """Shows the card of the programme that is meant, or a fact where none is."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_programme_details"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show it, or ask which."""
        said, events = await asyncio.to_thread(_details, tracker.current_slot_values(), hear(tracker))
        for utterance in said:
            dispatcher.utter_message(json_message=utterance)
        return events


def _details(slots: dict[str, Any], heard: Heard) -> tuple[list[Utterance], list[EventType]]:
    known = catalogue()
    meant = programme_meant(known, slots, heard)
    if not meant.was_named and heard.leans_on:  # "hoe lang duurt dat?" after facts is about those
        answer = answers("programme_details", heard, least=SURE)
        if answer.is_near:
            return [say_facts(answer.key(heard), answer.facts, buttons=[FIND_PROGRAMME, ASK_HUMAN])], [
                answer.remembered()
            ]
    if meant.programme:
        return [_said(known, meant.programme, heard)], [SlotSet("current_programme", meant.programme.id)]
    if meant.choices and meant.was_named:  # of a name that fits several, their cards say most
        said, slots = find(slots, heard)
        return said, [SlotSet(name, value) for name, value in slots.items()]
    if meant.choices:
        return [_which(known, meant.choices, heard)], []
    if meant.was_named and wished_level(heard):  # "ik zit in haarverzorging en wil een 7de jaar"
        said, slots = find(slots, heard)
        return said, [SlotSet(name, value) for name, value in slots.items()]
    return _without_programme(heard, was_named=meant.was_named)


def _which(known: Catalogue, choices: Sequence[Programme], heard: Heard) -> Utterance:
    """Ask which of them is meant; how long each takes can be said at once."""
    buttons = [choice_button(one, "programme_details") for one in choices]
    if asks_how_long(heard.text):
        return say("study.details.lengths", {"lengths": _lengths(known, choices)}, buttons=buttons)
    return say("study.details.which", buttons=buttons)


def _without_programme(heard: Heard, *, was_named: bool) -> tuple[list[Utterance], list[EventType]]:
    steps = [FIND_PROGRAMME, ASK_HUMAN]
    if was_named:
        return [say("study.details.unknown_programme", buttons=steps)], []
    answer = answers("programme_details", heard, least=SURE)  # "wat is entree" asks about no programme
    near = say_facts(answer.key(heard), answer.facts, buttons=steps)
    return [near if answer.is_near else say("study.details.ask", buttons=steps)], [answer.remembered()]


def _lengths(known: Catalogue, programmes: Sequence[Programme]) -> list[Utterance]:
    """How long each takes, as far as it is known."""
    offers = known.offerings([one.id for one in programmes])
    return [_length(one, offers.get(one.id, ())) for one in programmes]


def _length(programme: Programme, offers: Sequence[Offering]) -> Utterance:
    length = said_length(length_of(programme, offers)) or {"say": "card.length.unknown"}
    return {"say": "study.details.length", "with": {"name": name_of(programme), "length": length}}


def _said(known: Catalogue, programme: Programme, heard: Heard) -> Utterance:
    offers = known.offerings([programme.id]).get(programme.id, ())
    [card] = with_one_caution([programme_card(programme, offers, known)], [programme])
    about = {"programme_id": programme.id}
    key = "study.details.known" if card["places"] else "study.details.no_offer"
    if asks_how_long(heard.text):
        key = "study.details.how_long"
    return say(
        key,
        {"length": _length(programme, offers)},
        cards=[card],
        buttons=[
            button("talk.button.way_there", "transition_other", about),
            button("talk.button.admission_requirements", "admission_requirements", about),
            DEADLINES,
            ASK_HUMAN,
        ],
        sources=sources_of([card]),
    )
