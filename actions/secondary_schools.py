"""Answers who looks for a secondary school: the schools of a town with what they have, their source and its date."""

from typing import Any

from actions.catalogue import catalogue
from actions.hearing import Heard
from actions.saying import ASK_HUMAN, FIND_PROGRAMME, Utterance, button, say
from programmes.cards import source_of
from programmes.catalogue import Catalogue
from programmes.models import SecondarySchool
from programmes.places import LinkedPlace
from programmes.secondary_schools import SchoolQuestion, SchoolsFound, kinds_of, school_question, schools_in
from programmes.wishes import Wishes

MOST = 8
"""Schools in one answer."""
NEXT = (button("talk.button.way_there", "transition_other"), ASK_HUMAN)


def answer_about_schools(heard: Heard, wishes: Wishes) -> Utterance | None:
    """The answer when a message asks after secondary schools; None when it asks something else. Blocks."""
    if not heard.text:
        return None
    known = catalogue()
    asked = school_question(known, heard.text, country=heard.country)
    if asked is None:
        return None
    place = asked.place or (known.places.link(wishes.city, country=heard.country) if wishes.city else None)
    is_flemish = place is not None and all(code.startswith("be-") for code in place.municipalities)
    if is_flemish or (place is None and heard.country == "BE"):
        return say("search.schools.flanders", buttons=[ASK_HUMAN, FIND_PROGRAMME])
    if place is None:
        return say("search.schools.ask_place", buttons=[ASK_HUMAN])
    return _listed(known, asked, place, schools_in(known, place, asked.kind))


def _listed(known: Catalogue, asked: SchoolQuestion, place: LinkedPlace, found: SchoolsFound) -> Utterance:
    shown = found.schools[:MOST]
    if not shown:
        return say("search.schools.none", {"place": place.name}, buttons=[ASK_HUMAN, FIND_PROGRAMME])
    source = source_of(shown[0], known)
    values: dict[str, Any] = {
        "place": place.name,
        "total": len(found.schools),
        "schools": [_school(known, one, place) for one in shown],
        "dated": source["valid"],
    }
    key = "nearest"
    if found.is_there:
        key = f"found{'_kind' if asked.kind else ''}{'_more' if len(found.schools) > MOST else ''}"
    if asked.kind:
        values["kind"] = {"say": f"search.schools.kind.{asked.kind}"}
    return say(f"search.schools.{key}", values, buttons=NEXT, sources=[source])


def _school(known: Catalogue, school: SecondarySchool, place: LinkedPlace) -> dict[str, Any]:
    kinds = [{"say": f"search.schools.kind.{kind}"} for kind in kinds_of(known.secondary_schools, school)]
    is_in_town = school.place == place.name
    key = "school" if is_in_town else "school_at"
    return {"say": f"search.schools.{key}", "with": {"name": school.name, "place": school.place, "kinds": kinds}}
