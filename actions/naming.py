"""Which programme of the catalogue somebody means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.hearing import Heard
from actions.saying import Utterance, button
from programmes.cards import name_of
from programmes.catalogue import Catalogue
from programmes.levels import rule_of
from programmes.models import Programme
from programmes.query import level_of
from programmes.search import search_programmes
from programmes.wishes import Wishes

BY_NAME = frozenset({"card.why.name", "card.why.spelling", "card.why.meant", "card.why.words", "card.why.code"})
"""Reasons that say the words stand in the catalogue; nearness in meaning alone names nothing."""

MOST, LOOKED_AT = 3, 9
"""Programmes that a name may mean, and among how many of the best ones they are looked for."""

SCHOOL_LEVELS = {
    "hbo": "hbo",
    "hogeschool": "hbo",
    "bachelor": "hbo",
    "ad": "hbo",
    "wo": "wo",
    "universiteit": "wo",
    "university": "wo",
}
"""Levels above mbo as people say them -> as facts name them."""


@dataclass(frozen=True)
class Meant:
    """The programme that is meant, or several between which the visitor must choose; both empty: none was named."""

    programme: Programme | None = None
    choices: tuple[Programme, ...] = ()
    was_named: bool = False
    """A name was said, whether or not we know it."""


def programme_meant(catalogue: Catalogue, slots: Mapping[str, Any], heard: Heard) -> Meant:
    """Find it by a button's id, by a name in the message, or by what the talk is about. Blocks."""
    id = heard.first("programme_id")
    if id:
        return Meant(catalogue.find(id), was_named=True)
    name = heard.first("programme", "interest")
    if name:
        found = named(catalogue, name, heard)
        return Meant(found[0] if len(found) == 1 else None, tuple(found) if len(found) > 1 else (), was_named=True)
    current = slots.get("current_programme")
    if current:
        return Meant(catalogue.find(current))
    shown = [programme for id in (slots.get("found_programmes") or [])[:3] if (programme := catalogue.find(id))]
    return Meant(shown[0] if len(shown) == 1 else None, tuple(shown) if len(shown) > 1 else ())


def named(catalogue: Catalogue, name: str, heard: Heard) -> list[Programme]:
    """Up to three programmes by a name, of the visitor's country if it has any; one when its name is exactly that."""
    wishes = Wishes(query=name, level=wished_level(heard), language=heard.language, country=heard.country)
    own = search_programmes(catalogue, wishes, limit=LOOKED_AT, country=heard.country)
    found = own if own.hits else search_programmes(catalogue, wishes, limit=LOOKED_AT)
    exact = [hit.programme for hit in found.hits if _is_called(hit.programme, name)]
    if exact:  # "medicine" means Medicine, and not first what makes medicines
        return exact[:1]
    is_named = [any(why.say in BY_NAME for why in hit.why) for hit in found.hits]
    # Where the best one is of that name, those far below it are not meant; a word such as "zorg" is in many names.
    near = MOST if is_named[:1] == [True] else LOOKED_AT
    hits = [hit.programme for hit, is_of_name in zip(found.hits[:near], is_named, strict=False) if is_of_name]
    return hits[:MOST]


def _is_called(programme: Programme, name: str) -> bool:
    return name.casefold() in {programme.name_nl.casefold(), programme.name_en.casefold()}


def wished_level(heard: Heard) -> str | None:
    """The level in which something is looked for; in Flanders one looks for a 7th year as one looks for a level."""
    said = [*heard.all({"level"}), *(year for year in heard.all({"school_year"}) if level_of(year) == "so-7")]
    return next((level for one in said if (level := level_of(one))), None)


def asked_level(heard: Heard, programme: Programme | None) -> str | None:
    """The level whose rules a question is about: 1 to 4, hbo, wo, or None."""
    if programme and programme.level:
        return rule_of(programme.level)
    for said in heard.all({"level", "level_to"}):
        if level := level_of(said) or SCHOOL_LEVELS.get(said.casefold()):
            return level
    return None


def choice_button(programme: Programme, intent: str) -> Utterance:
    """A button for one of several programmes."""
    values = {"name": name_of(programme), "level": {"say": f"level.{programme.level}"}}
    key = "search.button.programme" if programme.level else "search.button.programme_without_level"
    return button(key, intent, {"programme_id": programme.id}, values)
