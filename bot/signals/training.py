"""Trains the classifier: `models/signals.npz`, whole or not, and only when what it learns from has changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from bot.signals import classifier, examples, meaning, spelling, wording
from bot.signals.classifier import Classifier
from bot.vector_cache import encode_kept

MODEL = examples.ROOT / "models" / "signals.npz"
VECTORS = examples.ROOT / "var" / "vectors.npz"
"""Vectors of examples, kept between trainings; the language model keeps its own there too."""
BATCH = 64


def is_current(output: Path = MODEL) -> bool:
    """Whether the classifier at `output` was trained from the present examples and code."""
    try:
        return output.exists() and _note(output).read_text(encoding="utf-8") == _digest()
    except OSError:
        return False


def encode() -> None:
    """Encode all examples beforehand, on every core; the language model's are among them."""
    encode_kept([one.text for one in _labelled()], VECTORS, batch=BATCH)


def train(output: Path = MODEL) -> None:
    """Train and put the classifier in place at once."""
    digest = _digest()
    labelled = _labelled()
    vectors = encode_kept([one.text for one in labelled], VECTORS, batch=BATCH)
    made = classifier.fit(vectors, labelled)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        draft = Path(folder) / output.name
        made.save(draft)
        for name in (".json", ".npz"):  # the arrays last: whoever finds them finds their names
            os.replace(draft.with_suffix(name), output.with_suffix(name))
    _note(output).write_text(digest, encoding="utf-8")


def load(output: Path = MODEL) -> Classifier | None:
    """The classifier; None when there is none yet, or it is damaged: then the patterns stand alone."""
    try:
        return Classifier.load(output)
    except (OSError, ValueError, KeyError):
        return None


def _labelled() -> list[examples.Labelled]:
    """All examples, those with signals first."""
    marked = list(examples.with_signals())
    risky, alike = [one for one in marked if one.signals], [one for one in marked if not one.signals]
    return [*risky, *alike, *examples.ordinary()]


def _digest() -> str:
    whole = hashlib.sha256()
    code = [Path(str(room.__file__)) for room in (classifier, meaning, wording, spelling, examples)]
    for path in [*code, *examples.files()]:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _note(output: Path) -> Path:
    return output.with_suffix(".inputs")
