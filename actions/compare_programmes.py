"""Shows two programmes under each other: a real comparison is not built yet, and it says so."""

import asyncio

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.cards import programme_card, sources_of
from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.naming import named
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, say

MOST = 3


class ActionCompareProgrammes(Action):
    """Cards of the programmes that were named, facts about the kinds of school, or what is missing."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_compare_programmes"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show what can be shown."""
        said, answer = await asyncio.to_thread(_compared, hear(tracker))
        dispatcher.utter_message(json_message=said)
        return [answer.remembered()] if answer else []


def _compared(heard: Heard) -> tuple[Utterance, Answer | None]:
    steps = [REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN]
    names = heard.all({"programme", "programme_from", "programme_to"})
    if names:
        known = catalogue()
        found = {one.id: one for name in names[:MOST] for one in named(known, name, heard)[:1]}
        if len(found) > 1:
            offers = known.offerings(list(found))
            cards = [programme_card(one, offers.get(one.id, ()), known) for one in found.values()]
            return say("study.compare.programmes", cards=cards, buttons=steps, sources=sources_of(cards)), None
    answer = answers("compare_programmes", heard)
    if answer.is_near:
        return say_facts("study.facts.near", answer.facts, buttons=steps), answer
    if names:
        return say("study.compare.unknown_programme", buttons=[FIND_PROGRAMME, ASK_HUMAN]), None
    if heard.all({"mode"}) and answer.facts:
        return say_facts("study.compare.modes", answer.facts, buttons=steps), answer
    return say("study.compare.ask", buttons=[FIND_PROGRAMME, ASK_HUMAN]), None
