"""What the routes and jobs of one process share."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID
from weakref import WeakValueDictionary

from api.chat.journal import Journal
from api.chat.known import KnownVisitors
from api.chat.limiting import Limits
from api.chat.rasa import Rasa
from api.results.pdf import Press
from core.db import Database
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Databases, neighbours and counters."""

    settings: Settings
    db: Database
    rasa: Rasa
    journal: Journal
    limits: Limits = field(default_factory=Limits)
    known: KnownVisitors = field(default_factory=KnownVisitors)
    press: Press = field(default_factory=Press)
    turn_locks: "WeakValueDictionary[UUID, asyncio.Lock]" = field(default_factory=WeakValueDictionary)

    @classmethod
    def of(cls, settings: Settings) -> "Services":
        """Build them from the settings; nothing is connected yet."""
        return cls(
            settings=settings,
            db=Database(settings.conversations_url),
            rasa=Rasa(
                settings.rasa_addresses,
                secret=settings.internal_secret.get_secret_value(),
                timeout_s=settings.rasa_timeout_s,
            ),
            journal=Journal(settings.data_dir / "journal"),
        )

    def turn_lock(self, conversation_id: UUID) -> asyncio.Lock:
        """One answer at a time in a conversation: a second message waits for the first one's."""
        return self.turn_locks.setdefault(conversation_id, asyncio.Lock())

    async def close(self) -> None:
        """Give everything back."""
        await self.rasa.close()
        await self.db.close()
