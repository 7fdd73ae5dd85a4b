"""Gives and ends the links that open a result, and erases a result alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.keys import new_token, token_hash
from api.chat.models import Message
from api.questionnaires import queries as questionnaires
from api.questionnaires.for_coaches import telling_of
from api.questionnaires.models import Run
from api.results.models import Link
from core.errors import NotFound


async def make_link(session: AsyncSession, conversation_id: UUID, questionnaire: str, *, now: datetime) -> str:
    """A new link to a result; the one before it ends.

    Returns:
        The token: it is told once, and kept nowhere.

    Raises:
        NotFound: there is no result of this questionnaire.
    """
    runs = await questionnaires.runs(session, conversation_id)
    if not any(kept.id == questionnaire and kept.session.answers for kept in runs):
        raise NotFound("There is no result of this questionnaire.", "Fill it in first.")
    token = new_token()
    link = Link(conversation_id=conversation_id, questionnaire=questionnaire, token_hash=token_hash(token), made_at=now)
    await session.merge(link)
    return token


async def end_link(session: AsyncSession, token: str) -> None:
    """Let a link open nothing any more. One that is over already stays over."""
    await session.execute(delete(Link).where(Link.token_hash == token_hash(token)))


async def erase_result(session: AsyncSession, conversation_id: UUID, questionnaire: str) -> None:
    """Erase what was answered in one questionnaire, and what was said of it; the rest of the conversation stays.

    A message that worried us stays as well: somebody may be helping because of it.
    """
    said = await chat.messages(session, conversation_id)
    worrying = {signal.message_seq for signal in await chat.signals(session, conversation_id)}
    gone = [seq for seq in telling_of(questionnaire, said) if seq not in worrying]
    await session.execute(delete(Message).where(Message.conversation_id == conversation_id, Message.seq.in_(gone)))
    await session.execute(delete(Run).where(Run.conversation_id == conversation_id, Run.questionnaire == questionnaire))
