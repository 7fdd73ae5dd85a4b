"""Reads where somebody stands and where they want to be: "ik zit in 4 tl en wil naar het hbo" -> vmbo-tl, hbo."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from programmes.admission import Station, stations
from programmes.models import Programme
from programmes.pathways import goals
from programmes.stems import fold

_TOWARDS = re.compile(
    r"(?:\b(?:naar|to|into|richting|towards?|voor|for|daarna|wil(?:len)?|wants?|get|bedoel(?:de)?|meant?)"
    r"|\b(?:kom|komt|komen|geraakt?|geraken|raak|get|start|starten|begin|beginnen)\b[^.?!,]{0,15}\b(?:in|op|aan|into|at)"
    r"|->|→|>)\s*(?:de|het|een|the|an?|mijn|my|nog|ook|do|study|at|op)?\s*(?:vlaamse|belgische|nederlandse)?\s*$"
)
_FROM = re.compile(
    r"\b(?:van|vanaf|vanuit|uit|na|met|zonder|op|in|doe|doet|zit|zitten|heb|heeft|haalde|deed|ben"
    r"|after|from|with|have|has|finished|doing|did|am"
    r"|(?:he|she|hij|zij|ze|zoon|dochter|kind|son|daughter|child|broer|zus|brother|sister)(?: is|'s))"
    r"\s*(?:nu|de|het|een|mijn|haar|zijn|the|an?|my|her|his|in|op)?\s*"
    r"(?:[1-6]\s?)?$"
)
"""Before a school, and before its year: "ik zit in 4 tl"."""
_NOT = re.compile(
    r"\b(?:geen|niet(?: meer)? naar|uitgesloten (?:van|voor)|zonder (?:dat|het|die|een)|without (?:doing|that|the|a)"
    r"|not to|no longer)\s*(?:de|het|een|the)?\s*$"
)
_VIA = re.compile(r"\b(?:via|langs|through|by way of)\s*(?:de|het|een|the|an?)?\s*$")
_EXTRA_YEAR = re.compile(r"\b(?:zonder|without)\s+(?:dat|het|een|that|the|an)?\s*(?:extra|bijkomend) (?:jaar|year)\b")
"""In Flanders the 7th year, which leads from work to college."""
_ON_THE_WAY: Mapping[str, frozenset[str]] = {"hbo": frozenset({"hbo", "propedeuse"})}
"""A stop on the way -> the steps that it can be: to university goes who has the first year of hbo, or all of it."""
_EXTRA_SUBJECT = re.compile(
    r"\b(?:met|with|heb|have|doe|do|take)\b(?: wel| al)?(?: een| an)? extra (?:examen)?(?:vak|subject)\b"
)
_ASKED_SUBJECT = re.compile(r"\b(?:nodig|verplicht|need|must|required)\b")
"""Who asks whether an extra subject is needed has not said that they have one."""

_GOALS: Mapping[str, str] = {"1": "mbo-1", "2": "mbo-2", "3": "mbo-3", "4": "mbo-4", "mbo": "mbo-4"}
_WHOLE: Mapping[str, str] = {"havo-3": "havo", "havo-4": "havo", "vwo-4": "vwo"}
"""Who wants to go to havo 4 wants a havo diploma."""
_FINALITIES = ("doorstroom", "dubbel", "arbeidsmarkt")


@dataclass(frozen=True)
class Ends:
    """The two ends of a way, as far as they were said: codes of stations."""

    start: str | None
    goal: str | None
    without: frozenset[str] = frozenset()
    """Steps that are closed or not wanted: "ik mag niet naar doorstroom"."""
    via: frozenset[str] = frozenset()
    """Steps of which the way must have one: "via het hbo"."""
    is_told: bool = False
    """Whether the words say that one stands there: "ik doe havo", not only "havo"."""


@dataclass(frozen=True)
class _Said:
    station: Station
    start: int
    end: int


def ends_in(text: str, *, country: str) -> Ends:
    """Read both ends out of a message; the country decides what a name means that both countries use."""
    plain = fold(text)
    all_said = _stations_in(plain, country)
    closed = [one for one in all_said if _NOT.search(plain[: one.start])]
    stops = [one for one in all_said if _VIA.search(plain[: one.start])]
    said = [one for one in all_said if one not in closed and one not in stops]
    goal = next((one for one in reversed(said) if _TOWARDS.search(plain[: one.start])), None)
    rest = [one for one in said if one is not goal and one.station.is_start]
    told = next((one for one in rest if _FROM.search(plain[: one.start])), None)
    start = told or (rest[0] if rest else None)
    if goal is None and start is not None:
        goal = next((one for one in said if one is not start and one.start > start.end), None)
    without = {*_steps_of(closed), *(["so-7"] if country == "BE" and _EXTRA_YEAR.search(plain) else [])}
    via = frozenset().union(*(_ON_THE_WAY.get(one.station.code, {one.station.code}) for one in stops))
    return Ends(_start_code(start, plain), _goal_code(goal), frozenset(without), via, is_told=told is not None)


def start_in(text: str, *, country: str) -> str | None:
    """Read where somebody stands from words that say only that, or a code."""
    plain = fold(text).strip()
    if any(one.code == plain and one.is_start for one in stations().values()):
        return plain
    said = [one for one in _stations_in(plain, country) if one.station.is_start]
    return _start_code(said[0], plain) if said else None


def goal_in(text: str, *, country: str) -> str | None:
    """Read where somebody wants to be from words that say only that, or a code."""
    plain = fold(text).strip()
    if plain in goals():
        return plain
    if plain in _GOALS:
        return _GOALS[plain]
    said = _stations_in(plain, country)
    return _goal_code(said[0]) if said else None


def goal_of(programme: Programme) -> str | None:
    """The station that a programme of the catalogue leads to; None for a level to which no rule leads."""
    level = programme.level or ""
    if level == "bachelor":
        return "bachelor-acad" if "academic" in (programme.kind or "") else "bachelor-prof"
    if level in {"so-2", "so-3"}:
        dossier = programme.dossier or ""
        finality = next((name for name in _FINALITIES if dossier.startswith(name)), None)
        return f"{level}-{finality}" if finality else None
    goal = _GOALS.get(level, level)
    return goal if goal in stations() else None


def diploma_of(code: str) -> str:
    """The diploma of a school from a year of it, "havo-4" -> "havo"; any other station is its own."""
    return _WHOLE.get(code, code)


def _steps_of(closed: list[_Said]) -> Iterator[str]:
    """The steps that a name closes: a finality is closed in both grades."""
    for one in closed:
        yield one.station.code
        if one.station.code.startswith("so-3-"):
            yield one.station.code.replace("so-3-", "so-2-")


def _start_code(said: _Said | None, plain: str) -> str | None:
    if said is None:
        return None
    code = said.station.code
    has_extra = _EXTRA_SUBJECT.search(plain) and not _ASKED_SUBJECT.search(plain)
    return "vmbo-tl-extra" if code in {"vmbo-tl", "vmbo-gl"} and has_extra else code


def _goal_code(said: _Said | None) -> str | None:
    return diploma_of(said.station.code) if said else None


@cache
def _names(country: str) -> tuple[tuple[re.Pattern[str], Station], ...]:
    """Every name, the longest first; of one name, that of this country first."""
    named = [(name, one) for one in stations().values() for name in one.said]
    named.sort(key=lambda pair: (-len(pair[0]), pair[1].country != country))
    return tuple((re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])"), one) for name, one in named)


def _stations_in(plain: str, country: str) -> list[_Said]:
    found: list[_Said] = []
    for pattern, one in _names(country):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if all(end <= other.start or other.end <= start for other in found):
                found.append(_Said(one, start, end))
    return sorted(found, key=lambda one: one.start)
