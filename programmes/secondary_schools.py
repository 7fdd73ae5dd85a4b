"""Secondary schools of the Netherlands by town: for who is in group 8 and looks for a school, not for a programme."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from programmes.catalogue import Catalogue
from programmes.models import SecondarySchool
from programmes.places import LinkedPlace
from programmes.query import Understood, understand
from programmes.stems import fold

MOST_NEAR = 5
"""Schools that are named when a town has none."""

KINDS: Mapping[str, frozenset[str]] = {
    "pro": frozenset({"pro"}),
    "vmbo-bk": frozenset({"vmbo-bk"}),
    "vmbo-tl": frozenset({"vmbo-tl"}),
    "vmbo": frozenset({"vmbo-bk", "vmbo-tl"}),
    "havo": frozenset({"havo"}),
    "vwo": frozenset({"vwo"}),
    "vso": frozenset({"vso"}),
}
"""What somebody may ask for -> the kinds of our rows that have it."""
_SAID = (
    ("pro", r"praktijkonderwijs|praktijkscho(?:ol|len)|pro-?scho(?:ol|len)"),
    ("vso", r"vso|voortgezet speciaal onderwijs"),
    ("vmbo-tl", r"vmbo[ -]?(?:tl?|gl|gemengd)|mavo|theoretische leerweg"),
    ("vmbo-bk", r"vmbo[ -]?(?:bb|kb|basis|kader|b|k)"),
    ("vmbo", r"vmbo"),
    ("havo", r"havo"),
    ("vwo", r"vwo|gymnasi(?:um|a)|athene(?:um|a)"),
)
_KIND = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<k{at}>{words})" for at, (_, words) in enumerate(_SAID)) + r")(?![\w])"
)
_SCHOOL = re.compile(
    r"\b(?:(?:middelbare|secundaire) scho(?:ol|len)|voortgezet onderwijs|vo-?scho(?:ol|len)"
    r"|secondary (?:schools?|education)|high schools?)\b"
)
_ASKS = re.compile(
    r"\b(?:welke|waar|is er|zijn er|heb je|zoek\w*|naar welke|wat voor|scho(?:ol|len)|lijst|which|what|where|is there"
    r"|are there|any|looking for|find|schools?|list)\b"
)
_STANDS = re.compile(
    r"\b(?:na|met|zonder|heb|heeft|doe|doet|zit|zitten|haal\w*|van|vanuit|after|with|without|have|has|doing|am|from)\b"
    r"(?:\s+(?:op|in|de|het|een|mijn|the|a|my|at)){0,3}\s*$"
)
"""Before a school: somebody comes from there, and looks for what follows."""
_OFFERS = re.compile(r"\b(?:scho(?:ol|len)|schools?) (?:met|voor|with|for) (?:een |a )?$")
"""Before a kind of school: what a school has, not where somebody comes from."""
_OTHER = re.compile(
    r"\b(?:opleiding\w*|studies?|studeren|mbo|hbo|universiteit|course\w*|programmes?|university|college)\b"
)


@dataclass(frozen=True)
class SchoolQuestion:
    """What kind of school is looked for, and where; None is any, and not said."""

    kind: str | None
    place: LinkedPlace | None


@dataclass(frozen=True)
class SchoolsFound:
    """The schools that answer a question: in the town, or the nearest ones."""

    schools: tuple[SecondarySchool, ...]
    is_there: bool


def school_question(catalogue: Catalogue, text: str, *, country: str) -> SchoolQuestion | None:
    """Read a question after secondary schools; None when the text asks something else.

    It names such schools ("welke middelbare scholen"), or a kind of them in a town ("is er een havo in Zwolle"), and no
    subject: who is on havo and likes animals looks for a programme.
    """
    plain = fold(text)
    named = [*_SCHOOL.finditer(plain), *_KIND.finditer(plain)]
    if not named or any(_is_left(plain[: one.start()]) for one in named) or _OTHER.search(plain):
        return None
    rest = understand(_KIND.sub(" ", _SCHOOL.sub(" ", text)), catalogue.places, country=country)
    if not _is_after_schools(plain, rest):
        return None
    kind = _KIND.search(plain)
    return SchoolQuestion(_SAID[int((kind.lastgroup or "k0")[1:])][0] if kind else None, rest.place)


def _is_left(before: str) -> bool:
    """Whether these words before a school say that somebody comes from there."""
    return bool(_STANDS.search(before)) and not _OFFERS.search(before)


def _is_after_schools(plain: str, rest: Understood) -> bool:
    names_schools = bool(_SCHOOL.search(plain))
    return not rest.words and (names_schools or (rest.place is not None and bool(_ASKS.search(plain))))


def schools_in(catalogue: Catalogue, place: LinkedPlace, kind: str | None) -> SchoolsFound:
    """The schools of a kind in a town, else in its municipality, else the nearest ones; two sites of one name once."""
    wanted = KINDS.get(kind or "")
    fitting = [one for one in catalogue.secondary_schools if wanted is None or wanted & set(one.kinds)]
    there = [one for one in fitting if one.municipality_code in place.municipalities]
    town = [one for one in there if fold(one.place) == fold(place.name)]
    if there:
        return SchoolsFound(_once(town or there), is_there=True)
    km_to = catalogue.places.km_to
    distance = {code: km_to(place, code) for code in {one.municipality_code for one in fitting}}
    known = [(km, one) for one in fitting if (km := distance[one.municipality_code]) is not None]
    nearest = [one for _, one in sorted(known, key=lambda pair: (pair[0], pair[1].name))]
    return SchoolsFound(_once(nearest)[:MOST_NEAR], is_there=False)


def kinds_of(schools: Iterable[SecondarySchool], school: SecondarySchool) -> tuple[str, ...]:
    """All kinds that a school of this name has in its town, over its sites."""
    at = (school.name, school.place)
    found = {kind for one in schools if (one.name, one.place) == at for kind in one.kinds}
    return _in_order(found)


def _in_order(kinds: Collection[str]) -> tuple[str, ...]:
    either = "vmbo" if KINDS["vmbo"] <= set(kinds) else None
    said = [kind for kind in (*KINDS, "first-years") if kind in kinds and not (either and kind in KINDS["vmbo"])]
    return tuple(sorted([*said, *filter(None, (either,))], key=[*KINDS, "first-years"].index))


def _once(schools: Iterable[SecondarySchool]) -> tuple[SecondarySchool, ...]:
    return tuple({(one.name, one.place): one for one in schools}.values())
