"""Coaches who are signed in, and conversations that wait for them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from api.coaches.service import add_coach
from core import clock


@dataclass
class Desk:
    """A coach's browser, signed in."""

    http: httpx2.AsyncClient
    id: str
    first_name: str

    async def act(self, case: str, what: str, **body: Any) -> httpx2.Response:
        """Do something to a case."""
        return await self.http.post(f"/api/v1/cases/{case}/{what}", json=body or None)

    async def does(self, case: str, what: str, **body: Any) -> dict[str, Any]:
        """Do something that must work; the answer."""
        response = await self.act(case, what, **body)
        assert response.status_code == 200, response.text
        return response.json()

    async def says(self, case: str, text: str, **more: Any) -> dict[str, Any]:
        """Answer the visitor."""
        return await self.does(case, "reply", text=text, **({"client_message_id": str(uuid4())} | more))

    async def reads(self, case: str) -> dict[str, Any]:
        """Open a case."""
        response = await self.http.get(f"/api/v1/cases/{case}")
        assert response.status_code == 200, response.text
        return response.json()

    async def queue(self, **query: str) -> list[dict[str, Any]]:
        """The list."""
        response = await self.http.get("/api/v1/cases", params=query)
        assert response.status_code == 200, response.text
        return response.json()["items"]


@pytest.fixture
async def desk_in() -> AsyncIterator[Callable[..., Any]]:
    """Makes a coach in a running app and signs them in."""
    clients = []

    async def make(chat: Any, first_name: str = "Samira", team: str = "demo-nl", role: str = "mentor") -> Desk:
        email = f"{uuid4().hex}@school.example"
        async with chat.services.db.write() as session:
            coach, password = await add_coach(
                session, email=email, first_name=first_name, role=role, team=team, now=clock.now()
            )
        client = httpx2.AsyncClient(base_url=chat.http.base_url, timeout=15)
        clients.append(client)
        signed_in = await client.post("/api/v1/coach/sign-in", json={"email": email, "password": password})
        assert signed_in.status_code == 200, signed_in.text
        return Desk(client, str(coach.id), first_name)

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
async def desk(chat: Any, desk_in: Callable[..., Any]) -> Desk:
    """A coach of the Dutch demo school, on each engine."""
    return await desk_in(chat)


@pytest.fixture
def waiting() -> Callable[..., Any]:
    """A visitor who asked for a person; the visit and the case's id."""

    async def make(chat: Any, desk: Desk, **given: Any) -> tuple[Any, str]:
        visit = await chat.open(**given)
        await visit.press("/ask_human")
        for line in await desk.queue():
            read = await desk.reads(line["id"])
            if read["conversation_id"] == visit.id:
                return visit, line["id"]
        raise AssertionError("no case was opened")

    return make
