"""Puts together what the console shows of cases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.models import Conversation
from api.chat.schemas import MessageRead
from api.chat.service import state_of
from api.coaches import queries as coaches
from api.coaches.models import Coach
from api.coaches.schemas import ColleagueRead
from api.handoff import queries
from api.handoff.models import AuditEntry, Case, CaseNote
from api.handoff.schemas import AuditRead, CaseRead, CaseSummary, NoteRead, SignalRead
from api.questionnaires.for_coaches import settled, shared_results, visible
from api.states import CaseStatus, Tier


async def read_queue(
    session: AsyncSession, *, team: str, state: CaseStatus | None = None, tier: Tier | None = None
) -> list[CaseSummary]:
    """The lines of a team's queue, most urgent first."""
    return await _lines(session, await queries.queue(session, team=team, state=state, tier=tier))


async def read_line(session: AsyncSession, case: Case) -> CaseSummary:
    """One case as the queue shows it."""
    conversation = await chat.found(session, case.conversation_id)
    coach = None if case.coach_id is None else await session.get(Coach, case.coach_id)
    (line,) = await _lines(session, [(case, conversation, coach)])
    return line


async def read_case(session: AsyncSession, case: Case) -> CaseRead:
    """Everything about a case, transcript included. Whoever calls this writes down that it was read."""
    line = await read_line(session, case)
    conversation = await chat.found(session, case.conversation_id)
    notes = await queries.notes(session, case.id)
    trail = await queries.trail(session, case.id)
    people = await coaches.by_ids(session, {note.coach_id for note in notes} | _coaches_in(trail))
    said = await chat.messages(session, conversation.id)
    done = settled(conversation, said)
    if len(done) < len(said):  # the stream goes on from here: what the bot still thinks about comes with its answer
        line = line.model_copy(update={"last_seq": said[len(done)].seq - 1})
    return CaseRead(
        **line.model_dump(),
        conversation_id=conversation.id,
        conversation_state=await state_of(session, conversation),
        messages=[MessageRead.of(message) for message in await visible(session, conversation, said)],
        results=await shared_results(session, conversation),
        signals=[SignalRead.of(signal) for signal in await chat.signals(session, conversation.id)],
        notes=[read_note(note, people[note.coach_id]) for note in notes],
        audit=[_entry(entry, people) for entry in trail],
    )


def read_note(note: CaseNote, coach: Coach) -> NoteRead:
    """A note with who wrote it."""
    return NoteRead(id=note.id, coach=ColleagueRead.of(coach), text=note.body["text"], written_at=note.written_at)


async def _lines(session: AsyncSession, rows: Sequence[tuple[Case, Conversation, Coach | None]]) -> list[CaseSummary]:
    kinds = await queries.kinds(session, [conversation.id for _, conversation, _ in rows])
    alarms = await queries.alarms(session, [case.id for case, _, _ in rows])
    return [
        CaseSummary(
            id=case.id,
            state=case.status,
            tier=case.tier,
            reason=case.reason,
            route=case.route,
            kinds=kinds.get(conversation.id, []),
            country=conversation.country,
            language=conversation.language,
            audience=conversation.audience,
            site=conversation.site,
            opened_at=case.opened_at,
            due_at=case.due_at,
            snoozed_until=case.snoozed_until,
            closed_at=case.closed_at,
            coach=None if coach is None else ColleagueRead.of(coach),
            owner=conversation.owner,
            last_seq=conversation.last_seq,
            last_message_at=conversation.last_message_at,
            alarm_at=alarms.get(case.id),
        )
        for case, conversation, coach in rows
    ]


def _coach_id(entry: AuditEntry) -> UUID | None:
    kind, _, coach_id = entry.actor.partition(":")
    return UUID(coach_id) if kind == "coach" else None


def _coaches_in(trail: Sequence[AuditEntry]) -> set[UUID]:
    return {coach_id for entry in trail if (coach_id := _coach_id(entry)) is not None}


def _entry(entry: AuditEntry, people: dict[UUID, Coach]) -> AuditRead:
    coach_id = _coach_id(entry)
    coach = None if coach_id is None else people.get(coach_id)
    return AuditRead(at=entry.at, what=entry.what, actor=entry.actor, name=None if coach is None else coach.first_name)
