"""The acute path while the database is locked: a real lock on a real SQLite file, and a PostgreSQL row."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg
from sqlalchemy import delete, select
from sqlalchemy.engine import make_url

from api.chat.models import Conversation, SeenSignal
from api.chat.replaying import replay_journal
from api.handoff.models import Case
from bot.signals import Signal
from tests.api.chat.test_once import take_over
from tests.api.serving import until

ACUTE = "ik ga er vanavond een eind aan maken"


def _take_file(url: str, readers_too: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(make_url(url).database, isolation_level=None, check_same_thread=False)
    if readers_too:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("UPDATE chat_conversation SET site = site")
    return connection


def _take_row(url: str) -> psycopg.Connection:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(address)
    connection.execute("SELECT * FROM chat_conversation FOR UPDATE")
    return connection


@asynccontextmanager
async def locked(url: str, *, readers_too: bool = False):
    """Hold the lock from outside. Taken in a thread: a job of the app may hold it, and must be able to go on."""
    if url.startswith("sqlite"):
        connection = await asyncio.to_thread(_take_file, url, readers_too)
    else:
        connection = await asyncio.to_thread(_take_row, url)
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


async def messages(visit) -> list[dict]:
    return (await visit.get()).json()["messages"]


async def test_help_goes_out_at_once_and_is_stored_when_the_lock_is_gone(chat, database_url):
    visit = await chat.open()
    await visit.say("hoi daar")
    async with locked(database_url):
        helped = await visit.say(ACUTE)
        assert helped["messages"][1]["cards"][0]["type"] == "helpline"
        assert chat.services.journal.count() == 1
    await replay_journal(chat.services)
    assert chat.services.journal.count() == 0
    kept = await messages(visit)
    assert kept[-2:] == helped["messages"], "the numbers and words are those that the visitor saw"
    assert (await visit.get()).json()["state"] == helped["state"] == "waiting_for_coach"
    async with chat.services.db.read() as session:
        assert (await session.scalars(select(Case))).one().tier == "acute"
        assert (await session.scalars(select(SeenSignal))).first().tier == "acute"


async def test_replaying_twice_and_sending_again_change_nothing(chat, database_url):
    visit = await chat.open()
    message_id = str(uuid4())
    async with locked(database_url):
        first = await visit.say(ACUTE, client_message_id=message_id)
        assert await visit.say(ACUTE, client_message_id=message_id) == first
        assert chat.services.journal.count() == 1
        ((_, entry),) = await chat.services.journal.waiting()
    await asyncio.gather(replay_journal(chat.services), replay_journal(chat.services))
    await chat.services.journal.write(entry)  # as if the process died between the commit and the removal
    await replay_journal(chat.services)
    assert await visit.say(ACUTE, client_message_id=message_id) == first
    assert len(await messages(visit)) == 3


async def test_danger_that_the_second_look_sees_under_a_lock_is_answered_at_once_and_stored_once(
    sqlite_chat, sqlite_url, monkeypatch
):
    veiled, message_id = "de konijnen zijn voor mijn zusje", str(uuid4())
    taken: list[sqlite3.Connection] = []

    def look(_text, _vector):
        if not taken:  # between the message's own transaction and that of the help
            taken.append(_take_file(sqlite_url, False))
        return [Signal("suicide_acute", "acute", 0.7, "self", "≈ an example")]

    monkeypatch.setattr(
        "api.chat.hearing.screen", lambda _text, **_: []
    )  # the first look sees nothing, whatever it learnt
    monkeypatch.setattr("api.chat.second_look.reconsider", look)
    visit = await sqlite_chat.open()
    helped = await asyncio.wait_for(visit.say(veiled, client_message_id=message_id), 3)
    assert helped["messages"][1]["cards"][0]["type"] == "helpline"
    assert await visit.say(veiled, client_message_id=message_id) == helped, "a retry under the lock"
    assert sqlite_chat.services.journal.count() == 1
    taken[0].rollback()
    taken[0].close()
    await asyncio.gather(replay_journal(sqlite_chat.services), replay_journal(sqlite_chat.services))
    assert (await messages(visit))[-2:] == helped["messages"]
    async with sqlite_chat.services.db.read() as session:
        assert len((await session.scalars(select(Case))).all()) == 1
        assert len((await session.scalars(select(SeenSignal))).all()) == 1


async def test_danger_in_a_message_to_the_coach_is_not_lost_under_a_lock(sqlite_chat, sqlite_url, monkeypatch):
    veiled, message_id = "de konijnen zijn voor mijn zusje", str(uuid4())
    visit = await sqlite_chat.open()
    await take_over(sqlite_chat, visit)
    taken: list[sqlite3.Connection] = []

    def look(_text, _vector):
        taken.append(_take_file(sqlite_url, False))
        return [Signal("suicide_acute", "acute", 0.7, "self", "≈ an example")]

    monkeypatch.setattr(
        "api.chat.hearing.screen", lambda _text, **_: []
    )  # the first look sees nothing, whatever it learnt
    monkeypatch.setattr("api.chat.second_look.reconsider", look)
    helped = await asyncio.wait_for(visit.say(veiled, client_message_id=message_id), 3)
    assert [message["author"] for message in helped["messages"]] == ["user", "system"]
    assert helped["messages"][1]["cards"][0]["type"] == "helpline"
    assert sqlite_chat.services.journal.count() == 1
    taken[0].rollback()
    taken[0].close()
    await asyncio.gather(replay_journal(sqlite_chat.services), replay_journal(sqlite_chat.services))
    assert await visit.say(veiled, client_message_id=message_id) == helped
    assert (await messages(visit))[-2:] == helped["messages"]
    assert len(taken) == 1, "a retry is the same message"
    async with sqlite_chat.services.db.read() as session:
        assert (await session.scalars(select(Case))).one().tier == "acute"
        assert len((await session.scalars(select(SeenSignal))).all()) == 1


async def test_what_comes_after_is_stored_after(chat, database_url):
    visit = await chat.open()
    async with locked(database_url):
        await visit.say(ACUTE)
    await visit.say("en ik zoek ook een opleiding")
    assert [message["text"] for message in await messages(visit) if message["author"] == "user"] == [
        ACUTE,
        "en ik zoek ook een opleiding",
    ]


async def test_what_can_wait_is_refused_kindly_and_not_lost_silently(chat, database_url):
    visit = await chat.open()
    async with locked(database_url):
        response = await visit.post(text="ik zoek iets met dieren")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert int(response.headers["Retry-After"]) > 0
    assert "112" in response.json()["detail"]
    assert "dieren" not in response.text
    assert len(await messages(visit)) == 1


async def test_a_visitor_we_know_is_helped_even_when_nothing_can_be_read(sqlite_chat, sqlite_url):
    visit = await sqlite_chat.open()
    await visit.say("hoi daar")
    await sqlite_chat.services.db.engine.dispose()
    async with locked(sqlite_url, readers_too=True):
        helped = await visit.say(ACUTE)
        assert helped["messages"][1]["cards"]
        stranger = await visit.http.post(
            f"/api/v1/conversations/{uuid4()}/messages",
            json={"client_message_id": str(uuid4()), "text": ACUTE},
            headers=visit.auth,
        )
        assert stranger.status_code == 503
        assert "112" in stranger.json()["detail"]
    await replay_journal(sqlite_chat.services)
    assert len(await messages(visit)) == 5


async def test_a_full_disk_does_not_keep_the_helpline_away(sqlite_chat, sqlite_url, monkeypatch):
    async def full(_entry):
        raise OSError(28, "No space left on device")

    visit = await sqlite_chat.open()
    monkeypatch.setattr(type(sqlite_chat.services.journal), "write", lambda self, entry: full(entry))
    async with locked(sqlite_url):
        assert (await visit.say(ACUTE))["messages"][1]["cards"]


async def test_an_entry_of_an_erased_conversation_is_dropped(sqlite_chat, sqlite_url):
    visit = await sqlite_chat.open()
    async with locked(sqlite_url):
        await visit.say(ACUTE)
    async with sqlite_chat.services.db.write() as session:
        await session.execute(delete(Conversation))
    await replay_journal(sqlite_chat.services)
    assert sqlite_chat.services.journal.count() == 0


async def test_the_journal_is_replayed_at_start(chat_on, sqlite_url):
    async with chat_on(sqlite_url) as before:
        visit = await before.open()
        async with locked(sqlite_url):
            await visit.say(ACUTE)
    async with chat_on(sqlite_url) as after:
        await until(lambda: not after.services.journal.count())
        response = await after.http.get(visit.url, headers=visit.auth)
    assert len(response.json()["messages"]) == 3
