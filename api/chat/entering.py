"""Who may enter a conversation: whoever shows its token. Also while the database is locked, if we saw it before."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.chat import queries
from api.chat.bus import bus
from api.chat.keys import is_same, token_hash
from api.chat.known import Visitor
from api.chat.limiting import REQUESTS
from api.chat.service import state_with
from api.dependencies import Address, SharedServices
from api.problems import DATABASE_TROUBLE
from api.services import Services
from api.states import Country, Language
from api.texts import render
from core.errors import NotFound, TooMany, Unauthorised, Unavailable

bearer = HTTPBearer(auto_error=False, description="The token that opening the conversation gave")

MAX_STREAMS = 6
"""Open event streams of one conversation: a few tabs, and the ones that a phone left behind."""


def unhurried(shared: SharedServices, address: Address) -> None:
    """Refuse an address that asks without end."""
    shared.limits.check(REQUESTS, "requests", address)


async def in_utf8(request: Request) -> None:
    """Refuse a body in another encoding, which the JSON reader would guess.

    Raises:
        RequestValidationError: the body is not UTF-8.
    """
    try:
        (await request.body()).decode()
    except UnicodeDecodeError:
        wrong = {"type": "encoding", "loc": ("body", "body"), "msg": "The body is not UTF-8."}
        raise RequestValidationError([wrong]) from None


async def visitor(
    conversation_id: UUID,
    shared: SharedServices,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Visitor:
    """The visitor whose conversation this is.

    Raises:
        Unauthorised: no token, or another conversation's.
        NotFound: the conversation was erased, or never was.
        Unavailable: the database does not answer and we have not seen this visitor before.
    """
    if credentials is None:
        raise Unauthorised("This conversation needs its token.", "Send it as a bearer token.")
    found = await _look_up(shared, conversation_id)
    if found is None:
        shared.known.forget(conversation_id)
        raise NotFound("This conversation is gone.", "Start a new one.")
    if not is_same(found.token_hash, token_hash(credentials.credentials)):
        raise Unauthorised("This is not the token of this conversation.", "Use the newest one, or start a new one.")
    return found


async def _look_up(shared: Services, conversation_id: UUID) -> Visitor | None:
    try:
        async with shared.db.read() as session:
            row = await queries.with_running_case(session, conversation_id)
            if row is None:
                return None
            conversation, has_running_case = row
            found = Visitor.of(conversation, state_with(conversation, has_running_case=has_running_case))
    except DATABASE_TROUBLE as error:
        known = shared.known.recall(conversation_id)
        if known is None:
            # Nobody knows the language of a stranger, so both are said: the text names the emergency number.
            both = (render("chat.busy", language=language, country=Country.NL) for language in Language)
            raise Unavailable(" ".join(both)) from error
        return known
    shared.known.remember(found)
    return found


def stream_place(visitor: "CurrentVisitor") -> Visitor:
    """A visitor who may open one more stream."""
    if bus.listeners(visitor.conversation_id) >= MAX_STREAMS:
        raise TooMany("This conversation is open in too many places.", "Close a tab.", retry_after_s=10)
    return visitor


CurrentVisitor = Annotated[Visitor, Depends(visitor)]
StreamingVisitor = Annotated[Visitor, Depends(stream_place)]
