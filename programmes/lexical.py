"""Finds programmes by their words: stems weighed by rarity, in memory, built when the catalogue is opened.

Not SQLite's FTS5 or PostgreSQL's tsvector: those two weigh words differently, so a query would rank differently on
each engine; a few thousand names fit in memory and are ranked in a millisecond.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from programmes.stems import content, stem, words
from programmes.vocabulary import Vocabulary

WHOLE, PART, SLIP = 1.0, 0.55, 0.7
"""Weights of a word as it stands, as part of a compound, and read through a typing error."""
ALSO = 0.25
"""What further fields add that hold a word too, beside the field where it weighs most."""
SHORT = 0.5
"""Share of a name's weight that goes to how much of the name one word is: "kok" is all of Kok, and half of Kok zee."""
LOOSE = 0.5
"""What one word of a phrase is worth while the rest of the phrase was not said."""


@dataclass(frozen=True)
class Field:
    """Texts of a document, in one language, and what a word in them is worth."""

    name: str
    language: str
    weight: float
    texts: tuple[str, ...]
    is_name: bool = False
    """A name may be said in part; of other texts, only the whole text means what it says."""


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


type Weighed = tuple[float, str]
"""What a term is worth in a document, and the field that says so."""


class LexicalIndex:
    """Documents by the stems of their words."""

    def __init__(self, documents: Mapping[str, Iterable[Field]], *, fillers: frozenset[str] = frozenset()) -> None:
        """Index all documents.

        Args:
            fillers: folded words that say nothing inside a phrase: "met je handen werken" is about hands.
        """
        self._fillers = fillers
        self._size = len(documents)
        self._postings: dict[str, dict[str, Weighed]] = defaultdict(dict)
        self._phrases: dict[str, dict[frozenset[str], dict[str, Weighed]]] = defaultdict(lambda: defaultdict(dict))
        terms_of: dict[str, set[str]] = defaultdict(set)
        for id, fields in documents.items():
            for part in fields:
                for text in part.texts:
                    self._add(id, part, text, terms_of)
        self.known = Vocabulary(terms_of, fillers=fillers)

    def _add(self, id: str, part: Field, text: str, terms_of: dict[str, set[str]]) -> None:
        said = words(text)
        telling = [word for word in content(text, self._fillers) if len(word) > 1] or said
        terms = []
        for word in said if part.is_name else telling:
            term = f"{part.language}:{stem(word, part.language)}"
            terms_of[word].add(term)
            terms.append(term)
        share = 1 - SHORT + SHORT / len(telling) if part.is_name else LOOSE if len(telling) > 1 else 1.0
        for term in terms:
            self._weigh(self._postings[term], id, (part.weight * share, part.name))
        if len(telling) > 1 and not part.is_name:
            whole = frozenset(terms)
            for term in whole:
                held = self._phrases[term][whole]
                held[id] = max(held.get(id, (0.0, "")), (part.weight, part.name))

    @staticmethod
    def _weigh(posting: dict[str, Weighed], id: str, new: Weighed) -> None:
        old = posting.get(id)
        if old is None:
            posting[id] = new
        else:
            high, low = max(old, new), min(old, new)
            posting[id] = (high[0] + (ALSO * low[0] if old[1] != new[1] else 0.0), high[1])

    @property
    def vocabulary(self) -> frozenset[str]:
        """All folded words that stand in a document."""
        return self.known.words

    def read(self, word: str) -> tuple[Reading, ...]:
        """Read one folded word of a query: as it stands, as two words written as one, or through a slip."""
        if self.known.is_too_long(word):
            return ()
        known = self._terms(word)
        if known:
            return (Reading(word, known),)
        if self.known.is_filler(word):
            return ()
        meant = self.known.misspelt(word)
        halves = None if meant else self.known.halves(word)
        if halves:
            return tuple(
                Reading(word, {term: weight * PART for term, weight in self._terms(half).items()}) for half in halves
            )
        parts = self.known.compounds(word) or self.known.parts(word)
        contained = {term: PART for other in parts for term in self.known.terms(other)}
        if contained and not meant:
            return (Reading(word, contained),)
        meant = meant or self.known.meant(word)
        terms = {term: SLIP for other in meant for term in self.known.terms(other)}
        return (Reading(word, terms, meant[0] if meant else None),)

    def _terms(self, word: str) -> dict[str, float]:
        """The terms of a word that stands in documents, and of the compounds that it is a part of."""
        known = dict.fromkeys(self.known.exactly(word), WHOLE)
        if known:
            for other in self.known.compounds(word):
                for term in self.known.terms(other):
                    known.setdefault(term, PART)
        return known

    def search(self, readings: Iterable[Reading]) -> dict[str, Found]:
        """Score all documents that hold a term; of one word's several terms only the best counts."""
        read = list(readings)
        said = {term for reading in read for term, weight in reading.terms.items() if weight > PART}
        found: dict[str, Found] = defaultdict(Found)
        for reading in read:
            # One rarity for all terms of a word: else a compound that stands once in the catalogue ("procestechniek")
            # would beat the plain word that was typed ("techniek").
            best: dict[str, Weighed] = {}
            for term, weight in reading.terms.items():
                for id, (strength, name) in self._strengths(term, said):
                    if strength * weight > best.get(id, (0.0, ""))[0]:
                        best[id] = (strength * weight, name)
            rarity = math.log(1 + (self._size - len(best) + 0.5) / (len(best) + 0.5))
            for id, (strength, name) in best.items():
                found[id].score += rarity * strength
                found[id].matched[reading.word] = name
        return dict(found)

    def _strengths(self, term: str, said: set[str]) -> Iterator[tuple[str, Weighed]]:
        yield from self._postings.get(term, {}).items()
        for phrase, held in self._phrases.get(term, {}).items():
            if phrase <= said:
                yield from held.items()
