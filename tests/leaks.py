"""No evaluation message, or one almost like it, may stand in the training data."""

import json
import re
import sys
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

ROOT = Path(__file__).resolve().parent.parent
ALIKE = 95
"""Similarity, 0-100, from which two messages count as the same; short messages must be equal, not similar."""
SHORT_WORDS = 4


def plain(text: str) -> str:
    """Lower case, letters and digits only."""
    return " ".join(re.findall(r"\w+", text.lower()))


def training_lines() -> list[str]:
    """Every example of `data/nlu`, `data/entities` and `data/signals`, made plain."""
    lines = []
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu", []):
            lines += [plain(line.strip()[2:]) for line in block.get("examples", "").splitlines() if line.strip()]
    for file in sorted((ROOT / "data" / "signals").glob("*.jsonl")):
        lines += [plain(json.loads(line)["text"]) for line in file.read_text("utf-8").splitlines() if line.strip()]
    for file in sorted((ROOT / "data" / "entities").glob("*.jsonl")):
        marked = (json.loads(line)["text"] for line in file.read_text("utf-8").splitlines())
        lines += [plain(re.sub(r"\[([^\]]+)\]\([a-z_]+\)", r"\1", text)) for text in marked]
    return lines


def evaluation_lines() -> list[tuple[str, str]]:
    """(file, message) of the sets that nothing may be trained on."""
    return [
        (str(file.relative_to(ROOT)), plain(json.loads(line)["text"]))
        for kind in ("intents", "signals")
        for file in sorted((ROOT / "tests" / "evaluation" / kind).rglob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]


def main() -> int:
    """Print each leak; 0 when there is none. One-word messages are everybody's and do not count."""
    trained = training_lines()
    exact = set(trained)
    leaks = []
    for file, text in evaluation_lines():
        words = len(text.split())
        if words < 2:
            continue
        if text in exact and words >= SHORT_WORDS:
            leaks.append(f"{file}: {text}")
        elif words > SHORT_WORDS and process.extractOne(text, trained, scorer=fuzz.ratio, score_cutoff=ALIKE):
            leaks.append(f"{file} (almost): {text}")
    sys.stdout.write("\n".join([*leaks, ""]))
    return 1 if leaks else 0


if __name__ == "__main__":
    raise SystemExit(main())
