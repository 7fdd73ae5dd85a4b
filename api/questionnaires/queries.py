"""Reads of questionnaires; they never write."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.models import Message, SeenSignal
from api.questionnaires.kept import Asked, Kept
from api.questionnaires.models import Run
from api.states import Author
from core.errors import NotFound, Refused
from core.logging import get_logger

log = get_logger()

CALM_AFTER = 6
"""Messages, ours included, after the last one that worried us, before we come back to a questionnaire."""


async def asked(session: AsyncSession, conversation_id: UUID, *, seq: int) -> Asked:
    """What was asked here until message `seq`."""
    kept = await runs(session, conversation_id)
    if not kept:
        return Asked()
    return Asked(
        runs=kept,
        last_said=await _last_said(session, conversation_id),
        is_calm=await _last_signal(session, conversation_id) + CALM_AFTER < seq,
    )


async def rows(session: AsyncSession, conversation_id: UUID) -> Sequence[Run]:
    """The runs as they are stored, the one that was touched last first."""
    of_it = select(Run).where(Run.conversation_id == conversation_id).order_by(Run.touched_at.desc())
    return (await session.scalars(of_it.execution_options(populate_existing=True))).all()


async def runs(session: AsyncSession, conversation_id: UUID) -> tuple[Kept, ...]:
    """The runs, the one that was touched last first; one that cannot be read any more counts as none."""
    return tuple(kept for row in await rows(session, conversation_id) if (kept := readable(row)) is not None)


def readable(row: Run) -> Kept | None:
    """The run as a value; None when an older release wrote it in a way that is not known any more."""
    try:
        return Kept.from_body(row.body, revision=row.revision, shared_at=row.shared_at)
    except (NotFound, Refused):
        log.warning("questionnaire_unreadable", questionnaire=row.questionnaire)
        return None


async def _last_said(session: AsyncSession, conversation_id: UUID) -> Mapping[str, Any] | None:
    said = select(Message.body).where(Message.conversation_id == conversation_id, Message.author != Author.USER)
    body: Mapping[str, Any] | None = await session.scalar(said.order_by(Message.seq.desc()).limit(1))
    return body and body.get("utterance")


async def _last_signal(session: AsyncSession, conversation_id: UUID) -> int:
    seen = select(SeenSignal.message_seq).where(SeenSignal.conversation_id == conversation_id)
    return await session.scalar(seen.order_by(SeenSignal.message_seq.desc()).limit(1)) or -CALM_AFTER
