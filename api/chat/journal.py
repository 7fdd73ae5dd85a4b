"""Where an acute message waits while the database is locked: encrypted files, on the disk before the answer goes."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from cryptography.fernet import InvalidToken

from api.metrics import journal_waiting
from core.encryption import cipher
from core.logging import get_logger

log = get_logger()

SUFFIX = ".entry"
BROKEN = ".broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """An acute message and the reply that was given to it."""

    conversation_id: str
    client_message_id: str
    text: str
    language: str
    signals: list[dict[str, Any]]
    reply: dict[str, Any]  # a message's body
    sent_at: str
    seq: int | None = None  # number of the message that its sender was told; older entries have none

    @property
    def name(self) -> str:
        """Sorted by time, and the same for the same message: a retry finds the first answer."""
        moment = datetime.fromisoformat(self.sent_at)
        return f"{moment:%Y%m%dT%H%M%S%f}-{_id(self.conversation_id, self.client_message_id)}{SUFFIX}"

    def sealed(self) -> bytes:
        """As it lies on the disk."""
        return cipher().encrypt(json.dumps(asdict(self), ensure_ascii=False).encode())

    @classmethod
    def unsealed(cls, data: bytes) -> Self:
        """As it was written."""
        return cls(**json.loads(cipher().decrypt(data)))


def _id(conversation_id: str, client_message_id: str) -> str:
    return sha256(f"{conversation_id}:{client_message_id}".encode()).hexdigest()[:32]


class Journal:
    """A folder of entries. The files are the truth; nothing is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.count()

    async def write(self, entry: Entry) -> None:
        """Put an entry on the disk; when this returns, a power cut cannot take it."""
        await asyncio.to_thread(self._write, entry)
        self.count()

    async def find(self, conversation_id: UUID, client_message_id: UUID) -> Entry | None:
        """The entry of a message that was sent before."""
        found = f"*-{_id(str(conversation_id), str(client_message_id))}{SUFFIX}"
        return await asyncio.to_thread(lambda: next((entry for _, entry in self._read(found)), None))

    async def waiting(self) -> list[tuple[Path, Entry]]:
        """All entries, oldest first."""
        return await asyncio.to_thread(lambda: list(self._read(f"*{SUFFIX}")))

    async def remove(self, file: Path) -> None:
        """The database has it now."""
        await asyncio.to_thread(file.unlink, missing_ok=True)
        self.count()

    def count(self) -> int:
        """How many wait; told to the metrics as well."""
        waiting = sum(1 for _ in self._folder.glob(f"*{SUFFIX}"))
        journal_waiting.set(waiting)
        return waiting

    def _write(self, entry: Entry) -> None:
        file = self._folder / entry.name
        unfinished = file.with_suffix(".tmp")
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
            output.write(entry.sealed())
            output.flush()
            os.fsync(output.fileno())
        unfinished.replace(file)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too, must survive a power cut
        finally:
            os.close(folder)

    def _read(self, pattern: str) -> Iterator[tuple[Path, Entry]]:
        for file in sorted(self._folder.glob(pattern)):
            try:
                yield file, Entry.unsealed(file.read_bytes())
            except FileNotFoundError:
                continue  # replayed by somebody else meanwhile
            except (InvalidToken, ValueError, TypeError) as error:
                log.error("journal_entry_unreadable", error_type=type(error).__name__)
                file.rename(file.with_suffix(BROKEN))
