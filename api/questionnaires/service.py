"""Keeps questionnaires. Called while the conversation's row is held."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.questionnaires.kept import Kept
from api.questionnaires.models import Run


class MovedOn(Exception):
    """Another answer came first: what was made of this one rests on what is past."""


async def keep(session: AsyncSession, conversation_id: UUID, kept: Kept, *, now: datetime) -> None:
    """Store a run in place of the one that it was made from.

    Raises:
        MovedOn: that one has changed since.
    """
    row = await session.get(Run, (conversation_id, kept.id), populate_existing=True)
    if (row.revision if row else 0) != kept.revision:
        raise MovedOn
    if row is not None and kept.is_fresh:  # what hung on the old run, a link to its result, goes with it
        await session.delete(row)
        await session.flush()
        row = None
    if row is None:
        row = Run(conversation_id=conversation_id, questionnaire=kept.id)
        session.add(row)
    row.body = kept.body()
    row.revision = kept.revision + 1
    row.touched_at = now
    row.shared_at = kept.shared_at
    await session.flush()
