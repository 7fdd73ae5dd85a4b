"""The chat over HTTP: what the panel on a school's website calls."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.chat import keys, opening, queries
from api.chat.bus import bus
from api.chat.entering import CurrentVisitor, StreamingVisitor, in_utf8, unhurried
from api.chat.events import stream
from api.chat.limiting import ALL_RETURN_CODES, CONVERSATIONS, RETURN_CODES
from api.chat.schemas import (
    Answer,
    ConversationChange,
    ConversationOpened,
    ConversationRead,
    ConversationResumed,
    ConversationStart,
    MessagePost,
    ReturnCode,
)
from api.chat.transcript import read_transcript
from api.chat.turn import take_turn
from api.dependencies import Address, DbSession, Now, SharedServices, WriteSession
from api.metrics import conversations_started
from api.problems import responses
from api.states import Author
from core.logging import get_logger

log = get_logger()

router = APIRouter(prefix="/api/v1/conversations", tags=["chat"], dependencies=[Depends(unhurried), Depends(in_utf8)])

ENTERING = responses(401, 404, 422, 429, 503)


@router.post("", status_code=HTTPStatus.CREATED, responses=responses(404, 422, 429, 503))
async def open_conversation(
    start: ConversationStart, shared: SharedServices, session: WriteSession, address: Address, now: Now
) -> ConversationOpened:
    """Open a conversation on a school's website; answers its token, once, and the greeting."""
    shared.limits.check(CONVERSATIONS, "conversations", address)
    opened = await opening.open_conversation(
        session, site_id=start.site, language=start.language, audience=start.audience, now=now
    )
    conversation = opened.conversation
    conversations_started.labels(conversation.country, conversation.language).inc()
    log.info("conversation_opened", conversation_id=str(conversation.id), site=conversation.site)
    transcript = await read_transcript(session, conversation)
    return ConversationOpened(**transcript.model_dump(), token=opened.token)


@router.post("/resume", responses=responses(404, 422, 429, 503))
async def resume(
    body: ReturnCode, shared: SharedServices, session: WriteSession, address: Address
) -> ConversationResumed:
    """Come back with a return code, on any device. The code is spent; the answer holds the next one."""
    shared.limits.check(RETURN_CODES, "return-codes", address)
    shared.limits.check(ALL_RETURN_CODES, "all-return-codes")
    next_code = keys.new_return_code()
    code_hash = await keys.return_code_hash(body.return_code)
    next_hash = await keys.return_code_hash(next_code)
    opened = await opening.resume(session, code_hash=code_hash, next_code=next_code, next_code_hash=next_hash)
    transcript = await read_transcript(session, opened.conversation)
    return ConversationResumed(**transcript.model_dump(), token=opened.token, return_code=next_code)


@router.get("/{conversation_id}", responses=ENTERING)
async def read_conversation(visitor: CurrentVisitor, session: DbSession) -> ConversationRead:
    """All that was said until now, for a page that was reloaded."""
    conversation = await queries.found(session, visitor.conversation_id)
    return await read_transcript(session, conversation)


@router.patch("/{conversation_id}", responses=ENTERING)
async def change_conversation(
    body: ConversationChange, visitor: CurrentVisitor, session: WriteSession
) -> ConversationRead:
    """The panel's switches: another language, or who is asking. Answers all messages, said anew."""
    conversation = await opening.change(
        session, visitor.conversation_id, language=body.language, audience=body.audience
    )
    return await read_transcript(session, conversation)


@router.post("/{conversation_id}/messages", responses=ENTERING | responses(409, 413))
async def post_message(body: MessagePost, visitor: CurrentVisitor, shared: SharedServices, now: Now) -> Answer:
    """Say something, or press a button; answers all that it brought about. Sent again: the same answer."""
    return await take_turn(shared, visitor, body, now=now)


@router.get("/{conversation_id}/events", response_class=EventSourceResponse, responses=ENTERING)
async def read_events(
    visitor: StreamingVisitor,
    shared: SharedServices,
    last_event_id: Annotated[int, Header(ge=0, le=2**31, description="The last number that arrived")] = 0,
) -> AsyncIterator[ServerSentEvent]:
    """What is said, as it is said: `message` and `state` with their number, `typing` without."""
    async for event in stream(shared, visitor, after=last_event_id):
        yield event


@router.post("/{conversation_id}/typing", status_code=HTTPStatus.NO_CONTENT, responses=ENTERING)
async def show_typing(visitor: CurrentVisitor) -> None:
    """Let the coach see that the visitor is typing."""
    bus.typing(visitor.conversation_id, Author.USER)


@router.post("/{conversation_id}/return-code", responses=ENTERING)
async def give_return_code(visitor: CurrentVisitor, session: WriteSession) -> ReturnCode:
    """Three words that lead back here within the time that the conversation is kept."""
    code = keys.new_return_code()
    await opening.give_return_code(session, visitor.conversation_id, await keys.return_code_hash(code))
    return ReturnCode(return_code=code)
