"""The `wegwijs` command as an operator runs it: a process of its own, with a data directory of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import OF_AN_INSTALLATION

ROOT = Path(__file__).resolve().parent.parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def wegwijs(tmp_path: Path) -> Run:
    """Run a command; gives exit code, output and what it told."""

    def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        own = {name: value for name, value in os.environ.items() if name not in OF_AN_INSTALLATION}
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=ROOT,
            env={**own, "DATA_DIR": str(tmp_path), **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
