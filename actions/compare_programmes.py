"""Shows two programmes under each other: a real comparison is not built yet, and it says so."""

import asyncio

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.cards import programme_card, sources_of
from actions.catalogue import catalogue
from actions.hearing import Heard, hear
from actions.known_facts import answers, say_facts
from actions.naming import named
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, say

MOST = 3


class ActionCompareProgrammes(Action):
    """Cards of the programmes that were named, BOL beside BBL, or what is missing."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_compare_programmes"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show what can be shown."""
        dispatcher.utter_message(json_message=await asyncio.to_thread(_compared, hear(tracker)))
        return []


def _compared(heard: Heard) -> Utterance:
    steps = [REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN]
    names = heard.all({"programme", "programme_from", "programme_to"})
    if names:
        known = catalogue()
        found = {one.id: one for name in names[:MOST] for one in named(known, name, heard)[:1]}
        if len(found) > 1:
            offers = known.offerings(list(found))
            cards = [programme_card(one, offers.get(one.id, ()), known) for one in found.values()]
            return say("study.compare.programmes", cards=cards, buttons=steps, sources=sources_of(cards))
        return say("study.compare.unknown_programme", buttons=[FIND_PROGRAMME, ASK_HUMAN])
    modes = answers("compare_programmes", heard.country)
    if heard.all({"mode"}) and modes:
        return say_facts("study.compare.modes", modes, buttons=steps)
    return say("study.compare.ask", buttons=[FIND_PROGRAMME, ASK_HUMAN])
