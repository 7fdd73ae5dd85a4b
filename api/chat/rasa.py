"""Speaks to Rasa over loopback: one message in, what to say out. Never waits longer than a visitor would."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx2
from pydantic import BaseModel, ValidationError

from api.metrics import rasa_failures
from core.errors import Unavailable
from core.logging import get_logger

log = get_logger()

MESSAGE = "/webhooks/wegwijs/message"
TRACKERS = "/webhooks/wegwijs/trackers"
HEALTH = "/webhooks/wegwijs/health"
CONNECT_S = 0.5
"""Loopback answers in a millisecond; a replica that does not is down, and the next one gets the time."""


class RasaSilent(Unavailable):
    """No replica answered in time."""


class Intent(BaseModel):
    """What Rasa took the message for."""

    name: str | None = None
    confidence: float = 0.0


class RasaReply(BaseModel):
    """A turn of Rasa."""

    utterances: list[dict[str, Any]]
    intent: Intent = Intent()
    slots: dict[str, Any] = {}
    active_form: str | None = None


class Rasa:
    """The replicas, and which of them knows which conversation."""

    def __init__(self, addresses: Sequence[str], *, secret: str, timeout_s: float) -> None:
        self._addresses = list(addresses)
        self._timeout_s = timeout_s
        self._client = httpx2.AsyncClient(
            headers={"X-Wegwijs-Secret": secret},
            timeout=httpx2.Timeout(timeout_s, connect=CONNECT_S),
            limits=httpx2.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30),
            trust_env=False,  # loopback never goes through a proxy
        )

    async def ask(self, conversation_id: UUID, request: dict[str, Any]) -> RasaReply:
        """One turn.

        Raises:
            RasaSilent: every replica is down, or time ran out.
        """
        reason = "down"
        try:
            async with asyncio.timeout(self._timeout_s):
                for address in self._replicas(conversation_id):
                    reply = await self._try(address, request)
                    if reply is not None:
                        return reply
        except TimeoutError:
            reason = "silent"
        rasa_failures.labels(reason).inc()
        raise RasaSilent("Rasa does not answer.", "Look at its log and start it again.")

    async def forget(self, conversation_id: UUID) -> bool:
        """Erase all that Rasa keeps about a conversation; False when a replica could not be asked."""
        # Replicas may share one tracker store or have one each, so all of them are asked.
        gone = [await self._delete(f"{address}{TRACKERS}/{conversation_id}") for address in self._addresses]
        return all(gone)

    async def health(self) -> dict[str, bool]:
        """Which replicas are ready."""
        return {address: await self.answers(f"{address}{HEALTH}") for address in self._addresses}

    async def answers(self, url: str) -> bool:
        """Whether a neighbour on loopback says that it is well."""
        try:
            return (await self._client.get(url, timeout=CONNECT_S)).is_success
        except httpx2.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _replicas(self, conversation_id: UUID) -> Iterator[str]:
        """The conversation's own replica first: Rasa keeps its lock per process. Then the others."""
        first = int.from_bytes(sha256(conversation_id.bytes).digest()[:4]) % len(self._addresses)
        yield from self._addresses[first:]
        yield from self._addresses[:first]

    async def _try(self, address: str, request: dict[str, Any]) -> RasaReply | None:
        started = time.monotonic()
        try:
            response = await self._client.post(f"{address}{MESSAGE}", json=request)
            response.raise_for_status()
            return RasaReply.model_validate_json(response.content)
        except (httpx2.HTTPError, ValidationError) as error:
            took_ms = round((time.monotonic() - started) * 1000)
            log.warning("rasa_failed", error_type=type(error).__name__, replica=address, took_ms=took_ms)
            return None

    async def _delete(self, url: str) -> bool:
        try:
            return (await self._client.delete(url)).is_success
        except httpx2.HTTPError:
            return False
