"""`make test`: a browser, a trained model, then every test under the interpreter that it is for."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
WHOLE = ("tests/browser", "tests/cluster", "tests/web")
"""What starts browsers or several processes has the machine to itself: beside other tests it starves on two cores."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def say(line: str) -> None:
    """A line of progress, in order with the output of the tests."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def find_chromium() -> str | None:
    """A Chromium of the system, or the one that Playwright keeps."""
    for name in CHROMIUMS:
        if path := shutil.which(name):
            return path
    kept = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return str(kept[-1]) if kept else None


def install_chromium() -> str | None:
    """The distribution's package where we may, Playwright's own otherwise."""
    say("→ Installing a Chromium for the browser tests")
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update"], check=False, env=environment, **quiet)  # type: ignore[call-overload]
        subprocess.run([apt, "install", "-y", "chromium"], check=False, env=environment, **quiet)  # type: ignore[call-overload]
        if path := find_chromium():
            return path
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find_chromium()


def prepare_model() -> None:
    """The tests of the whole house talk to the model that `make serve` would start."""
    subprocess.run([ROOT / ".venv" / "bin" / "wegwijs", "train"], check=True, cwd=ROOT)


def main() -> int:
    """Run everything; the exit code is 0 only if all of it passed."""
    chromium = find_chromium() or install_chromium()
    if chromium is None:
        say("✗ No Chromium, and none could be installed. Install one (apt-get install chromium), then try again.")
        return 1
    prepare_model()
    environment = os.environ | {"WEGWIJS_CHROMIUM": chromium}
    pytest = [sys.executable, "-m", "pytest", "-q"]
    rasa_side = ["-c", "bot/pytest.ini", "--rootdir", str(ROOT), "tests/bot/components"]
    bot = [str(BOT_PYTHON), "-m", "pytest", "-q", *rasa_side]
    two_workers = [*pytest, "-n", "2", "--dist", "loadfile", *(f"--ignore={folder}" for folder in WHOLE)]
    started = time.monotonic()
    codes = [
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        for command in (bot, two_workers, [*pytest, *WHOLE])
    ]
    say(f"Tests took {time.monotonic() - started:.0f} s.")
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
