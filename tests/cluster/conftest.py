"""Two worker processes, one PostgreSQL server, and a double of Rasa that all of them share."""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from sqlalchemy import select

from api.chat import service as chat
from api.chat.models import Conversation
from api.chat.opening import open_conversation
from api.chat.said import Said
from api.coaches.models import Coach
from api.coaches.service import add_coach
from api.handoff import service as handoff
from api.handoff.models import Case
from api.services import Services
from api.sites.service import get_site
from api.states import Author, CaseReason, Tier
from core import clock
from core.settings import get_settings
from tests.api.conftest import KEY, SECRET
from tests.api.databases import PostgresServer
from tests.api.rasa_double import RasaDouble
from tests.api.serving import served

ROOT = Path(__file__).resolve().parents[2]
SOON_S = 0.03
"""Time for both processes to read their order before the moment comes."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One PostgreSQL server."""
    running = PostgresServer(tmp_path_factory.mktemp("cluster"))
    yield running
    running.close()


class Cluster:
    """What the processes share, and the two of them."""

    def __init__(self, services: Services, workers: list[Process], coaches: list[Coach]) -> None:
        self.services, self.workers, self.coaches = services, workers, coaches

    async def together(self, *orders: dict[str, Any]) -> list[dict[str, str]]:
        """Give each process one order for the same moment, give or take its `late_s`; what came of each."""
        at = time.time() + SOON_S
        for worker, order in zip(self.workers, orders, strict=True):
            assert worker.stdin is not None
            worker.stdin.write(json.dumps(order | {"at": at + order.get("late_s", 0.0)}).encode() + b"\n")
        return [json.loads(await _line(worker)) for worker in self.workers]

    async def conversation(self) -> UUID:
        """Open a conversation."""
        async with self.services.db.write() as session:
            opened = await open_conversation(session, site_id="demo-nl", language=None, audience=None, now=clock.now())
            return opened.conversation.id

    async def waiting_case(self, *, claimed_by: Coach | None = None) -> Case:
        """Open a case; somebody may have claimed it."""
        conversation_id = await self.conversation()
        async with self.services.db.write() as session:
            conversation = await session.get_one(Conversation, conversation_id)
            case = await handoff.open_case(
                session,
                conversation,
                reason=CaseReason.ASKED,
                tier=Tier.INFORMATION,
                site=get_site("demo-nl"),
                now=clock.now(),
            )
            await chat.record_state(session, conversation, clock.now())
            if claimed_by is not None:
                await handoff.claim(session, case.id, coach=claimed_by, now=clock.now())
            return case

    async def question(self, conversation_id: UUID) -> int:
        """Let the visitor click; the bot's answer is yet to come."""
        async with self.services.db.write() as session:
            conversation = await session.get_one(Conversation, conversation_id)
            said = Said("Ja", payload="/affirm")
            message = await chat.append(
                session,
                conversation,
                author=Author.USER,
                said=said,
                now=clock.now(),
                client_message_id=uuid4(),
            )
            return message.seq

    async def cases(self, conversation_id: UUID) -> list[Case]:
        """All cases of a conversation as they are now."""
        async with self.services.db.read() as session:
            return list(await session.scalars(select(Case).where(Case.conversation_id == conversation_id)))


async def _line(worker: Process) -> bytes:
    assert worker.stdout is not None
    line = await asyncio.wait_for(worker.stdout.readline(), timeout=150)
    assert line, "a worker ended"
    return line


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cluster(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    """Two processes that are connected and wait for orders; started once, for each takes seconds to load."""
    folder = tmp_path_factory.mktemp("data")
    double = RasaDouble()
    async with AsyncExitStack() as stack:
        url = stack.enter_context(server.fresh(folder))
        given = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "ENCRYPTION_KEYS": KEY,
            "INTERNAL_SECRET": SECRET,
            "RASA_URLS": await stack.enter_async_context(served(double.app)),
        }
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in given.items():
            patch.setenv(name, value)
        get_settings.cache_clear()
        stack.callback(get_settings.cache_clear)
        services = Services.of(get_settings())
        stack.push_async_callback(services.close)
        coaches = [await _coach(services, name) for name in ("Anke", "Bilal")]
        workers = [await _worker(os.environ | given) for _ in coaches]
        for worker in workers:
            stack.push_async_callback(_dismiss, worker)
        for worker in workers:
            assert await _line(worker) == b"ready\n"
        yield Cluster(services, workers, coaches)


async def _coach(services: Services, name: str) -> Coach:
    async with services.db.write() as session:
        coach, _password = await add_coach(
            session, email=f"{name}@x.example", first_name=name, role="mentor", team="demo-nl", now=clock.now()
        )
    return coach


async def _worker(environment: Mapping[str, str]) -> Process:
    command = (sys.executable, "-m", "tests.cluster.worker")
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE)


async def _dismiss(worker: Process) -> None:
    assert worker.stdin is not None
    worker.stdin.close()
    await worker.wait()
