"""Retention, export and erasure (design.md, section 7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, Delete, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.models import Conversation
from api.chat.rasa import Rasa
from api.chat.said import Voice
from api.chat.schemas import MessageRead
from api.handoff.models import AuditEntry, Case
from api.privacy.models import Erasure
from api.privacy.schemas import CaseExport, ConversationExport, Kept
from api.questionnaires import queries as questionnaires
from api.questionnaires.models import Run
from api.questionnaires.schemas import QuestionnaireExport
from api.states import CaseStatus, Tier
from api.texts import render
from core.db import Database
from questionnaires.session import result

WITHOUT_CASE = timedelta(days=7)
"""After the last message."""

WITH_CASE = timedelta(weeks=8)
"""After the last case was closed."""

AUDIT = timedelta(days=365)
BACKUPS = timedelta(days=30)
"""As long as a backup could bring an erased conversation back, we remember that it was erased."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much a purge took away."""

    conversations: int
    audit_entries: int


async def purge(db: Database, now: datetime) -> Purged:
    """Delete what has been kept long enough. Doing it again changes nothing."""
    has_case = exists().where(Case.conversation_id == Conversation.id)
    still_needed = has_case.where((Case.closed_at.is_(None)) | (Case.closed_at > now - WITH_CASE))
    async with db.write() as session:
        lone = delete(Conversation).where(~has_case, Conversation.last_message_at < now - WITHOUT_CASE)
        handled = delete(Conversation).where(has_case, ~still_needed)
        conversations = await _count(session, lone) + await _count(session, handled)
        audit = await _count(session, delete(AuditEntry).where(AuditEntry.at < now - AUDIT))
        # A tracker that could not be reached has died of age long before.
        await _count(session, delete(Erasure).where(Erasure.erased_at < now - BACKUPS))
    return Purged(conversations, audit)


async def export(session: AsyncSession, conversation_id: UUID) -> ConversationExport:
    """All that is kept, for whoever wrote it. Risk signals stay out: they are never shown to the writer.

    Raises:
        NotFound: the conversation was erased.
    """
    conversation = await chat.found(session, conversation_id)
    cases = await _cases(session, conversation_id)
    return ConversationExport(
        id=conversation.id,
        site=conversation.site,
        country=conversation.country,
        language=conversation.language,
        audience=conversation.audience,
        created_at=conversation.created_at,
        last_message_at=conversation.last_message_at,
        kept_until=_kept_until(conversation, cases),
        remembered=conversation.slots,
        messages=[MessageRead.of(message) for message in await chat.messages(session, conversation_id)],
        questionnaires=[_questionnaire(row) for row in await questionnaires.rows(session, conversation_id)],
        cases=[
            CaseExport(status=case.status, opened_at=case.opened_at, due_at=case.due_at, closed_at=case.closed_at)
            for case in cases
        ],
        not_included=_say("not_in_export", Voice.of(conversation)),
    )


async def erase(session: AsyncSession, conversation_id: UUID, *, now: datetime) -> list[Kept]:
    """Erase a conversation; an open acute case keeps it, and says so.

    Returns:
        What stays; empty when all in this database is gone. The tracker is `erase_tracker`'s.

    Raises:
        NotFound: it is gone already.
    """
    conversation = await chat.found(session, conversation_id)
    acute = exists().where(Case.conversation_id == conversation_id, Case.status != CaseStatus.CLOSED)
    if await session.scalar(select(acute.where(Case.tier == Tier.ACUTE))):
        voice = Voice.of(conversation)
        return [_kept("conversation", voice)]
    await session.execute(delete(Conversation).where(Conversation.id == conversation_id))
    await session.merge(Erasure(conversation_id=conversation_id, erased_at=now))
    return []


async def erase_tracker(db: Database, rasa: Rasa, conversation_id: UUID) -> bool:
    """Let Rasa forget an erased conversation; False when it cannot be reached and the job will try again."""
    if not await rasa.forget(conversation_id):
        return False
    async with db.write() as session:
        await session.execute(
            update(Erasure).where(Erasure.conversation_id == conversation_id).values(tracker_gone=True)
        )
    return True


async def trackers_to_erase(session: AsyncSession) -> list[UUID]:
    """Erased conversations that Rasa may still remember."""
    return list(await session.scalars(select(Erasure.conversation_id).where(~Erasure.tracker_gone)))


async def erase_again(db: Database) -> int:
    """After a restore: delete what was erased since the backup was made. Says how many came back."""
    async with db.write() as session:
        return await _count(session, delete(Conversation).where(Conversation.id.in_(select(Erasure.conversation_id))))


def kept_tracker(voice: Voice) -> Kept:
    """What to tell when Rasa could not be reached."""
    return _kept("tracker", voice)


def _questionnaire(row: Run) -> QuestionnaireExport:
    kept = questionnaires.readable(row)
    return QuestionnaireExport(
        questionnaire=row.questionnaire,
        answers=row.body["session"]["answers"],
        scores=result(kept.session).profile.values() if kept else {},
        status=row.body["session"]["status"],
        touched_at=row.touched_at,
        shared_with_coaches_at=row.shared_at,
    )


async def _cases(session: AsyncSession, conversation_id: UUID) -> list[Case]:
    of_it = select(Case).where(Case.conversation_id == conversation_id).order_by(Case.opened_at)
    return list(await session.scalars(of_it))


def _kept_until(conversation: Conversation, cases: list[Case]) -> datetime | None:
    if not cases:
        return conversation.last_message_at + WITHOUT_CASE
    closed = [case.closed_at for case in cases if case.closed_at is not None]
    return max(closed) + WITH_CASE if len(closed) == len(cases) else None


def _kept(what: str, voice: Voice) -> Kept:
    return Kept(
        what=_say(f"kept_{what}", voice), why=_say(f"kept_{what}_why", voice), until=_say(f"kept_{what}_until", voice)
    )


def _say(key: str, voice: Voice) -> str:
    return render(f"privacy.{key}", language=voice.language, country=voice.country, audience=voice.audience)


async def _count(session: AsyncSession, statement: Delete) -> int:
    result = await session.execute(statement.execution_options(synchronize_session=False))
    return result.rowcount if isinstance(result, CursorResult) else 0
