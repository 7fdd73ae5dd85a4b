"""Finds programmes by what a whole sentence is about: nearness to names, bynames and themes, each voting for its own.

A thing is often said in other words than anybody foresaw ("omgaan met bejaarden", "fix phones"), but it lies near to a
byname or a theme then, and those know their programmes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder import centred
from programmes.meaning import Vectors, both, kept_vectors

WISHING = (
    "ik wil later iets doen",
    "ik zoek een opleiding",
    "welke studie past bij mij",
    "mijn zoon wil iets leren",
    "ik werk graag en wil een diploma",
    "I want to study something",
    "which course should I take",
    "I would like a job",
    "my daughter wants to learn",
    "what can I become later",
)
"""Wishes without a subject: what is near to these as well says nothing, so it is taken off (measured on `dev`)."""


@dataclass(frozen=True)
class Topic:
    """A text, and the programmes that it speaks for, each with a weight."""

    text: str
    programmes: Mapping[str, float]


@dataclass(frozen=True)
class Voters:
    """Topics of one kind, and how they vote."""

    topics: Sequence[Topic]
    share: float
    sharpness: int = 1
    """Power of a nearness: the higher, the more the nearest decide."""
    is_spread: bool = False
    """Whether a programme that many topics speak for needs more of them."""


@dataclass(frozen=True)
class About:
    """What a sentence is about."""

    shares: Mapping[str, float]
    """Programme -> from 0 (as most are) to 1 (the best)."""
    nearest: float
    """Nearness of the nearest topic."""


class TopicIndex:
    """The vectors of all topics, and for which programmes each votes."""

    def __init__(self, voters: Sequence[Voters], *, cache: Path) -> None:
        """Read the vectors from the cache, or encode the texts and keep them.

        Raises:
            EncoderMissing: the vectors are not cached and there is no encoder.
        """
        topics = [topic for some in voters for topic in some.topics]
        self._ids = sorted({id for topic in topics for id in topic.programmes})
        texts = sorted({*WISHING, *(topic.text for topic in topics)})
        vectors = kept_vectors(texts, cache)
        at = {text: row for row, text in enumerate(texts)}
        self._wishing: Vectors = vectors[[at[text] for text in WISHING]].mean(axis=0)
        row = {id: number for number, id in enumerate(self._ids)}
        self._kinds = [_Kind.of(some, vectors[[at[topic.text] for topic in some.topics]], row) for some in voters]

    def about(self, vector: Vectors) -> About:
        """What a query's vector is about."""
        query = centred(vector[None, :], self._wishing)[0]
        total = np.zeros(len(self._ids))
        nearest = 0.0
        for kind in self._kinds:
            near = both(kind.vectors, query)
            nearest = max(nearest, float(near.max(initial=0.0)))
            total += kind.voters.share * _from_middle(kind.votes(near))
        best = float(total.max(initial=0.0)) or 1.0
        return About(dict(zip(self._ids, (total / best).tolist(), strict=True)), nearest)


@dataclass(frozen=True)
class _Kind:
    voters: Voters
    vectors: Vectors
    programmes: NDArray[np.int64]
    topics: NDArray[np.int64]
    weights: NDArray[np.float64]
    scale: NDArray[np.float64]

    @classmethod
    def of(cls, voters: Voters, vectors: Vectors, row: Mapping[str, int]) -> "_Kind":
        votes = [
            (row[id], number, weight)
            for number, topic in enumerate(voters.topics)
            for id, weight in topic.programmes.items()
        ]
        programmes = np.array([vote[0] for vote in votes], dtype=np.int64)
        counts = np.maximum(np.bincount(programmes, minlength=len(row)), 1)
        return cls(
            voters,
            centred(vectors, vectors.mean(axis=0)),
            programmes,
            np.array([vote[1] for vote in votes], dtype=np.int64),
            np.array([vote[2] for vote in votes]),
            np.sqrt(counts) if voters.is_spread else np.ones(len(row)),
        )

    def votes(self, near: NDArray[np.float32]) -> NDArray[np.float64]:
        strength = np.maximum(near, 0.0).astype(np.float64) ** self.voters.sharpness
        return np.bincount(self.programmes, self.weights * strength[self.topics], len(self.scale)) / self.scale


def _from_middle(values: NDArray[np.float64]) -> NDArray[np.float64]:
    above = np.maximum(values - np.median(values), 0.0)
    return above / (above.max(initial=0.0) or 1.0)
