"""Which programmes are about the same: by the themes that they share, rare themes counting most.

Whoever types "SJD" means one programme; social work and law, which share its themes, are the next best answers.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray


class Kinship:
    """The themes of all programmes, as directions of length 1."""

    def __init__(self, themes: Mapping[str, Iterable[str]]) -> None:
        """Index programmes: id -> themes."""
        self.ids = tuple(themes)
        self._row = {id: row for row, id in enumerate(self.ids)}
        counts = Counter(theme for some in themes.values() for theme in some)
        column = {theme: at for at, theme in enumerate(sorted(counts))}
        self._vectors: NDArray[np.float32] = np.zeros((len(self.ids), len(column)), dtype=np.float32)
        for row, some in enumerate(themes.values()):
            for theme in some:
                self._vectors[row, column[theme]] = math.log(1 + len(self.ids) / counts[theme])
        lengths = np.linalg.norm(self._vectors, axis=1, keepdims=True)
        self._vectors /= np.where(lengths > 0, lengths, 1)

    def nearness(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """How much each programme, in the order of `ids`, is about the same as some others, 0.0-1.0.

        Args:
            weights: id -> how much it counts.
        """
        profile = np.zeros(self._vectors.shape[1], dtype=np.float32)
        for id, weight in weights.items():
            profile += weight * self._vectors[self._row[id]]
        length = float(np.linalg.norm(profile))
        near: NDArray[np.float32] = self._vectors @ (profile / np.float32(length or 1.0))
        return near
