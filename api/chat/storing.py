"""Stores a visitor's message; an acute one together with its answer and its case, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries, service
from api.chat.bus import bus
from api.chat.hearing import Heard
from api.chat.models import Conversation, SeenSignal
from api.chat.said import Said
from api.handoff import service as handoff
from api.sites.service import get_site
from api.states import Author, CaseReason, Owner, Tier
from core.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Incoming:
    """A visitor's message, ready to be stored."""

    conversation_id: UUID
    client_message_id: UUID
    said: Said
    heard: Heard
    crisis_reply: Said | None  # to an acute message


async def store(session: AsyncSession, incoming: Incoming, *, now: datetime) -> int:
    """Keep a message, once, and say its number.

    Returns:
        The message's number; the first one's when this client id was stored before.

    Raises:
        NotFound: the conversation was erased.
        Conflict: the conversation was closed.
    """
    conversation = await queries.locked(session, incoming.conversation_id)
    if conversation is None:
        raise NotFound("This conversation is gone.", "Start a new one.")
    known = await queries.message_by_client_id(session, conversation.id, incoming.client_message_id)
    if known is not None:
        return known.seq
    if conversation.ended_at is not None:
        raise Conflict("This conversation is closed.", "Start a new one.")
    seq = await _keep(session, conversation, incoming, now=now)
    if incoming.crisis_reply is not None:
        await _help_at_once(session, conversation, incoming.crisis_reply, seq=seq, now=now)
        await service.mark_answered(session, conversation.id, seq, now=now)
    elif conversation.owner is Owner.COACH:
        await service.mark_answered(session, conversation.id, seq, now=now)
        bus.publish_team(get_site(conversation.site).team)
    return seq


async def _keep(session: AsyncSession, conversation: Conversation, incoming: Incoming, *, now: datetime) -> int:
    """The message itself and the signals in it."""
    message = await service.append(
        session,
        conversation,
        author=Author.USER,
        said=incoming.said,
        now=now,
        client_message_id=incoming.client_message_id,
        language=incoming.heard.language,
    )
    session.add_all(
        SeenSignal(
            conversation_id=conversation.id,
            message_seq=message.seq,
            kind=signal.kind,
            tier=Tier(signal.tier),
            score=signal.score,
            speaker=signal.speaker,
            because={"text": signal.because},
        )
        for signal in incoming.heard.signals
    )
    return message.seq


async def _help_at_once(
    session: AsyncSession, conversation: Conversation, reply: Said, *, seq: int, now: datetime
) -> None:
    """The reviewed reply, and a case where the site opens one without asking.

    While a coach owns the conversation the help comes from the system: the bot stays silent.
    """
    site = get_site(conversation.site)
    if site.acute_opens_case == "at_once" or conversation.owner is Owner.COACH:  # who owns it has its case: an alarm
        reason = CaseReason.SIGNAL
        await handoff.open_case(session, conversation, reason=reason, tier=Tier.ACUTE, site=site, now=now)
        await service.record_state(session, conversation, now)
    author = Author.SYSTEM if conversation.owner is Owner.COACH else Author.BOT
    await service.append(session, conversation, author=author, said=reply, now=now, answers_seq=seq)
