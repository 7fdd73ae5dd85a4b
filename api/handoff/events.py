"""The console's streams: the team's queue, and the conversation of one case.

Both re-read the database at least once a second, so another replica's writes arrive without a broker; and both stop
when the coach's sign-in does.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from fastapi.sse import ServerSentEvent
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.bus import bus
from api.chat.events import as_event
from api.chat.models import Conversation, Message, StateChange
from api.chat.schemas import TypingRead
from api.coaches import queries as coaches
from api.coaches.models import Coach
from api.handoff import queries
from api.handoff.reading import read_queue
from api.handoff.schemas import CaseList, CaseSummary
from api.metrics import open_streams
from api.problems import DATABASE_TROUBLE
from api.questionnaires.for_coaches import visible
from api.services import Services
from api.states import Author
from core import clock
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Watcher:
    """A coach who looks, by the key of a sign-in that must still run."""

    coach: Coach
    key_hash: str


async def queue_events(services: Services, watcher: Watcher, *, seen: str | None) -> AsyncIterator[ServerSentEvent]:
    """The whole queue at once, and again after each change; new alarms before it.

    The queue is a state, not a log: who was away misses nothing by getting the present one. `seen` is the digest
    that the console has; while it is the present one, nothing is sent.
    """
    team = watcher.coach.team
    alarms: dict[UUID, datetime] = {}
    with open_streams.track_inprogress():
        async with bus.subscribe(team=team) as subscription:
            while not subscription.is_closed:
                try:
                    async with services.db.read() as session:
                        if not await _is_signed_in(session, watcher):
                            return
                        lines = await read_queue(session, team=team)
                except DATABASE_TROUBLE:
                    await subscription.wait()  # locked: the next look will tell
                    continue
                digest = _digest(lines)
                if digest != seen:
                    seen = digest
                    for line in lines:
                        if line.alarm_at is not None and alarms.get(line.id) != line.alarm_at:
                            alarms[line.id] = line.alarm_at
                            yield ServerSentEvent(event="alarm", data=line)
                    yield ServerSentEvent(event="queue", id=digest, data=CaseList(items=list(lines)))
                await subscription.wait()


async def case_events(
    services: Services, watcher: Watcher, case_id: UUID, conversation_id: UUID, *, after: int
) -> AsyncIterator[ServerSentEvent]:
    """What is said in a case's conversation after a number, as it is said; and that the visitor types."""
    with open_streams.track_inprogress():
        async with bus.subscribe(conversation_id) as subscription:
            while not subscription.is_closed:
                try:
                    news = await _news(services, watcher, case_id, conversation_id, after)
                except DATABASE_TROUBLE:
                    news = []
                if news is None:
                    return
                for event in news:
                    after = int(event.id or after)
                    yield event
                for author in await subscription.wait():
                    if author is not Author.COACH:
                        yield ServerSentEvent(event="typing", data=TypingRead(author=author))


async def _news(
    services: Services, watcher: Watcher, case_id: UUID, conversation_id: UUID, after: int
) -> list[ServerSentEvent] | None:
    """The events after a number; None when this coach has no business here any more."""
    async with services.db.read() as session:
        if not await _is_signed_in(session, watcher):
            return None
        try:
            await queries.of_team(session, case_id, team=watcher.coach.team)
        except NotFound:
            return None
        conversation = await session.get(Conversation, conversation_id, populate_existing=True)
        if conversation is None or conversation.last_seq <= after:
            return None if conversation is None else []
        said = await chat.messages(session, conversation_id, after=after)
        changes = await chat.state_changes(session, conversation_id, after=after)
        may_see = await visible(session, conversation, said)
    entries: list[Message | StateChange] = [*may_see, *changes]
    return [as_event(entry) for entry in sorted(entries, key=lambda entry: entry.seq)]


async def _is_signed_in(session: AsyncSession, watcher: Watcher) -> bool:
    coach = await coaches.signed_in(session, watcher.key_hash, now=clock.now())
    return coach is not None and coach.team == watcher.coach.team


def _digest(lines: Sequence[CaseSummary]) -> str:
    return sha256("\n".join(line.model_dump_json() for line in lines).encode()).hexdigest()[:32]
