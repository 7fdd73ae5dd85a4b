"""A process of its own that does to the shared database what it is told, at the moment it is told.

Reads one JSON object a line, `{"do", "at", ...}` with `at` in seconds of the machine's clock; writes what came of it.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.answering import answer
from api.chat.storing import Stored
from api.coaches.models import Coach
from api.handoff import service as handoff
from api.services import Services
from api.sites.service import get_site
from api.states import CaseReason, Tier
from core import clock
from core.errors import WegwijsError
from core.settings import get_settings

SPIN_S = 0.002
"""The last stretch before the moment is spent awake: a sleeping process wakes up some milliseconds late."""


async def claim(session: AsyncSession, order: dict[str, Any]) -> str:
    """Claim a case."""
    coach = await session.get_one(Coach, UUID(order["coach"]))
    case = await handoff.claim(session, UUID(order["case"]), coach=coach, now=clock.now())
    return str(case.coach_id)


async def reply(session: AsyncSession, order: dict[str, Any]) -> str:
    """Say something to the visitor."""
    coach = await session.get_one(Coach, UUID(order["coach"]))
    message = await handoff.reply(
        session,
        UUID(order["case"]),
        coach=coach,
        text="Hoi",
        client_message_id=UUID(order["client_message_id"]),
        now=clock.now(),
    )
    return str(message.seq)


async def close(session: AsyncSession, order: dict[str, Any]) -> str:
    """Close a case."""
    coach = await session.get_one(Coach, UUID(order["coach"]))
    return (await handoff.close(session, UUID(order["case"]), coach=coach, now=clock.now())).status


async def open_case(session: AsyncSession, order: dict[str, Any]) -> str:
    """Ask for a coach, as a message with a signal does."""
    conversation = await chat.locked(session, UUID(order["conversation"]))
    assert conversation is not None
    site = get_site(conversation.site)
    case = await handoff.open_case(
        session, conversation, reason=CaseReason.SIGNAL, tier=Tier(order["tier"]), site=site, now=clock.now()
    )
    return str(case.id)


ACTS: dict[str, Callable[[AsyncSession, dict[str, Any]], Awaitable[str]]] = {
    "claim": claim,
    "reply": reply,
    "close": close,
    "open_case": open_case,
}


async def carry_out(services: Services, order: dict[str, Any]) -> dict[str, str]:
    """Wait for the moment, act, and tell what came of it."""
    await asyncio.sleep(max(0.0, order["at"] - time.time() - SPIN_S))
    while time.time() < order["at"]:
        pass
    try:
        if order["do"] == "answer":
            await answer(services, UUID(order["conversation"]), Stored(order["seq"]), now=clock.now())
            return {"did": ""}
        async with services.db.write() as session:
            return {"did": await ACTS[order["do"]](session, order)}
    except WegwijsError as refusal:
        return {"refused": type(refusal).__name__}


async def main() -> None:
    """Carry out orders until there are no more."""
    services = Services.of(get_settings())
    async with services.db.read() as session:
        await session.connection()  # connecting takes longer than the race
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while line := await asyncio.to_thread(sys.stdin.readline):
        sys.stdout.write(json.dumps(await carry_out(services, json.loads(line))) + "\n")
        sys.stdout.flush()
    await services.close()


if __name__ == "__main__":
    asyncio.run(main())
