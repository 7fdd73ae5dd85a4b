"""Reads of conversations; they never write."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.models import Conversation, Message, OfferedPayload, SeenSignal, StateChange
from api.handoff.models import Case
from api.states import Author, CaseStatus, ConversationState
from core.errors import NotFound


async def is_there(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether the conversation is still there."""
    return await session.scalar(select(Conversation.id).where(Conversation.id == conversation_id)) is not None


async def found(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """The conversation.

    Raises:
        NotFound: it was erased.
    """
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None:
        raise NotFound("This conversation is gone.", "Start a new one.")
    return conversation


async def with_running_case(session: AsyncSession, conversation_id: UUID) -> tuple[Conversation, bool] | None:
    """The conversation, and whether a coach is asked for or at work; None when it is gone."""
    running = exists().where(Case.conversation_id == Conversation.id, Case.status != CaseStatus.CLOSED)
    row = (await session.execute(select(Conversation, running).where(Conversation.id == conversation_id))).one_or_none()
    return None if row is None else (row[0], row[1])


async def locked(session: AsyncSession, conversation_id: UUID) -> Conversation | None:
    """The conversation, its row held until the transaction ends (SQLite holds the whole file)."""
    return await session.get(Conversation, conversation_id, with_for_update=True, populate_existing=True)


async def by_return_code(session: AsyncSession, code_hash: str) -> Conversation | None:
    """The conversation that this code leads to, held until the transaction ends."""
    return await session.scalar(
        select(Conversation).where(Conversation.return_code_hash == code_hash).with_for_update()
    )


async def has_running_case(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether a coach is asked for, or at work."""
    running = select(Case.id).where(Case.conversation_id == conversation_id, Case.status != CaseStatus.CLOSED)
    return await session.scalar(running.limit(1)) is not None


async def last_case_closed_at(session: AsyncSession, conversation_id: UUID) -> datetime | None:
    """When a coach last closed a case of this conversation."""
    return await session.scalar(select(func.max(Case.closed_at)).where(Case.conversation_id == conversation_id))


async def last_seq(session: AsyncSession, conversation_id: UUID) -> int | None:
    """The highest number given out; None when the conversation is gone."""
    return await session.scalar(select(Conversation.last_seq).where(Conversation.id == conversation_id))


async def state_at(session: AsyncSession, conversation_id: UUID, seq: int | None = None) -> ConversationState:
    """The state as it was recorded last, or last before `seq`; a new conversation is the bot's."""
    changes = select(StateChange.state).where(StateChange.conversation_id == conversation_id)
    if seq is not None:
        changes = changes.where(StateChange.seq <= seq)
    state = await session.scalar(changes.order_by(StateChange.seq.desc()).limit(1))
    return ConversationState.BOT if state is None else ConversationState(state)


async def messages(session: AsyncSession, conversation_id: UUID, *, after: int = 0) -> Sequence[Message]:
    """What was said after a number, in order."""
    said = select(Message).where(Message.conversation_id == conversation_id, Message.seq > after)
    return (await session.scalars(said.order_by(Message.seq))).all()


async def state_changes(session: AsyncSession, conversation_id: UUID, *, after: int = 0) -> Sequence[StateChange]:
    """How the state went after a number, in order."""
    changes = select(StateChange).where(StateChange.conversation_id == conversation_id, StateChange.seq > after)
    return (await session.scalars(changes.order_by(StateChange.seq))).all()


async def message_by_client_id(session: AsyncSession, conversation_id: UUID, client_message_id: UUID) -> Message | None:
    """The message that was sent under this id."""
    return await session.scalar(
        select(Message).where(
            Message.conversation_id == conversation_id, Message.client_message_id == client_message_id
        )
    )


async def turn(session: AsyncSession, conversation_id: UUID, seq: int) -> Sequence[Message]:
    """The visitor's message and all that it brought about, in order."""
    in_turn = (Message.seq == seq) | (Message.answers_seq == seq)
    said = select(Message).where(Message.conversation_id == conversation_id, in_turn)
    return (await session.scalars(said.order_by(Message.seq))).all()


async def visitor_seqs_before(session: AsyncSession, conversation_id: UUID, seq: int, *, limit: int) -> Sequence[int]:
    """The numbers of the visitor's messages before one, newest first."""
    of_visitor = (Message.conversation_id == conversation_id) & (Message.author == Author.USER)
    before = select(Message.seq).where(of_visitor, Message.seq < seq)
    return (await session.scalars(before.order_by(Message.seq.desc()).limit(limit))).all()


async def unanswered(session: AsyncSession, *, sent_before: datetime, limit: int) -> Sequence[tuple[UUID, int]]:
    """Turns that were cut off: a visitor's words without an answer."""
    found = await session.execute(
        select(Message.conversation_id, Message.seq)
        .where(Message.answered_at.is_(None), Message.author == Author.USER, Message.sent_at < sent_before)
        .order_by(Message.sent_at)
        .limit(limit)
    )
    return [(conversation_id, seq) for conversation_id, seq in found]


async def offered(session: AsyncSession, conversation_id: UUID, hashes: Collection[str]) -> Sequence[OfferedPayload]:
    """Those of the payloads that were offered here before."""
    before = select(OfferedPayload).where(OfferedPayload.conversation_id == conversation_id)
    return (await session.scalars(before.where(OfferedPayload.payload_hash.in_(hashes)))).all()


async def offered_title(session: AsyncSession, conversation_id: UUID, payload_hash: str) -> str | None:
    """What the button of an offered payload said; None when it was not offered here."""
    return await session.scalar(
        select(OfferedPayload.title).where(
            OfferedPayload.conversation_id == conversation_id, OfferedPayload.payload_hash == payload_hash
        )
    )


async def forget_signals(session: AsyncSession, conversation_id: UUID, seq: int, kinds: Collection[str]) -> None:
    """Take signals of a message back: the second look saw that they are none."""
    of_message = (SeenSignal.conversation_id == conversation_id) & (SeenSignal.message_seq == seq)
    await session.execute(delete(SeenSignal).where(of_message, SeenSignal.kind.in_(kinds)))


async def signals(
    session: AsyncSession, conversation_id: UUID, *, since: datetime | None = None
) -> Sequence[SeenSignal]:
    """The risk signals of a conversation, oldest first; of messages sent after `since`, if given."""
    seen = select(SeenSignal).where(SeenSignal.conversation_id == conversation_id)
    if since is not None:
        joined = (Message.conversation_id == SeenSignal.conversation_id) & (Message.seq == SeenSignal.message_seq)
        seen = seen.join(Message, joined).where(Message.sent_at > since)
    return (await session.scalars(seen.order_by(SeenSignal.message_seq))).all()
