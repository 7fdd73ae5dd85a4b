"""Who speaks to the visitor: the one place where the owner of a conversation changes.

Both changes are compare-and-set statements. A bot answer that was being made meanwhile finds another owner or a
higher `owner_version` when it wants to be stored, and is dropped (`api.chat.service.append_as_bot`).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.models import Conversation
from api.chat.said import Voice
from api.chat.service import append, record_state
from api.chat.speaking import speak
from api.coaches.models import Coach
from api.handoff import sayings
from api.states import Author, Owner


async def take_over(session: AsyncSession, conversation: Conversation, coach: Coach, *, now: datetime) -> bool:
    """Let a coach speak: the visitor is told who, then the state changes. False when the coach spoke already."""
    if not await _change_owner(session, conversation, Owner.BOT, Owner.COACH, coach.id):
        return False
    said = speak(sayings.joined(coach), Voice.of(conversation))
    await append(session, conversation, author=Author.SYSTEM, said=said, now=now)
    await record_state(session, conversation, now)
    return True


async def give_back(session: AsyncSession, conversation: Conversation, *, why: sayings.Why, now: datetime) -> bool:
    """Let the bot speak again and say so. False when it owned the conversation already."""
    if not await _change_owner(session, conversation, Owner.COACH, Owner.BOT, None):
        return False
    said = speak(sayings.bot_back(why), Voice.of(conversation))
    await append(session, conversation, author=Author.BOT, said=said, now=now)
    return True


async def _change_owner(
    session: AsyncSession, conversation: Conversation, before: Owner, after: Owner, coach_id: UUID | None
) -> bool:
    await session.flush()
    changed = await session.scalar(
        update(Conversation)
        .where(Conversation.id == conversation.id, Conversation.owner == before)
        .values(owner=after, coach_id=coach_id, owner_version=Conversation.owner_version + 1)
        .returning(Conversation.owner_version)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(conversation)
    return changed is not None
