"""Reads a conversation's log as its visitor does, and finds every message of the bot that talked over a coach."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries
from api.chat.models import Conversation, Message
from api.states import Author, Owner


def owner_after(messages: Sequence[Message]) -> Owner:
    """Walk through the log; fails at the first message that its author had no right to say.

    Who may speak is told by the log itself: "you now talk to" begins the coach's time, "the bot is back" ends it.
    """
    owner = Owner.BOT
    for message in sorted(messages, key=lambda message: message.seq):
        key = (message.body["utterance"] or {}).get("say") or ""
        where = f"{message.seq}: {message.author} ({key}) while the {owner} owned it"
        if message.author is Author.SYSTEM and key == "handoff.joined":
            assert owner is Owner.BOT, where
            owner = Owner.COACH
        elif message.author is Author.COACH:
            assert owner is Owner.COACH, where
        elif message.author is Author.BOT and key.startswith("handoff.bot_back"):
            assert owner is Owner.COACH, where
            owner = Owner.BOT
        elif message.author is Author.BOT:
            assert owner is Owner.BOT, where
    return owner


async def check_log(session: AsyncSession, conversation_id: UUID) -> list[Message]:
    """Nobody talked over anybody, numbers are given once and in order, and the row agrees with the log."""
    conversation = await session.get_one(Conversation, conversation_id)
    messages = list(await queries.messages(session, conversation_id))
    changes = await queries.state_changes(session, conversation_id)
    numbers = sorted(entry.seq for entry in [*messages, *changes])
    assert numbers == list(range(1, conversation.last_seq + 1)), "a number was lost or given twice"
    assert owner_after(messages) is conversation.owner
    return messages
