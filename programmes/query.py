"""Reads what a search asks for: a level, a mode and a place inside the words, and the words that remain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from programmes.clauses import Parted, part
from programmes.levels import WISHES
from programmes.places import LinkedPlace, Places
from programmes.postcodes import postcode_in
from programmes.sources import DATA
from programmes.stems import content, fold, words

MOST_WORDS = 30
"""Words of a message that are looked up: whoever writes more tells a story, and its first words say about what."""
SAME_LETTERS = 5
"""First letters by which a word of what is told is the same as one of what is wished: teach, teacher."""
SHORTEST = 4
"""Letters that a town in small letters needs, to be one without "in" before it: "ede", "oss", "epe"."""

_LEVEL = re.compile(
    r"\b(?:(?:mbo|niveau|nivo|niv|level|lvl)[\s-]*){1,2}(?P<number>[1-4]|een|twee|drie|vier|one|two|three|four)\b",
    re.IGNORECASE,
)
_BARE_LEVEL = re.compile(
    r"^\s*(?!(?:havo|vwo|vmbo|mavo|tl|groep|klas|leerjaar|jaar|year|grade)\b)[^\W\d_]+(?:[\s-][^\W\d_]+)?\s+(?P<number>[1-4])\s*$",
    re.IGNORECASE,
)
"""A name and a number and no more: "spw 4" is of level 4, "havo 4" is a school year."""
_NOT_NOW = re.compile(
    r"\b(?:teach(?:er)?|docent|leraar|leerkracht|lerares|les ?geven|geen|niet(?: naar)?|zonder|liever dan|daarna|nadien"
    r"|later|not|no|without|afterwards)\b[^,.;!?]{0,25}$"
)
"""Before a level: it is not wanted, or not yet, or somebody wants to teach there."""
_GRADUATE = re.compile(
    r"\b(?:heb|heeft|haalde|behaalde|na|met|have|has|got|after|with|finished|completed)\b"
    r"(?:\s+(?:mijn|een|de|het|al|nu|een|my|a|an|the|already|hbo|wo|professionele|academische|professional|academic)){0,3}"
    r"[\s-]+(?:bachelor|bachelordiploma|hbo-?\s?diploma|bachelor's)\b"
    r"|\b(?:bachelor|hbo|universiteit|university)\b\s+(?:afgerond|behaald|gehaald|afgestudeerd|completed|finished|graduate)\b"
)
"""Somebody who has a bachelor says so."""
_COUNTRY = re.compile(
    r"(?:heel |(?:the )?whole (?:of )?)?(?:belgie|belgium|vlaanderen|flanders|nederland|(?:the )?netherlands|holland)"
)
_ORIGINS = frozenset({"uit", "from"})
"""Where somebody comes from is no place to study in: only a town that we know counts after these."""
_ABBREVIATION = re.compile(r"\b[A-Z]{2,5}\b")
_CODE = re.compile(r"\b\d{5}\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?!\d)")


@dataclass(frozen=True)
class Understood:
    """A query, taken apart."""

    subject: str
    """What remains as a sentence, for its meaning."""
    words: tuple[str, ...]
    """The folded words that remain and say something."""
    denied: tuple[str, ...] = ()
    """Folded words of what is not wanted."""
    denied_level: str | None = None
    """"Rechten, maar niet aan de universiteit"."""
    liked: tuple[str, ...] = ()
    """Those of the words that are only liked, or what somebody is good at, where something else is wanted outright."""
    told: tuple[str, ...] = ()
    """Folded words of what somebody only tells about himself: where he comes from, seldom where he is going."""
    level: str | None = None
    mode: str | None = None
    place: LinkedPlace | None = None
    unknown_place: str | None = None
    """A name that was said as a place, and that we do not know."""
    codes: tuple[str, ...] = ()
    is_graduate: bool = False
    """Somebody says that they have a bachelor, so a master is an answer."""


@dataclass(frozen=True)
class _Words:
    levels: Sequence[tuple[re.Pattern[str], str]]
    numbers: Mapping[str, str]
    modes: Sequence[tuple[re.Pattern[str], str]]
    named: re.Pattern[str]
    """Any of the names of levels and modes."""
    everyday_places: frozenset[str]
    place_before: re.Pattern[str]
    abroad: frozenset[str]
    written_as: Sequence[tuple[re.Pattern[str], str]]
    modest: re.Pattern[str]
    in_english: re.Pattern[str]
    has_secondary: re.Pattern[str]
    fillers: frozenset[str]


def _word(*names: str) -> re.Pattern[str]:
    """Any of some names as whole words, the longest first, accents as written or without."""
    either = sorted({form for name in names for form in (str(name), fold(str(name)))}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, either))})\b", re.IGNORECASE)


@cache
def _known_words() -> _Words:
    raw = yaml.safe_load((DATA / "words.yml").read_text(encoding="utf-8"))
    before = "|".join(sorted(map(re.escape, raw["place_before"]), key=len, reverse=True))
    return _Words(
        levels=[(_word(fold(name)), level) for level, names in raw["levels"].items() for name in names],
        numbers={fold(name): number for name, number in raw["numbers"].items()},
        modes=[(_word(fold(name)), mode) for mode, names in raw["modes"].items() for name in names],
        named=_word(*(name for kind in ("levels", "modes") for names in raw[kind].values() for name in names)),
        everyday_places=frozenset(map(fold, raw["everyday_places"])),
        place_before=re.compile(rf"\b(?:{before})\s+(?:de\s+|the\s+)?$", re.IGNORECASE),
        abroad=frozenset(raw["abroad"]),
        written_as=[(_word(said), meant) for said, meant in raw["written_as"].items()],
        modest=_word(*raw["modest"]),
        in_english=_word(*raw["in_english"]),
        has_secondary=_word(*raw["has_secondary"]),
        fillers=frozenset(word for said in raw["fillers"].values() for name in said for word in words(str(name)))
        | frozenset(raw["abroad"]),
    )


def everyday_places() -> frozenset[str]:
    """Folded names of towns that are everyday words first."""
    return _known_words().everyday_places


def fillers() -> frozenset[str]:
    """Folded words that say nothing about a subject."""
    return _known_words().fillers


def level_of(text: str) -> str | None:
    """The level that some words name, as `programmes.levels` calls it: "niveau 3", "mbo-4", "entree", "3", "hbo"."""
    plain = fold(text).strip()
    known = _known_words()
    if plain in WISHES:
        return plain
    found = _LEVEL.search(plain)
    if found:
        return known.numbers.get(found["number"], found["number"])
    for named, level in known.levels:
        at = named.search(plain)
        if at and not _NOT_NOW.search(plain[: at.start()]):
            return level
    return None


def mode_of(text: str) -> str | None:
    """BOL or BBL, when some words name one of them."""
    plain = fold(text)
    modes = {mode for named, mode in _known_words().modes if named.search(plain)}
    return modes.pop() if len(modes) == 1 else None


def meaningful(text: str) -> tuple[str, ...]:
    """The words of a text that say something about a subject, each once."""
    known = _known_words()
    capitals = {fold(word) for word in _ABBREVIATION.findall(text)}
    said = dict.fromkeys(word for word in content(text, known.fillers - capitals) if not word.isdigit())
    long = tuple(word for word in said if len(word) > 1)
    return (long or tuple(said))[:MOST_WORDS]


def parted(text: str) -> Parted:
    """What of a message is wished, told and denied."""
    for said, meant in _known_words().written_as:
        text = said.sub(meant, text)
    return part(text, says_something=lambda some: bool(meaningful(_without_levels(some))))


def understand(
    text: str, places: Places, *, vocabulary: frozenset[str] = frozenset(), country: str = "NL"
) -> Understood:
    """Take a query apart.

    Args:
        vocabulary: folded words of the catalogue: "in ICT" names no place.
        country: where the visitor is; see `programmes.postcodes`.
    """
    parts = parted(text)
    wish = parts.wished
    place, rest = _place_in(wish, places, country)
    told_place, told_rest = _place_in(parts.told, places, country)
    place = place or told_place  # "ik woon in Almere en wil kok worden"
    unknown = None if place else _unknown_place(rest, vocabulary)
    if unknown:
        rest = rest.replace(unknown, " ")
    rest = _without_levels(rest)
    told = meaningful(_without_levels(told_rest))
    said = meaningful(rest)
    liked, wanted = meaningful(_without_levels(parts.liked)), meaningful(_without_levels(parts.wanted))
    if {word[:SAME_LETTERS] for word in told} & {word[:SAME_LETTERS] for word in said}:
        said, told = tuple(dict.fromkeys((*said, *told))), ()  # "ik was leraar wiskunde, hoe kan ik hier leraar worden"
    return Understood(
        subject=" ".join(fold(rest).split()),
        words=said,
        liked=tuple(word for word in liked if word not in wanted),
        denied=tuple(word for word in meaningful(_without_levels(parts.denied)) if word not in said),
        denied_level=level_of(parts.denied),
        told=told,
        level=_level_in(text, parts, country),
        mode=mode_of(wish) or mode_of(text),
        place=place,
        unknown_place=unknown,
        codes=tuple(_CODE.findall(text)),
        is_graduate=is_graduate(text),
    )


def _level_in(text: str, parts: Parted, country: str) -> str | None:
    """The level that a query asks for; a number alone is none."""
    if text.strip().isdigit():
        return None
    bare = _BARE_LEVEL.match(text) if country == "NL" else None
    return level_of(parts.clause) or level_of(parts.wished) or (bare["number"] if bare else None)


def is_country(name: str) -> bool:
    """Whether a place that is named is a whole country: to search there is to search everywhere."""
    return bool(_COUNTRY.fullmatch(fold(name)))


def is_graduate(text: str) -> bool:
    """Whether somebody says that they have a bachelor."""
    return bool(_GRADUATE.search(fold(text)))


def is_modest(text: str) -> bool:
    """Whether somebody wants to begin low: "makkelijk niveau", "ik kan niet goed lezen"."""
    return bool(_known_words().modest.search(fold(text)))


def has_secondary(text: str) -> bool:
    """Whether somebody says that they have finished secondary school, or soon will."""
    return bool(_known_words().has_secondary.search(fold(text)))


def is_in_english(text: str) -> bool:
    """Whether somebody wants to be taught in English."""
    return bool(_known_words().in_english.search(fold(text)))


def _without_levels(text: str) -> str:
    """A text without the levels and modes that it names, in its own spelling, for capitals tell an abbreviation."""
    return _known_words().named.sub(" ", _LEVEL.sub(" ", text))


def _unknown_place(text: str, vocabulary: frozenset[str]) -> str | None:
    """A capitalised name after "in" or "near" that is no word of the catalogue."""
    known = _known_words()
    for found in _WORD.finditer(text):
        name = found.group()
        is_name = name[0].isupper() and not name.isupper() and not is_country(name)  # "bij de NASA" is no town
        before = known.place_before.search(text[: found.start()]) if is_name else None
        if before and fold(before.group()).strip() not in _ORIGINS and fold(name) not in vocabulary | known.fillers:
            return name
    return None


def _is_meant(name: str, *, is_after_in: bool) -> bool:
    """Whether a town is meant: "met dieren werken" and "in een winkel" name neither Dieren, nor Een, nor Winkel."""
    if fold(name) in _known_words().everyday_places:
        return is_after_in and name[0].isupper()
    return is_after_in or name[0].isupper() or len(name) >= SHORTEST


def _place_in(text: str, places: Places, country: str) -> tuple[LinkedPlace | None, str]:
    """The first place that is named, the longest name first, or the postcode, and the text without it."""
    said = postcode_in(text, country=country)
    if said and (linked := places.at_postcode(said.digits)):
        before = _known_words().place_before.search(text[: said.start])
        return linked, f"{text[: before.start() if before else said.start]} {text[said.end :]}"
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
