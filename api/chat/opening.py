"""Opens conversations, and opens them again: tokens, return codes and the first words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import keys, queries, service
from api.chat.models import Conversation
from api.chat.own_payloads import SHARE_WORRY
from api.chat.said import Voice
from api.chat.speaking import speak
from api.questionnaires.payloads import payload
from api.sites.service import Site, get_site
from api.states import Audience, Language
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation and its keys, told once."""

    conversation: Conversation
    token: str
    return_code: str = ""


async def open_conversation(
    session: AsyncSession, *, site_id: str, language: Language | None, audience: Audience | None, now: datetime
) -> Opened:
    """Start a conversation with a greeting.

    Raises:
        NotFound: this site is not one of ours.
    """
    site = get_site(site_id)
    token = keys.new_token()
    conversation = Conversation(
        id=uuid4(),
        site=site.id,
        country=site.country,
        language=language or site.default_language,
        audience=audience,
        token_hash=keys.token_hash(token),
        slots={},
        rasa_session_at=now,
        created_at=now,
        last_message_at=now,
    )
    session.add(conversation)
    await session.flush()
    said = speak(greeting(site), Voice.of(conversation))
    await service.append_as_bot(
        session, conversation.id, owner_version=0, sayings=[said], language=conversation.language, now=now
    )
    return Opened(conversation, token)


def greeting(site: Site) -> Mapping[str, Any]:
    """What it is, three examples, who may see what, and three ways to begin."""
    who_sees = "chat.acute_is_shown" if site.acute_opens_case == "at_once" else "chat.acute_asks_first"
    return {
        "say": "chat.greeting",
        "with": {"who_sees": {"say": who_sees}},
        "buttons": [
            {"say": "button.find_programme", "payload": "/find_programme"},
            {"say": "button.interest_test", "payload": payload("choose", "interests")},
            {"say": "button.share_worry", "payload": SHARE_WORRY},
        ],
    }


async def give_return_code(session: AsyncSession, conversation_id: UUID, code_hash: str) -> None:
    """Let this code lead back to the conversation; an earlier one no longer does."""
    conversation = await queries.locked(session, conversation_id)
    if conversation is None:
        raise NotFound("This conversation is gone.", "Start a new one.")
    conversation.return_code_hash = code_hash


async def resume(session: AsyncSession, *, code_hash: str, next_code: str, next_code_hash: str) -> Opened:
    """Open the conversation that a code leads to. The code is spent, and the old token with it.

    Raises:
        NotFound: the code is wrong, spent, or its conversation is gone. Which of these, it does not tell.
    """
    conversation = await queries.by_return_code(session, code_hash)
    if conversation is None or conversation.ended_at is not None:
        raise NotFound("This code leads nowhere.", "Check the three words, or start a new conversation.")
    token = keys.new_token()
    conversation.token_hash = keys.token_hash(token)
    conversation.return_code_hash = next_code_hash
    await session.flush()
    return Opened(conversation, token, next_code)


async def change(
    session: AsyncSession, conversation_id: UUID, *, language: Language | None, audience: Audience | None
) -> Conversation:
    """Set what the visitor chose in the panel. A chosen language is no longer detected: the visible switch wins."""
    conversation = await queries.locked(session, conversation_id)
    if conversation is None:
        raise NotFound("This conversation is gone.", "Start a new one.")
    if language is not None:
        conversation.language = language
        conversation.language_is_chosen = True
    if audience is not None:
        conversation.audience = audience
    await session.flush()
    return conversation
