"""Helps at once while the database is locked: the reply goes out, and the journal keeps both until it opens again."""

from dataclasses import asdict
from datetime import datetime

from api.chat.hearing import Heard
from api.chat.journal import Entry, Journal
from api.chat.known import Visitor
from api.chat.said import Said
from api.chat.schemas import Answer, MessagePost, MessageRead
from api.sites.service import get_site
from api.states import Author, ConversationState, Language, Owner
from core.logging import get_logger

log = get_logger()


async def answer_without_database(
    journal: Journal, visitor: Visitor, post: MessagePost, heard: Heard, crisis_reply: Said, *, now: datetime
) -> Answer:
    """Write an acute message and its reply down, on the disk, and answer. The same message again: the same answer."""
    entry = Entry(
        conversation_id=str(visitor.conversation_id),
        client_message_id=str(post.client_message_id),
        text=str(post.text),
        language=heard.language.value,
        signals=[asdict(signal) for signal in heard.signals],
        reply=crisis_reply.body(),
        sent_at=now.isoformat(),
        seq=visitor.last_seq + 1,
    )
    try:
        kept = await journal.find(visitor.conversation_id, post.client_message_id)
        if kept is None:
            await journal.write(entry)
    except OSError as error:
        kept = None
        # A full disk must not keep the helpline from a child.
        log.error("journal_failed", conversation_id=str(visitor.conversation_id), exc_info=error)
    return _answer(visitor, post, kept or entry)


async def given_without_database(journal: Journal, visitor: Visitor, post: MessagePost) -> Answer | None:
    """The answer that was given before to the same message while the database was locked; None when none was."""
    kept = await journal.find(visitor.conversation_id, post.client_message_id)
    return None if kept is None else _answer(visitor, post, kept)


def _answer(visitor: Visitor, post: MessagePost, entry: Entry) -> Answer:
    """The messages with the numbers that they will get when the journal is replayed.

    Nothing else of the visitor's is stored before the replay, so this holds unless a coach's message waited for the
    same lock; then the stream shows both under their true numbers.
    """
    opens = get_site(visitor.site).acute_opens_case == "at_once" and visitor.state is ConversationState.BOT
    language, sent_at = Language(entry.language), datetime.fromisoformat(entry.sent_at)
    # On a retry the message itself may be stored already: then the visitor's last number is its own.
    seq = entry.seq or visitor.last_seq + 1
    own = MessageRead(
        seq=seq,
        author=Author.USER,
        language=language,
        text=entry.text,
        buttons=[],
        cards=[],
        sources=[],
        sent_at=sent_at,
        client_message_id=post.client_message_id,
    )
    helping = MessageRead(
        seq=seq + 1 + opens,  # the state's change comes between
        author=Author.SYSTEM if visitor.owner is Owner.COACH else Author.BOT,
        language=language,
        text=entry.reply["text"],
        buttons=entry.reply["buttons"],
        cards=entry.reply["cards"],
        sources=entry.reply["sources"],
        sent_at=sent_at,
    )
    state = ConversationState.WAITING if opens else visitor.state
    return Answer(messages=[own, helping], state=state, language=language)
