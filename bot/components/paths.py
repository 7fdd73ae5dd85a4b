"""Where things lie, seen from the checkout and not from the working directory."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL = ROOT / "models" / "wegwijs.tar.gz"
CONFIG = ROOT / "config.yml"
DOMAIN = ROOT / "domain.yml"
ENDPOINTS = ROOT / "endpoints.yml"
CREDENTIALS = ROOT / "credentials.yml"
TRAINING_DATA = (ROOT / "data" / "nlu", ROOT / "data" / "rules")
MARKED_EXAMPLES = ROOT / "data" / "entities"
GAZETTEER = Path(os.environ.get("WEGWIJS_GAZETTEER") or ROOT / "var" / "gazetteer.json")
"""The catalogue's export; absent, the bot knows everyday words alone."""
