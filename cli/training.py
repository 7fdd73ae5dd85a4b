"""Training: the catalogue's names go out to the bot's interpreter, which trains if its inputs changed."""

import json
import subprocess

from bot.encoder import EncoderMissing
from bot.signals import training as signal_training
from cli.say import give_up, tell
from core.settings import ROOT, get_settings
from programmes.catalogue import open_catalogue
from programmes.gazetteer import export

MODEL = ROOT / "models" / "wegwijs.tar.gz"
GAZETTEER = ROOT / "var" / "gazetteer.json"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"


def export_gazetteer() -> None:
    """Write the catalogue's names where training looks for them, if they changed."""
    names = json.dumps(export(open_catalogue(get_settings().catalogue_address)), ensure_ascii=False, sort_keys=True)
    if not GAZETTEER.exists() or GAZETTEER.read_text("utf-8") != names:
        GAZETTEER.parent.mkdir(parents=True, exist_ok=True)
        GAZETTEER.write_text(names, "utf-8")


def train(*, force: bool = False) -> bool:
    """Train what needs it; True when a model was made. Stops with a clear line when training fails."""
    made = _train_language(force=force)
    return _train_signals(force=force) or made


def _train_signals(*, force: bool) -> bool:
    if not force and signal_training.is_current():
        return False
    tell("→ Training the signal classifier (about a minute, only when its inputs changed)")
    try:
        signal_training.train()
    except (OSError, ValueError, KeyError, EncoderMissing) as error:
        give_up(f"Training the signal classifier failed: {error}", "Mend that file, then run `make train` again.")
    return True


def _train_language(*, force: bool) -> bool:
    export_gazetteer()
    command = [str(BOT_PYTHON), "-m", "bot.components.train"]
    if not force and subprocess.run([*command, "--is-current"], cwd=ROOT, check=False).returncode == 0:
        return False
    tell("→ Training the language model (about two minutes, only when its inputs changed)")
    log = get_settings().data_dir / "log" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        failure = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("Training failed")]
        give_up(
            failure[-1] if failure else "Training failed.",
            f"Mend that file and start again; the whole story is in {log}.",
        )
    return True
