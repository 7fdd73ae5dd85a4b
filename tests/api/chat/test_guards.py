"""Bad input at every door: each gets a problem that names the field and repeats nothing of what was typed."""

from typing import ClassVar
from uuid import uuid4

import pytest

SECRET_WORDS = "geheimpje van sanne"


def assert_problem(response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert {"type", "title", "status", "detail", "errors"} <= set(body)
    assert SECRET_WORDS not in response.text
    return body


def fields(body: dict) -> set[str]:
    return {error["field"] for error in body["errors"]}


class TestOpening:
    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "site"),
            ({"site": 7}, "site"),
            ({"site": "x" * 65}, "site"),
            ({"site": "demo-nl", "language": "de"}, "language"),
            ({"site": "demo-nl", "audience": SECRET_WORDS}, "audience"),
            ({"site": "demo-nl", "name": SECRET_WORDS}, "name"),
        ],
    )
    async def test_a_wrong_field_is_named(self, sqlite_chat, body, field):
        response = await sqlite_chat.http.post("/api/v1/conversations", json=body)
        assert field in fields(assert_problem(response, 422))

    async def test_an_unknown_site_is_404(self, sqlite_chat):
        assert_problem(await sqlite_chat.http.post("/api/v1/conversations", json={"site": "nowhere"}), 404)

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"\xff\xfe{", b'{"site": "demo-\xff"}'])
    async def test_what_is_no_json_object_in_utf8_is_422(self, sqlite_chat, content):
        headers = {"Content-Type": "application/json"}
        response = await sqlite_chat.http.post("/api/v1/conversations", content=content, headers=headers)
        assert_problem(response, 422)

    async def test_unknown_routes_and_methods_are_problems_too(self, sqlite_chat):
        assert_problem(await sqlite_chat.http.get("/api/v1/nothing"), 404)
        assert_problem(await sqlite_chat.http.put("/api/v1/conversations", json={}), 405)


class TestMessages:
    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"text": "hoi", "client_message_id": "x"}, "client_message_id"),
            ({"text": ""}, "text"),
            ({"text": " \n\t\u00a0\u200b "}, "text"),
            ({"text": "x" * 2001}, "text"),
            ({"text": 7}, "text"),
            ({"text": "hoi", "language": SECRET_WORDS}, "language"),
            ({"payload": "find_programme"}, "payload"),
            ({"payload": "/" + "x" * 1000}, "payload"),
            ({"text": "hoi", "payload": "/greet"}, "body"),
            ({}, "body"),
        ],
    )
    async def test_a_wrong_field_is_named(self, sqlite_chat, body, field):
        visit = await sqlite_chat.open()
        assert field in fields(assert_problem(await visit.post(**body), 422))

    @pytest.mark.parametrize(
        "content",
        [
            b'{"client_message_id": "3f2b8a52-6c0e-4b06-9a55-3a4a6b8a2b10", "text": "caf\xe9"}',
            b'{"client_message_id": "3f2b8a52-6c0e-4b06-9a55-3a4a6b8a2b10", "text": "\\ud800"}',
            '{"client_message_id": "3f2b8a52-6c0e-4b06-9a55-3a4a6b8a2b10", "text": "hoi"}'.encode("utf-16"),
        ],
    )
    async def test_what_is_not_utf8_is_422(self, sqlite_chat, content):
        visit = await sqlite_chat.open()
        headers = visit.auth | {"Content-Type": "application/json"}
        response = await visit.http.post(f"{visit.url}/messages", content=content, headers=headers)
        assert_problem(response, 422)

    async def test_two_thousand_characters_are_welcome_whatever_they_are(self, sqlite_chat):
        visit = await sqlite_chat.open()
        answer = await visit.say("é😀" * 1000)
        assert answer["messages"][0]["text"] == "é😀" * 1000

    async def test_a_body_without_end_is_413(self, sqlite_chat):
        visit = await sqlite_chat.open()
        assert_problem(await visit.post(text="x" * 100_000), 413)

    async def test_a_button_that_was_not_offered_is_409(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open()
        assert_problem(await visit.post(payload='/find_programme{"city": "Utrecht"}'), 409)
        assert rasa.requests == []

    async def test_a_button_of_somebody_elses_conversation_is_409(self, sqlite_chat, rasa):
        from tests.api.rasa_double import says

        rasa.answer = lambda request: says("chat.share_worry", buttons=[{"title": "Zo", "payload": "/deny"}])
        first, second = await sqlite_chat.open(), await sqlite_chat.open()
        await first.say("hoi")
        assert_problem(await second.post(payload="/deny"), 409)

    async def test_too_many_are_429_with_a_time_to_come_back(self, sqlite_chat):
        visit = await sqlite_chat.open()
        responses = [await visit.post(text="hoi") for _ in range(21)]
        assert [response.status_code for response in responses[:20]] == [200] * 20
        assert_problem(responses[20], 429)
        assert 1 <= int(responses[20].headers["Retry-After"]) <= 60

    async def test_an_acute_message_is_never_too_many(self, sqlite_chat):
        visit = await sqlite_chat.open()
        for _ in range(21):
            last = await visit.post(text="hoi")
        assert last.status_code == 429
        answer = await visit.say("ik ga er vanavond een eind aan maken")
        assert answer["messages"][1]["cards"][0]["type"] == "helpline"


ROUTES = [
    ("GET", ""),
    ("PATCH", ""),
    ("DELETE", ""),
    ("POST", "/messages"),
    ("GET", "/events"),
    ("GET", "/export"),
    ("POST", "/typing"),
    ("POST", "/return-code"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
class TestToken:
    BODY: ClassVar = {"client_message_id": str(uuid4()), "text": "hoi"}

    async def request(self, chat, method, path, conversation_id, headers):
        body = {"json": self.BODY if path == "/messages" else {}} if method in ("POST", "PATCH") else {}
        return await chat.http.request(
            method, f"/api/v1/conversations/{conversation_id}{path}", headers=headers, **body
        )

    async def test_without_a_token_it_is_401(self, sqlite_chat, method, path):
        visit = await sqlite_chat.open()
        response = await self.request(sqlite_chat, method, path, visit.id, {})
        assert_problem(response, 401)
        assert response.headers["WWW-Authenticate"] == "Bearer"

    async def test_with_another_conversations_token_it_is_401(self, sqlite_chat, method, path):
        visit, other = await sqlite_chat.open(), await sqlite_chat.open()
        assert_problem(await self.request(sqlite_chat, method, path, visit.id, other.auth), 401)

    async def test_a_conversation_that_is_not_there_is_404(self, sqlite_chat, method, path):
        visit = await sqlite_chat.open()
        assert_problem(await self.request(sqlite_chat, method, path, uuid4(), visit.auth), 404)

    async def test_an_id_that_is_none_is_422(self, sqlite_chat, method, path):
        visit = await sqlite_chat.open()
        body = assert_problem(await self.request(sqlite_chat, method, path, "x", visit.auth), 422)
        assert fields(body) == {"conversation_id"}


class TestOtherWebsites:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ],
    )
    async def test_they_may_not_write(self, sqlite_chat, headers):
        response = await sqlite_chat.http.post("/api/v1/conversations", json={"site": "demo-nl"}, headers=headers)
        assert_problem(response, 403)

    async def test_our_own_pages_and_programs_may(self, sqlite_chat):
        own = str(sqlite_chat.http.base_url).rstrip("/")
        for headers in (
            {},
            {"Sec-Fetch-Site": "same-origin", "Origin": own},
            {"Sec-Fetch-Site": "none"},
            {"Origin": own},
        ):
            response = await sqlite_chat.http.post("/api/v1/conversations", json={"site": "demo-nl"}, headers=headers)
            assert response.status_code == 201

    async def test_browsers_are_told_to_be_strict(self, sqlite_chat):
        visit = await sqlite_chat.open()
        headers = (await visit.get()).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in headers


class TestSwitches:
    @pytest.mark.parametrize(
        ("body", "field"), [({"language": "fr"}, "language"), ({"audience": 1}, "audience"), ({"x": 1}, "x")]
    )
    async def test_a_wrong_field_is_named(self, sqlite_chat, body, field):
        visit = await sqlite_chat.open()
        response = await visit.http.patch(visit.url, json=body, headers=visit.auth)
        assert field in fields(assert_problem(response, 422))


class TestEvents:
    @pytest.mark.parametrize("last", ["x", "-1", "1.5", "99999999999999999999"])
    async def test_a_last_number_that_is_none_is_422(self, sqlite_chat, last):
        visit = await sqlite_chat.open()
        response = await visit.http.get(f"{visit.url}/events", headers=visit.auth | {"Last-Event-ID": last})
        assert "last-event-id" in fields(assert_problem(response, 422))
