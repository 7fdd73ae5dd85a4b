"""Training: the catalogue's names go out to the bot's interpreter, which trains if its inputs changed."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from bot.encoder import EncoderMissing
from bot.signals import training as signal_training
from cli.say import give_up, tell
from core.settings import ROOT, get_settings
from programmes.catalogue import open_catalogue
from programmes.gazetteer import export

MODEL = ROOT / "models" / "wegwijs.tar.gz"
GAZETTEER = ROOT / "var" / "gazetteer.json"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
LANGUAGE = [str(BOT_PYTHON), "-m", "bot.components.train"]


def export_gazetteer() -> None:
    """Write the catalogue's names where training looks for them, if they changed."""
    names = json.dumps(export(open_catalogue(get_settings().catalogue_address)), ensure_ascii=False, sort_keys=True)
    if not GAZETTEER.exists() or GAZETTEER.read_text("utf-8") != names:
        GAZETTEER.parent.mkdir(parents=True, exist_ok=True)
        GAZETTEER.write_text(names, "utf-8")


def train(*, force: bool = False) -> bool:
    """Train what needs it; True when a model was made. Stops with a clear line when training fails.

    The examples are encoded on every core; then both models are trained side by side, for each keeps to one core.
    """
    export_gazetteer()
    language_is_due = force or not _language_is_current()
    signals_are_due = force or not signal_training.is_current()
    if signals_are_due:
        tell("→ Reading the examples of the signal classifier (up to three minutes, only when its inputs changed)")
        _of_signals(signal_training.encode)
    language = _begin_language() if language_is_due else None
    try:
        if signals_are_due:
            tell("→ Training the signal classifier")
            _of_signals(signal_training.train)
        if language is not None:
            _await_language(language)
    finally:
        if language is not None and language.poll() is None:
            language.terminate()
            language.wait()
    return language_is_due or signals_are_due


def _of_signals(step: Callable[[], None]) -> None:
    try:
        step()
    except (OSError, ValueError, KeyError, EncoderMissing) as error:
        give_up(f"Training the signal classifier failed: {error}", "Mend that file, then run `make train` again.")


def _language_is_current() -> bool:
    return subprocess.run([*LANGUAGE, "--is-current"], cwd=ROOT, check=False).returncode == 0


def _begin_language() -> subprocess.Popen[bytes]:
    tell("→ Training the language model (about two minutes, only when its inputs changed)")
    log = _language_log()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        return subprocess.Popen(LANGUAGE, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)


def _await_language(process: subprocess.Popen[bytes]) -> None:
    if process.wait() != 0:
        log = _language_log()
        failure = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("Training failed")]
        give_up(
            failure[-1] if failure else "Training failed.",
            f"Mend that file and start again; the whole story is in {log}.",
        )


def _language_log() -> Path:
    return get_settings().data_dir / "log" / "training.log"
