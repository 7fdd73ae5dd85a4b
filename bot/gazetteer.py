"""Lists of known names, and where they occur in a text: programmes, interests, cities, institutions, modes, languages.

Works on words, so that "Sint-Niklaas" and "sint niklaas" are one name, and forgives one slip in a long word.
"""

import itertools
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

LISTED = ("institution", "mode", "occupation", "programme", "interest", "city", "language")
"""The listed types. An occupation is a `programme` in a message: what it leads to, or what one wants to become."""

LEXICON = Path(__file__).parent / "lexicon"
SPOKEN_FROM = 5
"""Letters of a town that is written as it is said, without its last n: "Leuve", "Mechele"."""
FUZZY_FROM = 6
"""Letters a word needs before a slip in it is forgiven; shorter words have too many neighbours."""
LONG_WORD = 11
"""From here two slips are forgiven."""

COMMON_PLACES = frozenset({
    "asse", "best", "boom", "borne", "damme", "diest", "duffel", "ede", "elst", "essen", "geel", "goes", "halle",
    "hamme", "hoorn", "horst", "houten", "hulst", "kampen", "leek", "lier", "melle", "menen", "mol", "monster",
    "oss", "peer", "roden", "soest", "tiel", "weert", "zele",
})  # fmt: skip
"""Towns that are everyday words too; every other one of `bot/lexicon` is understood without a capital."""

_WORD = re.compile(r"[^\W_]+")
_JOINER = re.compile(r"[\s\-'’./&+]{0,3}")


class Word(NamedTuple):
    """A word of a text: without accents and capitals, and where it stands."""

    plain: str
    start: int
    end: int


class Span(NamedTuple):
    """Words of a text that are a known name."""

    entity: str
    start: int
    end: int
    is_exact: bool


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """A word without capitals and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(plain(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


@dataclass(frozen=True)
class Gazetteer:
    """Known names by type, ready to be looked up; immutable once built."""

    names: Mapping[tuple[str, ...], tuple[str, ...]]
    """The words of a name -> the types that know it."""
    heads: Mapping[str, int]
    """First word of a name -> the most words that a name beginning so has."""
    neighbours: Mapping[tuple[str, int], tuple[str, ...]]
    """(First letter, length) -> long single-word names, to forgive slips."""
    common: frozenset[str]
    """Words that are everyday language: never taken for a slip in a name, and no city without a capital."""

    @classmethod
    def build(cls, lists: Mapping[str, Iterable[str]], *, common: Iterable[str] = ()) -> "Gazetteer":
        """Index names by type; types that are not `LISTED` are ignored."""
        types: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for entity in LISTED:
            for name in lists.get(entity, ()):
                key = tuple(word.plain for word in words(name))
                if key and len("".join(key)) > 1 and not key[0].isdigit():
                    types[key].add(entity)
        heads: dict[str, int] = defaultdict(int)
        near: dict[tuple[str, int], set[str]] = defaultdict(set)
        for key in types:
            heads[key[0]] = max(heads[key[0]], len(key))
            if len(key) == 1 and len(key[0]) >= FUZZY_FROM:
                near[key[0][0], len(key[0])].add(key[0])
        names = {key: tuple(entity for entity in LISTED if entity in found) for key, found in types.items()}
        return cls(names, dict(heads), {k: tuple(sorted(v)) for k, v in near.items()}, frozenset(map(plain, common)))

    @classmethod
    def from_json(cls, lists: Mapping[str, Any]) -> "Gazetteer":
        """Index the catalogue's export on top of the words of everyday speech in `bot/lexicon`."""
        spoken = everyday_words()
        both = {entity: [*spoken.get(entity, ()), *lists.get(entity, ())] for entity in LISTED}
        return cls.build(both, common=lists.get("common", ()))

    @classmethod
    def read(cls, path: Path) -> "Gazetteer":
        """Read the catalogue's export from a file."""
        return cls.from_json(json.loads(path.read_text(encoding="utf-8")))

    def spans(self, text: str) -> Iterator[Span]:
        """Find all names in a text; the longest at each word, one span for each type that knows it."""
        found = words(text)
        for at, word in enumerate(found):
            yield from self._longest_at(text, found, at) or self._with_a_slip(word)

    def _longest_at(self, text: str, found: list[Word], at: int) -> list[Span]:
        for size in range(self._most_words(found[at].plain), 0, -1):
            some = found[at : at + size]
            types = self.names.get(tuple(word.plain for word in some)) or self._of_one(some)
            gaps = itertools.pairwise(some) if types else ()
            if types and all(_JOINER.fullmatch(text, a.end, b.start) for a, b in gaps):
                return [Span(entity, some[0].start, some[-1].end, True) for entity in types]
        return []

    def _most_words(self, first: str) -> int:
        spoken = {"s": first[:-1], "e": f"{first}n"}.get(first[-1:])  # "plumbers", "Leuve"; see `_of_one`
        return max(self.heads.get(first, 0), self.heads.get(spoken, 0) if spoken else 0)

    def _of_one(self, some: list[Word]) -> tuple[str, ...]:
        """The types of "plumbers" (occupations are listed as one person's), and of a town as it is said: "Leuve"."""
        last = some[-1].plain
        if last.endswith("e") and len(some) == 1 and len(last) >= SPOKEN_FROM and last not in self.common:
            spoken = self.names.get((f"{last}n",), ())
            return spoken if spoken == ("city",) else ()  # "iets met diere" names no Dieren
        if not last.endswith("s") or len(last) < FUZZY_FROM:
            return ()
        types = self.names.get((*(word.plain for word in some[:-1]), last[:-1]), ())
        return ("occupation",) if "occupation" in types else ()

    def _with_a_slip(self, word: Word) -> list[Span]:
        if len(word.plain) < FUZZY_FROM or word.plain in self.common or not word.plain.isalpha():
            return []
        allowed = 2 if len(word.plain) >= LONG_WORD else 1
        best = min(
            (
                (OSA.distance(word.plain, name, score_cutoff=allowed), name)
                for size in range(len(word.plain) - allowed, len(word.plain) + allowed + 1)
                for name in self.neighbours.get((word.plain[0], size), ())
            ),
            default=(allowed + 1, ""),
        )
        if best[0] > allowed or best[1].startswith(word.plain):
            return []  # "purchase" is no slip in "purchaser"
        return [Span(entity, word.start, word.end, False) for entity in self.names[(best[1],)]]


@lru_cache(maxsize=1)
def everyday_words() -> Mapping[str, tuple[str, ...]]:
    """The lists of `bot/lexicon`, by type."""
    return {
        entity: tuple(line for line in (LEXICON / f"{entity}.txt").read_text(encoding="utf-8").splitlines() if line)
        for entity in LISTED
    }
