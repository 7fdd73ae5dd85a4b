"""Finishes a visitor's turn exactly once, whoever comes first: the request, its retry, or the sweep."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries, service
from api.chat.asking_rasa import begin_preparing
from api.chat.bus import bus
from api.chat.crisis import crisis_reply_to
from api.chat.handover import bring_in_coach, gravest, offer_coach, taken_back_now
from api.chat.models import Conversation, Message
from api.chat.said import Said, Voice
from api.chat.second_look import SecondLook, as_screened, look_again, take_over
from api.chat.storing import OpenTurn, Stored, help_at_once
from api.chat.thinking import Thought, count, think
from api.chat.wake import agrees_to_coach, goes_on, is_small_talk, stays, wake_of
from api.metrics import turns
from api.problems import DATABASE_TROUBLE
from api.questionnaires import queries as questionnaires
from api.questionnaires.service import MovedOn, keep
from api.services import Services
from api.signals_reply import is_personal, taken_back
from api.states import Author, ConversationState, Owner, Tier


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said, and the state after it."""

    messages: Sequence[Message]
    state: ConversationState


class HelpNotStored(Exception):
    """The second look saw danger, and the database is locked: the reply must go out all the same."""

    def __init__(self, look: SecondLook, reply: Said) -> None:
        super().__init__()
        self.look = look
        self.reply = reply


async def answer(services: Services, conversation_id: UUID, stored: Stored, *, now: datetime) -> Answered | None:
    """Answer a stored message, unless that was done already. One answer at a time in a conversation.

    Returns:
        What was said; None when nothing was, or by somebody else: then the database knows.
    Raises:
        HelpNotStored: danger was seen while the database is locked.
    """
    lock = services.turn_lock(conversation_id)
    had_to_wait = lock.locked()
    async with lock:
        # Behind another turn the conversation has moved on since it was read.
        turn = stored.turn if not had_to_wait else None
        turn = turn or await _read(services, conversation_id, stored)
        if turn is None:
            return None
        bus.typing(conversation_id, Author.BOT)
        try:
            return await _answer(services, _prepared(turn), now=now)
        except MovedOn:  # another replica heard an answer to the same questionnaire meanwhile
            turn = await _read(services, conversation_id, stored)
            return None if turn is None else await _answer(services, _prepared(turn), now=now)


async def _answer(services: Services, turn: OpenTurn, *, now: datetime) -> Answered | None:
    """Think while the message's meaning is looked at, and say what came of it.

    Raises:
        HelpNotStored: danger was seen while the database is locked.
        MovedOn: a questionnaire was answered elsewhere since the turn was read.
    """
    thinking = asyncio.create_task(think(services, turn, now=now))
    try:
        look = await look_again(turn.preparing, turn.message.body["text"], turn.signals)
        if look.acute:
            return await _help(services, turn, look, now=now)
        thought = await thinking
    finally:
        thinking.cancel()  # nobody waits for it any more; done already, it hears nothing of it
    count(thought)
    async with services.db.write() as session:
        return await _finish(session, turn, look, thought, now=now)


def _prepared(turn: OpenTurn) -> OpenTurn:
    """The turn with its words being encoded: a turn that is finished later has nothing begun."""
    if turn.preparing is not None or turn.message.body["payload"]:
        return turn
    return replace(turn, preparing=begin_preparing(turn.message.body["text"]))


async def _help(services: Services, turn: OpenTurn, look: SecondLook, *, now: datetime) -> Answered | None:
    """The second look saw danger: the reviewed reply, the signals and the case in one transaction, without Rasa.

    Raises:
        HelpNotStored: the database is locked just now.
    """
    voice = replace(Voice.of(turn.conversation), language=turn.message.language)
    reply = crisis_reply_to(look.acute, voice=voice, site_id=turn.conversation.site)
    turns.labels("acute").inc()
    try:
        async with services.db.write() as session:
            seq = turn.message.seq
            conversation = await queries.locked(session, turn.conversation.id)
            if conversation is None or not await service.mark_answered(session, conversation.id, seq, now=now):
                return None
            await take_over(session, turn, look)
            await help_at_once(session, conversation, reply, seq=seq, now=now)
            messages = [said for said in await queries.turn(session, conversation.id, seq) if said.seq != seq]
            return Answered(messages, await queries.state_at(session, conversation.id, messages[-1].seq))
    except DATABASE_TROUBLE as error:
        raise HelpNotStored(look, reply) from error


async def _read(services: Services, conversation_id: UUID, stored: Stored) -> OpenTurn | None:
    """The turn as it stands; None when it is closed."""
    async with services.db.read() as session:
        conversation = await session.get(Conversation, conversation_id)
        message = await session.get(Message, (conversation_id, stored.seq))
        if conversation is None or message is None or message.answered_at is not None:
            return None
        seen = await queries.signals(session, conversation_id)
        asked = await questionnaires.asked(session, conversation_id, seq=stored.seq)
    of_message = [signal for signal in seen if signal.message_seq == stored.seq]
    return OpenTurn(conversation, message, of_message, stored.turn.preparing if stored.turn else None, asked)


async def _finish(
    session: AsyncSession, turn: OpenTurn, look: SecondLook, thought: Thought, *, now: datetime
) -> Answered | None:
    """Close the turn and say the answer in one transaction; nothing is said if a coach took over meanwhile."""
    seq, owner_version = turn.message.seq, turn.conversation.owner_version
    conversation = await queries.locked(session, turn.conversation.id)
    if conversation is None or not await service.mark_answered(session, conversation.id, seq, now=now):
        return None
    turn = replace(turn, signals=await take_over(session, turn, look))
    if (conversation.owner, conversation.owner_version) != (Owner.BOT, owner_version):
        return None
    thought = _in_the_chosen_language(conversation, thought)
    _learn(conversation, thought, now=now)
    sayings = await _sayings(session, conversation, turn, thought, now=now)
    messages = await service.append_as_bot(
        session,
        conversation.id,
        owner_version=owner_version,
        sayings=sayings,
        language=thought.language,
        now=now,
        answers_seq=seq,
    )
    if not messages:
        return None
    if (kept := thought.kept_after(sayings)) is not None:
        await keep(session, conversation.id, kept, now=now)
    return Answered(messages, await queries.state_at(session, conversation.id, messages[-1].seq))


def _in_the_chosen_language(conversation: Conversation, thought: Thought) -> Thought:
    """What was thought, said anew if the visitor used the visible switch meanwhile: what they chose wins."""
    if thought.language_is_chosen or not conversation.language_is_chosen or conversation.language is thought.language:
        return thought
    voice = Voice.of(conversation)
    return thought.said_anew(voice)


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
    session: AsyncSession, conversation: Conversation, turn: OpenTurn, thought: Thought, *, now: datetime
) -> list[Said]:
    """The answer and the coach: brought in when asked for, offered when a message worries us.

    What is urgent is answered with help first, and with facts after it only if facts were asked for. What is taken back
    as a joke is answered kindly: it stays a signal, and a case stays open. Who goes on about it hears no small talk.
    """
    if thought.brings_coach or await agrees_to_coach(session, turn, thought):
        before = thought.sayings if thought.brings_coach else ()
        return [*before, await bring_in_coach(session, conversation, now=now)]
    if (grave := await taken_back_now(session, turn)) is not None:
        return [taken_back(as_screened(grave), voice=Voice.of(conversation))]
    tier = gravest(turn.signals)
    wake = await wake_of(session, turn)
    if wake is not None and goes_on(wake, thought, turn.signals):
        return [stays(wake, thought, voice=Voice.of(conversation))]
    is_urgent = tier is Tier.URGENT
    # "I know nothing about that" is no answer to somebody who says that they are bullied, nor is "doubting is normal".
    is_told = any(is_personal(as_screened(signal)) for signal in turn.signals)
    passes_over = thought.is_empty or (is_told and is_small_talk(thought))
    unheard = (is_urgent and not thought.is_study_answer) or (tier is Tier.CONCERN and passes_over)
    answers = () if unheard else thought.sayings
    offer = await offer_coach(session, conversation, turn.signals, stands_alone=not answers)
    if offer is None:
        return [*answers, *((thought.again.said,) if thought.again else ())]
    return [offer, *answers] if is_urgent else [*answers, offer]
