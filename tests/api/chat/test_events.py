"""The stream: nothing lost, nothing twice, whoever dropped the line."""

import asyncio
import json
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.engine import make_url

from api.chat.bus import bus
from api.chat.entering import MAX_STREAMS
from api.states import Author
from tests.api.chat.test_locked_database import locked
from tests.api.serving import until


class Stream:
    """Reads an event stream over real HTTP, as the panel does with `fetch`."""

    def __init__(self, response) -> None:
        self._lines = response.aiter_lines()
        self.response = response

    async def next(self) -> dict:
        """The next event that is no sign of life."""
        event: dict = {}
        async with asyncio.timeout(10):
            async for line in self._lines:
                if not line and event:
                    return event | {"data": json.loads(event["data"])}
                name, _, value = line.partition(": ")
                if name:
                    event[name] = value
        raise EOFError

    async def kept(self, count: int) -> list[dict]:
        """The next events that carry a number."""
        found: list[dict] = []
        while len(found) < count:
            event = await self.next()
            if event["event"] != "typing":
                found.append(event)
        return found


@asynccontextmanager
async def streaming(visit, *, after: int | None = None):
    headers = visit.auth | ({} if after is None else {"Last-Event-ID": str(after)})
    async with visit.http.stream("GET", f"{visit.url}/events", headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response)


def ids(events: list[dict]) -> list[int]:
    return [int(event["id"]) for event in events]


async def test_what_was_said_comes_first_and_then_what_is_said(chat):
    visit = await chat.open()
    async with streaming(visit) as stream:
        (greeting,) = await stream.kept(1)
        assert greeting["event"] == "message"
        answer = await visit.say("iets met dieren")
        heard = await stream.kept(2)
    assert [event["data"] for event in heard] == answer["messages"]
    assert ids(heard) == [2, 3]


async def test_a_dropped_line_resumes_without_loss_or_repetition(chat):
    visit = await chat.open()
    seen: list[int] = []
    for round_ in range(4):
        async with streaming(visit, after=seen[-1] if seen else 0) as stream:
            if round_ == 0:
                seen += ids(await stream.kept(1))
            await visit.say(f"vraag {round_}")
            # Half of the time the line drops between the question and its answer.
            seen += ids(await stream.kept(1 if round_ % 2 else 2))
    await visit.press("/ask_human")
    async with streaming(visit, after=seen[-1]) as stream:
        last = (await visit.get()).json()["messages"][-1]["seq"]
        while seen[-1] < last:
            seen += ids(await stream.kept(1))
    assert seen == list(range(1, last + 1))


async def test_a_state_comes_in_its_place_among_the_messages(chat):
    visit = await chat.open()
    await visit.press("/ask_human")
    async with streaming(visit, after=1) as stream:
        events = await stream.kept(3)
    assert [event["event"] for event in events] == ["message", "state", "message"]
    assert events[1]["data"]["state"] == "waiting_for_coach"
    assert ids(events) == [2, 3, 4]


async def test_writes_of_another_process_arrive_without_a_wake_up(chat, monkeypatch):
    monkeypatch.setattr(bus, "publish", lambda conversation_id: None)
    visit = await chat.open()
    async with streaming(visit, after=1) as stream:
        await visit.say("iets met dieren")
        assert ids(await stream.kept(2)) == [2, 3]


async def test_typing_has_no_number_and_the_visitors_own_is_not_echoed(sqlite_chat):
    visit = await sqlite_chat.open()
    async with streaming(visit, after=1) as stream:
        await until(lambda: bus.listeners(UUID(visit.id)))
        assert (await visit.http.post(f"{visit.url}/typing", headers=visit.auth)).status_code == 204
        bus.typing(UUID(visit.id), Author.COACH)
        event = await stream.next()
    assert event == {"event": "typing", "data": {"author": "coach"}}


async def test_the_stream_ends_when_the_conversation_is_erased(sqlite_chat):
    visit = await sqlite_chat.open()
    async with streaming(visit, after=1) as stream:
        await visit.http.delete(visit.url, headers=visit.auth)
        with pytest.raises(EOFError):
            await stream.next()


async def test_the_stream_ends_when_the_conversation_is_opened_elsewhere(sqlite_chat):
    visit = await sqlite_chat.open()
    code = (await visit.http.post(f"{visit.url}/return-code", headers=visit.auth)).json()
    async with streaming(visit, after=1) as stream:
        assert (await visit.http.post("/api/v1/conversations/resume", json=code)).status_code == 200
        with pytest.raises(EOFError):
            await stream.next()


async def test_trouble_with_the_database_does_not_break_the_stream(chat, database_url):
    visit = await chat.open()
    async with streaming(visit, after=1) as stream:
        if database_url.startswith("sqlite"):
            async with locked(database_url):
                await asyncio.sleep(1.5)
        else:
            address = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                await connection.execute(f"{others} AND datname = current_database()")
        await asyncio.sleep(1.5)
        await visit.say("iets met dieren")
        assert ids(await stream.kept(2)) == [2, 3]


async def test_no_more_streams_than_a_few_tabs_need(sqlite_chat):
    visit = await sqlite_chat.open()
    tasks = []

    async def hold():
        async with streaming(visit, after=1):
            await asyncio.Event().wait()

    for _ in range(MAX_STREAMS):
        tasks.append(asyncio.create_task(hold()))
    await until(lambda: bus.listeners(UUID(visit.id)) == MAX_STREAMS)
    response = await visit.get("/events")
    assert response.status_code == 429
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await until(lambda: not bus.listeners(UUID(visit.id)))
