"""Reads of cases; they never write. A case of another team does not exist for whoever asks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.models import Conversation, Message, SeenSignal
from api.coaches.models import Coach
from api.handoff.audit import ALARM
from api.handoff.models import AuditEntry, Case, CaseNote
from api.states import GRAVITY, Author, CaseStatus, Owner, Tier
from core.errors import NotFound

CLOSED_SHOWN = 100
"""Of closed cases the newest; the rest is history that nobody works on."""


async def of_team(session: AsyncSession, case_id: UUID, *, team: str) -> Case:
    """The case.

    Raises:
        NotFound: there is none, or another team has it.
    """
    case = await session.scalar(select(Case).where(Case.id == case_id, Case.team == team))
    if case is None:
        raise NotFound("There is no such case in your team.", "Look in the queue.")
    return case


async def locked(session: AsyncSession, case_id: UUID) -> Case:
    """The case, its row held until the transaction ends; read anew."""
    return await session.get_one(Case, case_id, with_for_update=True, populate_existing=True)


async def running(session: AsyncSession, conversation_id: UUID) -> Case | None:
    """The case of a conversation that is not closed, held until the transaction ends."""
    found = select(Case).where(Case.conversation_id == conversation_id, Case.status != CaseStatus.CLOSED)
    return await session.scalar(found.with_for_update().execution_options(populate_existing=True))


async def queue(
    session: AsyncSession, *, team: str, state: CaseStatus | None = None, tier: Tier | None = None
) -> Sequence[tuple[Case, Conversation, Coach | None]]:
    """The team's cases with what the list shows of them: most urgent first, closed ones newest first."""
    found = (
        select(Case, Conversation, Coach)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .outerjoin(Coach, Coach.id == Case.coach_id)
        .where(Case.team == team)
    )
    found = found.where(Case.status == state) if state else found.where(Case.status != CaseStatus.CLOSED)
    if tier is not None:
        found = found.where(Case.tier == tier)
    if state is CaseStatus.CLOSED:
        return (await session.execute(found.order_by(Case.closed_at.desc()).limit(CLOSED_SHOWN))).all()
    rows = (await session.execute(found.order_by(Case.due_at, Case.id))).all()
    return sorted(rows, key=lambda row: GRAVITY[row[0].tier])


async def alarms(session: AsyncSession, case_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When an acute signal came in that the coach has not answered yet."""
    answered = func.coalesce(Case.last_coach_message_at, Case.opened_at)
    newest = (
        select(Case.id, func.max(AuditEntry.at))
        .join(AuditEntry, and_(AuditEntry.case_id == Case.id, AuditEntry.what == ALARM))
        .where(Case.id.in_(case_ids), Case.status != CaseStatus.CLOSED, AuditEntry.at > answered)
        .group_by(Case.id)
    )
    return {row[0]: row[1] for row in await session.execute(newest)}


async def is_unanswered(session: AsyncSession, case: Case) -> bool:
    """Whether no coach has spoken in a case, or not since its last alarm."""
    return case.last_coach_message_at is None or bool(await alarms(session, [case.id]))


async def visitor_spoke_last(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether the last word between visitor and coach is the visitor's."""
    words = select(Message.author).where(
        Message.conversation_id == conversation_id, Message.author.in_([Author.USER, Author.COACH])
    )
    return await session.scalar(words.order_by(Message.seq.desc()).limit(1)) is Author.USER


async def kinds(session: AsyncSession, conversation_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The kinds of signals seen in each conversation, gravest first."""
    rows = await session.execute(
        select(SeenSignal.conversation_id, SeenSignal.kind, SeenSignal.tier)
        .where(SeenSignal.conversation_id.in_(conversation_ids))
        .order_by(SeenSignal.message_seq, SeenSignal.kind)
    )
    found: dict[UUID, list[str]] = {}
    for conversation_id, kind, _tier in sorted(rows, key=lambda row: GRAVITY[row.tier]):
        of_one = found.setdefault(conversation_id, [])
        if kind not in of_one:
            of_one.append(kind)
    return found


async def notes(session: AsyncSession, case_id: UUID) -> Sequence[CaseNote]:
    """The coaches' notes, oldest first."""
    found = select(CaseNote).where(CaseNote.case_id == case_id).order_by(CaseNote.written_at, CaseNote.id)
    return (await session.scalars(found)).all()


async def trail(session: AsyncSession, case_id: UUID) -> Sequence[AuditEntry]:
    """What was done in a case, oldest first."""
    found = select(AuditEntry).where(AuditEntry.case_id == case_id).order_by(AuditEntry.at, AuditEntry.id)
    return (await session.scalars(found)).all()


async def left_alone(session: AsyncSession, *, before: datetime) -> Sequence[UUID]:
    """Cases in whose conversation a coach speaks, but has not since `before`."""
    found = await session.scalars(
        select(Case.id)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            Conversation.owner == Owner.COACH,
            Case.status != CaseStatus.CLOSED,
            func.coalesce(Case.last_coach_message_at, Case.opened_at) < before,
        )
    )
    return found.all()


async def speaks_in(session: AsyncSession, coach_id: UUID, conversation_id: UUID) -> bool:
    """Whether this coach is who the visitor talks to now."""
    owned = select(Conversation.id).where(Conversation.id == conversation_id, Conversation.coach_id == coach_id)
    return await session.scalar(owned) is not None


async def to_wake(session: AsyncSession, *, now: datetime) -> Sequence[UUID]:
    """Snoozed cases that come back now."""
    due = select(Case.id).where(Case.status == CaseStatus.SNOOZED, Case.snoozed_until <= now)
    return (await session.scalars(due)).all()
