"""Shows ways through education over HTTP: the same cards as in the chat."""

from datetime import date

from api.catalogue.schemas import EndRead, PathwayRead, PathwaysRead
from api.chat.said import Voice
from api.chat.speaking import speak
from api.states import Country, Language
from programmes.admission import Station, station
from programmes.models import Programme
from programmes.pathway_cards import pathway_card
from programmes.pathways import plan


def show_pathways(
    start: str,
    goal: str,
    programme: Programme | None,
    age: int | None,
    country: Country,
    language: Language,
    today: date,
) -> PathwaysRead:
    """Plan the ways, and say them.

    Args:
        start: code of a station where one can stand.
        goal: code of a station or goal.
        programme: what the goal was asked for, if it was one.
        age: in years, if known.
    """
    begin = _known(start, country)
    title = {"nl": programme.name_nl, "en": programme.name_en} if programme else None
    ways = plan(start, goal, country=country, age=age, about=programme.name_nl if programme else "")
    cards = [pathway_card(way, begin, today=today, goal_title=title) for way in ways]
    said = speak({"say": None, "cards": cards}, Voice(language, country, None))
    return PathwaysRead(
        start=EndRead(code=start, title=begin.title[language]),
        goal=EndRead(code=goal, title=(title or _known(goal, country).title)[language]),
        items=[PathwayRead.model_validate(card) for card in said.cards],
    )


def _known(code: str, country: Country) -> Station:
    found = station(code, country=country)
    if found is None:
        raise KeyError(code)
    return found
