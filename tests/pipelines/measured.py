"""Train a pipeline, or let it answer, and say what that cost; runs on Rasa's interpreter (3.10), a process each.

python -m tests.pipelines.measured train CONFIG MODEL    prints what training cost, as JSON
python -m tests.pipelines.measured answer MODEL          reads {"text": ...} a line, prints what was understood of each
                                                         and `took_ms`, and last what the process weighs
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.components import quiet_logs

quiet_logs.configure("ERROR")

WARM_UP = 5
"""Messages before the first that counts."""


def train(config: Path, model: Path) -> Iterator[dict[str, Any]]:
    """Train; what the featurizer's cache holds is not encoded again."""
    from bot.components.train import train as train_model

    started = time.perf_counter()
    train_model(model, config=config)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield {
        "took_s": time.perf_counter() - started,
        "cpu_s": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
    }


def answer(model: Path) -> Iterator[dict[str, Any]]:
    """Understand one message at a time on one core, the encoders included."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from rasa.core.agent import Agent

    from bot.components.understand import understand

    texts = [json.loads(line)["text"] for line in sys.stdin]
    processor = Agent.load(str(model)).processor
    assert processor is not None
    list(understand(processor, [{"text": text} for text in texts[:WARM_UP]]))
    for text in texts:
        started = time.perf_counter()
        (understood,) = understand(processor, [{"text": text}])
        yield understood | {"took_ms": (time.perf_counter() - started) * 1000}
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    yield {"memory_mb": pages * resource.getpagesize() / 2**20}


def main() -> None:
    """Do one half and say what it cost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("half", choices=["train", "answer"])
    arguments.add_argument("paths", nargs="+", type=Path)
    given = arguments.parse_args()
    for line in {"train": train, "answer": answer}[given.half](*given.paths):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
