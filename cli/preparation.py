"""Everything that must be there before the processes start, made when it is missing."""

import asyncio
import shutil
import socket
from pathlib import Path

from api.migrations import upgrade
from cli.catalogue import ensure_catalogue
from cli.coaches import first_coaches
from cli.facts import ensure_facts
from cli.say import give_up, tell
from cli.secrets import ensure_secrets
from cli.training import BOT_PYTHON, train
from core.clock import now
from core.db import Database
from core.settings import Settings, get_settings

NEEDED_BYTES = 300_000_000
"""Model, databases and logs of a first run, with room to spare."""


def prepare() -> None:
    """Secrets, catalogue, model, conversations database and a first coach; says what it does."""
    settings = get_settings()
    check_room(settings.data_dir)
    if not BOT_PYTHON.exists():
        give_up("The bot's environment is missing.", "Run `make setup`.")
    if ensure_secrets(settings.data_dir):
        tell(f"→ Made secrets in {settings.data_dir / 'secrets.env'}: keep a copy, without it nothing can be read back")
        settings = get_settings()
    ensure_catalogue()
    ensure_facts(settings.data_dir)
    train()
    upgrade(settings.conversations_url)
    asyncio.run(ensure_first_coach(settings))


def check_room(data_dir: Path) -> None:
    """Stop when the disk is too full to work."""
    data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(data_dir).free
    if free < NEEDED_BYTES:
        give_up(
            f"Only {free // 1_000_000} MB free for {data_dir}; {NEEDED_BYTES // 1_000_000} MB are needed.",
            "Make room, or set DATA_DIR.",
        )


def check_ports(settings: Settings) -> None:
    """Stop when one of the four ports is taken."""
    for port in range(settings.port, settings.port + 4):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host if port == settings.port else "127.0.0.1", port))
            except OSError:
                give_up(
                    f"Port {port} is in use (Wegwijs takes {settings.port} to {settings.port + 3}).",
                    f"Stop that program, or choose others: make serve PORT={settings.port + 100}",
                )


async def ensure_first_coach(settings: Settings) -> None:
    """Make a coach for each demo team while there is none at all; the passwords are printed once."""
    database = Database(settings.conversations_url)
    try:
        async with database.write() as session:
            made = await first_coaches(session, now())
    finally:
        await database.close()
    for email, password in made:
        tell(f"→ First coach: {email}  password: {password}  (shown once; sign in at {settings.address}/coach)")
