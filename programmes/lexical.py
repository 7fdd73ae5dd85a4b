"""Finds programmes by their words: BM25 over stems in memory, built when the catalogue is opened.

Not SQLite's FTS5 or PostgreSQL's tsvector: those two weigh words differently, so a query would rank differently on
each engine; a few thousand names fit in memory and are ranked in a millisecond.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from programmes.stems import stem, words

K1, B = 1.2, 0.3
"""BM25's saturation and length: names are short, so length says little."""
WHOLE, PART, SLIP = 1.0, 0.55, 0.7
"""Weights of a word as it stands, as part of a compound, and read through a typing error."""
AGAIN = 0.5
"""What a word adds when it stands in a field again, up to three times: mechatronics is technical four times over."""
PART_LETTERS = 5
"""Letters that two words must share to be called parts of one another: "paarden" in "paardenverzorger"."""


FIRST_LETTERS, LAST_LETTERS = 3, 4
"""Letters that the halves of a compound need at least: ict|beheer."""
TWO_SLIPS_LETTERS = 8
"""Letters a word needs before two slips in it are forgiven."""
LONGEST_WORD = 40
"""Longer ones are no words ("verpleegkundigeeeeeee..."), and cost time."""


@dataclass(frozen=True)
class Field:
    """Text of a document, in one language, and what a word in it is worth."""

    name: str
    language: str
    weight: float
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """How one word of the query was read: as these terms, each with a weight."""

    word: str
    terms: Mapping[str, float]
    read_as: str | None = None
    """The word that was probably meant, when it was misspelt."""


@dataclass
class Found:
    """A document that answers some of the query."""

    score: float = 0.0
    matched: dict[str, str] = field(default_factory=dict)
    """Word of the query -> name of the field where it counted most."""


class LexicalIndex:
    """Documents by the stems of their words."""

    def __init__(self, documents: Mapping[str, Iterable[Field]]) -> None:
        self._postings: dict[str, dict[str, float]] = defaultdict(dict)
        self._where: dict[tuple[str, str], tuple[float, str]] = {}
        self._vocabulary: dict[str, set[str]] = defaultdict(set)
        lengths: dict[str, float] = {}
        for id, fields in documents.items():
            weights: dict[str, float] = defaultdict(float)
            for part in fields:
                self._add(id, part, weights)
            lengths[id] = sum(weights.values())
            for term, weight in weights.items():
                self._postings[term][id] = weight
        self._lengths = lengths
        self._mean = (sum(lengths.values()) / len(lengths)) if lengths else 1.0
        self._long_words = [word for word in self._vocabulary if len(word) >= PART_LETTERS]

    def _add(self, id: str, part: Field, weights: dict[str, float]) -> None:
        own: Counter[str] = Counter()
        for text in part.texts:
            for word in words(text):
                term = f"{part.language}:{stem(word, part.language)}"
                self._vocabulary[word].add(term)
                own[term] += 1
        for term, times in own.items():
            weights[term] += part.weight * (1 + AGAIN * (min(times, 4) - 1))
            if part.weight > self._where.get((term, id), (0.0, ""))[0]:
                self._where[term, id] = (part.weight, part.name)

    @property
    def vocabulary(self) -> frozenset[str]:
        """All folded words that stand in a document."""
        return frozenset(self._vocabulary)

    def read(self, word: str) -> tuple[Reading, ...]:
        """Read one folded word of a query: as it stands, as two words written as one, or through a slip."""
        if len(word) > LONGEST_WORD:
            return ()
        known = self._terms(word)
        if known:
            return (Reading(word, known),)
        halves = self._halves(word)
        if halves:
            return tuple(
                Reading(word, {term: weight * PART for term, weight in self._terms(half).items()}) for half in halves
            )
        parts = self._compounds(word) or [other for other in self._long_words if other in word]
        contained = {term: PART for other in parts for term in self._vocabulary[other]}
        if contained:
            return (Reading(word, contained),)
        meant = self._meant(word)
        terms = {term: SLIP for other in meant for term in self._vocabulary[other]}
        return (Reading(word, terms, meant[0] if meant else None),)

    def _terms(self, word: str) -> dict[str, float]:
        """The terms of a word that stands in documents, and of the compounds that it is a part of."""
        known = self._exactly(word)
        if known:
            for other in self._compounds(word):
                for term in self._vocabulary[other]:
                    known.setdefault(term, PART)
        return known

    def _exactly(self, word: str) -> dict[str, float]:
        terms = (f"{language}:{stem(word, language)}" for language in ("nl", "en"))
        return {term: WHOLE for term in terms if term in self._postings}

    def _halves(self, word: str) -> tuple[str, str] | None:
        """The two known words of a compound that nobody wrote down: auto|techniek, hond(en)|verzorging."""
        for at in range(len(word) - LAST_LETTERS, FIRST_LETTERS - 1, -1):
            left, right = word[:at], word[at:]
            if not self._exactly(right):
                continue
            for whole in (left, left.removesuffix("s"), left.removesuffix("en")):
                if len(whole) >= FIRST_LETTERS and self._exactly(whole):
                    return whole, right
        return None

    def _compounds(self, word: str) -> list[str]:
        """The known words that hold this one or its stem: "verpleegkunde" for "verpleeg"."""
        if len(word) < PART_LETTERS:
            return []
        root = min((stem(word, language) for language in ("nl", "en")), key=len)
        root = root if len(root) >= PART_LETTERS else word
        return [other for other in self._long_words if root in other]

    def _meant(self, word: str) -> list[str]:
        if len(word) < PART_LETTERS:
            return []
        # Two slips only behind the same first letter: "bestellen" does not mean "herstellen".
        near = self._near(word, self._long_words, self._long_words)
        return near or self._near(word, [name[: len(word)] for name in self._long_words], self._long_words)

    @staticmethod
    def _near(word: str, forms: list[str], names: list[str]) -> list[str]:
        slips = 1 if len(word) < TWO_SLIPS_LETTERS else 2
        found = process.extract(word, forms, scorer=OSA.distance, score_cutoff=slips, limit=8)
        fitting = [(distance, names[at]) for form, distance, at in found if distance <= 1 or form[0] == word[0]]
        return [name for distance, name in fitting if distance == fitting[0][0]]

    def search(self, readings: Iterable[Reading]) -> dict[str, Found]:
        """Score all documents that hold a term; of one word's several terms only the best counts."""
        found: dict[str, Found] = defaultdict(Found)
        for reading in readings:
            # One rarity for all terms of a word: else a compound that stands once in the catalogue ("procestechniek")
            # would beat the plain word that was typed ("techniek").
            holders = {id for term in reading.terms for id in self._postings[term]}
            rarity = math.log(1 + (len(self._lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
            best: dict[str, tuple[float, str]] = {}
            for term, weight in reading.terms.items():
                for id, strength in self._strengths(term):
                    if strength * weight > best.get(id, (0.0, ""))[0]:
                        best[id] = (strength * weight, self._where[term, id][1])
            for id, (strength, name) in best.items():
                found[id].score += rarity * strength
                found[id].matched[reading.word] = name
        return dict(found)

    def _strengths(self, term: str) -> Iterable[tuple[str, float]]:
        for id, weight in self._postings[term].items():
            length = 1 - B + B * self._lengths[id] / self._mean
            yield id, weight * (K1 + 1) / (weight + K1 * length)
