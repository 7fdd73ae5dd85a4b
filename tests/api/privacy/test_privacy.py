"""Retention, export and erasure, on both engines."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from api.base import Base
from api.chat.models import Conversation, Message, SeenSignal
from api.handoff.models import AuditEntry, Case
from api.privacy.jobs import erase_trackers
from api.privacy.models import Erasure
from api.privacy.service import erase_again, purge
from api.states import CaseStatus
from core import clock

ACUTE = "ik ga er vanavond een eind aan maken"


async def left_in(chat, table: type[Base]) -> int:
    async with chat.services.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def age(chat, days: float) -> None:
    """Make the last message that old."""
    async with chat.services.db.write() as session:
        await session.execute(update(Conversation).values(last_message_at=clock.now() - timedelta(days=days)))


async def close_case(chat, days_ago: float) -> None:
    async with chat.services.db.write() as session:
        closed = {"status": CaseStatus.CLOSED, "closed_at": clock.now() - timedelta(days=days_ago)}
        await session.execute(update(Case).values(closed))


class TestPurge:
    @pytest.mark.parametrize(("days", "left"), [(6.9, 1), (7.1, 0)])
    async def test_without_a_case_it_goes_seven_days_after_the_last_message(self, chat, days, left):
        visit = await chat.open()
        await visit.say("iets met dieren")
        await age(chat, days)
        assert (await purge(chat.services.db, clock.now())).conversations == 1 - left
        assert await left_in(chat, Conversation) == left
        assert await left_in(chat, Message) == 3 * left

    async def test_with_a_running_case_it_stays(self, chat):
        visit = await chat.open()
        await visit.press("/ask_human")
        await age(chat, 400)
        assert (await purge(chat.services.db, clock.now())).conversations == 0

    @pytest.mark.parametrize(("days", "left"), [(55, 1), (57, 0)])
    async def test_after_a_case_it_goes_eight_weeks_after_closing(self, chat, days, left):
        visit = await chat.open()
        await visit.press("/ask_human")
        await age(chat, 400)
        await close_case(chat, days)
        await purge(chat.services.db, clock.now())
        for table in (Conversation, Case):
            assert await left_in(chat, table) == left

    async def test_the_trail_outlives_the_case_by_a_year(self, chat):
        visit = await chat.open()
        await visit.press("/ask_human")
        assert await left_in(chat, AuditEntry) > 0
        await purge(chat.services.db, clock.now() + timedelta(days=364))
        assert await left_in(chat, AuditEntry) > 0
        await purge(chat.services.db, clock.now() + timedelta(days=366))
        assert await left_in(chat, AuditEntry) == 0


class TestExport:
    async def test_it_holds_all_that_was_said_and_until_when_it_is_kept(self, chat):
        visit = await chat.open()
        await visit.say("iets met dieren")
        exported = (await visit.get("/export")).json()
        assert exported["messages"] == (await visit.get()).json()["messages"]
        assert exported["remembered"] == {"level": "3"}
        assert exported["kept_until"]
        assert exported["cases"] == []

    async def test_it_tells_of_the_coach_but_not_of_the_signals(self, chat):
        visit = await chat.open()
        await visit.say(ACUTE)
        response = await visit.get("/export")
        (case,) = response.json()["cases"]
        assert case["status"] == "open"
        assert response.json()["kept_until"] is None
        assert "suicide" not in response.text
        assert "acute" not in response.text


class TestErase:
    async def test_all_is_gone_the_tracker_included(self, chat, rasa):
        visit = await chat.open()
        await visit.say("iets met dieren")
        response = await visit.http.delete(visit.url, headers=visit.auth)
        assert (response.status_code, response.content) == (204, b"")
        assert rasa.erased == [visit.id]
        for table in (Conversation, Message, SeenSignal):
            assert await left_in(chat, table) == 0
        assert (await visit.get()).status_code == 404
        assert (await visit.post(text="hoi")).status_code == 404

    async def test_a_case_that_is_not_acute_goes_along(self, chat):
        visit = await chat.open()
        await visit.press("/ask_human")
        assert (await visit.http.delete(visit.url, headers=visit.auth)).status_code == 204
        assert await left_in(chat, Case) == 0

    async def test_an_open_acute_case_stays_and_is_named(self, chat, rasa):
        visit = await chat.open()
        await visit.say(ACUTE)
        response = await visit.http.delete(visit.url, headers=visit.auth)
        assert response.status_code == 200
        (kept,) = response.json()["kept"]
        assert set(kept) == {"what", "why", "until"}
        assert "begeleider" in kept["why"]
        assert rasa.erased == []
        await close_case(chat, 0)
        assert (await visit.http.delete(visit.url, headers=visit.auth)).status_code == 204

    async def test_when_rasa_is_down_the_visitor_is_told_and_it_is_done_later(self, chat, rasa):
        visit = await chat.open()
        rasa.status = 503
        response = await visit.http.delete(visit.url, headers=visit.auth)
        assert response.status_code == 200
        assert "24 uur" in response.json()["kept"][0]["until"]
        assert await left_in(chat, Conversation) == 0
        rasa.status = 200
        rasa.erased.clear()
        await erase_trackers(chat.services)
        await erase_trackers(chat.services)
        assert rasa.erased == [visit.id], "once it is gone nobody asks again"

    async def test_a_restored_backup_is_cleaned_again(self, chat):
        visit, other = await chat.open(), await chat.open()
        async with chat.services.db.write() as session:
            session.add(Erasure(conversation_id=UUID(visit.id), erased_at=clock.now(), tracker_gone=True))
        assert await erase_again(chat.services.db) == 1
        assert (await visit.get()).status_code == 404
        assert (await other.get()).status_code == 200
