"""Intents by kernel ridge regression: how alike a message is to each example, in meaning and in spelling.

The kernel adds a Gaussian over both sentence vectors (meaning, in both languages) and a linear part over hashed
character n-grams (spelling, slang). It is solved in closed form, in seconds for some thousand examples, and gives its
own leave-one-out predictions, on which the temperature of the softmax is fitted: on examples that it has seen any
model is far too sure. Measured against multinomial logistic regression over the same features in bot/README.md.

Saved as arrays and JSON: loading runs no code.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.linalg.lapack import spotri
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

from bot.encoder import Vectors, centred

NGRAM_BUCKETS = 2**15
"""Hash buckets for n-grams; 40 intents then weigh 5 MB."""

_ngrams = HashingVectorizer(
    analyzer="char_wb", ngram_range=(2, 5), n_features=NGRAM_BUCKETS, alternate_sign=False, strip_accents="unicode"
)


def ngrams(texts: list[str]) -> csr_matrix:
    """Hashed character n-grams (2 to 5, within words) of each text, length 1."""
    return _ngrams.transform(texts).astype(np.float32)


@dataclass(frozen=True)
class KernelModel:
    """The examples' vectors, the weight of each example for each intent, and the same for n-grams."""

    labels: tuple[str, ...]
    mean: Vectors
    examples: Vectors
    """A row an example: both vectors, centred, each of length 1."""
    weights: Vectors
    """(examples, intents)"""
    ngram_weights: Vectors
    """(buckets, intents)"""
    bias: Vectors
    settings: Vectors
    """Width of the Gaussian and inverse temperature of the softmax."""

    def probabilities(self, vectors: Vectors, texts: list[str]) -> Vectors:
        """Calibrated probabilities, a row a text, in the order of `labels`."""
        width, sharpness = self.settings
        meaning = _gaussian(centred(vectors, self.mean), self.examples, width) @ self.weights
        return softmax(sharpness * (meaning + ngrams(texts) @ self.ngram_weights + self.bias))

    def save(self, folder: Path) -> None:
        """Write `intents.npz` and `intents.json`."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        np.savez_compressed(folder / "intents.npz", **{k: v.astype(_ARRAYS[k]) for k, v in arrays.items()})
        (folder / "intents.json").write_text(json.dumps({"labels": self.labels}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "KernelModel":
        """Read what `save` wrote."""
        labels = json.loads((folder / "intents.json").read_text(encoding="utf-8"))["labels"]
        with np.load(folder / "intents.npz", allow_pickle=False) as arrays:
            return cls(tuple(labels), **{name: arrays[name].astype(np.float32) for name in _ARRAYS})


_ARRAYS: Mapping[str, Any] = {
    "mean": np.float32,
    "examples": np.float16,  # half the size; moves a probability by less than 0.001
    "weights": np.float32,
    "ngram_weights": np.float16,
    "bias": np.float32,
    "settings": np.float32,
}


def softmax(scores: Vectors) -> Vectors:
    """Rows that add up to 1."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def fit(vectors: Vectors, texts: list[str], labels: list[str], config: Mapping[str, Any]) -> KernelModel:
    """Train on labelled texts.

    Args:
        config: `width` of the Gaussian, `spelling` (what n-grams weigh beside meaning), `ridge` (how much is smoothed).
    """
    names, index = np.unique(np.asarray(labels), return_inverse=True)
    mean = vectors.mean(axis=0)
    examples, counted = centred(vectors, mean), ngrams(texts)
    wanted = np.where(index[:, None] == np.arange(len(names)), 1.0, -1.0).astype(np.float32)
    # The ridge keeps it far from singular, so that single precision is enough: half the time and memory.
    kernel = _gaussian(examples, examples, config["width"])
    kernel += config["spelling"] * (counted @ counted.T).toarray() + 1.0
    kernel[np.diag_indices_from(kernel)] += config["ridge"]
    factor, is_lower = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    weights = cho_solve((factor, is_lower), wanted)
    # Leave-one-out in closed form: what each example would score had it not been an example.
    inverse, _ = spotri(factor, lower=is_lower, overwrite_c=True)
    held_out = wanted - weights / np.diag(inverse)[:, None]
    sharpness = _sharpness(held_out, index)
    return KernelModel(
        labels=tuple(str(name) for name in names),
        mean=mean.astype(np.float32),
        examples=examples,
        weights=weights.astype(np.float32),
        ngram_weights=np.asarray(config["spelling"] * (counted.T @ weights), dtype=np.float32),
        bias=weights.sum(axis=0).astype(np.float32),
        settings=np.array([config["width"], sharpness], dtype=np.float32),
    )


def _gaussian(rows: Vectors, examples: Vectors, width: float) -> Vectors:
    """1 for the same vectors, towards 0 the more they differ; the dot product of two rows is at most 2."""
    return np.asarray(np.exp(width * (rows @ examples.T - 2.0)), dtype=np.float32)


def _sharpness(held_out: NDArray[Any], index: NDArray[Any]) -> float:
    """The inverse temperature under which held-out examples are least surprising."""

    def surprise(log_sharpness: float) -> float:
        right = softmax(np.exp(log_sharpness) * held_out)[np.arange(len(index)), index]
        return float(-np.log(right + 1e-9).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2.0, 4.0), method="bounded").x))
