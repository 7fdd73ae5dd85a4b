"""`make compare-pipelines`: other pipelines beside ours, trained on the same data, judged on the development set.

A pipeline is a Rasa config: ours at the root, the others in `tests/pipelines`. Each is trained and answers in a process
of its own on Rasa's interpreter. `make train` went before, so the examples' vectors are there and are not counted.
Prints a table for docs/evaluation.md. DIET takes two minutes an epoch on two cores, three hours a pipeline: `--only`
names fewer pipelines, `--epochs` lets DIET learn for less long, and the table says so.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from cli import measures
from cli.evaluation import judged, read
from cli.training import BOT_PYTHON
from core.settings import ROOT

OURS, DEFAULT = "ours", "rasa_default"
CONFIGS = {OURS: ROOT / "config.yml"} | {
    name: ROOT / "tests" / "pipelines" / f"{name}.yml"
    for name in (DEFAULT, "diet_with_encoders", "logistic_regression")
}
DEV = ROOT / "tests" / "evaluation" / "intents" / "dev"
BAR = 0.40
"""Share of the default pipeline's errors that ours may not make."""
COLUMNS = (
    "pipeline", "accuracy", "macro-F1", "Dutch / English", "ECE", "out of scope at 95 % kept", "p95, one core",
    "memory", "training, CPU",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """How a pipeline did."""

    name: str
    messages: Sequence[measures.Judged]
    p95_ms: float
    memory_mb: float
    cpu_s: float

    @property
    def errors(self) -> float:
        """Share that is wrong, 0.0-1.0."""
        return 1 - measures.accuracy(self.messages)

    def row(self) -> str:
        """Its line of the table."""
        languages = measures.by_group(self.messages, "language")
        cells = (
            self.name.replace("_", " "),
            f"{1 - self.errors:.1%}",
            f"{measures.macro_f1(self.messages):.1%}",
            " / ".join(f"{measures.accuracy(languages[code]):.1%}" for code in ("nl", "en")),
            f"{measures.calibration_error(self.messages):.1%}",
            f"{measures.out_of_scope_recall(self.messages):.1%}",
            f"{self.p95_ms:.0f} ms",
            f"{self.memory_mb:.0f} MB",
            f"{self.cpu_s:.0f} s",
        )
        return table_row(cells)


def table_row(cells: Sequence[str]) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def measured(half: str, *paths: Path, lines: str = "") -> list[dict[str, Any]]:
    """Run one half of `tests.pipelines.measured`; stops when it fails."""
    done = subprocess.run(
        [BOT_PYTHON, "-m", "tests.pipelines.measured", half, *paths],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=lines,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def compare(name: str, messages: Sequence[dict[str, Any]], folder: Path, *, epochs: int | None = None) -> Measured:
    """Train a pipeline and let it read the messages; `epochs` of DIET instead of those in its config."""
    model, config = folder / f"{name}.tar.gz", CONFIGS[name]
    if epochs is not None and (shorter := shortened(config.read_text(), epochs)) is not None:
        config = folder / f"{name}.yml"
        config.write_text(shorter)
        name = f"{name}_({epochs}_epochs)"
    (cost,) = measured("train", config, model)
    asked = "".join(json.dumps({"text": one["text"]}) + "\n" for one in messages)
    *answers, weight = measured("answer", model, lines=asked)
    p95_ms = statistics.quantiles([one["took_ms"] for one in answers], n=20)[18]
    return Measured(name, judged(list(messages), answers), p95_ms, weight["memory_mb"], cost["cpu_s"])


def shortened(config: str, epochs: int) -> str | None:
    """A config whose DIET learns for so many epochs; None when it has no DIET."""
    pipeline = yaml.safe_load(config)
    learning = [part for part in pipeline["pipeline"] if part["name"] == "DIETClassifier"]
    for part in learning:
        part["epochs"] = epochs
    return yaml.safe_dump(pipeline, sort_keys=False) if learning else None


def report(names: Sequence[str], *, epochs: int | None = None) -> Iterator[str]:
    """The table, a line as soon as it is known, and the bar."""
    messages = read(DEV)
    cores = len(os.sched_getaffinity(0))
    yield f"{date.today():%Y-%m-%d}, {len(messages)} messages, {platform.machine()} with {cores} cores"  # noqa: DTZ011
    yield table_row(COLUMNS)
    yield table_row(["---"] * len(COLUMNS))
    done = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            done[name] = compare(name, messages, Path(folder), epochs=epochs)
            yield done[name].row()
    if OURS in done and DEFAULT in done:
        yield verdict(done[OURS].errors, done[DEFAULT].errors)


def verdict(ours: float, default: float) -> str:
    """Whether ours makes so many fewer errors than Rasa's default pipeline as the bar asks."""
    fewer = 1 - ours / default if default else 0.0
    holds = "holds" if fewer >= BAR else "does not hold"
    return f"{fewer:.0%} fewer errors than Rasa's default pipeline: the bar of {BAR:.0%} {holds}"


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", nargs="+", choices=list(CONFIGS), default=list(CONFIGS))
    arguments.add_argument("--epochs", type=int, help="of DIET, instead of those in its config")
    given = arguments.parse_args()
    for line in report(given.only, epochs=given.epochs):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
