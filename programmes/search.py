"""The one search: words and meaning fused, filters that hold, places that are honest, and a reason for every hit."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from programmes.catalogue import Catalogue, newest_first
from programmes.levels import fits
from programmes.lexical import Found, Reading
from programmes.meaning import query_vector
from programmes.models import Offering, Programme
from programmes.places import LinkedPlace
from programmes.query import Understood, level_of, meaningful, mode_of, understand
from programmes.schools import SchoolNear, schools_for
from programmes.stems import fold, words
from programmes.wishes import Wishes

PlaceAnswer = Literal["offer", "seat", "nearest"]
type Offers = Mapping[str, Sequence[Offering]]

MEANING_SHARE = 0.35
"""What meaning weighs beside words where words were found (measured: tests/evaluation/search)."""
MEANING_ENOUGH = 0.65
"""Nearness from which a programme is found by meaning alone. Below it lies chance: "brandweer", for which there is no
programme, is 0.60 near to bricklaying, and "wat is het weer" 0.47 to watchmaking."""
TAIL = 0.2
"""What scores less than this share of the best is left out."""
WORTH_A_LEVEL = 0.4
"""Share of the best score that a programme of the level needs, for the level to hold."""
PROVEN = {"offer": 1.12, "listed": 1.08, None: 1.0}
"""Recent proof goes first among equals."""
SPECIAL = 0.7
"""Special secondary education is for who was referred to it: others see it below, unless they ask for it."""
SAME_MODE = {
    **dict.fromkeys(("BBL", "dual"), frozenset({"BBL", "dual"})),
    **dict.fromkeys(("BOL", "full-time"), frozenset({"BOL", "full-time"})),
}
"""The two countries' names for mostly working, and for mostly school."""
SCHOOLS_OF = dict.fromkeys("1234", ("mbo",)) | {"ad": ("hbo",), "hbo": ("hbo",), "wo": ("wo",)}
"""Level -> the kinds of school that may give it, for "which schools are there"."""
THERE = 1.3
"""An offer in the place that was asked for goes before one without; measured against nothing: a choice."""


@dataclass(frozen=True)
class Why:
    """A reason, as a text key and its values."""

    say: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_text(self) -> dict[str, Any]:
        """As the API renders it."""
        return {"say": self.say, "with": dict(self.values)}


@dataclass(frozen=True)
class Hit:
    """A programme that was found, once, with its places below."""

    programme: Programme
    why: tuple[Why, ...]
    places: tuple[Offering, ...] = ()
    """Known offers: in the place that was asked for, or anywhere when none was."""
    also: tuple[str, ...] = ()
    """Near-duplicates that this one stands for."""

    @property
    def proof(self) -> str | None:
        """offer, listed, or None: see `Programme.proof`."""
        return self.programme.proof


@dataclass(frozen=True)
class SearchResult:
    """What was found, and how honest an answer about the place is possible."""

    hits: tuple[Hit, ...]
    place_answer: PlaceAnswer | None
    """offer: somebody offers a hit there, with proof; seat: schools have their seat there; nearest: the nearest."""
    schools: tuple[SchoolNear, ...]
    facets: Mapping[str, Mapping[str, int]]
    total: int
    understood: Understood
    relaxed: tuple[str, ...] = ()
    """Wishes that had to be let go, because nothing has them all: level or mode."""
    unknown_place: str | None = None
    """The place that was asked for, when we know no such place."""


@dataclass
class _Candidate:
    programme: Programme
    score: float
    found: Found | None


def search_programmes(
    catalogue: Catalogue,
    wishes: Wishes,
    *,
    limit: int = 5,
    offset: int = 0,
    country: str | None = None,
    vector: NDArray[np.float32] | None = None,
) -> SearchResult:
    """Find programmes.

    Args:
        wishes: words and filters; filters inside the words count as well, those beside them go first.
        limit: at most so many hits, from `offset` on.
        country: only programmes of this country; `wishes.country` is where the visitor is, and filters nothing.
        vector: the query's sentence vector, when somebody encoded exactly `wishes.query` already.
    """
    asked = understand(wishes.query or "", catalogue.places, vocabulary=catalogue.lexical.vocabulary)
    place, unknown_place = _place(catalogue, wishes, asked)
    asked = replace(
        asked,
        level=level_of(wishes.level or "") or asked.level,
        mode=mode_of(wishes.mode or "") or asked.mode,
        place=place,
    )
    readings = _readings(catalogue, asked.words)
    is_whole = asked.subject == " ".join(fold(wishes.query or "").split())
    candidates = _candidates(catalogue, asked, readings, vector if is_whole else None)
    candidates = _not_ruled_out(catalogue, candidates, wishes.without)
    candidates = [
        one
        for one in candidates
        if country in {None, one.programme.country} and wishes.sector in {None, one.programme.domain}
    ]
    candidates, relaxed = _filtered(candidates, asked)
    offerings = _offers(catalogue, candidates, wishes.without)
    there = _there(catalogue, place, wishes.within_km)
    grouped = _grouped(catalogue, _ranked(candidates, offerings, there))
    page = grouped[offset : offset + limit]
    hits = tuple(_hit(candidate, also, asked, readings, offerings, there) for candidate, also in page)
    answer, schools = _place_answer(catalogue, place, there, hits, offerings)
    heads = [candidate.programme for candidate, _ in grouped]
    return SearchResult(hits, answer, schools, _facets(heads), len(heads), asked, relaxed, unknown_place)


def _readings(catalogue: Catalogue, said: Iterable[str]) -> list[Reading]:
    return [reading for word in said for reading in catalogue.lexical.read(word)]


def _place(catalogue: Catalogue, wishes: Wishes, asked: Understood) -> tuple[LinkedPlace | None, str | None]:
    if not wishes.city:
        return asked.place, asked.unknown_place
    linked = catalogue.places.link(wishes.city)
    return linked, None if linked else wishes.city


def _candidates(
    catalogue: Catalogue, asked: Understood, readings: Sequence[Reading], vector: NDArray[np.float32] | None
) -> list[_Candidate]:
    coded = [id for code in asked.codes for id in catalogue.ids_by_code.get(code, ())]
    if coded:
        return [_Candidate(catalogue.programmes[id], 1.0, None) for id in dict.fromkeys(coded)]
    if not asked.words:
        return [_Candidate(programme, 1.0, None) for programme in catalogue.programmes.values()]
    found = catalogue.lexical.search(readings)
    near = _nearness(catalogue, asked, vector)
    top = max((one.score for one in found.values()), default=0.0)
    by_meaning = {id for id, value in near.items() if value >= MEANING_ENOUGH}
    share = _shares(near)
    scored = [
        _Candidate(catalogue.programmes[id], _fused(found.get(id), top, share.get(id, 0.0)), found.get(id))
        for id in found.keys() | by_meaning
    ]
    best = max((one.score for one in scored), default=0.0)
    return [one for one in scored if one.score >= TAIL * best]


def _fused(found: Found | None, top: float, share: float) -> float:
    return (1 - MEANING_SHARE) * (found.score / top if found else 0.0) + MEANING_SHARE * share


def _nearness(catalogue: Catalogue, asked: Understood, vector: NDArray[np.float32] | None) -> dict[str, float]:
    """Nearness of all programmes; empty without an encoder."""
    if catalogue.meaning is None:
        return {}
    vector = query_vector(asked.subject) if vector is None else vector
    return {} if vector is None else catalogue.meaning.nearness(vector)


def _shares(near: Mapping[str, float]) -> dict[str, float]:
    """Nearness from 0 (the average programme) to 1 (the nearest one), comparable with the share of words."""
    if not near:
        return {}
    low, high = float(np.median(list(near.values()))), max(near.values())
    return {id: max(0.0, (value - low) / (high - low)) if high > low else 0.0 for id, value in near.items()}


def _not_ruled_out(catalogue: Catalogue, candidates: list[_Candidate], without: Iterable[str]) -> list[_Candidate]:
    for said in without:
        level = level_of(said)
        if level:
            candidates = [one for one in candidates if not fits(one.programme, level)]
        elif not mode_of(said) and not catalogue.places.exactly(words(said)):
            out = catalogue.lexical.search(_readings(catalogue, meaningful(said)))
            candidates = [one for one in candidates if one.programme.id not in out]
    return candidates


def _offers(catalogue: Catalogue, candidates: Iterable[_Candidate], without: Iterable[str]) -> Offers:
    """The known offers of all candidates, but for those in places and modes that were ruled out."""
    places = [place for said in without if (place := catalogue.places.exactly(words(said)))]
    modes = {mode_of(said) for said in without} - {None}
    return {
        id: [
            offer
            for offer in offers
            if offer.mode not in modes and not any(offer.municipality_code in place.municipalities for place in places)
        ]
        for id, offers in catalogue.offerings([one.programme.id for one in candidates]).items()
    }


def _filtered(candidates: list[_Candidate], asked: Understood) -> tuple[list[_Candidate], tuple[str, ...]]:
    """Keep what has the level and mode that were asked for; let go of one when nothing is left, and say so."""
    relaxed: list[str] = []
    if asked.level:
        kept = [one for one in candidates if fits(one.programme, asked.level)]
        best = max((one.score for one in kept), default=0.0)
        # "apothekersassistent niveau 1" is better answered with the real one than with any assistant of level 1.
        if best >= WORTH_A_LEVEL * max((one.score for one in candidates), default=0.0) > 0:
            candidates = kept
        elif candidates:
            relaxed.append("level")
    if asked.mode:
        # Where nobody told us the modes, the programme stays, below those that we know to have it.
        wanted = SAME_MODE[asked.mode]
        known = [one for one in candidates if not one.programme.modes or wanted & set(one.programme.modes)]
        relaxed += [] if known else ["mode"]
        candidates = known or candidates
        for one in candidates:
            one.score *= 1.0 if wanted & set(one.programme.modes) else 0.8
    return candidates, tuple(relaxed)


def _there(catalogue: Catalogue, place: LinkedPlace | None, within_km: int | None) -> frozenset[str]:
    if place is None:
        return frozenset()
    return catalogue.places.within(place, within_km) if within_km else place.municipalities


def _ranked(candidates: list[_Candidate], offerings: Offers, there: frozenset[str]) -> list[_Candidate]:
    for one in candidates:
        one.score *= PROVEN[one.programme.proof] * (SPECIAL if one.programme.level == "buso" else 1.0)
        if any(offer.municipality_code in there for offer in offerings.get(one.programme.id, ())):
            one.score *= THERE
    return sorted(candidates, key=lambda one: (one.score, newest_first(one.programme)), reverse=True)


def _grouped(catalogue: Catalogue, ranked: Iterable[_Candidate]) -> list[tuple[_Candidate, tuple[str, ...]]]:
    """A programme once: of near-duplicates the best proven one stays, at the place of the best ranked one."""
    groups: dict[str, list[_Candidate]] = {}
    for one in ranked:
        groups.setdefault(catalogue.group[one.programme.id], []).append(one)
    shown = [max(group, key=lambda one: newest_first(one.programme)) for group in groups.values()]
    return [
        (head, tuple(one.programme.id for one in group if one is not head))
        for head, group in zip(shown, groups.values(), strict=True)
    ]


def _hit(
    one: _Candidate,
    also: tuple[str, ...],
    asked: Understood,
    readings: Sequence[Reading],
    offerings: Offers,
    there: frozenset[str],
) -> Hit:
    known = [offer for id in (one.programme.id, *also) for offer in offerings.get(id, ())]
    places = tuple(offer for offer in known if offer.municipality_code in there) if there else tuple(known)
    return Hit(one.programme, tuple(_reasons(one, asked, readings, bool(there and places))), places, also)


def _reasons(one: _Candidate, asked: Understood, readings: Sequence[Reading], is_there: bool) -> Iterable[Why]:
    if asked.codes:
        yield Why("card.why.code", {"code": asked.codes[0]})
    matched = one.found.matched if one.found else {}
    for reading in readings:
        if reading.word in matched:
            shown = reading.read_as or reading.word
            yield Why("card.why.spelling" if reading.read_as else f"card.why.{matched[reading.word]}", {"word": shown})
            break
    else:
        if asked.words:
            yield Why("card.why.meaning")
    if asked.level and fits(one.programme, asked.level):
        yield Why("card.why.level", {"level": {"say": f"level.{one.programme.level}"}})
    if is_there and asked.place:
        yield Why("card.why.there", {"place": asked.place.name})


def _place_answer(
    catalogue: Catalogue,
    place: LinkedPlace | None,
    there: frozenset[str],
    hits: Sequence[Hit],
    offerings: Offers,
) -> tuple[PlaceAnswer | None, tuple[SchoolNear, ...]]:
    if place is None:
        return None, ()
    if any(hit.places for hit in hits):
        return "offer", ()
    shown = [offer for hit in hits for id in (hit.programme.id, *hit.also) for offer in offerings.get(id, ())]
    kinds = {kind for hit in hits for kind in SCHOOLS_OF.get(hit.programme.level or "", ())}
    seated, schools = schools_for(catalogue, place, there, shown, kinds=kinds)
    if not schools:
        return None, ()  # of Flemish schools our sources say no seat
    return ("seat" if seated else "nearest"), schools


def _facets(programmes: Sequence[Programme]) -> dict[str, dict[str, int]]:
    """How many of all found programmes have each level, mode and domain."""
    counts = {
        "level": Counter(one.level for one in programmes if one.level),
        "mode": Counter(mode for one in programmes for mode in one.modes),
        "sector": Counter(one.domain for one in programmes if one.domain),
    }
    return {name: dict(sorted(count.items())) for name, count in counts.items()}
