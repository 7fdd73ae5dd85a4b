"""Health, metrics and the reference: what operators and integrators see, and what nobody sees."""

import re
import sqlite3

import httpx2
import pytest
from sqlalchemy.engine import make_url

from api.operations import create_operations
from tests.api.serving import served


class TestHealth:
    async def test_up_says_one_word(self, chat):
        for path in ("live", "ready"):
            response = await chat.http.get(f"/health/{path}")
            assert (response.status_code, response.json()) == (200, {"status": "up"})

    async def test_without_its_tables_it_lives_but_is_not_ready(self, sqlite_chat, sqlite_url):
        connection = sqlite3.connect(make_url(sqlite_url).database)
        connection.execute("ALTER TABLE chat_conversation RENAME TO gone")
        connection.close()
        assert (await sqlite_chat.http.get("/health/live")).status_code == 200
        response = await sqlite_chat.http.get("/health/ready")
        assert (response.status_code, response.json()) == (503, {"status": "down"})


class TestOperations:
    @pytest.mark.parametrize("is_there", [True, False])
    async def test_each_dependency_is_told_apart(self, sqlite_chat, rasa, monkeypatch, is_there):
        rasa.status = 503
        monkeypatch.setattr("bot.signals.has_classifier", lambda: is_there)
        async with served(create_operations(sqlite_chat.services)) as address, httpx2.AsyncClient() as client:
            response = await client.get(f"{address}/health")
        assert response.status_code == 503
        assert response.json() == {
            "database": True,
            "rasa": {rasa.address: False},
            "actions": False,
            "journal_waiting": 0,
            "signal_classifier": is_there,
        }

    async def test_metrics_count_and_hold_no_ids_and_no_text(self, sqlite_chat):
        visit = await sqlite_chat.open()
        await visit.say("ik ga er vanavond een eind aan maken")
        async with served(create_operations(sqlite_chat.services)) as address, httpx2.AsyncClient() as client:
            text = (await client.get(f"{address}/metrics")).text
        assert re.search(r'wegwijs_turns_total\{outcome="acute"\} [1-9]', text)
        assert re.search(r'wegwijs_signals_total\{tier="acute"\} [1-9]', text)
        for secret in (visit.id, "vanavond", "suicide", "demo-nl"):
            assert secret not in text

    async def test_the_public_door_tells_neither(self, sqlite_chat):
        for path in ("/metrics", "/health", "/redoc"):
            assert (await sqlite_chat.http.get(path)).status_code == 404


class TestReference:
    async def test_every_route_of_the_schema_is_on_the_page(self, sqlite_chat):
        page = (await sqlite_chat.http.get("/docs")).text
        schema = (await sqlite_chat.http.get("/openapi.json")).json()
        assert len(schema["paths"]) > 10
        for path in schema["paths"]:
            assert path in page

    async def test_the_page_needs_nothing_from_elsewhere(self, sqlite_chat):
        response = await sqlite_chat.http.get("/docs")
        assert not re.search(r'(src|href)="(https?:)?//', response.text)
        assert "<script" not in response.text
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


class TestLogs:
    async def test_nothing_that_a_visitor_typed_reaches_the_log(self, sqlite_chat, rasa, capfd):
        planted = "xyzzyplugh"
        visit = await sqlite_chat.open()
        await visit.say(f"mijn woord is {planted}")
        await visit.say(f"{planted} ik ga er vanavond een eind aan maken")
        await visit.post(text=f"{planted} " * 400)
        await visit.post(payload=f"/{planted}")
        rasa.status = 500
        await visit.say(f"nog eens {planted}")
        await sqlite_chat.http.get(f"/api/v1/programmes?q={planted}")
        out, err = capfd.readouterr()
        assert "conversation_opened" in out
        assert planted not in out + err
