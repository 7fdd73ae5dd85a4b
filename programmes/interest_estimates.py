"""Estimates the interests of a programme that no occupation surely stands for: of the occupations nearest in meaning.

Made once and stored with the catalogue (`wegwijs estimate-interests`), never while somebody waits. How good the guesses
are is measured on the programmes whose interests we know (`leave_one_out`).
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder import E5, USE, centred
from programmes.catalogue import Catalogue
from programmes.interests import INTERESTS, Numbers, correlation, numbers
from programmes.meaning import Vectors, kept_vectors
from programmes.models import Programme
from programmes.sources import DATA

OCCUPATIONS = DATA / "occupations.csv"
NEAREST = 20
"""Occupations that an estimate is made of; of more, the far ones pull all programmes to one middle."""
SHARPNESS = 0.05
"""Difference in nearness that makes an occupation count e times as much."""
OF_ITS_THEMES = 0.5
"""Share of what the themes say beside the name. These three were chosen on the programmes with known interests, where
the mean correlation of every choice tried lay between 0.79 and 0.83 (before `NAMESAKE`, which costs 0.02 there)."""
CALLED_ALIKE, NAMESAKE = 0.4, 1.0
"""Nearness of two names from which they mean the same work, and how much what lies above it counts beside the rest: a
programme that is called almost like an occupation is for that one, not for the average of its neighbours."""
NAMED = 3
"""Occupations that are shown as where an estimate came from."""
SAYS_NO_WORK = frozenset({"general-secondary", "entree"})
"""Themes of school itself. A programme that has no other is about no work, and gets no estimate."""
SAME = 0.01
"""Difference in all six numbers within which two occupations have the same profile."""


@dataclass(frozen=True)
class Occupation:
    """An occupation with its interests, 1 to 7 each, as O*NET has them."""

    name_nl: str
    name_en: str
    onet: str
    """Its code there; several occupations of ESCO may share one."""
    interests: tuple[float, ...]
    """In the order of `INTERESTS`."""


@dataclass(frozen=True)
class Estimate:
    """A guess at a programme's interests, in the order of `INTERESTS`."""

    interests: tuple[float, ...]
    occupations: tuple[str, ...]
    """Nearest first, in Dutch."""


def occupations() -> list[Occupation]:
    """Those of ESCO with a good match in O*NET."""
    with OCCUPATIONS.open(encoding="utf-8", newline="") as file:
        return [
            Occupation(row["name_nl"], row["name_en"], row["onet"], tuple(float(row[name]) for name in INTERESTS))
            for row in csv.DictReader(file)
        ]


class Estimator:
    """The meanings of all programmes, themes and occupations, side by side."""

    def __init__(self, catalogue: Catalogue, *, cache: Path) -> None:
        """Read the vectors from the cache, or encode them (about a minute) and keep them.

        Raises:
            EncoderMissing: they are not cached and there is no encoder.
        """
        self._catalogue = catalogue
        self.occupations = occupations()
        self._numbers: Numbers = np.array([one.interests for one in self.occupations])
        themes = sorted(catalogue.themes.keys() - SAYS_NO_WORK)
        self._theme_row = {id: row for row, id in enumerate(themes)}
        words = [_words(catalogue, id) for id in themes]
        called = [f"{one.name_nl} / {one.name_en}" for one in self.occupations]
        ids = list(catalogue.programmes)
        names = [f"{row.name_nl} / {row.name_en}" for row in catalogue.programmes.values()]
        self._row = {id: row for row, id in enumerate(ids)}
        # Names as the search has them, so that their vectors are there already.
        parts = [_vectors(texts, cache) for texts in (names, words, called)]
        # Around their middle: raw vectors of e5 all point one way, and then everything is near.
        middle = np.vstack([parts[0], parts[2]]).mean(axis=0)
        of_names, of_themes, of_work = (centred(part, middle) for part in parts)
        self._by_name = _nearness(of_names, of_work)
        self._by_theme = _nearness(of_themes, of_work)

    def estimate(self, programme: Programme, *, without: NDArray[np.bool_] | None = None) -> Estimate | None:
        """Guess at the interests of a programme; None when it is about no work.

        Args:
            without: occupations, in the order of `self.occupations`, that may not be used.
        """
        if programme.themes and set(programme.themes) <= SAYS_NO_WORK:
            return None
        near = self._nearness(programme)
        if without is not None:
            near = np.where(without, -np.inf, near)
        best = np.argsort(-near)[:NEAREST]
        weights = np.exp((near[best] - near[best[0]]) / SHARPNESS)
        guessed = weights @ self._numbers[best] / weights.sum()
        named = tuple(self.occupations[row].name_nl for row in best[:NAMED])
        return Estimate(tuple(round(float(one), 2) for one in guessed), named)

    def alike(self, known: Sequence[float], called: Sequence[str]) -> NDArray[np.bool_]:
        """Occupations that a known profile was, or may have been, made of: by name, O*NET code or the same numbers."""
        codes = {one.onet for one in self.occupations if one.name_nl in called}
        same_code = np.array([one.onet in codes for one in self.occupations])
        same_numbers: NDArray[np.bool_] = np.all(np.abs(self._numbers - np.array(known)) <= SAME, axis=1)
        return same_code | same_numbers

    def _nearness(self, programme: Programme) -> Numbers:
        by_name: Numbers = self._by_name[self._row[programme.id]].astype(np.float64)
        namesakes = NAMESAKE * np.maximum(by_name - CALLED_ALIKE, 0)
        rows = [self._theme_row[theme] for theme in programme.themes if theme in self._theme_row]
        if not rows:
            return by_name + namesakes
        by_theme: Numbers = self._by_theme[rows].mean(axis=0).astype(np.float64)
        near: Numbers = (1 - OF_ITS_THEMES) * by_name + OF_ITS_THEMES * by_theme + namesakes
        return near


def leave_one_out(catalogue: Catalogue, estimator: Estimator) -> dict[str, float]:
    """How well each known programme is guessed from all occupations but its own and those with the same profile.

    Returns:
        Programme id -> correlation of the guess with what is known.
    """
    found = {}
    for id, known in known_interests(catalogue):
        profile = catalogue.interests["programme", id]
        without = estimator.alike(known, profile.occupations)
        guess = estimator.estimate(catalogue.programmes[id], without=without)
        if guess is not None:
            found[id] = correlation(known, guess.interests)
    return found


def known_interests(catalogue: Catalogue) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Programmes whose interests are of occupations that surely are meant, with these interests."""
    for (kind, id), profile in catalogue.interests.items():
        if kind == "programme" and not profile.is_estimated and id in catalogue.programmes:
            yield id, numbers(profile)


def _words(catalogue: Catalogue, theme: str) -> str:
    row = catalogue.themes[theme]
    return ", ".join((*row.words_nl[:6], *row.words_en[:4]))


def _vectors(texts: Sequence[str], cache: Path) -> Vectors:
    distinct = sorted(set(texts))
    at = {text: row for row, text in enumerate(distinct)}
    rows: Vectors = kept_vectors(distinct, cache)[[at[text] for text in texts]]
    return rows


def _nearness(some: Vectors, others: Vectors) -> Vectors:
    """The mean of both encoders' cosines, each with each."""
    return np.asarray((some[:, E5] @ others[:, E5].T + some[:, USE] @ others[:, USE].T) / 2, dtype=np.float32)
