"""A real Wegwijs for tests: `wegwijs serve` on free ports with a data directory of its own, killed piece by piece."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx2

ROOT = Path(__file__).resolve().parent.parent
START_S = 300
OF_AN_INSTALLATION = {"ENCRYPTION_KEYS", "INTERNAL_SECRET", "DATABASE_URL", "CATALOGUE_URL", "TRACKER_URL", "PORT"}
"""Settings that another test may have put into the environment, and that belong to one installation."""


def four_free_ports() -> int:
    """The first of four free ports in a row."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first: int = probe.getsockname()[1]
        if first > 60000:
            continue
        try:
            for port in range(first, first + 4):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first


class House:
    """Starts everything; knows its addresses, its coaches' passwords and its processes."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = four_free_ports()
        self.url = f"http://127.0.0.1:{self.port}"
        self.operations = f"http://127.0.0.1:{self.port + 1}"
        self.log = data_dir / "serve.log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in OF_AN_INSTALLATION},
            "DATA_DIR": str(data_dir),
            **environment,
        }

    def __enter__(self) -> Self:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        for vectors in (ROOT / "var").glob("vectors-*.npz"):  # names of programmes, encoded once for all houses
            shutil.copy(vectors, self.data_dir)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "serve", "--port", str(self.port)],
                cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            self._wait_for(lambda: "Wegwijs is ready" in self.said, "the house did not get ready")
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    @property
    def said(self) -> str:
        """What `serve` printed so far."""
        return self.log.read_text(errors="replace")

    def coach(self, team: str) -> tuple[str, str]:
        """E-mail and password of the first coach of a team, as printed once."""
        found = re.search(rf"First coach: (\S*{re.escape(team)}\S*)\s+password: (\S+)", self.said)
        assert found, "no coach was printed"
        return found[1], found[2]

    def pid(self, name: str) -> int:
        """The process id of `api`, `rasa` or `actions`."""
        marks = {"api": "-m\0api", "rasa": "bot.components.server", "actions": "-m\0actions"}
        for directory in Path("/proc").glob("[0-9]*"):
            try:
                parent = (directory / "stat").read_text().rsplit(")", 1)[1].split()[1]
                if int(parent) == self.process.pid and marks[name] in (directory / "cmdline").read_text():
                    return int(directory.name)
            except (FileNotFoundError, ProcessLookupError):
                continue
        raise AssertionError(f"{name} is not running")

    def kill(self, name: str) -> int:
        """Kill a process without mercy; gives the id that died."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_until_ready(self) -> None:
        """Until every process answers again."""
        self._wait_for(self._is_ready, "the house did not come back")

    def _is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.operations}/health", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False

    def _wait_for(self, is_so: Callable[[], bool], otherwise: str) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if is_so():
                return
            assert self.process.poll() is None, f"serve ended:\n{self.said}"
            time.sleep(0.2)
        raise AssertionError(f"{otherwise}:\n{self.said}")
