"""Reads what a link opens; never writes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.keys import token_hash
from api.chat.models import Conversation
from api.questionnaires import queries as questionnaires
from api.questionnaires.kept import Kept
from api.results.models import Link
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    conversation: Conversation
    kept: Kept


async def opened(session: AsyncSession, token: str) -> Opened:
    """The result behind a link.

    Raises:
        NotFound: the link was ended, or the result is gone.
    """
    by_token = select(Conversation, Link.questionnaire).join(Link, Link.conversation_id == Conversation.id)
    row = (await session.execute(by_token.where(Link.token_hash == token_hash(token)))).first()
    kept = row and next((one for one in await questionnaires.runs(session, row[0].id) if one.id == row[1]), None)
    if row is None or kept is None:
        raise NotFound("This link does not work any more.", "Make a new one in the chat, at the result.")
    return Opened(row[0], kept)
