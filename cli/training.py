"""Training the Rasa model, only when something that it is made of has changed."""

import hashlib
import json
import subprocess
from pathlib import Path

from cli.say import give_up, tell
from core.settings import ROOT, get_settings
from programmes.catalogue import open_catalogue
from programmes.gazetteer import export

MODEL = ROOT / "models" / "wegwijs.tar.gz"
FINGERPRINT = ROOT / "models" / "wegwijs.inputs"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
INPUTS = ("config.yml", "domain.yml", "requirements/bot.txt", "data/nlu/**/*.yml", "data/rules/*.yml", "bot/*.py", "bot/components/*.py")


def export_gazetteer() -> Path:
    """Write the catalogue's names where training looks for them."""
    settings = get_settings()
    path = settings.data_dir / "gazetteer.json"
    names = json.dumps(export(open_catalogue(settings.catalogue_address)), ensure_ascii=False, sort_keys=True)
    if not path.exists() or path.read_text("utf-8") != names:
        path.write_text(names, "utf-8")
    return path


def fingerprint(gazetteer: Path) -> str:
    """SHA-256 of everything that the model is made of."""
    digest = hashlib.sha256()
    for file in [*sorted(path for pattern in INPUTS for path in ROOT.glob(pattern)), gazetteer]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def train(*, force: bool = False) -> bool:
    """Train if needed; True when a model was made. Stops with a clear line when training fails."""
    gazetteer = export_gazetteer()
    wanted = fingerprint(gazetteer)
    if not force and MODEL.exists() and FINGERPRINT.exists() and FINGERPRINT.read_text() == wanted:
        return False
    tell("→ Training the language model (about two minutes, only when its inputs changed)")
    log = get_settings().data_dir / "log" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        done = subprocess.run(
            [BOT_PYTHON, "-m", "bot.components.train", "--gazetteer", gazetteer, "--out", MODEL],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        give_up(f"Training failed: {lines[-1] if lines else 'it said nothing'}", f"Mend that file; the whole story is in {log}.")
    FINGERPRINT.write_text(wanted)
    return True
