"""What a search is narrowed by, and how many programmes each other choice would leave."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programmes.levels import WISHES, fits
from programmes.models import Programme

WORTH_A_LEVEL = 0.4
"""Share of the best score that a programme of the level needs, for the level to hold."""
EXACTLY: Mapping[str, frozenset[str]] = {"hbo": frozenset({"hbo", "bachelor"})}
"""Who says hbo means a bachelor; an associate degree or graduaat, which is hbo as well, comes below it."""
SAME_MODE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("BBL", "dual"), frozenset({"BBL", "dual"})),
    **dict.fromkeys(("BOL", "full-time"), frozenset({"BOL", "full-time"})),
}
"""The two countries' names for mostly working, and for mostly school."""

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Filters:
    """What was asked for; None is anything."""

    country: str | None = None
    sector: str | None = None
    level: str | None = None
    mode: str | None = None


_FITS: Mapping[str, Callable[[Programme, str], bool]] = {
    "country": lambda programme, choice: programme.country == choice,
    "sector": lambda programme, choice: programme.domain == choice,
    "level": fits,
    # Where nobody told us the modes, the programme stays.
    "mode": lambda programme, choice: not programme.modes or bool(SAME_MODE[choice] & set(programme.modes)),
}
_CHOICES: Mapping[str, Callable[[Iterable[Programme]], set[str]]] = {
    "country": lambda programmes: {one.country for one in programmes},
    "sector": lambda programmes: {one.domain for one in programmes if one.domain},
    "level": lambda programmes: set(WISHES),
    "mode": lambda programmes: {mode for one in programmes for mode in one.modes},
}


class Narrowing:
    """The filters over all programmes, as columns: a search counts some fifty choices, each in microseconds."""

    def __init__(self, programmes: Sequence[Programme], group: Mapping[str, str]) -> None:
        self._row = {one.id: row for row, one in enumerate(programmes)}
        heads = {head: at for at, head in enumerate(sorted(set(group.values())))}
        self._group = np.array([heads[group[one.id]] for one in programmes], dtype=np.int64)
        kinds: dict[Any, int] = {}
        self._kind = np.array([kinds.setdefault(_kind(one), len(kinds)) for one in programmes], dtype=np.int64)
        # One programme of each kind: what fits it fits all of that kind.
        first: dict[int, Programme] = {}
        for kind, programme in zip(self._kind.tolist(), programmes, strict=True):
            first.setdefault(kind, programme)
        self._examples = [first[kind] for kind in range(len(kinds))]
        self._choices = {name: sorted(choices(self._examples)) for name, choices in _CHOICES.items()}
        self._accepts = cache(self._accepted)

    def _accepted(self, name: str, choice: str) -> Mask:
        return np.array([_FITS[name](example, choice) for example in self._examples], dtype=bool)

    def rows(self, ids: Iterable[str]) -> Rows:
        """The rows of some programmes, in their order."""
        return np.array([self._row[id] for id in ids], dtype=np.int64)

    def narrow(self, rows: Rows, scores: NDArray[np.float64], filters: Filters) -> tuple[Mask, tuple[str, ...]]:
        """Say which rows fit. Country and sector always hold; a level or mode is let go of when nothing has it.

        Returns:
            A mask over the rows, and the filters that were let go.
        """
        kept = np.ones(len(rows), dtype=bool)
        for name in ("country", "sector"):
            if choice := getattr(filters, name):
                kept &= self._fits(rows, name, choice)
        best = scores[kept].max(initial=0.0)
        relaxed: list[str] = []
        for name, worth in (("level", WORTH_A_LEVEL), ("mode", 0.0)):
            choice = getattr(filters, name)
            if not choice or not kept.any():
                continue
            fitting = kept & self._fits(rows, name, choice)
            # "apothekersassistent niveau 1" is better answered with the real one than with any assistant of level 1.
            if fitting.any() and scores[fitting].max() >= worth * best:
                kept = fitting
            else:
                relaxed.append(name)
        return kept, tuple(relaxed)

    def _fits(self, rows: Rows, name: str, choice: str) -> Mask:
        mask: Mask = self._accepts(name, choice)[self._kind[rows]]
        return mask

    def count(self, rows: Rows) -> int:
        """How many programmes these are, near-duplicates as one."""
        return len(np.unique(self._group[rows]))

    def facets(self, rows: Rows, scores: NDArray[np.float64], filters: Filters) -> dict[str, dict[str, int]]:
        """How many programmes a search would give with each choice of one filter, the others as they are.

        Returns:
            Filter -> choice -> programmes. A choice that nothing has, or that would be let go of, is left out.
        """
        return {field.name: dict(self._counts(rows, scores, filters, field.name)) for field in fields(Filters)}

    def _counts(
        self, rows: Rows, scores: NDArray[np.float64], filters: Filters, name: str
    ) -> Iterator[tuple[str, int]]:
        for choice in self._choices[name]:
            kept, relaxed = self.narrow(rows, scores, replace(filters, **{name: choice}))
            if name not in relaxed and kept.any():
                yield choice, self.count(rows[kept])


def _kind(programme: Programme) -> tuple[Any, ...]:
    """All that a filter looks at."""
    return programme.country, programme.domain, programme.level, programme.kind, programme.modes
