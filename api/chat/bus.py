"""Wake-ups inside this process. They carry no content: who is woken reads the database by sequence number.

Readers also look by themselves once a second, so another replica's writes arrive without a broker.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from api.states import Author

LOOK_AGAIN_S = 1.0
"""How long a reader sleeps at most before it looks by itself."""

MAX_TYPING = 8
"""Typing signs kept for a slow reader; older ones are worthless."""


class Subscription:
    """One reader's ear."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._typing: list[Author] = []
        self.is_closed = False

    def wake(self) -> None:
        """Something was written."""
        self._woken.set()

    def show_typing(self, author: Author) -> None:
        """Somebody is typing."""
        self._typing = [*self._typing, author][-MAX_TYPING:]
        self._woken.set()

    def close(self) -> None:
        """The process stops: let the reader go home."""
        self.is_closed = True
        self._woken.set()

    async def wait(self, timeout_s: float = LOOK_AGAIN_S) -> list[Author]:
        """Sleep until woken, or until it is time to look again; who was typing meanwhile."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._woken.wait()
        except TimeoutError:
            pass
        self._woken.clear()
        typing, self._typing = self._typing, []
        return typing


class Bus:
    """Who listens to which conversation or team."""

    def __init__(self) -> None:
        self._listeners: defaultdict[UUID | str, set[Subscription]] = defaultdict(set)
        self._is_closed = False

    def publish(self, conversation_id: UUID) -> None:
        """Wake the readers of a conversation."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.wake()

    def publish_team(self, team: str) -> None:
        """Wake the consoles of a team."""
        for listener in self._listeners.get(f"team:{team}", ()):
            listener.wake()

    def typing(self, conversation_id: UUID, author: Author) -> None:
        """Tell the readers of a conversation that somebody types."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.show_typing(author)

    def listeners(self, conversation_id: UUID) -> int:
        """How many streams are open on a conversation."""
        return len(self._listeners.get(conversation_id, ()))

    @asynccontextmanager
    async def subscribe(
        self, conversation_id: UUID | None = None, *, team: str | None = None
    ) -> AsyncIterator[Subscription]:
        """Listen to one conversation, to one team, or to both."""
        topics: list[UUID | str] = [topic for topic in (conversation_id, team and f"team:{team}") if topic]
        subscription = Subscription()
        if self._is_closed:
            subscription.close()
        for topic in topics:
            self._listeners[topic].add(subscription)
        try:
            yield subscription
        finally:
            for topic in topics:
                self._listeners[topic].discard(subscription)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def open(self) -> None:
        """Take listeners: the process has started."""
        self._is_closed = False

    def close(self) -> None:
        """Send all listeners home: open streams would hold the process up."""
        self._is_closed = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()


bus = Bus()
"""The bus of this process."""
