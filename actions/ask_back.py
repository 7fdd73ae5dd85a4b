"""Says that it is not sure: tells a fact that is very near, asks which of two or three meanings, or offers a coach."""

import asyncio

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import answers, say_facts
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, HELP, Utterance, button, last_said, say
from actions.wishing import WISHED
from programmes.cards import hit_card, sources_of
from programmes.fact_choice import SURE
from programmes.search import search_programmes
from programmes.wishes import Wishes

FALLBACK = "nlu_fallback"
MOST_MEANINGS = 3
MOST_BESIDE_FACTS = 2
"""Other meanings below facts: with a person, three buttons."""

NO_MEANING = frozenset(
    [
        "out_of_scope",
        "gibberish",
        "greet",
        "goodbye",
        "thanks",
        "affirm",
        "deny",
        "correction",
        "go_back",
        "stop",
        "repeat",
        "more",
        FALLBACK,
    ]
)
"""Nobody is asked whether they meant to say hello."""

CARRIED = {
    "find_programme": WISHED,
    "programme_details": frozenset({"programme"}),
    "admission_requirements": frozenset({"programme", "level"}),
    "work_and_learn": frozenset({"programme", "city"}),
    "change_language": frozenset({"language"}),
}
"""Entities that a button takes along, so that nobody types them twice."""


class ActionAskBack(Action):
    """Tells near facts or asks which meaning; at the second miss in a row offers search results and a person."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_ask_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Choose by how often in a row the bot was unsure; each time says something else than before."""
        heard, missed, before = hear(tracker), misses(tracker), last_said(tracker)
        answer = await asyncio.to_thread(answers, FALLBACK, heard, least=SURE)
        events: list[EventType] = [answer.remembered()]
        meanings = likely_meanings(heard)
        if answer.is_near:
            said = say_facts("ask_back.facts", answer.facts, buttons=[*meanings[:MOST_BESIDE_FACTS], ASK_HUMAN])
        elif missed == 1 and len(meanings) > 1:
            said = say("ask_back.which", buttons=meanings)
        elif missed == 1:
            said = say("ask_back.other_words", buttons=[*meanings, HELP, ASK_HUMAN])
        else:
            said, found = await asyncio.to_thread(_search_or_coach, heard, before)
            events += found
        dispatcher.utter_message(json_message=said)
        return events


def misses(tracker: Tracker) -> int:
    """How many messages in a row, this one included, the bot was not sure of."""
    missed = 0
    for event in reversed(tracker.events):
        if event.get("event") != "user":
            continue
        intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        if intent != FALLBACK:
            break
        missed += 1
    return missed


def likely_meanings(heard: Heard) -> list[Utterance]:
    """Buttons for what was probably meant, with the entities that belong to each."""
    shown = [intent for intent in heard.ranking if intent not in NO_MEANING][:MOST_MEANINGS]
    return [button(f"ask_back.meaning.{intent}", intent, _carried(intent, heard)) for intent in shown]


def _carried(intent: str, heard: Heard) -> dict[str, str]:
    kinds = CARRIED.get(intent, frozenset())
    return {kind: value for kind in sorted(kinds) if (value := heard.first(kind))}


def _search_or_coach(heard: Heard, before: str | None) -> tuple[Utterance, list[EventType]]:
    """Search for the words; blocks. Says the one of its sentences that was not said last."""
    wishes = Wishes(language=heard.language, country=heard.country).refine(
        [entity for entity in heard.entities if entity["entity"] in WISHED], heard.text
    )
    if before != "ask_back.found" and not wishes.is_empty:
        catalogue_now = catalogue()
        result = search_programmes(
            catalogue_now, wishes, limit=3, vector=heard.vector if wishes.query == heard.text else None
        )
        # By meaning alone something is always near: shown only when a word of the message stands in the catalogue.
        if any(why.say != "card.why.meaning" for hit in result.hits for why in hit.why):
            cards = [hit_card(hit, catalogue_now) for hit in result.hits]
            ids = [hit.programme.id for hit in result.hits]
            said = say("ask_back.found", cards=cards, buttons=[ASK_HUMAN, HELP], sources=sources_of(cards))
            return said, [SlotSet("found_programmes", ids), SlotSet("shown", len(ids))]
    key = "ask_back.still" if before == "ask_back.coach" else "ask_back.coach"
    return say(key, buttons=[ASK_HUMAN, FIND_PROGRAMME, HELP]), []
