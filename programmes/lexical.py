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
PART_LETTERS = 5
"""Letters that two words must share to be called parts of one another: "paarden" in "paardenverzorger"."""


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
            weights: Counter[str] = Counter()
            for part in fields:
                self._add(id, part, weights)
            lengths[id] = sum(weights.values())
            for term, weight in weights.items():
                self._postings[term][id] = weight
        self._lengths = lengths
        self._mean = (sum(lengths.values()) / len(lengths)) if lengths else 1.0
        self._long_words = [word for word in self._vocabulary if len(word) >= PART_LETTERS]

    def _add(self, id: str, part: Field, weights: Counter[str]) -> None:
        own: Counter[str] = Counter()
        for text in part.texts:
            for word in words(text):
                term = f"{part.language}:{stem(word, part.language)}"
                self._vocabulary[word].add(term)
                own[term] = 1  # said once or thrice in our own words, it is about it just as much
        for term in own:
            weights[term] += part.weight
            if part.weight > self._where.get((term, id), (0.0, ""))[0]:
                self._where[term, id] = (part.weight, part.name)

    @property
    def vocabulary(self) -> frozenset[str]:
        """All folded words that stand in a document."""
        return frozenset(self._vocabulary)

    def read(self, word: str) -> Reading:
        """Read one folded word of a query: as it stands, as a part or a whole of compounds, or through a slip."""
        terms = {f"{language}:{stem(word, language)}": WHOLE for language in ("nl", "en")}
        known = {term: weight for term, weight in terms.items() if term in self._postings}
        for other in self._parts(word):
            for term in self._vocabulary[other]:
                known.setdefault(term, PART)
        if known:
            return Reading(word, known)
        meant = self._meant(word)
        return Reading(word, {term: SLIP for other in meant for term in self._vocabulary[other]}, meant[0] if meant else None)

    def _parts(self, word: str) -> list[str]:
        if len(word) < PART_LETTERS:
            return []
        root = min((stem(word, language) for language in ("nl", "en")), key=len)
        root = root if len(root) >= PART_LETTERS else word
        return [other for other in self._long_words if root in other or other in word]

    def _meant(self, word: str) -> list[str]:
        if len(word) < PART_LETTERS:
            return []
        slips = 1 if len(word) < 8 else 2
        near = process.extract(word, self._long_words, scorer=OSA.distance, score_cutoff=slips, limit=4)
        if near:
            return [name for name, distance, _ in near if distance == near[0][1]]
        heads = [name[: len(word)] for name in self._long_words]
        close = process.extract(word, heads, scorer=OSA.distance, score_cutoff=slips, limit=4)
        return [self._long_words[at] for _, distance, at in close if distance == close[0][1]]

    def search(self, readings: Iterable[Reading]) -> dict[str, Found]:
        """Score all documents that hold a term; of one word's several terms only the best counts."""
        found: dict[str, Found] = defaultdict(Found)
        for reading in readings:
            best: dict[str, tuple[float, str]] = {}
            for term, weight in reading.terms.items():
                for id, score in self._scores(term):
                    if score * weight > best.get(id, (0.0, ""))[0]:
                        best[id] = (score * weight, self._where[term, id][1])
            for id, (score, name) in best.items():
                found[id].score += score
                found[id].matched[reading.word] = name
        return dict(found)

    def _scores(self, term: str) -> Iterable[tuple[str, float]]:
        postings = self._postings[term]
        rarity = math.log(1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
        for id, weight in postings.items():
            length = 1 - B + B * self._lengths[id] / self._mean
            yield id, rarity * weight * (K1 + 1) / (weight + K1 * length)
