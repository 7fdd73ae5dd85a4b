"""The one search: words and meaning fused, filters that hold, places that are honest, and a reason for every hit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from programmes.catalogue import Catalogue, newest_first
from programmes.filters import EXACTLY, SAME_MODE, Filters
from programmes.levels import MASTERS, fits
from programmes.lexical import Reading
from programmes.models import Offering, Programme
from programmes.next_steps import ALL, Shares, next_steps, share_of
from programmes.places import LinkedPlace
from programmes.query import Understood, is_in_english, level_of, meaningful, mode_of, understand
from programmes.ranking import Candidate, candidates_for, readings_of
from programmes.schools import SchoolNear, schools_for
from programmes.stems import fold, words
from programmes.wishes import Wishes

PlaceAnswer = Literal["offer", "seat", "nearest"]

NOT_EXACTLY, AS_GOOD = 0.7, 0.9
"""What an associate degree keeps of its score when somebody says hbo, and a Flemish bachelor beside a Dutch one."""
NOT_YET = 0.1
"""What a master keeps, unless somebody asks for one or has a bachelor: so little that it comes last."""
UNKNOWN_MODE = 0.8
"""What a programme keeps of which nobody told us the modes, when somebody asks for one."""
MOST_OFFERS = 20
"""Offers of one programme that a search shows, the newest; its own page shows all."""
NOT_IN_ENGLISH = 0.75
"""What a programme keeps without an English name of its own, when somebody wants to be taught in English."""
SCHOOLS_OF = (
    dict.fromkeys("1234", ("mbo",))
    | dict.fromkeys(("ad", "hbo", "hbo-ma"), ("hbo",))
    | dict.fromkeys(("wo", "wo-ma"), ("wo",))
)
"""Level -> the kinds of school that may give it, for "which schools are there"."""
THERE, THERE_FROM = 1.3, 0.5
"""An offer in the place that was asked for goes before one without, if it scores so much of the best: a teacher
training in Amsterdam is no answer to "kok in Amsterdam". Measured against nothing: a choice."""


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
    """Known offers, the newest: in the place that was asked for, or anywhere when none was."""
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


def search_programmes(
    catalogue: Catalogue,
    wishes: Wishes,
    *,
    limit: int = 5,
    offset: int = 0,
    country: str | None = None,
    vector: NDArray[np.float32] | None = None,
    standing: str | None = None,
) -> SearchResult:
    """Find programmes.

    Args:
        wishes: words and filters; filters inside the words count as well, those beside them go first.
        limit: at most so many hits, from `offset` on.
        country: only programmes of this country; `wishes.country` is where the visitor is, and filters nothing. Both
            tell whether four digits can be a Dutch postcode.
        vector: the query's sentence vector, when somebody encoded exactly `wishes.query` already.
        standing: code of where the visitor stands, told before; without a wished level its next steps come first.
    """
    asked, unknown_place = _asked(catalogue, wishes, country or wishes.country)
    readings = readings_of(catalogue, asked.words)
    is_whole = asked.subject == " ".join(fold(wishes.query or "").split())
    found = _not_ruled_out(
        catalogue, candidates_for(catalogue, asked, readings, vector if is_whole else None), wishes.without
    )
    filters = Filters(country, wishes.sector, asked.level, asked.mode)
    rows = catalogue.narrowing.rows(one.programme.id for one in found)
    scores = np.array([one.score for one in found], dtype=np.float64)
    kept, relaxed = catalogue.narrowing.narrow(rows, scores, filters)
    facets = catalogue.narrowing.facets(rows, scores, filters)
    candidates = [one for one, is_kept in zip(found, kept.tolist(), strict=True) if is_kept]
    place = _Place.of(catalogue, asked.place, wishes)
    _weigh(candidates, filters, place, is_graduate=asked.is_graduate)
    said = wishes.query or ""
    shares = ALL if filters.level else next_steps(said, country=country or wishes.country, standing=standing)
    _weigh_person(candidates, shares, wants_english=is_in_english(said))
    grouped = _grouped(catalogue, candidates)
    page = grouped[offset : offset + limit]
    offers = _offers(catalogue, page, place)
    hits = tuple(_hit(one, also, asked, readings, offers, place) for one, also in page)
    answer, schools = _place_answer(catalogue, place, hits)
    return SearchResult(hits, answer, schools, facets, len(grouped), asked, relaxed, unknown_place)


@dataclass(frozen=True)
class _Place:
    """Where somebody wants to study, and what is known to be offered there."""

    linked: LinkedPlace | None
    municipalities: frozenset[str]
    programmes: frozenset[str]
    ruled_out: frozenset[str]
    """Municipalities."""
    modes_ruled_out: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue, linked: LinkedPlace | None, wishes: Wishes) -> "_Place":
        out = [place for said in wishes.without if (place := catalogue.places.exactly(words(said)))]
        ruled_out = frozenset(code for place in out for code in place.municipalities)
        modes = frozenset(mode for said in wishes.without if (mode := mode_of(said)))
        if linked is None:
            return cls(None, frozenset(), frozenset(), ruled_out, modes)
        near = catalogue.places.within(linked, wishes.within_km) if wishes.within_km else frozenset[str]()
        there = near | linked.municipalities
        given = catalogue.offers.programmes_at(there, without=ruled_out, without_modes=modes)
        return cls(linked, there, frozenset(given), ruled_out, modes)


def _asked(catalogue: Catalogue, wishes: Wishes, country: str) -> tuple[Understood, str | None]:
    """What the words ask for, filters beside them first; and the name of a place that we do not know."""
    vocabulary = catalogue.lexical.vocabulary
    asked = understand(wishes.query or "", catalogue.places, vocabulary=vocabulary, country=country)
    place = catalogue.places.link(wishes.city, country=country) if wishes.city else asked.place
    unknown = asked.unknown_place if not wishes.city else None if place else wishes.city
    level = level_of(wishes.level or "") or asked.level
    mode = mode_of(wishes.mode or "") or asked.mode
    is_graduate = asked.is_graduate or wishes.is_graduate
    return replace(asked, level=level, mode=mode, place=place, is_graduate=is_graduate), unknown


def _not_ruled_out(catalogue: Catalogue, candidates: list[Candidate], without: Iterable[str]) -> list[Candidate]:
    for said in without:
        level = level_of(said)
        if level:
            candidates = [one for one in candidates if not fits(one.programme, level)]
        elif not mode_of(said) and not catalogue.places.exactly(words(said)):
            out = catalogue.lexical.search(readings_of(catalogue, meaningful(said)))
            candidates = [one for one in candidates if one.programme.id not in out]
    return candidates


def _weigh(candidates: Sequence[Candidate], filters: Filters, place: _Place, *, is_graduate: bool) -> None:
    """Put first what is offered there, and last what fits the filters less well, or cannot be studied yet."""
    may_be_master = is_graduate or filters.level in MASTERS
    best = max((one.score for one in candidates), default=0.0)
    for one in candidates:
        if one.programme.id in place.programmes and one.score >= THERE_FROM * best:
            one.score *= THERE
        if one.programme.level not in EXACTLY.get(filters.level or "", {one.programme.level}):
            one.score *= NOT_EXACTLY
        elif filters.level == "hbo" and one.programme.level != "hbo":
            one.score *= AS_GOOD
        if filters.mode and not SAME_MODE[filters.mode] & set(one.programme.modes):
            one.score *= UNKNOWN_MODE
        if one.programme.level in MASTERS and not may_be_master:
            one.score *= NOT_YET


def _weigh_person(candidates: Sequence[Candidate], shares: Shares, *, wants_english: bool) -> None:
    """Put last what is not the next step of somebody who tells where they stand, or not taught in their language."""
    for one in candidates:
        one.score *= share_of(one.programme, shares)
        if wants_english and one.programme.name_en != one.programme.name_nl:
            one.score *= NOT_IN_ENGLISH


def _grouped(catalogue: Catalogue, candidates: Iterable[Candidate]) -> list[tuple[Candidate, tuple[str, ...]]]:
    """The best first, a programme once: of near-duplicates the best proven one, at the place of the best ranked one."""
    groups: dict[str, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda one: (one.score, newest_first(one.programme)), reverse=True):
        groups.setdefault(catalogue.group[one.programme.id], []).append(one)
    shown = [max(group, key=lambda one: newest_first(one.programme)) for group in groups.values()]
    return [
        (head, tuple(one.programme.id for one in group if one is not head))
        for head, group in zip(shown, groups.values(), strict=True)
    ]


def _offers(
    catalogue: Catalogue, page: Iterable[tuple[Candidate, tuple[str, ...]]], place: _Place
) -> Mapping[str, Sequence[Offering]]:
    """The offers of the programmes of a page that may be shown."""
    ids = [id for one, also in page for id in (one.programme.id, *also)]
    return catalogue.offerings(
        ids,
        municipalities=place.municipalities if place.linked else None,
        without=place.ruled_out,
        without_modes=place.modes_ruled_out,
        most=MOST_OFFERS,
    )


def _hit(
    one: Candidate,
    also: tuple[str, ...],
    asked: Understood,
    readings: Sequence[Reading],
    offers: Mapping[str, Sequence[Offering]],
    place: _Place,
) -> Hit:
    places = tuple(offer for id in (one.programme.id, *also) for offer in offers.get(id, ()))
    is_there = bool(place.linked and places)
    return Hit(one.programme, tuple(_reasons(one, asked, readings, is_there=is_there)), places, also)


def _reasons(one: Candidate, asked: Understood, readings: Sequence[Reading], *, is_there: bool) -> Iterable[Why]:
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
    catalogue: Catalogue, place: _Place, hits: Sequence[Hit]
) -> tuple[PlaceAnswer | None, tuple[SchoolNear, ...]]:
    if place.linked is None:
        return None, ()
    if any(hit.places for hit in hits):
        return "offer", ()
    kinds = {kind for hit in hits for kind in SCHOOLS_OF.get(hit.programme.level or "", ())}
    gives = catalogue.offers.schools_of([id for hit in hits for id in (hit.programme.id, *hit.also)])
    seated, schools = schools_for(catalogue, place.linked, place.municipalities, gives, kinds=kinds)
    if not schools:
        return None, ()  # of Flemish schools our sources say no seat
    return ("seat" if seated else "nearest"), schools
