"""From where somebody is to where they want to be: reads both ends of a message, and says the ways between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.catalogue import catalogue
from actions.hearing import Heard
from actions.naming import named
from actions.saying import ASK_HUMAN, DEADLINES, FIND_PROGRAMME, Utterance, say
from bot.follow_up import WAYS
from bot.leaning import compares_length
from core.clock import now
from programmes.admission import Station, station
from programmes.calendars import ZONES
from programmes.cards import name_of
from programmes.models import Programme
from programmes.pathway_cards import pathway_card, said_years, sources_of
from programmes.pathways import GOALS, Pathway, plan
from programmes.standing import ends_in, goal_of

MOST = 3
"""Routes in one answer."""

GOAL_OF_INTENT = {"transition_vmbo_mbo": "mbo-4", "transition_mbo_hbo": "hbo", "transition_havo_vwo": "vwo"}
"""Where a Dutch step leads when it was not said."""
HIGHEST = ("wo", "bachelor-acad")
START_OF_INTENT = {"no_diploma_options": "none"}
"""Where somebody stands who asks this and does not say it."""


@dataclass(frozen=True)
class Wanted:
    """An end: a goal, and the programme that was named for it."""

    goal: str
    title: dict[str, str]
    programme: Programme | None = None


def start_of(slots: Mapping[str, Any], heard: Heard) -> str | None:
    """Where somebody stands: from a button, this message, or what was said before."""
    ends = ends_in(heard.text, country=heard.country)
    told = ends.start if ends.is_told else None
    return heard.first("start") or told or slots.get("standing") or ends.start


def wanted_of(heard: Heard, start: str | None = None, *, heading: str | None = None) -> list[Wanted]:
    """Where somebody wants to be: a programme that was named, at each level that has it, or a level. Blocks.

    Args:
        start: where they stand; what is asked for by default is never that.
        heading: where the last way led; it is meant by "en mijn broer met mbo 4?".
    """
    known: Any = catalogue()
    chosen = heard.first("programme_id")
    by_id = known.find(chosen) if chosen else None
    ends = ends_in(heard.text, country=heard.country)
    # "Kan ik een bachelor doen?": who stands elsewhere wants to go there.
    named_only = ends.start if start and not ends.is_told and ends.start != start else None
    said = heard.first("goal") or ends.goal or named_only
    name = heard.first("programme_to", "programme")
    programmes = [by_id] if by_id else named(known, name, heard) if name else []
    found: dict[str, Wanted] = {}
    for programme in programmes:
        goal = goal_of(programme)
        if goal and goal in {said or goal}:
            found.setdefault(goal, Wanted(goal, name_of(programme), programme))
    if found:
        return list(found.values())
    usual = GOAL_OF_INTENT.get(heard.intent) if heard.country == "NL" else None
    before = heading if heard.is_leaning else None
    if ends.via and not said:
        before = _beyond(ends.via, start, before, heard)
    goal = said or before or (usual if usual != start else None)
    return [Wanted(goal, goal_title(goal))] if goal else []


def _beyond(via: frozenset[str], start: str | None, heading: str | None, heard: Heard) -> str | None:
    """Where a way through these steps leads: where the last one led, else to university, for which most ask."""
    goals = [goal for goal in (heading, *HIGHEST) if goal]
    leading = [goal for goal in goals if start and plan(start, goal, country=heard.country, age=heard.age, via=via)]
    return next(iter(leading), heading)


def say_ways(start: str, wanted: Sequence[Wanted], heard: Heard) -> Utterance:
    """The best ways to any of the ends, or why there are none; the shortest first for who asks which is sooner."""
    begin = station(start, country=heard.country)
    if begin is None:
        raise KeyError(start)
    said = {"start": begin.title, "goal": wanted[0].title}
    found = [(way, one) for one in wanted for way in _ways(start, one, heard)]
    asks_shortest = bool(WAYS & heard.said_last) and compares_length(heard.text)
    found.sort(key=lambda pair: pair[0].years if asks_shortest else pair[0].weight)
    buttons = [DEADLINES, FIND_PROGRAMME, ASK_HUMAN]
    if not found:
        return say(_without_ways(begin, wanted), said, buttons=[ASK_HUMAN, FIND_PROGRAMME])
    shown = found[:MOST]
    key = "study.pathway.found" if len(shown) > 1 else "study.pathway.only"
    return say(
        "study.pathway.shortest" if asks_shortest else key,
        {**said, "time": said_years(shown[0][0].years), "first": shown[0][0].steps[0].title},
        cards=[_card(way, begin, one, heard) for way, one in shown],
        buttons=buttons,
        sources=[source for way, _ in shown for source in sources_of(way)],
    )


def _without_ways(begin: Station, wanted: Sequence[Wanted]) -> str:
    """Why there is no way: it is reached already, with a programme of that level still to choose, or we know none."""
    reached = [one for one in wanted if begin.id in GOALS.get(one.goal, {one.goal})]
    if not reached:
        return "study.pathway.none"
    return "study.pathway.same_level" if reached[0].programme else "study.pathway.there"


def _ways(start: str, one: Wanted, heard: Heard) -> list[Pathway]:
    about = f"{heard.text} {one.programme.name_nl}" if one.programme else heard.text
    ends = ends_in(heard.text, country=heard.country)
    return plan(start, one.goal, country=heard.country, age=heard.age, about=about, without=ends.without, via=ends.via)


def _card(way: Pathway, begin: Station, one: Wanted, heard: Heard) -> dict[str, Any]:
    today = now().astimezone(ZONES.get(heard.country, ZONES["NL"])).date()
    name = {"say": "study.pathway.programme", "with": {"name": one.title, "step": way.steps[-1].title}}
    return pathway_card(way, begin, today=today, goal_title=name if one.programme else None)


def goal_title(goal: str) -> dict[str, str]:
    """What a goal is called, in both languages.

    Raises:
        KeyError: no such goal.
    """
    one = station(goal, country="NL")
    if one is None:
        raise KeyError(goal)
    return dict(one.title)
