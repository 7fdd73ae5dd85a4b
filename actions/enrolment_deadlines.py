"""Tells the next dates for applying, in days, with what can still be done when one has passed."""

import asyncio
import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import Heard, hear
from actions.known_facts import Answer, answers, say_facts
from actions.naming import asked_level
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, Utterance, say
from core.clock import now
from programmes.calendars import ZONES
from programmes.deadlines import Deadline, upcoming

MOST = 3
"""Cards in one answer: two of what was asked, one of the rest."""

NAMES_A_DATE = re.compile(
    r"\b\d{1,2} ?(?:jan|feb|m(?:aa)?r|apr|mei|may|jun|jul|aug|sep|o[kc]t|nov|de[cz])", re.IGNORECASE
)
"""Who says a date asks something about it, not when it is."""
ASKS_WHEN = re.compile(r"\b(?:wanneer|wnr|datums?|deadlines?|uiterlijk|uiterste|when|dates?|last day)\b", re.IGNORECASE)

ABOUT = {"mbo": ("nl-mbo-",), "hbo": ("nl-ho-", "nl-fixus-"), "wo": ("nl-ho-", "nl-fixus-")}
"""Kind of school -> how the ids of its dates begin."""

USUAL = ("nl-mbo-", "nl-ho-", "nl-fixus-", "be-enrol-")
"""Dates for most pupils; the others only when none of these is left."""


class ActionEnrolmentDeadlines(Action):
    """Shows the dates that come next in the visitor's country."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_enrolment_deadlines"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show at most three cards: the fact that answers the question, then the dates of the level that was named."""
        heard = hear(tracker)
        answer = await asyncio.to_thread(answers, "enrolment_deadline", heard)
        zone = ZONES.get(heard.country, ZONES["NL"])
        dates = upcoming(heard.country, today=now().astimezone(zone).date())
        dispatcher.utter_message(json_message=_answered(chosen(dates, heard), answer, heard))
        return [answer.remembered()]


def _answered(dates: list[Deadline], answer: Answer, heard: Heard) -> Utterance:
    """Dates first for who asks when; for who asks something else, first the facts that answer it."""
    near = [fact for fact in answer.facts if answer.is_near and not fact.is_level_rule]  # "mbo 4" only names a level
    facts = say_facts(answer.key, near[: MOST - 1], buttons=[REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN])
    shown = {
        **facts,
        "say": "study.deadlines.known",
        "cards": [date.as_card() for date in dates],
        "sources": [date.as_source() for date in dates],
    }
    if not dates and not near:
        return say("study.deadlines.unknown", buttons=[ASK_HUMAN, REQUIREMENTS])
    if not near:
        return shown
    first, second = (shown, facts) if dates and _asks_when(heard.text) else (facts, shown)
    cards = [*first["cards"][: MOST - 1], *second["cards"]][:MOST]
    return {**first, "cards": cards, "sources": [*first["sources"][: MOST - 1], *second["sources"]][:MOST]}


def _asks_when(text: str) -> bool:
    return bool(ASKS_WHEN.search(text)) and not NAMES_A_DATE.search(text)


def chosen(dates: list[Deadline], heard: Heard) -> list[Deadline]:
    """The next dates for the kind of school that was named, else simply the next ones."""
    level = asked_level(heard, None) or (
        "mbo" if any(said.casefold() == "mbo" for said in heard.all({"level", "level_to"})) else None
    )
    starts = ABOUT.get("mbo" if level and level.isdigit() else level or "", USUAL)
    fitting = [date for date in dates if date.id.startswith(starts)]
    return (fitting or dates)[:MOST]
