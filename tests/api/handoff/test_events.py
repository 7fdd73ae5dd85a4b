"""The console's streams: nothing is lost on the way, and they end with the sign-in."""

import asyncio
import json
from contextlib import asynccontextmanager
from uuid import UUID

from api.chat.bus import bus
from api.coaches.models import Coach
from api.handoff.service import claim
from core import clock


class Stream:
    """Server-sent events, as a browser reads them."""

    def __init__(self, response):
        self.lines = response.aiter_lines()

    async def next(self, kind: str | None = None) -> tuple[str, str | None, dict]:
        """The next event; of this kind, if given."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(10):
            async for line in self.lines:
                name, _, value = line.partition(":")
                if line and name:
                    fields[name] = value.strip()
                elif "event" in fields:
                    event = (fields["event"], fields.get("id"), json.loads(fields["data"]))
                    if kind in (None, event[0]):
                        return event
                    fields = {}
        raise EOFError("the stream ended")

    async def is_silent(self, seconds: float = 1.5) -> bool:
        """Whether nothing comes for a while."""
        try:
            async with asyncio.timeout(seconds):
                await self.next()
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def stream(desk, path="/api/v1/cases/events", **headers):
    async with desk.http.stream("GET", path, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response)


class TestQueue:
    async def test_it_is_sent_at_once_and_after_each_change(self, chat, desk, waiting):
        _visit, case = await waiting(chat, desk)
        async with stream(desk) as events:
            _, first, queue = await events.next("queue")
            assert [(line["id"], line["state"]) for line in queue["items"]] == [(case, "open")]
            await desk.does(case, "claim")
            _, second, queue = await events.next("queue")
            assert queue["items"][0]["state"] == "claimed"
            assert first != second
            await desk.does(case, "close")
            _, _, queue = await events.next("queue")
            assert queue["items"] == []

    async def test_what_another_process_wrote_arrives_too(self, chat, desk, waiting, monkeypatch):
        _visit, case = await waiting(chat, desk)
        async with stream(desk) as events:
            await events.next("queue")
            monkeypatch.setattr(bus, "publish_team", lambda team: None)  # the wake-up stays in the other process
            async with chat.services.db.write() as session:
                coach = await session.get_one(Coach, UUID(desk.id))
                await claim(session, UUID(case), coach=coach, now=clock.now())
            _, _, queue = await events.next("queue")
            assert queue["items"][0]["state"] == "claimed"

    async def test_coming_back_with_the_last_id_repeats_nothing_and_loses_nothing(self, chat, desk, waiting):
        _visit, case = await waiting(chat, desk)
        async with stream(desk) as events:
            _, last, _queue = await events.next("queue")
        async with stream(desk, **{"Last-Event-ID": last}) as events:
            assert await events.is_silent()
        await desk.does(case, "claim")
        async with stream(desk, **{"Last-Event-ID": last}) as events:
            _, _, queue = await events.next("queue")
            assert queue["items"][0]["state"] == "claimed"

    async def test_danger_while_a_coach_speaks_rings_before_the_queue_comes(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Hoi")
        async with stream(desk) as events:
            await events.next("queue")
            await visit.say("ik ga er vanavond een eind aan maken")
            kind, _, line = await events.next("alarm")
            assert (kind, line["id"], line["tier"]) == ("alarm", case, "acute")
            assert "eind" not in json.dumps(line)

    async def test_another_team_hears_nothing(self, chat, desk, desk_in, waiting):
        stranger = await desk_in(chat, team="demo-be")
        async with stream(stranger) as events:
            _, _, queue = await events.next("queue")
            assert queue["items"] == []
            await waiting(chat, desk)
            assert await events.is_silent()

    async def test_it_ends_when_the_coach_signs_out(self, chat, desk):
        async with stream(desk) as events:
            await events.next("queue")
            await desk.http.post("/api/v1/coach/sign-out")
            try:
                await events.next()
            except EOFError:
                return
            raise AssertionError("the stream went on")


class TestOneCase:
    async def test_what_is_said_arrives_in_order_and_resumes_by_number(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        last = (await desk.reads(case))["last_seq"]
        async with stream(desk, f"/api/v1/cases/{case}/events?after={last}") as events:
            await desk.says(case, "Hoi")
            await visit.say("hallo!")
            got = [await events.next() for _ in range(4)]
        assert [(kind, data.get("author") or data.get("state")) for kind, _, data in got] == [
            ("message", "system"),
            ("state", "with_coach"),
            ("message", "coach"),
            ("message", "user"),
        ]
        async with stream(desk, f"/api/v1/cases/{case}/events", **{"Last-Event-ID": got[2][1]}) as events:
            _, number, data = await events.next()
            assert (number, data["text"]) == (got[3][1], "hallo!")

    async def test_opening_it_is_written_down_as_reading(self, chat, desk, waiting):
        _visit, case = await waiting(chat, desk)
        reads = [entry["what"] for entry in (await desk.reads(case))["audit"]].count("transcript_read")
        async with stream(desk, f"/api/v1/cases/{case}/events") as events:
            await events.next()
        assert [entry["what"] for entry in (await desk.reads(case))["audit"]].count("transcript_read") == reads + 2
