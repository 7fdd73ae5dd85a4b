"""The wishes of a search between two turns: what may be kept, and how they are shown as chips."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.hearing import Heard
from actions.saying import Utterance, button, data_button
from programmes.catalogue import Catalogue
from programmes.query import meaningful, parted
from programmes.wishes import Wishes

CHIPS = ("query", "level", "city", "mode", "without")
"""Wishes that can be tapped away, in this order."""

WISHED = frozenset({"programme", "interest", "level", "city", "mode"})
"""Entities that change a search."""


def wishes_of(slots: Mapping[str, Any], heard: Heard) -> Wishes:
    """The wishes so far, in the language and country of this message."""
    return Wishes.from_slots({**slots, "language": heard.language, "country": heard.country})


def storable(wishes: Wishes, catalogue: Catalogue) -> dict[str, Any]:
    """The wishes as they may be stored: with the catalogue's words only, for nothing typed may be kept."""
    kept = wishes.to_slots()["wishes"]
    past = [_clean(step, catalogue, wishes.country) for step in kept["past"]]
    return {**_clean(kept, catalogue, wishes.country), "past": past}


def _clean(kept: Mapping[str, Any], catalogue: Catalogue, country: str) -> dict[str, Any]:
    clean = dict(kept)
    if clean.get("query"):
        clean["query"] = known_words(str(clean["query"]), catalogue) or None
    if clean.get("city"):
        place = catalogue.places.link(str(clean["city"]), country=country)
        clean["city"] = place.name if place else None
    if clean.get("without"):
        clean["without"] = [
            said for said in clean["without"] if known_words(said, catalogue) or catalogue.places.link(said)
        ]
    return clean


def shown_as(wishes: Wishes, catalogue: Catalogue) -> Wishes:
    """The wishes as they are read back: a whole sentence as the words of it that were understood."""
    words = known_words(wishes.query, catalogue) if wishes.query else ""
    return replace(wishes, query=words or wishes.query)


def known_words(text: str, catalogue: Catalogue) -> str:
    """Those words of a text that the catalogue knows, a misspelt one put right."""
    kept = []
    for word in meaningful(parted(text).wished):
        for reading in catalogue.lexical.read(word):
            if reading.read_as or word in catalogue.lexical.vocabulary:
                kept.append(reading.read_as or word)
            elif max(reading.terms.values(), default=0.0) >= 1.0:  # an inflection of a word that it knows
                kept.append(word)
    return " ".join(dict.fromkeys(kept))


def chips(wishes: Wishes) -> list[Utterance]:
    """What was understood, each with a button that takes it away."""
    shown = dict(wishes.chips)
    if wishes.without:
        shown["without"] = ", ".join(wishes.without)
    return [_chip(name, shown[name]) for name in CHIPS if name in shown]


def _chip(name: str, value: str) -> Utterance:
    if name in {"level", "without"}:
        said = {"say": f"level.{value}"} if name == "level" else value
        return button(f"search.chip.{name}", "find_programme", {"without": name}, {name: said})
    return data_button(f"{value} ×", "find_programme", {"without": name})


def spoken(wishes: Wishes) -> list[Any]:
    """The wishes as a list to be read out."""
    said: list[Any] = []
    for name, value in wishes.chips.items():
        said.append({"say": f"level.{value}"} if name == "level" else value)
    return said + [{"say": "search.wish.without", "with": {"word": word}} for word in wishes.without]
