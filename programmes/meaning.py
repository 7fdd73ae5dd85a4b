"""Finds programmes by what is meant: sentence vectors of their names and of our words for their themes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot import vector_cache
from bot.encoder import E5, USE, EncoderMissing, encode
from bot.vector_cache import encode_kept
from core.logging import get_logger

Vectors = NDArray[np.float32]

KEPT = "vectors-names.npz"
"""Where the vectors of names and facts lie, in the folder that keeps them."""

log = get_logger()


class MeaningIndex:
    """The vectors of the documents' texts; a document is as near as the nearest of its texts."""

    def __init__(self, texts: Mapping[str, Sequence[str]], *, cache: Path) -> None:
        """Read the vectors from the cache, or encode the texts that are new (30 a second) and keep them.

        Raises:
            EncoderMissing: the vectors are not cached and there is no encoder.
        """
        self.ids = tuple(texts)
        distinct = _distinct(texts)
        self._vectors = kept_vectors(distinct, cache)
        at = {text: row for row, text in enumerate(distinct)}
        width = max((len(some) for some in texts.values()), default=1)
        self._rows = np.array(
            [[at[text] for text in some] + [at[some[0]]] * (width - len(some)) for some in texts.values()],
            dtype=np.int32,
        ).reshape(len(self.ids), width)

    def nearness(self, vector: Vectors) -> dict[str, float]:
        """How near each document is to a query's vector, roughly -1 to 1: the mean of both encoders' cosines."""
        near = both(self._vectors, vector)
        return dict(zip(self.ids, near[self._rows].max(axis=1).tolist(), strict=True))


def both(vectors: Vectors, vector: Vectors) -> NDArray[np.float32]:
    """The nearness of some vectors to one: the mean of both encoders' cosines."""
    return np.asarray((vectors[:, E5] @ vector[E5] + vectors[:, USE] @ vector[USE]) / 2, dtype=np.float32)


def are_kept(texts: Mapping[str, Sequence[str]], *, cache: Path) -> bool:
    """Whether the vectors of these documents were made before."""
    return vector_cache.are_kept(_distinct(texts), cache / KEPT)


def query_vector(text: str) -> Vectors | None:
    """Encode a query; None without an encoder, and then words alone must find it."""
    try:
        row: Vectors = encode([text])[0]
    except EncoderMissing:
        log.warning("encoder_missing", where="programmes")
        return None
    return row


def _distinct(texts: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted({text for some in texts.values() for text in some})


def kept_vectors(texts: Sequence[str], cache: Path) -> Vectors:
    """The vectors of some texts, from the cache, or encoded and kept.

    Raises:
        EncoderMissing: they are not cached and there is no encoder.
    """
    return encode_kept(texts, cache / KEPT)
