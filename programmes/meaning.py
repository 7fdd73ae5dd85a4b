"""Finds programmes by what is meant: sentence vectors of their names and of our words for their themes."""

import hashlib
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder import DIMENSIONS, E5, USE, EncoderMissing, encode
from core.logging import get_logger

Vectors = NDArray[np.float32]

log = get_logger()


class MeaningIndex:
    """The vectors of the documents' texts; a document is as near as the nearest of its texts."""

    def __init__(self, texts: Mapping[str, Sequence[str]], *, cache: Path) -> None:
        """Read the vectors from the cache, or encode the texts (once for each catalogue, some 20 s) and keep them.

        Raises:
            EncoderMissing: the vectors are not cached and there is no encoder.
        """
        self.ids = tuple(texts)
        distinct = _distinct(texts)
        self._vectors = vectors_of(distinct, cache)
        at = {text: row for row, text in enumerate(distinct)}
        width = max((len(some) for some in texts.values()), default=1)
        self._rows = np.array(
            [[at[text] for text in some] + [at[some[0]]] * (width - len(some)) for some in texts.values()],
            dtype=np.int32,
        ).reshape(len(self.ids), width)

    def nearness(self, vector: Vectors) -> dict[str, float]:
        """How near each document is to a query's vector, roughly -1 to 1: the mean of both encoders' cosines."""
        both = (self._vectors[:, E5] @ vector[E5] + self._vectors[:, USE] @ vector[USE]) / 2
        return dict(zip(self.ids, both[self._rows].max(axis=1).tolist(), strict=True))


def are_kept(texts: Mapping[str, Sequence[str]], *, cache: Path) -> bool:
    """Whether the vectors of these documents were made before."""
    return _path(_distinct(texts), cache).exists()


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


def _path(texts: Sequence[str], cache: Path) -> Path:
    return cache / f"vectors-{hashlib.sha256('\n'.join(texts).encode()).hexdigest()[:16]}.npz"


def vectors_of(texts: Sequence[str], cache: Path) -> Vectors:
    """The vectors of texts, in their order, read from the cache or made and kept there.

    Raises:
        EncoderMissing: they are not cached and there is no encoder.
    """
    path = _path(texts, cache)
    try:
        with np.load(path) as kept:
            known: Vectors = kept["vectors"].astype(np.float32)
        if known.shape == (len(texts), DIMENSIONS):
            return known
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        pass  # not there yet, or cut off while it was written: encode again
    vectors = encode(texts)
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.npz")  # api and actions may open a new catalogue at one time
    np.savez_compressed(unfinished, vectors=vectors.astype(np.float16))  # half the disk; ranks do not move
    unfinished.replace(path)
    return vectors
