"""Train the model: `python -m bot.components.train [--is-current]`.

Reads config.yml, domain.yml, data/nlu, data/rules, data/entities and var/gazetteer.json; writes
models/wegwijs.tar.gz, whole or not.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.components.paths import CONFIG, DOMAIN, GAZETTEER, MARKED_EXAMPLES, MODEL, ROOT, TRAINING_DATA


def inputs(data: Sequence[Path], config: Path, domain: Path) -> Iterator[Path]:
    """All files that a model depends on, our code included; the libraries are pinned by the lock file."""
    yield from (config, domain, ROOT / "requirements" / "bot.txt", GAZETTEER)
    for folder in data:
        yield from sorted(folder.rglob("*.yml"))
    yield from sorted((ROOT / "bot" / "lexicon").glob("*.txt"))
    yield from sorted(MARKED_EXAMPLES.glob("*.jsonl"))
    for name in ("ages", "bulk_encoder", "encoder", "entities", "gazetteer", "hints", "spans", "tagging"):
        yield ROOT / "bot" / f"{name}.py"
    for name in (
        "kernel_model",
        "sentence_featurizer",
        "intent_classifier",
        "entity_extractor",
        "entity_tagger",
        "train",
    ):
        yield ROOT / "bot" / "components" / f"{name}.py"


def digest(data: Sequence[Path], config: Path = CONFIG, domain: Path = DOMAIN) -> str:
    """One number for all inputs: the same means that training would give the same model."""
    whole = hashlib.sha256()
    for path in inputs(data, config, domain):
        whole.update(path.name.encode() + b"\0" + (path.read_bytes() if path.exists() else b"") + b"\0")
    return whole.hexdigest()


def train(output: Path, *, data: Sequence[Path] = TRAINING_DATA, config: Path = CONFIG, domain: Path = DOMAIN) -> None:
    """Train and put the model in place at once.

    Raises:
        rasa.shared.exceptions.RasaException: a file is broken or the rules contradict each other; says where.
    """
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # Rasa's cache does not see that the gazetteer changed
    from rasa.model_training import train as rasa_train  # noqa: PLC0415  (10 s, which `--is-current` need not wait)

    output.parent.mkdir(parents=True, exist_ok=True)
    before = digest(data, config, domain)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        result = rasa_train(
            domain=str(domain),
            config=str(config),
            training_files=[str(path) for path in data],
            output=folder,
            force_training=True,
            fixed_model_name="wegwijs",
        )
        if result.code != 0 or result.model is None:
            raise RuntimeError("Rasa trained nothing.")
        os.replace(result.model, output)
    _note(output).write_text(json.dumps({"inputs": before}), encoding="utf-8")


def is_current(output: Path, *, data: Sequence[Path] = TRAINING_DATA) -> bool:
    """Whether the model at `output` was trained from the present inputs."""
    try:
        return output.exists() and json.loads(_note(output).read_text(encoding="utf-8"))["inputs"] == digest(data)
    except (OSError, ValueError, KeyError):
        return False


def _note(output: Path) -> Path:
    return output.with_name(output.name + ".json")


def main() -> int:
    """Train, or say in one line why not."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--output", type=Path, default=MODEL)
    arguments.add_argument("--is-current", action="store_true", help="train nothing; exit 0 when the model is current")
    given = arguments.parse_args()
    if given.is_current:
        return 0 if is_current(given.output) else 1
    import structlog  # noqa: PLC0415

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(30)
    )  # training data is ours: warnings may speak
    started = time.monotonic()
    try:
        train(given.output)
    except Exception as error:
        reason = " ".join(str(error).split())
        sys.stderr.write(
            f"Training failed: {reason or type(error).__name__}\nMend that file, then run `make train` again.\n"
        )
        return 1
    sys.stdout.write(f"Trained in {time.monotonic() - started:.0f} s: {given.output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
