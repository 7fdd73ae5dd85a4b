"""A turn is finished exactly once and a human is never talked over, whatever happens in between."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from api.chat import service
from api.chat.answering import HelpNotStored, answer
from api.chat.jobs import CUT_OFF, finish_cut_off_turns
from api.chat.models import Conversation, Message
from api.chat.said import Said
from api.chat.second_look import SecondLook
from api.chat.storing import Stored
from api.states import Author, Language, Owner
from core import clock
from core.errors import Conflict
from tests.api.rasa_double import says
from tests.api.serving import until


async def take_over(chat, visit) -> None:
    """A coach's first message, as api.handoff sends it: it takes the conversation in its own transaction."""
    async with chat.services.db.write() as session:
        conversation = await session.get(Conversation, UUID(visit.id), with_for_update=True)
        conversation.owner = Owner.COACH
        conversation.coach_id = uuid4()
        conversation.owner_version += 1
        await service.append(session, conversation, author=Author.COACH, said=Said("Hoi, met Anke."), now=clock.now())
        await service.record_state(session, conversation, clock.now())


async def cut_off(chat, visit, text: str) -> str:
    """Leave a message behind as a killed process would: stored, not answered."""
    message_id = uuid4()
    async with chat.services.db.write() as session:
        conversation = await session.get(Conversation, UUID(visit.id))
        await service.append(
            session,
            conversation,
            author=Author.USER,
            said=Said(text),
            now=clock.now() - CUT_OFF - timedelta(seconds=1),
            client_message_id=message_id,
        )
    return str(message_id)


async def said(visit) -> list[tuple[str, str]]:
    return [(message["author"], message["text"]) for message in (await visit.get()).json()["messages"]]


class TestCutOff:
    async def test_the_visitors_retry_finishes_the_turn(self, chat, rasa):
        visit = await chat.open()
        message_id = await cut_off(chat, visit, "iets met dieren")
        answer = await visit.say("iets met dieren", client_message_id=message_id)
        assert [message["author"] for message in answer["messages"]] == ["user", "bot"]
        assert len(rasa.requests) == 1

    async def test_the_sweep_finishes_it_without_the_visitor(self, chat, rasa):
        visit = await chat.open()
        message_id = await cut_off(chat, visit, "iets met dieren")
        await finish_cut_off_turns(chat.services)
        assert [author for author, _ in await said(visit)] == ["bot", "user", "bot"]
        await finish_cut_off_turns(chat.services)
        again = await visit.say("iets met dieren", client_message_id=message_id)
        assert len(again["messages"]) == 2
        assert len(rasa.requests) == 1

    async def test_one_that_cannot_be_stored_leaves_no_other_without_an_answer(self, sqlite_chat, monkeypatch):
        first, second = await sqlite_chat.open(), await sqlite_chat.open()
        for visit in (first, second):
            await cut_off(sqlite_chat, visit, "iets met dieren")

        async def locked_for_the_first(services, conversation_id, stored, *, now):
            if conversation_id == UUID(first.id):
                raise HelpNotStored(SecondLook(), Said("hulp"))
            return await answer(services, conversation_id, stored, now=now)

        monkeypatch.setattr("api.chat.jobs.answer", locked_for_the_first)
        await finish_cut_off_turns(sqlite_chat.services)
        assert [author for author, _ in await said(first)] == ["bot", "user"]
        assert [author for author, _ in await said(second)] == ["bot", "user", "bot"]
        monkeypatch.undo()
        await finish_cut_off_turns(sqlite_chat.services)
        assert [author for author, _ in await said(first)] == ["bot", "user", "bot"]

    async def test_a_turn_under_way_is_left_alone(self, chat, rasa):
        visit = await chat.open()
        rasa.silent_s = 0.3
        saying = asyncio.create_task(visit.say("iets met dieren"))
        await until(lambda: rasa.requests)
        await finish_cut_off_turns(chat.services)
        await saying
        assert len(rasa.requests) == 1

    async def test_retry_and_sweep_at_the_same_moment_speak_once(self, chat, rasa):
        visit = await chat.open()
        message_id = await cut_off(chat, visit, "iets met dieren")
        rasa.silent_s = 0.1
        await asyncio.gather(
            finish_cut_off_turns(chat.services), *(visit.say("x", client_message_id=message_id) for _ in range(3))
        )
        assert [author for author, _ in await said(visit)] == ["bot", "user", "bot"]

    async def test_two_replicas_that_answer_the_same_turn_speak_once(self, chat, rasa):
        visit = await chat.open()
        await cut_off(chat, visit, "iets met dieren")
        rasa.silent_s = 0.1

        def as_another_replica():
            chat.services.turn_locks.clear()  # locks are per process: each call below takes one of its own
            return answer(chat.services, UUID(visit.id), Stored(2), now=clock.now())

        first = asyncio.create_task(as_another_replica())
        await asyncio.sleep(0)
        chat.services.turn_locks.clear()
        await asyncio.gather(first, as_another_replica())
        assert len(rasa.requests) == 2, "both asked Rasa"
        assert [author for author, _ in await said(visit)] == ["bot", "user", "bot"]


class TestOwner:
    async def test_an_answer_that_comes_after_the_coach_is_dropped(self, chat, rasa):
        visit = await chat.open()
        rasa.before_answer = lambda: take_over(chat, visit)
        answer = await visit.say("iets met dieren")
        assert [message["author"] for message in answer["messages"]] == ["user"]
        assert [author for author, _ in await said(visit)] == ["bot", "user", "coach"]

    async def test_an_answer_is_dropped_also_when_the_coach_came_and_went(self, chat, rasa):
        visit = await chat.open()

        async def come_and_go():
            await take_over(chat, visit)
            async with chat.services.db.write() as session:
                back = {"owner": Owner.BOT, "coach_id": None, "owner_version": Conversation.owner_version + 1}
                await session.execute(update(Conversation).values(back))

        rasa.before_answer = come_and_go
        answer = await visit.say("iets met dieren")
        assert [message["author"] for message in answer["messages"]] == ["user"]

    async def test_while_a_coach_owns_it_rasa_hears_nothing(self, chat, rasa):
        visit = await chat.open()
        await take_over(chat, visit)
        answer = await visit.say("dank je wel Anke")
        assert [message["author"] for message in answer["messages"]] == ["user"]
        assert answer["state"] == "with_coach"
        assert rasa.requests == []

    async def test_acute_help_comes_from_the_system_while_a_coach_owns_it(self, chat):
        visit = await chat.open()
        await take_over(chat, visit)
        answer = await visit.say("ik ga er vanavond een eind aan maken")
        assert [message["author"] for message in answer["messages"]] == ["user", "system"]
        assert answer["messages"][1]["cards"]

    async def test_no_path_lets_the_bot_append_while_a_coach_owns_it(self, chat):
        visit = await chat.open()
        await take_over(chat, visit)
        async with chat.services.db.read() as session:
            conversation = await session.get(Conversation, UUID(visit.id))
        with pytest.raises(Conflict):
            async with chat.services.db.write() as session:
                await service.append(session, conversation, author=Author.BOT, said=Said("x"), now=clock.now())
        async with chat.services.db.write() as session:
            for version in (conversation.owner_version, conversation.owner_version - 1):
                dropped = await service.append_as_bot(
                    session,
                    conversation.id,
                    owner_version=version,
                    sayings=[Said("x")],
                    language=Language.NL,
                    now=clock.now(),
                )
                assert dropped is None
        assert "x" not in [text for _, text in await said(visit)]


class TestOrder:
    async def test_messages_at_the_same_moment_get_their_own_numbers_and_each_its_answer(self, chat, rasa):
        rasa.answer = lambda request: says("chat.share_worry")
        visit = await chat.open()
        answers = await asyncio.gather(*(visit.say(f"vraag {number}") for number in range(6)))
        assert all([m["author"] for m in answer["messages"]] == ["user", "bot"] for answer in answers)
        messages = (await visit.get()).json()["messages"]
        assert [message["seq"] for message in messages] == list(range(1, 14))

    async def test_text_is_ciphertext_in_the_database(self, chat):
        from sqlalchemy import text

        visit = await chat.open()
        await visit.say("mijn geheime wens is dierenarts")
        async with chat.services.db.read() as session:
            rows = (await session.execute(text("SELECT body FROM chat_message"))).scalars().all()
            message = (await session.scalars(select(Message).where(Message.seq == 2))).one()
        assert message.body["text"] == "mijn geheime wens is dierenarts"
        assert all(b"dierenarts" not in bytes(row) for row in rows)
