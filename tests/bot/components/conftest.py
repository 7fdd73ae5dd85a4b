"""Fixtures of the Rasa process (Python 3.10): a small model trained from the real files, and a real server."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.components import train
from bot.components.paths import ROOT

SECRET = "only-for-tests"
STARTS_WITHIN_S = 300
"""Rasa's imports take 10 s on an idle machine, and minutes on a busy one."""

PLANTED = "zwijgplant"
"""Typed in messages; must be found nowhere afterwards."""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of a few examples an intent and language; kept in var/ until an input changes."""
    examples = tmp_path_factory.mktemp("nlu")
    for language in ("nl", "en"):
        some = [_first_examples(path) for path in sorted((ROOT / "data" / "nlu" / language).glob("*.yml"))]
        text = yaml.safe_dump(
            {"version": "3.1", "nlu": [one for few in some for one in few]}, allow_unicode=True, sort_keys=False
        )
        (examples / f"{language}.yml").write_text(text, encoding="utf-8")
    data = (examples, ROOT / "data" / "rules")
    kept = ROOT / "var" / "test-models" / f"{train.digest(data)[:16]}.tar.gz"
    if not kept.exists():
        train.train(kept, data=data)
    return kept


def _first_examples(path: Path) -> list[dict[str, Any]]:
    intents = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return [{**one, "examples": "".join(one["examples"].splitlines(keepends=True)[:12])} for one in intents]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class Server:
    """A running Rasa process, its tracker database and its log."""

    port: int
    tracker: Path
    log: Path
    secret: str = SECRET
    _next: int = field(default=0)

    def request(self, method: str, path: str, body: Any = None, *, secret: str | None = SECRET) -> tuple[int, Any]:
        """Call it; returns status and JSON."""
        headers = {"Content-Type": "application/json", **({"X-Wegwijs-Secret": secret} if secret is not None else {})}
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        url = f"http://127.0.0.1:{self.port}/webhooks/wegwijs/{path}"
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310  (our own loopback)
                raw, status = response.read(), response.status
        except urllib.error.HTTPError as error:
            raw, status = error.read(), error.code
        return status, json.loads(raw) if raw else None

    def new_sender(self) -> str:
        """A sender that nobody used."""
        self._next += 1
        return f"conversation-{self._next}.1"

    def say(self, text: str | None = None, *, sender: str | None = None, **more: Any) -> dict[str, Any]:
        """One turn that must succeed."""
        metadata = more.pop("metadata", {"language": "nl", "country": "NL"})
        body = {
            "sender": sender or self.new_sender(),
            "text": text,
            "payload": None,
            "metadata": metadata,
            "slots": None,
            **more,
        }
        status, answer = self.request("POST", "message", body)
        assert status == 200, (status, answer)
        return dict(answer)


@pytest.fixture(scope="session")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server on a port of its own. Its action server is down: these tests are about Rasa's side."""
    folder = tmp_path_factory.mktemp("rasa")
    running = Server(free_port(), folder / "tracker.db", folder / "rasa.log")
    environment = os.environ | {
        "WEGWIJS_INTERNAL_SECRET": SECRET,
        "WEGWIJS_ACTIONS_URL": f"http://127.0.0.1:{free_port()}/webhook",
        "WEGWIJS_TRACKER_URL": f"sqlite:///{running.tracker}",
    }
    command = [sys.executable, "-m", "bot.components.server", "--port", str(running.port), "--model", str(model)]
    with (
        running.log.open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            _wait(lambda: running.request("GET", "health", secret=None)[0] == 200, process, running.log)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(is_ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            if is_ready():
                return
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.2)
    raise AssertionError(log.read_text())
