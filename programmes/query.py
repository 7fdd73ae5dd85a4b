"""Reads what a search asks for: a level, a mode and a place inside the words, and the words that remain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from programmes.levels import WISHES
from programmes.places import LinkedPlace, Places
from programmes.sources import DATA
from programmes.stems import fold, words

MOST_WORDS = 30
"""Words of a message that are looked up: whoever writes more tells a story, and its first words say about what."""
SHORTEST = 4
"""Letters that a town in small letters needs, to be one without "in" before it: "ede", "oss", "epe"."""

_LEVEL = re.compile(
    r"\b(?:(?:mbo|niveau|nivo|niv|level|lvl)[\s-]*){1,2}(?P<number>[1-4]|een|twee|drie|vier|one|two|three|four)\b"
)
_NOT_NOW = re.compile(
    r"\b(?:geen|niet(?: naar)?|zonder|liever dan|daarna|nadien|later|not|no|without|afterwards)\b[^,.;!?]{0,25}$"
)
"""Before a level: it is not wanted, or not yet."""
_CODE = re.compile(r"\b\d{5}\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?!\d)")


@dataclass(frozen=True)
class Understood:
    """A query, taken apart."""

    subject: str
    """What remains as a sentence, for its meaning."""
    words: tuple[str, ...]
    """The folded words that remain and say something."""
    level: str | None = None
    mode: str | None = None
    place: LinkedPlace | None = None
    unknown_place: str | None = None
    """A name that was said as a place, and that we do not know."""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Words:
    levels: Mapping[str, str]
    numbers: Mapping[str, str]
    modes: Mapping[str, str]
    everyday_places: frozenset[str]
    place_before: re.Pattern[str]
    fillers: frozenset[str]


@cache
def _known_words() -> _Words:
    raw = yaml.safe_load((DATA / "words.yml").read_text(encoding="utf-8"))
    before = "|".join(sorted(map(re.escape, raw["place_before"]), key=len, reverse=True))
    return _Words(
        levels={fold(name): level for level, names in raw["levels"].items() for name in names},
        numbers={fold(name): number for name, number in raw["numbers"].items()},
        modes={fold(name): mode for mode, names in raw["modes"].items() for name in names},
        everyday_places=frozenset(map(fold, raw["everyday_places"])),
        place_before=re.compile(rf"\b(?:{before})\s+(?:de\s+|the\s+)?$", re.IGNORECASE),
        fillers=frozenset(word for said in raw["fillers"].values() for name in said for word in words(str(name))),
    )


def everyday_places() -> frozenset[str]:
    """Folded names of towns that are everyday words first."""
    return _known_words().everyday_places


def level_of(text: str) -> str | None:
    """The level that some words name, as `programmes.levels` calls it: "niveau 3", "mbo-4", "entree", "3", "hbo"."""
    plain = fold(text).strip()
    known = _known_words()
    if plain in WISHES:
        return plain
    found = _LEVEL.search(plain)
    if found:
        return known.numbers.get(found["number"], found["number"])
    for name, level in known.levels.items():
        named = re.search(rf"\b{re.escape(name)}\b", plain)
        if named and not _NOT_NOW.search(plain[: named.start()]):
            return level
    return None


def mode_of(text: str) -> str | None:
    """BOL or BBL, when some words name one of them."""
    plain = fold(text)
    named = {mode for name, mode in _known_words().modes.items() if re.search(rf"\b{re.escape(name)}\b", plain)}
    return named.pop() if len(named) == 1 else None


def meaningful(text: str) -> tuple[str, ...]:
    """The words of a text that say something about a subject, each once."""
    known = _known_words()
    said = dict.fromkeys(word for word in words(text) if word not in known.fillers and not word.isdigit())
    return tuple(said)[:MOST_WORDS]


def understand(text: str, places: Places, *, vocabulary: frozenset[str] = frozenset()) -> Understood:
    """Take a query apart.

    Args:
        vocabulary: folded words of the catalogue: "in ICT" names no place.
    """
    place, rest = _place_in(text, places)
    unknown = None if place else _unknown_place(rest, vocabulary)
    if unknown:
        rest = rest.replace(unknown, " ")
    rest = _LEVEL.sub(" ", fold(rest))
    for name in (*_known_words().levels, *_known_words().modes):
        rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
    return Understood(
        subject=" ".join(rest.split()),
        words=meaningful(rest),
        level=level_of(text) if not text.strip().isdigit() else None,
        mode=mode_of(text),
        place=place,
        unknown_place=unknown,
        codes=tuple(_CODE.findall(text)),
    )


def _unknown_place(text: str, vocabulary: frozenset[str]) -> str | None:
    """A capitalised name after "in" or "near" that is no word of the catalogue."""
    known = _known_words()
    for found in _WORD.finditer(text):
        name = found.group()
        is_place = name[0].isupper() and known.place_before.search(text[: found.start()])
        if is_place and fold(name) not in vocabulary | known.fillers:
            return name
    return None


def _is_meant(name: str, *, is_after_in: bool) -> bool:
    """Whether a town is meant: "met dieren werken" and "in een winkel" name neither Dieren, nor Een, nor Winkel."""
    if fold(name) in _known_words().everyday_places:
        return is_after_in and name[0].isupper()
    return is_after_in or name[0].isupper() or len(name) >= SHORTEST


def _place_in(text: str, places: Places) -> tuple[LinkedPlace | None, str]:
    """The first place that is named, the longest name first, and the text without it."""
    found = list(_WORD.finditer(text))
    known = _known_words()
    for at, first in enumerate(found):
        for size in range(min(places.longest, len(found) - at), 0, -1):
            start, end = first.start(), found[at + size - 1].end()
            name = text[start:end]
            linked = places.exactly(words(name))
            if linked is None:
                continue
            before = known.place_before.search(text[:start])
            if not _is_meant(name, is_after_in=before is not None):
                continue
            cut = before.start() if before else start
            return linked, f"{text[:cut]} {text[end:]}"
    return None, text
