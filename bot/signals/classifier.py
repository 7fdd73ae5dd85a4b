"""The second detector: what a message is like, by its meaning and by its words.

Two models with the same columns, each trained alone; their scores are averaged. They err on different messages: the
encoders blur short and coded wordings, the words know nothing that was never written so. Without an encoder the words
stand alone. Saved as arrays and JSON: loading runs no code.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder import Vectors
from bot.signals import meaning, wording
from bot.signals.examples import Labelled
from bot.signals.meaning import Meaning
from bot.signals.signal import TIERS, Speaker, Tier
from bot.signals.wording import Wordings

RISKS: tuple[Tier, ...] = ("acute", "urgent", "concern")
OTHERS: tuple[Speaker, ...] = ("parent", "friend")

WORTH_OF_RISK, WORTH_OF_ORDINARY = 3.0, 4.0
"""How much an acute or urgent example counts, and an ordinary question, beside one that counts once."""
LANDMARKS = 3000
"""Examples that a message is compared with; more make reading and training slower, and the figures no better."""
TINY = 1e-6
"""Added to a standard deviation: of very few examples it may be nothing."""
RARE = 0.1
"""Share of a kind's examples from which a tier is one of its own."""


@dataclass(frozen=True)
class Reading:
    """What the classifier makes of one message; scores run from about -1 (surely not) to 1 (surely)."""

    at_least: dict[Tier, float]
    """Tier -> score that it is that pressing, or more."""
    kinds: dict[str, float]
    standing: dict[str, float]
    """Kind -> how far its score is above what a worrying message usually has for it, in standard deviations."""
    speaker: Speaker
    nearest: str | None
    """The example with a signal that is most alike in meaning: why it thinks so. None without an encoder."""
    words: dict[str, str]
    """Kind or tier -> the words of the message that say most for it."""
    tiers: dict[str, list[Tier]]
    """Kind -> the tiers that its examples have, the usual one first."""


@dataclass(frozen=True)
class Classifier:
    """Both models, and what their columns mean."""

    columns: tuple[str, ...]
    """Tiers, kinds and speakers, in the order of the weights."""
    meaning: Meaning
    wordings: Wordings
    texts: tuple[str, ...]
    """Of the first landmarks: those with signals."""
    tiers: dict[str, list[Tier]]
    """Kind -> the tiers that its examples have, the usual one first."""
    usual: dict[str, tuple[float, float]]
    """Kind -> mean and standard deviation of its scores over all examples with signals.

    Acute and urgent examples count more, so their kinds score high everywhere: a concern is compared by standing."""

    def read(self, text: str, vector: Vectors | None) -> Reading:
        """Read one message.

        Args:
            vector: 896 floats; None where there is no encoder: then the words alone are read.
        """
        scores = self.wordings.read(text)
        nearest = None
        if vector is not None:
            likeness = self.meaning.likeness(vector[None, :])
            scores = (scores + self.meaning.scores(likeness)[0]) / 2
            nearest = self.texts[int(likeness[0, : len(self.texts)].argmax())]
        by_name = dict(zip(self.columns, scores.tolist(), strict=True))
        speaker = max(OTHERS, key=by_name.__getitem__)
        kinds = {name: score for name, score in by_name.items() if name in self.tiers}
        return Reading(
            at_least={tier: by_name[tier] for tier in RISKS},
            kinds=kinds,
            standing={kind: (score - self.usual[kind][0]) / self.usual[kind][1] for kind, score in kinds.items()},
            speaker=speaker if by_name[speaker] > 0 else "self",
            nearest=nearest,
            words=dict(zip(self.columns, self.wordings.telling(text), strict=True)),
            tiers=self.tiers,
        )

    def save(self, path: Path) -> None:
        """Write the arrays, and beside them the names."""
        said = np.flatnonzero(self.wordings.rare)
        np.savez(
            path,
            mean=self.meaning.mean,
            landmarks=self.meaning.landmarks.astype(np.float16),
            weights=self.meaning.weights,
            bias=self.meaning.bias,
            said=said.astype(np.int32),
            rare=self.wordings.rare[said].astype(np.float16),
            word_weights=self.wordings.weights[said].astype(np.float16),
            word_bias=self.wordings.bias,
        )
        names = {"columns": self.columns, "texts": self.texts, "tiers": self.tiers, "usual": self.usual}
        path.with_suffix(".json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError: it is not there, or damaged.
        """
        names = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        parts = (arrays[name].astype(np.float32) for name in ("mean", "landmarks", "weights", "bias"))
        rare = np.zeros(wording.BUCKETS, dtype=np.float32)
        rare[arrays["said"]] = arrays["rare"]
        weights = np.zeros((wording.BUCKETS, len(names["columns"])), dtype=np.float32)
        weights[arrays["said"]] = arrays["word_weights"]
        words = Wordings(rare, weights, arrays["word_bias"].astype(np.float32))
        usual = {kind: (mean, spread) for kind, (mean, spread) in names["usual"].items()}
        return cls(tuple(names["columns"]), Meaning(*parts), words, tuple(names["texts"]), names["tiers"], usual)


def fit(vectors: Vectors, labelled: Sequence[Labelled]) -> Classifier:
    """Train on labelled messages; those with signals come first."""
    tiers = _tiers_of_kinds(labelled)
    columns = (*RISKS, *sorted(tiers), *OTHERS)
    wanted = np.array([_wanted(one, columns) for one in labelled], dtype=np.float32)
    worth = np.array([_worth(one) for one in labelled], dtype=np.float32)
    landmarks = _landmarks(labelled)
    by_meaning = meaning.fit(vectors, wanted, worth, landmarks)
    by_words = wording.fit([one.text for one in labelled], wanted, worth)
    risky = [at for at, one in enumerate(labelled) if one.signals]
    in_words = np.stack([by_words.read(labelled[at].text) for at in risky])
    scores = (in_words + by_meaning.scores(by_meaning.likeness(vectors[risky]))) / 2
    usual = zip(columns, scores.mean(axis=0).tolist(), (scores.std(axis=0) + TINY).tolist(), strict=True)
    return Classifier(
        columns=columns,
        meaning=by_meaning,
        wordings=by_words,
        texts=tuple(labelled[at].text for at in landmarks if labelled[at].signals),
        tiers=tiers,
        usual={name: (mean, spread) for name, mean, spread in usual if name in tiers},
    )


def _landmarks(labelled: Sequence[Labelled]) -> NDArray[np.intp]:
    """Examples spread evenly over all files: two of three have a signal, if there are so many."""
    risky = sum(bool(one.signals) for one in labelled)
    parts = ((0, risky, LANDMARKS * 2 // 3), (risky, len(labelled), LANDMARKS // 3))
    spread = [np.linspace(start, end, min(most, end - start), endpoint=False) for start, end, most in parts]
    return np.concatenate(spread).astype(np.intp)


def _tiers_of_kinds(labelled: Sequence[Labelled]) -> dict[str, list[Tier]]:
    seen: dict[str, list[Tier]] = {}
    for one in labelled:
        for kind, tier, _ in one.signals:
            seen.setdefault(kind, []).append(tier)
    return {
        kind: sorted({tier for tier in tiers if tiers.count(tier) >= RARE * len(tiers)}, key=tiers.count, reverse=True)
        for kind, tiers in seen.items()
    }


def _worth(one: Labelled) -> float:
    if any(tier in {"acute", "urgent"} for _, tier, _ in one.signals):
        return WORTH_OF_RISK
    return WORTH_OF_ORDINARY if one.is_ordinary else 1.0


def _wanted(one: Labelled, columns: Sequence[str]) -> list[float]:
    risk = min((TIERS.index(tier) for _, tier, _ in one.signals), default=len(TIERS))
    holds: set[str] = {tier for tier in RISKS if risk <= TIERS.index(tier)}
    holds |= {kind for kind, _, _ in one.signals} | {speaker for _, _, speaker in one.signals}
    return [1.0 if column in holds else -1.0 for column in columns]
