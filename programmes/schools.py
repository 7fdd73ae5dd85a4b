"""Schools near a place: by the seat of their board, which says nothing about what they teach there."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from programmes.catalogue import Catalogue, initials
from programmes.models import Institution
from programmes.places import LinkedPlace
from programmes.stems import fold, words

ALIKE = 90
"""Share of letters (percent) from which a name that was typed is that of a school."""
NEAREST = 3
"""Schools that are named when none has its seat in the place itself."""


LISTED = frozenset({"hbo", "wo"})
"""Kinds of school of which the register lists all that they give, so that one which it does not list is no answer."""


@dataclass(frozen=True)
class SchoolNear:
    """A school, how far its seat is, and which of the programmes at hand it described itself as giving, anywhere."""

    institution: Institution
    distance_km: float
    gives: tuple[str, ...] = ()


def schools_for(
    catalogue: Catalogue,
    place: LinkedPlace,
    there: frozenset[str],
    gives: Mapping[str, Sequence[str]],
    *,
    kinds: Container[str],
) -> tuple[bool, tuple[SchoolNear, ...]]:
    """The open schools of these kinds with their seat in a place, else the nearest ones.

    Args:
        gives: school -> the programmes at hand that it described itself.
    Returns:
        Whether they have their seat there, and the schools: those that give one of the programmes first, then the near.
    """
    km_to = catalogue.places.km_to
    schools = [
        SchoolNear(school, round(km, 1), tuple(gives.get(code, ())))
        for code, school in catalogue.institutions.items()
        if school.closed_on is None and school.kind in kinds and school.municipality_code
        if school.kind not in LISTED or code in gives
        if (km := km_to(place, school.municipality_code)) is not None
    ]
    seated = [school for school in schools if school.institution.municipality_code in there]
    near = seated or sorted(schools, key=lambda school: school.distance_km)[:NEAREST]
    return bool(seated), tuple(sorted(near, key=lambda one: (not one.gives, one.distance_km, one.institution.name)))


def school_named(catalogue: Catalogue, name: str, *, country: str) -> Institution | None:
    """The school that somebody calls so: by its name, its initials (VUB), or words of it that no other school has.

    Of a name in both countries, it is the one in this country.
    """
    by_name: dict[str, Institution] = {}
    schools = sorted(catalogue.institutions.values(), key=lambda one: (one.country == country, one.code))
    for school in [one for one in schools if one.closed_on is None]:
        for said in filter(None, (school.other_name, school.name)):
            by_name |= dict.fromkeys((*initials(said), fold(said)), school)
    best = process.extractOne(fold(name), by_name.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    if best:
        return by_name[best[0]]
    typed = set(words(name))
    having = {school.code: school for said, school in by_name.items() if typed and typed <= set(words(said))}
    return next(iter(having.values())) if len(having) == 1 else None
