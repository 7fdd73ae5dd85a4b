"""What coaches see of questionnaires: never an answer, and a result only when the visitor shared it."""

from collections.abc import Collection, Sequence
from itertools import takewhile

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.models import Conversation, Message
from api.pictures.questionnaire_result import picture_of
from api.questionnaires import queries
from api.questionnaires.payloads import read_payload
from api.questionnaires.schemas import SharedResult
from api.states import Author, Country, Language, Owner
from questionnaires.session import result


async def visible(session: AsyncSession, conversation: Conversation, messages: Sequence[Message]) -> list[Message]:
    """What a coach may read of these messages, all of one conversation and in order.

    A message with a signal is always shown. While the bot still thinks about a message, nobody can tell yet whether it
    is an answer: it comes with what it brought about.
    """
    rows = await queries.rows(session, conversation.id)
    if not rows:
        return list(messages)
    shared = {row.questionnaire for row in rows if row.shared_at is not None}
    worrying = {signal.message_seq for signal in await chat.signals(session, conversation.id)}
    ours = (message for message in messages if message.author is not Author.USER)
    hidden = {message.seq for message in ours if not _may_see(message, shared)}
    return [
        message
        for message in settled(conversation, messages)
        if message.seq in worrying or not (message.seq in hidden or _is_answer(message, messages, hidden))
    ]


def telling_of(questionnaire: str, messages: Sequence[Message]) -> list[int]:
    """Numbers of the messages that tell what was answered in a questionnaire: its items, its results, the answers."""
    marks = {one.seq: (one.body.get("utterance") or {}).get("questionnaire") or {"part": ""} for one in messages}
    ours = {seq for seq, mark in marks.items() if mark["part"] and mark["of"] == questionnaire}
    theirs = {one.seq for one in messages if one.author is Author.USER and _button_of(one) not in {questionnaire, None}}
    return [
        one.seq for one in messages if one.seq in ours or (one.seq not in theirs and _is_answer(one, messages, ours))
    ]


def settled(conversation: Conversation, messages: Sequence[Message]) -> list[Message]:
    """The messages before the first one that the bot has not answered yet."""
    if conversation.owner is not Owner.BOT:
        return list(messages)
    return list(takewhile(lambda one: one.author is not Author.USER or one.answered_at is not None, messages))


async def shared_results(session: AsyncSession, conversation: Conversation) -> list[SharedResult]:
    """The results that the visitor shared, in words."""
    return [
        _read(kept.id, result(kept.session).profile.values(), conversation.language, conversation.country)
        for kept in await queries.runs(session, conversation.id)
        if kept.shared_at is not None
    ]


def _read(id: str, scores: dict[str, float], language: Language, country: Country) -> SharedResult:
    made = picture_of(id, scores, language=language, country=country)
    return SharedResult(questionnaire=id, title=made.title, text=made.text)


def _may_see(message: Message, shared: Collection[str]) -> bool:
    mark = (message.body.get("utterance") or {}).get("questionnaire") or {"part": ""}
    return not mark["part"] or (mark["part"] == "result" and mark["of"] in shared)


def _button_of(message: Message) -> str | None:
    """Of which questionnaire the button was; None when nothing was pressed."""
    payload = message.body.get("payload")
    return str((read_payload(payload) or {}).get("of", "")) if payload else None


def _is_answer(message: Message, messages: Sequence[Message], hidden: Collection[int]) -> bool:
    """Whether the visitor answered an item: with its button, or with words that only led to what is hidden."""
    if message.author is not Author.USER:
        return False
    payload = message.body.get("payload")
    if payload and (read_payload(payload) or {}).get("do") == "answer":
        return True
    led_to = [other.seq for other in messages if other.answers_seq == message.seq]
    return bool(led_to) and all(seq in hidden for seq in led_to)
