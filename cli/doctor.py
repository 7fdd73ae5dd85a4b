"""`wegwijs doctor`: looks at what an installation needs and says how to mend what is missing."""

import shutil
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cli.preparation import NEEDED_BYTES
from cli.training import BOT_PYTHON, MODEL
from core.db import blocking_engine
from core.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_well: bool
    mend: str

    def __str__(self) -> str:
        return f"✓ {self.what}" if self.is_well else f"✗ {self.what}: {self.mend}"


def examine(settings: Settings) -> list[Finding]:
    """Look at environments, secrets, disk, model and databases."""
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent).free
    return [
        Finding("the bot's environment", BOT_PYTHON.exists(), "run `make setup`"),
        Finding(
            "secrets",
            bool(settings.encryption_keys.get_secret_value()),
            "run `make serve` once, or set ENCRYPTION_KEYS",
        ),
        Finding("disk space", free > NEEDED_BYTES, f"only {free // 1_000_000} MB free"),
        Finding("the language model", MODEL.exists(), "run `make train`"),
        Finding(
            "the catalogue",
            _answers(settings.catalogue_address, "catalogue_programme"),
            "run `wegwijs import-catalogue shipped`",
        ),
        Finding(
            "the conversations database",
            _answers(settings.conversations_url.replace("+aiosqlite", ""), "chat_conversation"),
            "run `make serve` once, or look at DATABASE_URL",
        ),
    ]


def _answers(url: str, table: str) -> bool:
    """Whether a database can be read and holds a table."""
    try:
        engine = blocking_engine(url)
        with engine.connect() as connection:
            connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 -- our own constant
    except SQLAlchemyError:
        return False
    return True
