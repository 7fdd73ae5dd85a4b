"""Coming back with three words."""

import re

import pytest
from sqlalchemy import select

from api.chat.models import Conversation

RESUME = "/api/v1/conversations/resume"


async def code_of(visit) -> str:
    response = await visit.http.post(f"{visit.url}/return-code", headers=visit.auth)
    assert response.status_code == 200
    return response.json()["return_code"]


async def test_the_code_brings_back_all_that_was_said_with_a_new_token(chat):
    visit = await chat.open(language="en")
    await visit.say("something with animals")
    before = (await visit.get()).json()
    back = (await visit.http.post(RESUME, json={"return_code": (await code_of(visit)).upper()})).json()
    assert {name: back[name] for name in before} == before
    assert back["token"] != visit.opened["token"]
    fresh = {"Authorization": f"Bearer {back['token']}"}
    assert (await visit.http.get(visit.url, headers=fresh)).status_code == 200
    assert (await visit.get()).status_code == 401, "the old token is spent"


async def test_a_code_works_once_and_the_answer_holds_the_next(chat):
    visit = await chat.open()
    code = await code_of(visit)
    back = (await visit.http.post(RESUME, json={"return_code": code})).json()
    assert (await visit.http.post(RESUME, json={"return_code": code})).status_code == 404
    assert (await visit.http.post(RESUME, json={"return_code": back["return_code"]})).status_code == 200


async def test_a_new_code_replaces_the_old(sqlite_chat):
    visit = await sqlite_chat.open()
    old, new = await code_of(visit), await code_of(visit)
    assert (await visit.http.post(RESUME, json={"return_code": old})).status_code == 404
    assert (await visit.http.post(RESUME, json={"return_code": new})).status_code == 200


async def test_the_code_is_not_in_the_database(sqlite_chat):
    visit = await sqlite_chat.open()
    code = await code_of(visit)
    async with sqlite_chat.services.db.read() as session:
        kept = (await session.scalars(select(Conversation.return_code_hash))).one()
    assert re.fullmatch("[0-9a-f]{64}", kept)
    assert not any(word in kept for word in code.split("-"))


async def test_guessing_is_slowed_down(sqlite_chat):
    statuses = []
    for _ in range(12):
        response = await sqlite_chat.http.post(RESUME, json={"return_code": "babab-babab-babab"})
        statuses.append(response.status_code)
    assert set(statuses) == {404, 429}
    assert response.headers["Retry-After"]


@pytest.mark.parametrize(
    "body", [{}, {"return_code": ""}, {"return_code": "x" * 81}, {"return_code": 7}, {"code": "x"}]
)
async def test_what_cannot_be_a_code_is_422(sqlite_chat, body):
    response = await sqlite_chat.http.post(RESUME, json=body)
    assert response.status_code == 422
    assert response.json()["errors"]
