"""Stores a visitor's message; an acute one together with its answer and its case, in one transaction."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries, service
from api.chat.asking_rasa import Prepared
from api.chat.bus import bus
from api.chat.hearing import Heard
from api.chat.models import Conversation, Message, SeenSignal
from api.chat.said import Said
from api.handoff import service as handoff
from api.questionnaires import queries as questionnaires
from api.questionnaires.kept import Asked
from api.sites.service import get_site
from api.states import Author, CaseReason, Owner, Tier
from bot.signals import Signal
from core.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """A stored message that waits for its answer, as it was when it was stored."""

    conversation: Conversation
    message: Message
    signals: Sequence[SeenSignal]  # in this message
    preparing: asyncio.Task[Prepared] | None = None  # for Rasa, when that was begun before it was stored
    asked: Asked = field(default_factory=Asked)  # the questionnaires that the message may be about


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a message is kept; and its turn, if that was opened just now and waits for an answer."""

    seq: int
    turn: OpenTurn | None = None
    for_coach: OpenTurn | None = None  # a message to the coach who owns the talk: nobody of ours answers it


@dataclass(frozen=True, slots=True)
class Incoming:
    """A visitor's message, ready to be stored."""

    conversation_id: UUID
    client_message_id: UUID
    said: Said
    heard: Heard
    crisis_reply: Said | None  # to an acute message
    preparing: asyncio.Task[Prepared] | None = None


async def store(session: AsyncSession, incoming: Incoming, *, now: datetime) -> Stored:
    """Keep a message, once. A client id that was stored before leads to the first message.

    Raises:
        NotFound: the conversation was erased.
        Conflict: the conversation was closed.
    """
    conversation = await queries.locked(session, incoming.conversation_id)
    if conversation is None:
        raise NotFound("This conversation is gone.", "Start a new one.")
    known = await queries.message_by_client_id(session, conversation.id, incoming.client_message_id)
    if known is not None:
        await _help_late(session, conversation, known, incoming, now=now)
        return Stored(known.seq)
    if conversation.ended_at is not None:
        raise Conflict("This conversation is closed.", "Start a new one.")
    turn = await _keep(session, conversation, incoming, now=now)
    seq = turn.message.seq
    if incoming.crisis_reply is not None:
        await help_at_once(session, conversation, incoming.crisis_reply, seq=seq, now=now)
    elif conversation.owner is Owner.COACH:
        bus.publish_team(get_site(conversation.site).team)
    else:
        return Stored(seq, replace(turn, asked=await questionnaires.asked(session, conversation.id, seq=seq)))
    await service.mark_answered(session, conversation.id, seq, now=now)
    return Stored(seq, for_coach=turn if incoming.crisis_reply is None else None)


async def _help_late(
    session: AsyncSession, conversation: Conversation, message: Message, incoming: Incoming, *, now: datetime
) -> None:
    """The reply to a message that was stored before its danger was seen, from the journal; once.

    A message to a coach was closed when it was stored: it waits for nobody of ours, until there is danger in it.
    """
    if incoming.crisis_reply is None:
        return
    is_open = await service.mark_answered(session, conversation.id, message.seq, now=now)
    if is_open or await queries.turn(session, conversation.id, message.seq) == [message]:
        seen = {signal.kind for signal in incoming.heard.signals}
        await queries.forget_signals(session, conversation.id, message.seq, seen)
        keep_signals(session, message, incoming.heard.signals)
        await help_at_once(session, conversation, incoming.crisis_reply, seq=message.seq, now=now)


async def _keep(session: AsyncSession, conversation: Conversation, incoming: Incoming, *, now: datetime) -> OpenTurn:
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
    signals = keep_signals(session, message, incoming.heard.signals)
    return OpenTurn(conversation, message, signals, incoming.preparing)


def keep_signals(session: AsyncSession, message: Message, signals: Iterable[Signal]) -> list[SeenSignal]:
    """The signals of a message, as they are stored."""
    seen = [
        SeenSignal(
            conversation_id=message.conversation_id,
            message_seq=message.seq,
            kind=signal.kind,
            tier=Tier(signal.tier),
            score=signal.score,
            speaker=signal.speaker,
            because={"text": signal.because},
        )
        for signal in signals
    ]
    session.add_all(seen)
    return seen


async def help_at_once(
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
