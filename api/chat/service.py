"""The rules of a conversation: who may say something, in which order, and that it is said once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, event, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from api.chat import queries
from api.chat.bus import bus
from api.chat.models import Conversation, Message, OfferedPayload, StateChange
from api.chat.said import Said
from api.states import Author, ConversationState, Language, Owner
from core.errors import Conflict, NotFound


async def append(
    session: AsyncSession,
    conversation: Conversation,
    *,
    author: Author,
    said: Said,
    now: datetime,
    answers_seq: int | None = None,
    client_message_id: UUID | None = None,
    language: Language | None = None,
) -> Message:
    """Add a message and give it the next number; readers are woken when the transaction commits.

    Args:
        answers_seq: the visitor's message that brought this one about.
        client_message_id: of a message that a person sent, so that sending it again changes nothing.
        language: what it is written in, when that is not the conversation's language.

    Raises:
        Conflict: the bot may not speak, because a coach owns the conversation.
        NotFound: the conversation was erased meanwhile.
    """
    may = [Conversation.owner == Owner.BOT] if author is Author.BOT else []
    seq = await _take_numbers(session, conversation.id, 1, may, now=now)
    if seq is None:
        if author is Author.BOT and await queries.is_there(session, conversation.id):
            raise Conflict("A coach owns this conversation.", "Let the coach answer.")
        raise NotFound("This conversation is gone.", "Start a new one.")
    _know(conversation, seq, now)
    message = Message(
        conversation_id=conversation.id,
        seq=seq,
        author=author,
        language=language or conversation.language,
        body=said.body(),
        client_message_id=client_message_id,
        answers_seq=answers_seq,
        sent_at=now,
    )
    await _add(session, message, said)
    return message


async def append_as_bot(
    session: AsyncSession,
    conversation_id: UUID,
    *,
    owner_version: int,
    sayings: Sequence[Said],
    language: Language,
    now: datetime,
    answers_seq: int | None = None,
) -> list[Message] | None:
    """Let the bot speak, if nobody took the conversation over since `owner_version` was read.

    The check and the messages are one statement in one transaction: a coach's first message either comes before
    it, and then nothing is said, or waits for it.

    Returns:
        The messages, or None when the owner moved on and the answer must be dropped.
    """
    may = [Conversation.owner == Owner.BOT, Conversation.owner_version == owner_version]
    last = await _take_numbers(session, conversation_id, len(sayings), may, now=now)
    if last is None:
        return None
    conversation = await session.get_one(Conversation, conversation_id)
    _know(conversation, last, now)
    messages = []
    for seq, said in enumerate(sayings, start=last - len(sayings) + 1):
        message = Message(
            conversation_id=conversation_id,
            seq=seq,
            author=Author.BOT,
            language=language,
            body=said.body(),
            answers_seq=answers_seq,
            sent_at=now,
        )
        await _add(session, message, said)
        messages.append(message)
    return messages


async def state_of(session: AsyncSession, conversation: Conversation) -> ConversationState:
    """What the visitor's panel shows."""
    return state_with(conversation, has_running_case=await queries.has_running_case(session, conversation.id))


def state_with(conversation: Conversation, *, has_running_case: bool) -> ConversationState:
    """What the visitor's panel shows, when it is known whether a coach is asked for."""
    if conversation.ended_at is not None:
        return ConversationState.CLOSED
    if conversation.owner is Owner.COACH:
        return ConversationState.WITH_COACH
    return ConversationState.WAITING if has_running_case else ConversationState.BOT


async def record_state(session: AsyncSession, conversation: Conversation, now: datetime) -> ConversationState:
    """Keep the state, if it changed, so that streams show it in its place among the messages."""
    await session.flush()
    state = await state_of(session, conversation)
    if state != await queries.state_at(session, conversation.id):
        seq = await _take_numbers(session, conversation.id, 1, [], now=None)
        if seq is None:
            raise NotFound("This conversation is gone.", "Start a new one.")
        _know(conversation, seq, None)
        session.add(StateChange(conversation_id=conversation.id, seq=seq, state=state.value, changed_at=now))
        await session.flush()
        _wake_on_commit(session, conversation.id)
    return state


async def mark_answered(session: AsyncSession, conversation_id: UUID, seq: int, *, now: datetime) -> bool:
    """Close a visitor's turn. Exactly one caller gets True; whoever gets False drops what it had to say."""
    closed = await session.scalar(
        update(Message)
        .where(Message.conversation_id == conversation_id, Message.seq == seq, Message.answered_at.is_(None))
        .values(answered_at=now)
        .returning(Message.seq)
        .execution_options(synchronize_session=False)
    )
    return closed is not None


def payload_hash(payload: str) -> str:
    """What is kept of an offered payload to recognise it by."""
    return sha256(payload.encode()).hexdigest()


async def _take_numbers(
    session: AsyncSession,
    conversation_id: UUID,
    count: int,
    may: Sequence[ColumnElement[bool]],
    *,
    now: datetime | None,
) -> int | None:
    """Take the next `count` numbers; the last of them, or None when `may` does not hold.

    The row stays locked until the commit, so numbers become visible in their order and a reader misses none.
    """
    # What the caller changed on the row goes first, or `may` would judge the past.
    await session.flush()
    values = {"last_seq": Conversation.last_seq + count} | ({} if now is None else {"last_message_at": now})
    taken: int | None = await session.scalar(
        update(Conversation)
        .where(Conversation.id == conversation_id, *may)
        .values(values)
        .returning(Conversation.last_seq)
        .execution_options(synchronize_session=False)
    )
    return taken


def _know(conversation: Conversation, seq: int, now: datetime | None) -> None:
    """Tell the loaded row what the statement did behind its back."""
    set_committed_value(conversation, "last_seq", seq)
    if now is not None:
        set_committed_value(conversation, "last_message_at", now)


async def _add(session: AsyncSession, message: Message, said: Said) -> None:
    session.add(message)
    offered = {payload_hash(button["payload"]): button["title"] for button in said.buttons}
    await _offer(session, message.conversation_id, offered)
    await session.flush()
    _wake_on_commit(session, message.conversation_id)


async def _offer(session: AsyncSession, conversation_id: UUID, offered: Mapping[str, str]) -> None:
    """Remember the buttons, so that a click is known; of one that is shown again, its newest words."""
    if not offered:
        return
    known = {payload.payload_hash: payload for payload in await queries.offered(session, conversation_id, offered)}
    for hashed, title in offered.items():
        if hashed in known:
            known[hashed].title = title
        else:
            session.add(OfferedPayload(conversation_id=conversation_id, payload_hash=hashed, title=title))


def _wake_on_commit(session: AsyncSession, conversation_id: UUID) -> None:
    event.listen(session.sync_session, "after_commit", lambda _session: bus.publish(conversation_id), once=True)
