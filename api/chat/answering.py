"""Finishes a visitor's turn exactly once, whoever comes first: the request, its retry, or the sweep."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries, service
from api.chat.bus import bus
from api.chat.handover import bring_in_coach, offer_coach
from api.chat.models import Conversation, Message
from api.chat.said import Said
from api.chat.thinking import Thought, count, think
from api.services import Services
from api.states import Author, Owner


@dataclass(frozen=True, slots=True)
class Turn:
    """Which turn, and what the bot may count on: that it owned the conversation at this version."""

    conversation_id: UUID
    seq: int
    owner_version: int


async def answer(services: Services, conversation_id: UUID, seq: int, *, now: datetime) -> None:
    """Answer a stored message, unless that was done already. One answer at a time in a conversation."""
    async with services.turn_lock(conversation_id):
        async with services.db.read() as session:
            conversation = await session.get(Conversation, conversation_id)
            message = await session.get(Message, (conversation_id, seq))
            if conversation is None or message is None or message.answered_at is not None:
                return
            seen = await queries.signals(session, conversation_id)
        signals = [signal for signal in seen if signal.message_seq == seq]
        bus.typing(conversation_id, Author.BOT)
        thought = await think(services.rasa, conversation, message, signals, now=now)
        count(thought)
        async with services.db.write() as session:
            await _finish(session, Turn(conversation_id, seq, conversation.owner_version), thought, now=now)


async def _finish(session: AsyncSession, turn: Turn, thought: Thought, *, now: datetime) -> None:
    """Close the turn and say the answer in one transaction; nothing is said if a coach took over meanwhile."""
    conversation = await queries.locked(session, turn.conversation_id)
    if conversation is None or not await service.mark_answered(session, turn.conversation_id, turn.seq, now=now):
        return
    if (conversation.owner, conversation.owner_version) != (Owner.BOT, turn.owner_version):
        return
    _learn(conversation, thought, now=now)
    sayings = await _sayings(session, conversation, turn.seq, thought, now=now)
    if not sayings:
        return
    await service.append_as_bot(
        session,
        conversation.id,
        owner_version=turn.owner_version,
        sayings=sayings,
        language=thought.language,
        now=now,
        answers_seq=turn.seq,
    )


def _learn(conversation: Conversation, thought: Thought, *, now: datetime) -> None:
    """What the turn changed about the conversation."""
    conversation.language = thought.language
    conversation.language_is_chosen = conversation.language_is_chosen or thought.language_is_chosen
    if thought.slots is None or thought.rasa_session is None:
        return
    if thought.rasa_session != conversation.rasa_session:
        conversation.rasa_session = thought.rasa_session
        conversation.rasa_session_at = now
        conversation.turns = 0
    conversation.turns += 1
    conversation.slots = dict(thought.slots)


async def _sayings(
    session: AsyncSession, conversation: Conversation, seq: int, thought: Thought, *, now: datetime
) -> list[Said]:
    """The answer first, then the coach: brought in when asked for, offered when a message worries us."""
    if thought.brings_coach:
        return [*thought.sayings, await bring_in_coach(session, conversation, now=now)]
    offer = await offer_coach(session, conversation, seq)
    if offer is None:
        return list(thought.sayings)
    return [offer] if thought.is_empty else [*thought.sayings, offer]
