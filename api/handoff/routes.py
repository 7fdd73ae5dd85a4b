"""The coaches' work over HTTP: what the console calls. Every route needs a sign-in."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.chat.bus import bus
from api.chat.schemas import MessageRead
from api.coaches.entering import AT_THE_DOOR, CurrentCoach, SignInKey
from api.dependencies import DbSession, Now, SharedServices, WriteSession
from api.handoff import audit, queries, reading, service
from api.handoff.events import Watcher, case_events, queue_events
from api.handoff.models import Case
from api.handoff.schemas import (
    CaseList,
    CaseRead,
    CaseSummary,
    NotePost,
    NoteRead,
    ReplyPost,
    SnoozePost,
    TransferPost,
)
from api.problems import responses
from api.states import Author, CaseStatus, Tier
from core.logging import get_logger

log = get_logger()

router = APIRouter(prefix="/api/v1/cases", tags=["cases"], dependencies=AT_THE_DOOR)

LISTS = responses(401, 422, 429, 503)
READS = responses(401, 404, 422, 429, 503)
ACTS = responses(401, 403, 404, 409, 422, 429, 503)


@router.get("", responses=LISTS)
async def list_cases(
    coach: CurrentCoach, session: DbSession, state: CaseStatus | None = None, tier: Tier | None = None
) -> CaseList:
    """The team's cases, most urgent first: all that run, or those in one state."""
    return CaseList(items=await reading.read_queue(session, team=coach.team, state=state, tier=tier))


@router.get("/events", response_class=EventSourceResponse, responses=LISTS)
async def read_queue_events(
    coach: CurrentCoach,
    key: SignInKey,
    shared: SharedServices,
    last_event_id: Annotated[str | None, Header(max_length=64, description="The digest that arrived last")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """The queue as it changes: `queue` holds all that runs, `alarm` one case with an acute signal."""
    async for event in queue_events(shared, Watcher(coach, key), seen=last_event_id):
        yield event


@router.get("/{case_id}", responses=READS)
async def read_case(case_id: UUID, coach: CurrentCoach, session: WriteSession, now: Now) -> CaseRead:
    """Everything about one case. That the transcript was read is written down first."""
    case = await queries.of_team(session, case_id, team=coach.team)
    audit.record(session, case, audit.TRANSCRIPT_READ, actor=audit.coach_actor(coach), now=now)
    await session.flush()
    return await reading.read_case(session, case)


async def watched_case(case_id: UUID, coach: CurrentCoach, shared: SharedServices, now: Now) -> Case:
    """A case whose conversation a coach opens as a stream; that, too, is reading the transcript."""
    async with shared.db.write() as session:
        case = await queries.of_team(session, case_id, team=coach.team)
        audit.record(session, case, audit.TRANSCRIPT_READ, actor=audit.coach_actor(coach), now=now)
    return case


@router.get("/{case_id}/events", response_class=EventSourceResponse, responses=READS)
async def read_case_events(
    case: Annotated[Case, Depends(watched_case)],
    coach: CurrentCoach,
    key: SignInKey,
    shared: SharedServices,
    after: Annotated[int, Query(ge=0, le=2**31, description="The last number that the page has")] = 0,
    last_event_id: Annotated[int | None, Header(ge=0, le=2**31, description="The last number that arrived")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """What is said in the conversation, as it is said: `message`, `state` and `typing`, as the panel gets them."""
    start = after if last_event_id is None else last_event_id
    async for event in case_events(shared, Watcher(coach, key), case.id, case.conversation_id, after=start):
        yield event


@router.post("/{case_id}/claim", responses=ACTS)
async def claim(case_id: UUID, coach: CurrentCoach, session: WriteSession, now: Now) -> CaseSummary:
    """Claim a waiting case; 409 when another coach was first."""
    return await _done("case_claimed", session, await service.claim(session, case_id, coach=coach, now=now))


@router.post("/{case_id}/reply", responses=ACTS)
async def reply(case_id: UUID, body: ReplyPost, coach: CurrentCoach, session: WriteSession, now: Now) -> MessageRead:
    """Speak to the visitor. From the first message on the bot is silent."""
    message = await service.reply(
        session, case_id, coach=coach, text=body.text, client_message_id=body.client_message_id, now=now
    )
    log.info("coach_replied", case_id=str(case_id), seq=message.seq)
    return MessageRead.of(message)


@router.post("/{case_id}/note", responses=ACTS)
async def write_note(case_id: UUID, body: NotePost, coach: CurrentCoach, session: WriteSession, now: Now) -> NoteRead:
    """Write something down for colleagues."""
    note = await service.note(session, case_id, coach=coach, text=body.text, now=now)
    return reading.read_note(note, coach)


@router.post("/{case_id}/transfer", responses=ACTS)
async def transfer(
    case_id: UUID, body: TransferPost, coach: CurrentCoach, session: WriteSession, now: Now
) -> CaseSummary:
    """Hand the case to a colleague, or back to the queue."""
    case = await service.transfer(session, case_id, coach=coach, to=body.coach_id, now=now)
    return await _done("case_transferred", session, case)


@router.post("/{case_id}/snooze", responses=ACTS)
async def snooze(case_id: UUID, body: SnoozePost, coach: CurrentCoach, session: WriteSession, now: Now) -> CaseSummary:
    """Put the case aside until a moment; it comes back to the queue by itself."""
    case = await service.snooze(session, case_id, coach=coach, until=body.until, now=now)
    return await _done("case_snoozed", session, case)


@router.post("/{case_id}/close", responses=ACTS)
async def close(case_id: UUID, coach: CurrentCoach, session: WriteSession, now: Now) -> CaseSummary:
    """Finish the case; the bot is back and says so."""
    return await _done("case_closed", session, await service.close(session, case_id, coach=coach, now=now))


@router.post("/{case_id}/reopen", responses=ACTS)
async def reopen(case_id: UUID, coach: CurrentCoach, session: WriteSession, now: Now) -> CaseSummary:
    """Put a closed case back in the queue."""
    return await _done("case_reopened", session, await service.reopen(session, case_id, coach=coach, now=now))


@router.post("/{case_id}/typing", status_code=HTTPStatus.NO_CONTENT, responses=READS)
async def show_typing(case_id: UUID, coach: CurrentCoach, session: DbSession) -> None:
    """Let the visitor see that the coach is typing, once they have met."""
    case = await queries.of_team(session, case_id, team=coach.team)
    if await queries.speaks_in(session, coach.id, case.conversation_id):
        bus.typing(case.conversation_id, Author.COACH)


async def _done(what: str, session: WriteSession, case: Case) -> CaseSummary:
    """Log an act and answer the case as the queue now shows it."""
    log.info(what, case_id=str(case.id))
    await session.flush()
    return await reading.read_line(session, case)
