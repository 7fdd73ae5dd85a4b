"""Every door of the coaches: without a sign-in, with bad input, and for another team."""

from uuid import uuid4

import pytest

CASE = str(uuid4())
ROUTES = [
    ("GET", "/api/v1/cases"),
    ("GET", "/api/v1/cases/events"),
    ("GET", f"/api/v1/cases/{CASE}"),
    ("GET", f"/api/v1/cases/{CASE}/events"),
    *(
        ("POST", f"/api/v1/cases/{CASE}/{act}")
        for act in ("claim", "reply", "note", "transfer", "snooze", "close", "reopen", "typing")
    ),
    ("GET", "/api/v1/coach/me"),
    ("GET", "/api/v1/coach/colleagues"),
    ("POST", "/api/v1/coach/sign-out"),
]
BODIES = {
    "reply": {"text": "Hoi", "client_message_id": str(uuid4())},
    "note": {"text": "Gebeld met thuis."},
    "transfer": {"coach_id": None},
    "snooze": {"until": "2099-01-01T00:00:00Z"},
}


def assert_problem(response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()


class TestWithoutSignIn:
    async def test_every_route_is_401_and_tells_nothing(self, sqlite_chat):
        paths = {path.replace("{case_id}", CASE) for path in _documented(sqlite_chat)}
        assert paths == {path for _, path in ROUTES}, "a new route belongs in this list"
        for method, path in ROUTES:
            for cookies in ({}, {"Cookie": "wegwijs-coach=guessed"}, {"Cookie": "wegwijs-coach="}):
                body = BODIES.get(path.rsplit("/", 1)[-1])
                assert_problem(await sqlite_chat.http.request(method, path, json=body, headers=cookies), 401)

    async def test_a_visitors_token_opens_no_case(self, sqlite_chat):
        visit = await sqlite_chat.open()
        for method, path in ROUTES:
            body = BODIES.get(path.rsplit("/", 1)[-1])
            assert_problem(await sqlite_chat.http.request(method, path, json=body, headers=visit.auth), 401)


def _documented(chat) -> set[str]:
    from api.coaches.routes import router as coaches
    from api.handoff.routes import router as handoff

    return {route.path for router in (coaches, handoff) for route in router.routes} - {"/api/v1/coach/sign-in"}


class TestBadInput:
    @pytest.mark.parametrize(
        ("act", "body"),
        [
            ("reply", None),
            ("reply", {"text": "Hoi"}),
            ("reply", {"text": "", "client_message_id": CASE}),
            ("reply", {"text": " \n\u200b", "client_message_id": CASE}),
            ("reply", {"text": "x" * 2001, "client_message_id": CASE}),
            ("reply", {"text": "Hoi", "client_message_id": "1"}),
            ("reply", {"text": "Hoi", "client_message_id": CASE, "as": "bot"}),
            ("note", {"text": " "}),
            ("note", {"text": ["x"]}),
            ("transfer", {"coach_id": "x"}),
            ("transfer", {"to": CASE}),
            ("snooze", {}),
            ("snooze", {"until": "tomorrow"}),
            ("snooze", {"until": "2026-12-01T09:00:00"}),
        ],
    )
    async def test_a_wrong_field_is_422(self, sqlite_chat, desk_in, waiting, act, body):
        desk = await desk_in(sqlite_chat)
        _visit, case = await waiting(sqlite_chat, desk)
        assert assert_problem(await desk.http.post(f"/api/v1/cases/{case}/{act}", json=body), 422)["errors"]

    @pytest.mark.parametrize("query", [{"state": "new"}, {"tier": "red"}, {"tier": ""}])
    async def test_an_unknown_state_or_tier_is_422(self, sqlite_chat, desk_in, query):
        desk = await desk_in(sqlite_chat)
        assert_problem(await desk.http.get("/api/v1/cases", params=query), 422)

    async def test_a_body_that_is_not_utf8_is_422(self, sqlite_chat, desk_in, waiting):
        desk = await desk_in(sqlite_chat)
        _visit, case = await waiting(sqlite_chat, desk)
        headers = {"Content-Type": "application/json"}
        response = await desk.http.post(f"/api/v1/cases/{case}/note", content=b'{"text": "\xff"}', headers=headers)
        assert_problem(response, 422)

    async def test_another_website_cannot_act_for_a_coach(self, sqlite_chat, desk_in, waiting):
        desk = await desk_in(sqlite_chat)
        _visit, case = await waiting(sqlite_chat, desk)
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            assert_problem(await desk.http.post(f"/api/v1/cases/{case}/claim", headers=headers), 403)


class TestAnotherTeam:
    async def test_its_cases_do_not_exist(self, chat, desk, desk_in, waiting):
        _visit, case = await waiting(chat, desk)
        stranger = await desk_in(chat, team="demo-be")
        assert await stranger.queue() == []
        for method, path in ROUTES[2:12]:
            body = BODIES.get(path.rsplit("/", 1)[-1])
            ours = await stranger.http.request(method, path.replace(CASE, case), json=body)
            nobodys = await stranger.http.request(method, path, json=body)
            assert_problem(ours, 404)
            assert ours.json() == nobodys.json(), "a stranger cannot tell a case from none"

    async def test_a_case_cannot_be_transferred_to_it(self, chat, desk, desk_in, waiting):
        _visit, case = await waiting(chat, desk)
        stranger = await desk_in(chat, team="demo-be")
        for nobody in (stranger.id, str(uuid4())):
            assert_problem(await desk.act(case, "transfer", coach_id=nobody), 422)
