"""Accounts and sign-ins of coaches: Argon2id for what they know, an opaque key for what the browser holds."""

import asyncio
import re
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.coaches.models import Coach, SignIn
from core.errors import Conflict, Refused

STAYS = timedelta(hours=10)
"""A sign-in lasts one school day: a forgotten browser is shut by the evening."""

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
"""One @ and a domain: enough to catch a slip. Nothing is ever sent there."""

SOUNDS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1: a first password is read from a screen."""

_hasher = PasswordHasher()


async def add_coach(
    session: AsyncSession, *, email: str, first_name: str, role: str, team: str, now: datetime
) -> tuple[Coach, str]:
    """Make an account; the password is told once, here.

    Raises:
        Refused: something is empty, too long, or the address is no address.
        Conflict: the address has an account already.
    """
    email = email.strip().lower()
    if len(email) > Coach.email.type.length or not EMAIL.fullmatch(email):
        raise Refused("This is no e-mail address.", "Write it as name@school.nl.")
    named = {"first name": (first_name, Coach.first_name), "role": (role, Coach.role), "team": (team, Coach.team)}
    for what, (value, column) in named.items():
        if not value.strip() or len(value) > column.type.length:
            raise Refused(f"The {what} is empty or too long.", f"Keep it under {column.type.length} characters.")
    if await session.scalar(select(Coach.id).where(Coach.email == email)) is not None:
        raise Conflict("There is an account with this address.", "Choose another address.")
    password = "-".join("".join(secrets.choice(SOUNDS) for _ in range(5)) for _ in range(4))
    coach = Coach(
        email=email,
        first_name=first_name.strip(),
        role=role.strip(),
        team=team,
        password_hash=await asyncio.to_thread(_hasher.hash, password),
        created_at=now,
    )
    session.add(coach)
    await session.flush()
    return coach, password


async def is_password_of(coach: Coach | None, password: str) -> bool:
    """Whether the password is right. For nobody it takes as long, so that the time does not tell who has an account."""
    nobodys = await asyncio.to_thread(_nobodys_hash)  # made before it is needed, or its making would tell
    return await asyncio.to_thread(_verify, coach.password_hash if coach else nobodys, password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())


async def begin_sign_in(session: AsyncSession, coach_id: UUID, *, now: datetime) -> str:
    """Sign a coach in; gives the key for the cookie. Keys that ran out are swept on the way."""
    key = secrets.token_urlsafe(32)
    await session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    session.add(SignIn(key_hash=key_hash(key), coach_id=coach_id, created_at=now, expires_at=now + STAYS))
    await session.flush()
    return key


async def end_sign_in(session: AsyncSession, hashed: str) -> None:
    """Sign out: the key opens nothing any more, in whatever browser it is."""
    await session.execute(delete(SignIn).where(SignIn.key_hash == hashed))


def key_hash(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode()).hexdigest()
