"""One message, start to end (design.md, section 4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from api.chat import own_payloads, queries
from api.chat.answering import HelpNotStored, answer
from api.chat.asking_rasa import begin_preparing
from api.chat.crisis import crisis_reply_to
from api.chat.hearing import Heard, hear
from api.chat.known import Visitor
from api.chat.limiting import MESSAGES, TAPS
from api.chat.models import Message
from api.chat.replaying import replay_journal
from api.chat.said import Said, Voice
from api.chat.schemas import Answer, MessagePost, MessageRead
from api.chat.service import payload_hash
from api.chat.storing import Incoming, store
from api.chat.watching import watch_over
from api.chat.without_database import answer_without_database, given_without_database
from api.metrics import turn_seconds, turns
from api.problems import DATABASE_TROUBLE
from api.questionnaires.payloads import read_payload
from api.services import Services
from api.states import ConversationState, Owner
from api.texts import render
from core.errors import Conflict, Unavailable
from core.logging import get_logger

log = get_logger()


async def take_turn(services: Services, visitor: Visitor, post: MessagePost, *, now: datetime) -> Answer:
    """Take a visitor's message and answer it.

    Danger is looked for before anything else may fail or refuse; words are stored before anybody thinks about them.

    Raises:
        Conflict: the button was not offered here, or the conversation is closed.
        TooMany: too many messages; never for an acute one.
        Unavailable: the database is locked and the message can wait.
    """
    with turn_seconds.time():
        heard = await hear(post.text, visitor) if post.text is not None else Heard(visitor.voice.language)
        crisis_reply = _crisis_reply(visitor, heard)
        if crisis_reply is None:
            _check_pace(services, visitor, post)
        if not visitor.is_from_memory:
            try:
                return await _through_database(services, visitor, post, heard, crisis_reply, now=now)
            except DATABASE_TROUBLE as error:
                log.warning("turn_without_database", conversation_id=str(visitor.conversation_id), exc_info=error)
            except HelpNotStored as late:
                log.warning("help_without_database", conversation_id=str(visitor.conversation_id))
                heard, crisis_reply = replace(heard, signals=late.look.added), late.reply
        if crisis_reply is None:
            given = await given_without_database(services.journal, visitor, post)
            if given is None:
                raise Unavailable(_try_again(visitor.voice))
            return given
        turns.labels("journal").inc()
        return await answer_without_database(services.journal, visitor, post, heard, crisis_reply, now=now)


def _check_pace(services: Services, visitor: Visitor, post: MessagePost) -> None:
    """Not too many at once; who answers items with buttons may be quick.

    Raises:
        TooMany: too many in this minute.
    """
    is_tap = post.payload is not None and read_payload(post.payload) is not None
    limit, name = (TAPS, "taps") if is_tap else (MESSAGES, "messages")
    services.limits.check(limit, name, str(visitor.conversation_id))


def _crisis_reply(visitor: Visitor, heard: Heard) -> Said | None:
    """The reviewed reply to an acute message; needs no database."""
    if not heard.acute:
        return None
    voice = Voice(heard.language, visitor.voice.country, visitor.voice.audience)
    return crisis_reply_to(heard.acute, voice=voice, site_id=visitor.site)


async def _through_database(
    services: Services, visitor: Visitor, post: MessagePost, heard: Heard, crisis_reply: Said | None, *, now: datetime
) -> Answer:
    """The usual way: store, answer, read back."""
    if services.journal.count():
        await replay_journal(services)  # what was said before must come before
    said = await _said(services, visitor, post, heard)
    preparing = begin_preparing(said.text) if _goes_to_rasa(visitor, post, heard) else None
    incoming = Incoming(visitor.conversation_id, post.client_message_id, said, heard, crisis_reply, preparing)
    async with services.db.write() as session:
        stored = await store(session, incoming, now=now)
    if crisis_reply is not None:
        turns.labels("acute").inc()
    if stored.for_coach is not None:
        await watch_over(services, stored.for_coach, now=now)
    answered = await answer(services, visitor.conversation_id, stored, now=now)
    if answered is None or stored.turn is None:
        return await read_answer(services, visitor, stored.seq)
    return _shown([stored.turn.message, *answered.messages], answered.state)


def _goes_to_rasa(visitor: Visitor, post: MessagePost, heard: Heard) -> bool:
    """Whether Rasa will surely be asked, as far as can be told before the message is stored."""
    return post.text is not None and not heard.acute and heard.other_language is None and visitor.owner is Owner.BOT


async def _said(services: Services, visitor: Visitor, post: MessagePost, heard: Heard) -> Said:
    """The visitor's own words; for a click, what the button said."""
    if post.text is not None:
        return Said(post.text, other_language=heard.other_language)
    payload = str(post.payload)
    async with services.db.read() as session:
        title = await queries.offered_title(session, visitor.conversation_id, payload_hash(payload))
    if title is None:
        title = own_payloads.title_of(payload, visitor.voice)
    if title is None:
        raise Conflict("This button was not offered in this conversation.", "Choose one that is shown, or type.")
    return Said(title, payload=payload)


async def read_answer(services: Services, visitor: Visitor, seq: int) -> Answer:
    """The answer as it was given, also when it is asked for again later."""
    async with services.db.read() as session:
        messages = await queries.turn(session, visitor.conversation_id, seq)
        state = await queries.state_at(session, visitor.conversation_id, messages[-1].seq)
    return _shown(messages, state)


def _shown(messages: Sequence[Message], state: ConversationState) -> Answer:
    return Answer(
        messages=[MessageRead.of(message) for message in messages], state=state, language=messages[-1].language
    )


def _try_again(voice: Voice) -> str:
    """What to tell while the database is locked: the truth, and what helps if it cannot wait."""
    return render("chat.busy", language=voice.language, country=voice.country, audience=voice.audience)
