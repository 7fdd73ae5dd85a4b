"""Signing in: the cookie, its end, and what a stranger can learn (nothing)."""

from statistics import median
from time import perf_counter

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from api.coaches.models import Coach, SignIn
from api.coaches.service import add_coach
from core import clock
from core.errors import Conflict, Refused

SIGN_IN = "/api/v1/coach/sign-in"
SIGN_OUT = "/api/v1/coach/sign-out"
ME = "/api/v1/coach/me"


@pytest.fixture
def account():
    async def make(chat, **given):
        who = {"email": "Noor@School.example", "first_name": "Noor", "role": "mentor", "team": "demo-nl"} | given
        async with chat.services.db.write() as session:
            return await add_coach(session, now=clock.now(), **who)

    return make


class TestSignIn:
    async def test_a_coach_signs_in_is_known_and_signs_out(self, chat, account):
        coach, password = await account(chat)
        assert (await chat.http.get(ME)).status_code == 401
        signed_in = await chat.http.post(SIGN_IN, json={"email": "noor@school.example", "password": password})
        assert signed_in.status_code == 200
        cookie = signed_in.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        me = await chat.http.get(ME)
        assert me.json() == {
            "id": str(coach.id),
            "first_name": "Noor",
            "role": "mentor",
            "email": "noor@school.example",
            "team": "demo-nl",
        }
        key = chat.http.cookies["wegwijs-coach"]
        assert (await chat.http.post(SIGN_OUT)).status_code == 204
        stolen = await chat.http.get(ME, headers={"Cookie": f"wegwijs-coach={key}"})
        assert stolen.status_code == 401, "a key that was signed out opens nothing, in whatever browser"

    async def test_behind_https_the_cookie_is_secure_and_bound_to_the_host(self, chat_on, sqlite_url, account):
        async with chat_on(sqlite_url, COOKIE_SECURE="true") as chat:
            _coach, password = await account(chat)
            signed_in = await chat.http.post(SIGN_IN, json={"email": "noor@school.example", "password": password})
            assert signed_in.headers["set-cookie"].startswith("__Host-wegwijs-coach=")
            assert "Secure" in signed_in.headers["set-cookie"]

    async def test_only_hashes_are_kept(self, chat, account):
        _coach, password = await account(chat)
        await chat.http.post(SIGN_IN, json={"email": "noor@school.example", "password": password})
        async with chat.services.db.read() as session:
            stored = await session.scalar(select(Coach.password_hash))
            key_hash = await session.scalar(select(SignIn.key_hash))
        assert stored.startswith("$argon2id$")
        assert PasswordHasher().verify(stored, password)
        assert key_hash != chat.http.cookies["wegwijs-coach"]

    @pytest.mark.parametrize("how", ["expired", "left", "revoked"])
    async def test_a_sign_in_ends(self, chat, account, how):
        coach, password = await account(chat)
        await chat.http.post(SIGN_IN, json={"email": coach.email, "password": password})
        async with chat.services.db.write() as session:
            if how == "expired":
                await session.execute(update(SignIn).values(expires_at=clock.now()))
            elif how == "left":
                await session.execute(update(Coach).values(is_active=False))
            else:
                await session.execute(SignIn.__table__.delete())
        assert (await chat.http.get(ME)).status_code == 401

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"email": "noor@school.example"},
            {"email": "noor@school.example", "password": ""},
            {"email": "noor@school.example", "password": "x" * 201},
            {"email": ["noor"], "password": "x"},
            {"email": "noor@school.example", "password": "x", "team": "demo-be"},
        ],
    )
    async def test_bad_input_is_422_and_is_not_repeated(self, sqlite_chat, body):
        response = await sqlite_chat.http.post(SIGN_IN, json=body)
        assert response.status_code == 422
        assert "noor" not in response.text

    async def test_another_website_cannot_sign_in_or_out(self, sqlite_chat):
        for path in (SIGN_IN, SIGN_OUT):
            for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
                assert (await sqlite_chat.http.post(path, json={}, headers=headers)).status_code == 403

    async def test_guessing_ends_in_429_that_says_how_long_to_wait(self, sqlite_chat):
        body = {"email": "nobody@school.example", "password": "guess"}
        answers = [await sqlite_chat.http.post(SIGN_IN, json=body) for _ in range(21)]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) >= 1


class TestStranger:
    async def test_an_unknown_address_and_a_wrong_password_look_alike_and_take_as_long(self, sqlite_chat, account):
        await account(sqlite_chat)

        async def tries(email):
            took, bodies = [], set()
            for _ in range(4):
                began = perf_counter()
                response = await sqlite_chat.http.post(SIGN_IN, json={"email": email, "password": "wrong"})
                took.append(perf_counter() - began)
                assert response.status_code in (401, 429)
                if response.status_code == 401:
                    bodies.add(response.text)
            return median(took), bodies

        unknown_s, unknown = await tries("nobody@school.example")
        wrong_s, wrong = await tries("noor@school.example")
        assert unknown == wrong
        assert unknown_s > wrong_s / 3


class TestAddCoach:
    async def test_the_same_address_twice_is_a_conflict(self, chat, account):
        await account(chat)
        with pytest.raises(Conflict):
            await account(chat, email="NOOR@school.example")

    @pytest.mark.parametrize(
        "wrong",
        [{"email": "noor"}, {"email": "a@b@c.nl"}, {"email": "noor@school"}, {"first_name": " "}, {"role": "x" * 81}],
    )
    async def test_what_is_no_account_is_refused(self, sqlite_chat, account, wrong):
        with pytest.raises(Refused):
            await account(sqlite_chat, **wrong)

    async def test_two_accounts_get_different_passwords(self, sqlite_chat, account):
        _, first = await account(sqlite_chat)
        _, second = await account(sqlite_chat, email="two@school.example")
        assert first != second
        assert len(first) >= 20
