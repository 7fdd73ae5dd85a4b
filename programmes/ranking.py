"""How well each programme answers a query: its words, its meaning, and what it is about, fused into one score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from programmes.catalogue import Catalogue
from programmes.levels import fits
from programmes.lexical import Found, Reading
from programmes.meaning import query_vector
from programmes.models import Programme
from programmes.query import Understood

MEANING_SHARE, MEANING_SHARE_OF_SENTENCE = 0.35, 0.45
"""What meaning weighs beside words where words were found, in a short query and in a sentence (measured on `dev`)."""
SENTENCE = 4
"""Words that say something, from which a query is a sentence."""
MEANING_FROM = 0.35
"""Share of the best nearness from which a programme is found by meaning, without a word."""
MEANING_ENOUGH, TOPIC_ENOUGH = 0.68, 0.42
"""Nearness to a name and to a topic that is needed where no word was found. Below it lies chance: "brandweerman", for
whom there is no programme, is 0.67 near to a carpenter of roofs, and "brandweer" 0.41 to a topic."""
KIN_OF = 8
"""Best programmes whose themes say what the query is about."""
KIN_SHARE = 0.6
"""What being about the same weighs, beside 1.0 for the best score."""
LIKED, TOLD = 0.6, 0.25
"""What a word counts that is only liked beside a wish, and one that somebody only tells about himself."""
SLIP_IN_SENTENCE = 0.3
"""What a word counts that was read as another, among many words: mostly an everyday word that we do not know."""
DENIED, DENIED_FROM = 0.3, 0.6
"""What was said not to be wanted keeps this share; it is what scores at least so much of the best for those words."""
TAIL = 0.2
"""What scores less than this share of the best is left out."""
PROVEN = {"offer": 1.2, "listed": 1.15, None: 1.0}
"""Recent proof goes first among equals."""
UNTOLD = 1.08
"""What goes for proof in Dutch higher education, of which no source says what is still given (measured on `dev`)."""
SPECIAL = 0.7
"""Special secondary education is for who was referred to it: others see it below, unless they ask for it."""

COMBINED = 0.7
"""What a combination of options of the Flemish first grade keeps, which is about each of them only in part."""


@dataclass
class Candidate:
    """A programme that may be an answer."""

    programme: Programme
    score: float
    found: Found | None = None


def readings_of(catalogue: Catalogue, said: Sequence[str]) -> list[Reading]:
    """How the words of a query are read in this catalogue."""
    return [reading for word in catalogue.lexical.known.joined(said) for reading in catalogue.lexical.read(word)]


def candidates_for(
    catalogue: Catalogue, asked: Understood, readings: Sequence[Reading], vector: NDArray[np.float32] | None
) -> list[Candidate]:
    """All programmes that answer a query, in no order; without words or codes, all programmes, scored alike.

    Args:
        vector: the sentence vector of `asked.subject`, when somebody encoded it already.
    """
    coded = [id for code in asked.codes for id in catalogue.ids_by_code.get(code, ())]
    if coded:
        return [Candidate(catalogue.programmes[id], 1.0) for id in dict.fromkeys(coded)]
    if not asked.words:
        return [_weighed(Candidate(programme, 1.0)) for programme in catalogue.programmes.values()]
    told = [_lighter(one, TOLD) for one in readings_of(catalogue, asked.told)]
    found = catalogue.lexical.search([*(_weighed_reading(one, asked) for one in readings), *told])
    score = _with_kin(catalogue, _fused(found, _about(catalogue, asked, vector, has_words=bool(found)), asked))
    least = TAIL * max(score.values(), default=0.0)
    kept = [Candidate(catalogue.programmes[id], one, found.get(id)) for id, one in score.items() if one >= least]
    _lower_denied(catalogue, kept, asked)
    return [_weighed(one) for one in kept]


def _weighed(one: Candidate) -> Candidate:
    is_untold = one.programme.proof is None and (one.programme.country, one.programme.system) == ("NL", "ho")
    one.score *= UNTOLD if is_untold else PROVEN[one.programme.proof]
    one.score *= SPECIAL if one.programme.level == "buso" else 1.0
    if one.programme.level == "so-1" and " - " in one.programme.name_nl:
        one.score *= COMBINED
    return one


def _weighed_reading(reading: Reading, asked: Understood) -> Reading:
    is_slip = reading.read_as is not None and len(asked.words) >= SENTENCE
    share = (LIKED if reading.word in asked.liked else 1.0) * (SLIP_IN_SENTENCE if is_slip else 1.0)
    return reading if share == 1.0 else _lighter(reading, share)


def _lighter(reading: Reading, share: float) -> Reading:
    return replace(reading, terms={term: weight * share for term, weight in reading.terms.items()})


def _about(
    catalogue: Catalogue, asked: Understood, vector: NDArray[np.float32] | None, *, has_words: bool
) -> Mapping[str, float]:
    """What the sentence is about, as shares of programmes; empty without an encoder, or where it is about nothing."""
    if catalogue.meaning is None or catalogue.topics is None:
        return {}
    vector = query_vector(asked.subject) if vector is None else vector
    if vector is None:
        return {}
    about = catalogue.topics.about(vector)
    if not has_words and about.nearest < TOPIC_ENOUGH:
        return {id: 1.0 for id, near in catalogue.meaning.nearness(vector).items() if near >= MEANING_ENOUGH}
    return about.shares


def _fused(found: Mapping[str, Found], about: Mapping[str, float], asked: Understood) -> dict[str, float]:
    """One score for words and meaning, of what a word found or what is near enough."""
    top = max((one.score for one in found.values()), default=0.0) or 1.0
    by_meaning = MEANING_SHARE if len(asked.words) < SENTENCE else MEANING_SHARE_OF_SENTENCE
    near = {id for id, share in about.items() if share >= MEANING_FROM}
    return {
        id: (1 - by_meaning) * (found[id].score / top if id in found else 0.0) + by_meaning * about.get(id, 0.0)
        for id in found.keys() | near
    }


def _with_kin(catalogue: Catalogue, score: Mapping[str, float]) -> dict[str, float]:
    """Raise what is about the same as the best, and add what is so without any word of the query."""
    best = sorted(score.items(), key=lambda one: one[1], reverse=True)[:KIN_OF]
    if not best or best[0][1] <= 0:
        return dict(score)
    top = best[0][1]
    near = catalogue.kinship.nearness({id: (value / top) ** 2 for id, value in best})
    return {
        id: score.get(id, 0.0) + KIN_SHARE * top * value
        for id, value in zip(catalogue.kinship.ids, near.tolist(), strict=True)
        if value > 0 or id in score
    }


def _lower_denied(catalogue: Catalogue, candidates: Iterable[Candidate], asked: Understood) -> None:
    """Put what was said not to be wanted below the rest: "werken in een ziekenhuis maar geen verpleegster"."""
    found = catalogue.lexical.search(readings_of(catalogue, asked.denied))
    top = max((one.score for one in found.values()), default=0.0)
    for one in candidates:
        against = found.get(one.programme.id)
        is_denied = against is not None and against.score >= DENIED_FROM * top
        if is_denied or (asked.denied_level and fits(one.programme, asked.denied_level)):
            one.score *= DENIED
