"""Words, groups of words and pieces of words of a message as sparse features: what it says, whatever it means.

Needs no encoder and no vocabulary: a feature is the number of the bucket that its text falls in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.signals.spelling import fold

BUCKETS = 2**17
"""Even ones for words, odd ones for pieces. What shares a bucket shares a weight: in one message hardly ever two."""
PIECES = range(2, 6)
"""Letters in a piece of a word, its edges included: a slip of the thumb leaves most of them whole."""
GROUP = 3
"""Words in the longest group."""

LEAST = 3
"""Texts that have a feature, or it says nothing."""
RIDGE, STEPS = 3.0, 10
"""How much is smoothed, and steps to the solution; more change nothing (docs/signals.md)."""

_TOKEN = re.compile(r"\w+|[^\w\s]")

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sparse:
    """Rows of features: row i holds the entries from `starts[i]` up to `starts[i + 1]`."""

    buckets: NDArray[np.int32]
    values: Floats
    starts: NDArray[np.int64]

    def times(self, weights: Floats) -> Floats:
        """One number for each row: its features, each by its weight, added up."""
        sums = np.concatenate(([0.0], np.cumsum(self.values * weights[self.buckets], dtype=np.float64)))
        return (sums[self.starts[1:]] - sums[self.starts[:-1]]).astype(np.float32)

    def spread(self, rows: Floats) -> Floats:
        """One number for each bucket: the rows that have it, each by its number, added up."""
        return np.bincount(self.buckets, self.values * rows[self._row], minlength=BUCKETS).astype(np.float32)

    @cached_property
    def _row(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def counts(texts: Iterable[str]) -> Sparse:
    """How often each feature occurs in each text."""
    found = [_counted(text) for text in texts]
    sizes = [len(one) for one in found]
    return Sparse(
        np.fromiter(chain.from_iterable(found), np.int32, sum(sizes)),
        np.fromiter(chain.from_iterable(one.values() for one in found), np.float32, sum(sizes)),
        np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
    )


def rarity(counted: Sparse, *, least: int) -> Floats:
    """How much a feature says: the more, the fewer of these texts have it; nothing when fewer than `least` have."""
    having = np.bincount(counted.buckets, minlength=BUCKETS)
    return np.where(having >= least, np.log(len(counted.starts) / (1 + having)) + 1, 0).astype(np.float32)


def weighed(counted: Sparse, rare: Floats) -> Sparse:
    """Counts as comparable features: words together have length 1, and so have pieces."""
    values = (1 + np.log(counted.values)) * rare[counted.buckets]
    family = counted._row * 2 + counted.buckets % 2
    lengths = np.sqrt(np.bincount(family, values * values))
    return replace(counted, values=(values / (lengths[family] + 1e-9)).astype(np.float32))


def fit(texts: Sequence[str], wanted: Floats, worth: Floats) -> "Wordings":
    """Ridge regression on words, solved step by step.

    Args:
        wanted: for each text what each column should say.
        worth: how much each text counts.
    """
    counted = counts(texts)
    rare = rarity(counted, least=LEAST)
    rows = weighed(counted, rare)
    bias = np.average(wanted, axis=0, weights=worth)
    columns = [_solve(rows, column - usual, worth) for column, usual in zip(wanted.T, bias, strict=True)]
    return Wordings(rare, np.stack(columns, axis=1), bias.astype(np.float32))


@dataclass(frozen=True)
class Wordings:
    """What each feature says for each column."""

    rare: Floats
    weights: Floats
    """(buckets, columns)."""
    bias: Floats

    def read(self, text: str) -> Floats:
        """A score for each column."""
        row = weighed(counts([text]), self.rare)
        return np.asarray(row.values @ self.weights[row.buckets] + self.bias, dtype=np.float32)

    def telling(self, text: str) -> list[str]:
        """For each column the group of words that says most for it, without capitals; empty when none does."""
        said = list(_groups(tokens(text)))
        if not said:
            return [""] * len(self.bias)
        buckets = [bucket_of(group) for group in said]
        says = self.weights[buckets] * self.rare[buckets, None]
        best = says.argmax(axis=0)
        return [" ".join(said[at]) if says[at, column] > 0 else "" for column, at in enumerate(best)]


def _solve(rows: Sparse, wanted: Floats, worth: Floats) -> Floats:
    """The weights of one column, by conjugate gradients: no matrix of all features is ever made."""
    weights: Floats = np.zeros(BUCKETS, dtype=np.float32)
    left: Floats = rows.spread(worth * wanted)
    way, size = left, float(left @ left)
    for _ in range(STEPS):
        bent = rows.spread(worth * rows.times(way)) + RIDGE * way
        step = size / (float(way @ bent) + 1e-12)
        weights += step * way
        left = np.asarray(left - step * bent, dtype=np.float32)
        before, size = size, float(left @ left)
        way = np.asarray(left + size / (before + 1e-12) * way, dtype=np.float32)
    return weights


def tokens(text: str) -> list[str]:
    """Words and marks as they are compared."""
    return _TOKEN.findall(fold(text))


def bucket_of(group: Sequence[str]) -> int:
    """Where a group of words is counted."""
    return _bucket(" ".join(group)) * 2


def _counted(text: str) -> Counter[int]:
    said = tokens(text)
    return Counter(chain((bucket_of(some) for some in _groups(said)), _pieces(said)))


def _groups(said: Sequence[str]) -> Iterator[Sequence[str]]:
    for size in range(1, GROUP + 1):
        yield from (said[at : at + size] for at in range(len(said) - size + 1))


def _pieces(said: Sequence[str]) -> Iterator[int]:
    for word in said:
        edged = f" {word} "
        for size in PIECES:
            yield from (_bucket(edged[at : at + size]) * 2 + 1 for at in range(len(edged) - size + 1))


def _bucket(feature: str) -> int:
    return crc32(feature.encode("utf-8", "replace")) % (BUCKETS // 2)
