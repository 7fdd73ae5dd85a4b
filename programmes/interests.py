"""Six interests (Holland's RIASEC) and how well two sets of them agree. Arithmetic alone."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from programmes.models import InterestProfile

INTERESTS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
STANDS_OUT = 0.25
"""Standard deviations above the mean of somebody's six from which an interest stands out."""

type Numbers = NDArray[np.float64]


def numbers(row: InterestProfile) -> tuple[float, ...]:
    """The six numbers of a row, in the order of `INTERESTS`."""
    return tuple(float(getattr(row, name)) for name in INTERESTS)


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's, -1.0 to 1.0: whether the same interests stand out. 0.0 where one of them has none that does."""
    return float(standardised([one])[0] @ standardised([other])[0]) / len(one)


def standardised(rows: Sequence[Sequence[float]]) -> Numbers:
    """Each row around its own mean, in its own standard deviations; a row without any difference becomes noughts."""
    given = np.asarray(rows, dtype=np.float64).reshape(len(rows), -1)
    around = given - given.mean(axis=1, keepdims=True)
    spread = around.std(axis=1, keepdims=True)
    made: Numbers = np.divide(around, spread, out=np.zeros_like(around), where=spread > 1e-9)  # noqa: PLR2004 -- nought
    return made


class InterestIndex:
    """The interests of all programmes that have them."""

    def __init__(self, profiles: Mapping[str, InterestProfile]) -> None:
        """Index programmes: id -> profile."""
        self.ids = tuple(profiles)
        self._row = {id: row for row, id in enumerate(self.ids)}
        self._rows = standardised([numbers(profile) for profile in profiles.values()] or [[0.0] * len(INTERESTS)])

    def fits(self, person: Mapping[str, float]) -> dict[str, float]:
        """Programme -> correlation with the six interests of somebody, -1.0 to 1.0."""
        own = standardised([[person[name] for name in INTERESTS]])[0]
        return dict(zip(self.ids, (self._rows @ own / len(own)).tolist(), strict=False))

    def shared(self, person: Mapping[str, float], id: str) -> tuple[str, ...]:
        """The interests that stand out in both, those that add most to their correlation first."""
        own, its = standardised([[person[name] for name in INTERESTS]])[0], self._rows[self._row[id]]
        both = zip(INTERESTS, own * its, np.minimum(own, its) > STANDS_OUT, strict=True)
        return tuple(name for _, name in sorted(((adds, name) for name, adds, holds in both if holds), reverse=True))

    def sharing(self, person: Mapping[str, float]) -> frozenset[str]:
        """The programmes with which somebody shares an interest that stands out in both."""
        own = standardised([[person[name] for name in INTERESTS]])[0]
        holds = (np.minimum(self._rows, own) > STANDS_OUT).any(axis=1)
        return frozenset(id for id, one in zip(self.ids, holds, strict=False) if one)
