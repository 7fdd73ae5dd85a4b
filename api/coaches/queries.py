"""Reads of coaches and their sign-ins; they never write."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.coaches.models import Coach, SignIn


async def by_email(session: AsyncSession, email: str) -> Coach | None:
    """The coach with this sign-in name, if still at work."""
    return await session.scalar(select(Coach).where(Coach.email == email.strip().lower(), Coach.is_active))


async def signed_in(session: AsyncSession, key_hash: str, *, now: datetime) -> Coach | None:
    """Whose key this is; None when it was revoked or is too old, or the coach left."""
    return await session.scalar(
        select(Coach)
        .join(SignIn, SignIn.coach_id == Coach.id)
        .where(SignIn.key_hash == key_hash, SignIn.expires_at > now, Coach.is_active)
    )


async def of_team(session: AsyncSession, team: str) -> Sequence[Coach]:
    """Who coaches in a team now."""
    found = select(Coach).where(Coach.team == team, Coach.is_active).order_by(Coach.first_name, Coach.id)
    return (await session.scalars(found)).all()


async def colleague(session: AsyncSession, coach_id: UUID, *, team: str) -> Coach | None:
    """A coach of this team who is still at work."""
    return await session.scalar(select(Coach).where(Coach.id == coach_id, Coach.team == team, Coach.is_active))


async def by_ids(session: AsyncSession, ids: set[UUID]) -> dict[UUID, Coach]:
    """Coaches by id, those who left included: their notes stay theirs."""
    if not ids:
        return {}
    return {coach.id: coach for coach in await session.scalars(select(Coach).where(Coach.id.in_(ids)))}
