"""The acts on a case, what they leave in the audit trail, and what comes back by itself."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from api.handoff import audit
from api.handoff.jobs import ABSENT, end_absences, wake_snoozed
from api.handoff.models import AuditEntry, Case, CaseNote
from bot.signals import Signal
from core import clock

DANGER = "ik ga er vanavond een eind aan maken"


def acts(case: dict) -> list[str]:
    return [entry["what"] for entry in case["audit"]]


async def age(chat, case: str, **values) -> None:
    async with chat.services.db.write() as session:
        await session.execute(update(Case).where(Case.id == UUID(case)).values(**values))


class TestClaim:
    async def test_the_second_coach_is_sent_on_and_changes_nothing(self, chat, desk, desk_in, waiting):
        _visit, case = await waiting(chat, desk)
        other = await desk_in(chat, "Bilal")
        claimed = await desk.does(case, "claim")
        assert (claimed["state"], claimed["coach"]["first_name"]) == ("claimed", "Samira")
        for late in (other, desk):
            refused = await late.act(case, "claim")
            assert refused.status_code == 409
            assert "Pick the next one" in refused.json()["detail"]
        (line,) = await other.queue()
        assert line["coach"]["id"] == desk.id

    async def test_a_closed_case_cannot_be_claimed_closed_or_put_aside(self, chat, desk, waiting):
        _visit, case = await waiting(chat, desk)
        await desk.does(case, "close")
        until = (clock.now() + timedelta(hours=1)).isoformat()
        for act, body in (("claim", {}), ("close", {}), ("snooze", {"until": until}), ("transfer", {"coach_id": None})):
            assert (await desk.act(case, act, **body)).status_code == 409


class TestTransfer:
    async def test_to_a_colleague_the_bot_speaks_until_the_colleague_does(self, chat, desk, desk_in, waiting):
        visit, case = await waiting(chat, desk)
        other = await desk_in(chat, "Bilal", role="decaan")
        await desk.does(case, "claim")
        await desk.says(case, "Ik vraag Bilal.")
        moved = await desk.does(case, "transfer", coach_id=other.id)
        assert (moved["state"], moved["coach"]["first_name"], moved["owner"]) == ("claimed", "Bilal", "bot")
        read = (await visit.get()).json()
        assert (read["state"], read["messages"][-1]["author"]) == ("waiting_for_coach", "bot")
        assert (await desk.act(case, "reply", text="nog iets", client_message_id=visit.id)).status_code == 409
        await other.says(case, "Hoi, met Bilal.")
        assert "Bilal, decaan" in (await visit.get()).json()["messages"][-2]["text"]

    async def test_back_to_the_queue_anybody_can_claim_it(self, chat, desk, desk_in, waiting):
        _visit, case = await waiting(chat, desk)
        other = await desk_in(chat, "Bilal")
        await desk.does(case, "claim")
        back = await other.does(case, "transfer", coach_id=None)
        assert (back["state"], back["coach"]) == ("open", None), "a colleague may: who claimed it can be ill"
        await other.does(case, "claim")


class TestSnooze:
    async def test_it_comes_back_to_the_queue_when_its_time_has_come(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Morgen verder!")
        until = clock.now() + timedelta(hours=1)
        asleep = await desk.does(case, "snooze", until=until.isoformat())
        assert (asleep["state"], asleep["owner"]) == ("snoozed", "bot")
        assert (await visit.get()).json()["messages"][-1]["author"] == "bot"
        await wake_snoozed(chat.services)
        assert (await desk.queue())[0]["state"] == "snoozed", "too early"
        await age(chat, case, snoozed_until=clock.now() - timedelta(seconds=1))
        await wake_snoozed(chat.services)
        (line,) = await desk.queue()
        assert (line["state"], line["coach"], line["snoozed_until"]) == ("open", None, None)

    @pytest.mark.parametrize("after", [timedelta(minutes=-1), timedelta(days=31)])
    async def test_the_past_and_the_far_future_are_refused(self, sqlite_chat, desk_in, waiting, after):
        desk = await desk_in(sqlite_chat)
        _visit, case = await waiting(sqlite_chat, desk)
        assert (await desk.act(case, "snooze", until=(clock.now() + after).isoformat())).status_code == 422

    async def test_danger_wakes_it_at_once(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "snooze", until=(clock.now() + timedelta(days=2)).isoformat())
        await visit.say(DANGER)
        (line,) = await desk.queue()
        assert (line["id"], line["state"], line["tier"], line["reason"]) == (case, "open", "acute", "signal")


class TestAbsence:
    async def test_after_half_an_hour_without_an_answer_the_bot_is_back_and_the_case_in_the_queue(
        self, chat, desk, waiting
    ):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Momentje")
        await visit.say("ben je er nog?")
        await end_absences(chat.services)
        assert (await visit.get()).json()["state"] == "with_coach", "too early"
        await age(chat, case, last_coach_message_at=clock.now() - ABSENT - timedelta(seconds=1))
        for _ in range(2):  # another replica runs the same job
            await end_absences(chat.services)
        read = (await visit.get()).json()
        assert read["state"] == "waiting_for_coach"
        assert "een tijd niet geantwoord" in read["messages"][-1]["text"]
        shown = await desk.reads(case)
        assert (shown["state"], shown["coach"]) == ("open", None), "a colleague can see that somebody waits"
        assert acts(shown).count("bot_back_absent") == 1

    async def test_where_the_visitor_went_away_the_coach_keeps_the_case_and_can_go_on(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Laat maar weten hoe het ging.")
        await age(chat, case, last_coach_message_at=clock.now() - ABSENT - timedelta(seconds=1))
        await end_absences(chat.services)
        last = (await visit.get()).json()["messages"][-1]
        assert "De bot is terug" in last["text"]
        assert "niet geantwoord" not in last["text"], "the coach did answer"
        assert (await desk.queue())[0]["state"] == "claimed"
        await desk.says(case, "Daar ben ik weer")
        assert (await visit.get()).json()["state"] == "with_coach"


class TestAlarm:
    async def test_a_button_pressed_under_a_coach_is_no_wording_of_a_child(self, chat, desk, waiting, monkeypatch):
        looked_at: list[str] = []
        monkeypatch.setattr("api.chat.watching.begin_preparing", looked_at.append)
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await visit.press("/find_programme")
        assert looked_at == []

    async def test_danger_while_a_coach_speaks_is_helped_by_the_system_and_rings(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Hoi")
        answer = await visit.say(DANGER)
        assert [message["author"] for message in answer["messages"]] == ["user", "system"]
        (line,) = await desk.queue()
        assert line["tier"] == "acute"
        assert line["alarm_at"] is not None
        read = await desk.reads(case)
        assert {"tier_raised", "alarm_raised"} < set(acts(read))
        assert "eind" in read["signals"][0]["because"]
        await desk.says(case, "Ik ben er. Ben je nu veilig?")
        assert (await desk.queue())[0]["alarm_at"] is None, "answered"

    async def test_danger_that_only_its_meaning_shows_rings_too_while_a_coach_speaks(
        self, chat, desk, waiting, monkeypatch
    ):
        veiled = Signal("suicide_acute", "acute", 0.7, "self", "≈ an example")
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Hoi, ik ben er")
        monkeypatch.setattr("api.chat.second_look.reconsider", lambda text, vector: [veiled])
        answer = await visit.say("zeg tegen mama dat ik van haar hou")
        assert [message["author"] for message in answer["messages"]] == ["user", "system"]
        assert answer["messages"][1]["cards"][0]["type"] == "helpline"
        line = (await desk.queue())[0]
        assert line["tier"] == "acute"

    async def test_danger_that_nobody_answered_cannot_be_put_aside(self, chat, desk):
        visit = await chat.open()
        await visit.say(DANGER)
        (line,) = await desk.queue()
        case, until = line["id"], (clock.now() + timedelta(hours=3)).isoformat()
        assert (await desk.act(case, "snooze", until=until)).status_code == 409
        await desk.does(case, "claim")
        await desk.says(case, "Ik ben er. Ben je nu veilig?")
        await visit.say(DANGER)
        assert (await desk.act(case, "snooze", until=until)).status_code == 409, "the alarm has had no answer"
        await desk.says(case, "Ik bel je moeder, goed?")
        assert (await desk.does(case, "snooze", until=until))["state"] == "snoozed"

    async def test_an_acute_message_opens_a_case_on_top(self, chat, desk, waiting):
        _visit, first = await waiting(chat, desk)
        visit = await chat.open()
        await visit.say(DANGER)
        queue = await desk.queue()
        assert [line["tier"] for line in queue] == ["acute", "information"]
        assert queue[0]["kinds"]
        assert [line["id"] for line in await desk.queue(tier="information")] == [first]


class TestOneCase:
    async def test_shows_transcript_signals_notes_and_who_did_what(self, chat, desk, desk_in, waiting):
        visit, case = await waiting(chat, desk)
        other = await desk_in(chat, "Bilal")
        note = await other.does(case, "note", text="Gebeld met de mentor.")
        assert (note["coach"]["first_name"], note["text"]) == ("Bilal", "Gebeld met de mentor.")
        read = await desk.reads(case)
        assert [message["seq"] for message in read["messages"]] == [
            message["seq"] for message in (await visit.get()).json()["messages"]
        ]
        assert read["conversation_state"] == "waiting_for_coach"
        assert read["notes"] == [note]
        assert (read["audit"][-1]["what"], read["audit"][-1]["name"]) == ("transcript_read", "Samira")
        assert read["audit"][0]["what"] == "case_opened"
        assert "Gebeld" not in (await visit.get("/export")).text

    async def test_each_act_and_each_reading_leaves_a_row_of_ids_only(self, chat, desk, waiting):
        _visit, case = await waiting(chat, desk)
        async with chat.services.db.read() as session:
            before = await session.scalar(select(func.count()).select_from(AuditEntry))
        await desk.does(case, "claim")
        await desk.says(case, "geheim woord")
        await desk.does(case, "note", text="geheim woord")
        await desk.does(case, "transfer", coach_id=None)
        await desk.does(case, "close")
        await desk.does(case, "reopen")
        await desk.reads(case)
        async with chat.services.db.read() as session:
            rows = (await session.scalars(select(AuditEntry).order_by(AuditEntry.at).offset(before))).all()
            note = await session.scalar(select(CaseNote))
        assert [row.what for row in rows] == [
            "case_claimed",
            *sorted(["coach_joined", "coach_replied"], key=[row.what for row in rows].index),
            "note_written",
            "case_transferred",
            "case_closed",
            "case_reopened",
            audit.TRANSCRIPT_READ,
        ]
        assert {row.actor for row in rows} == {f"coach:{desk.id}"}
        assert note.body == {"text": "geheim woord"}
        assert not any("geheim" in str(value) for row in rows for value in vars(row).values())

    async def test_typing_is_shown_only_after_the_coach_was_met(self, chat, desk, waiting):
        from api.chat.bus import bus
        from api.states import Author

        visit, case = await waiting(chat, desk)
        async with bus.subscribe(UUID(visit.id)) as ear:
            await desk.does(case, "claim")
            assert (await desk.http.post(f"/api/v1/cases/{case}/typing")).status_code == 204
            assert await ear.wait(0.05) == []
            await desk.says(case, "Hoi")
            await ear.wait(0.05)
            assert (await desk.http.post(f"/api/v1/cases/{case}/typing")).status_code == 204
            assert await ear.wait(0.5) == [Author.COACH]
