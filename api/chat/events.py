"""The stream of one conversation: what is kept, in its order, and who types. Reads by number, so it can resume."""

from collections.abc import AsyncIterator

from fastapi.sse import ServerSentEvent
from sqlalchemy import select

from api.chat import queries
from api.chat.bus import bus
from api.chat.known import Visitor
from api.chat.models import Conversation, Message, StateChange
from api.chat.schemas import MessageRead, StateRead, TypingRead
from api.metrics import open_streams
from api.problems import DATABASE_TROUBLE
from api.services import Services
from api.states import Author, ConversationState


async def stream(services: Services, visitor: Visitor, *, after: int) -> AsyncIterator[ServerSentEvent]:
    """Everything after a number, then what comes; ends when the conversation is erased or its token changes."""
    with open_streams.track_inprogress():
        async with bus.subscribe(visitor.conversation_id) as subscription:
            while not subscription.is_closed:
                try:
                    news = await _news(services, visitor, after)
                except DATABASE_TROUBLE:
                    news = []  # locked: the next look will tell
                if news is None:
                    return
                for event in news:
                    after = int(event.id or after)
                    yield event
                for author in await subscription.wait():
                    if author is not Author.USER:
                        yield ServerSentEvent(event="typing", data=TypingRead(author=author))


async def _news(services: Services, visitor: Visitor, after: int) -> list[ServerSentEvent] | None:
    """The events after a number; None when this stream has no business here any more."""
    async with services.db.read() as session:
        columns = select(Conversation.last_seq, Conversation.token_hash)
        row = (await session.execute(columns.where(Conversation.id == visitor.conversation_id))).one_or_none()
        if row is None or row.token_hash != visitor.token_hash:
            return None
        if row.last_seq <= after:
            return []
        said = await queries.messages(session, visitor.conversation_id, after=after)
        changes = await queries.state_changes(session, visitor.conversation_id, after=after)
    entries: list[Message | StateChange] = sorted([*said, *changes], key=lambda entry: entry.seq)
    return [as_event(entry) for entry in entries]


def as_event(entry: Message | StateChange) -> ServerSentEvent:
    """A message or a change of state, with its number."""
    if isinstance(entry, Message):
        return ServerSentEvent(event="message", id=str(entry.seq), data=MessageRead.of(entry))
    state = StateRead(seq=entry.seq, state=ConversationState(entry.state), changed_at=entry.changed_at)
    return ServerSentEvent(event="state", id=str(entry.seq), data=state)
