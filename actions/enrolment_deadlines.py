"""Tells the next dates for applying, in days, with what can still be done when one has passed."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import Heard, hear
from actions.naming import asked_level
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, REQUIREMENTS, say
from core.clock import now
from programmes.calendars import ZONES
from programmes.deadlines import Deadline, upcoming

MOST = 3

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
        """Show at most three dates: those of the level that was named first."""
        heard = hear(tracker)
        zone = ZONES.get(heard.country, ZONES["NL"])
        dates = upcoming(heard.country, today=now().astimezone(zone).date())
        shown = chosen(dates, heard)
        buttons = [REQUIREMENTS, FIND_PROGRAMME, ASK_HUMAN]
        if not shown:
            dispatcher.utter_message(json_message=say("study.deadlines.unknown", buttons=[ASK_HUMAN, REQUIREMENTS]))
            return []
        cards = [date.as_card() for date in shown]
        sources = [date.as_source() for date in shown]
        dispatcher.utter_message(
            json_message=say("study.deadlines.known", cards=cards, buttons=buttons, sources=sources)
        )
        return []


def chosen(dates: list[Deadline], heard: Heard) -> list[Deadline]:
    """The next dates for the kind of school that was named, else simply the next ones."""
    level = asked_level(heard, None) or (
        "mbo" if any(said.casefold() == "mbo" for said in heard.all({"level", "level_to"})) else None
    )
    starts = ABOUT.get("mbo" if level and level.isdigit() else level or "", USUAL)
    fitting = [date for date in dates if date.id.startswith(starts)]
    return (fitting or dates)[:MOST]
