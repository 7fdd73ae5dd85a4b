"""The only way into Rasa: a channel that knows a secret, and answers with what was understood as well as said."""

import hmac
import re
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.components.quiet_logs import say
from bot.components.turn import Turn, TurnRefused, take_turn

SECRET_HEADER = "X-Wegwijs-Secret"  # noqa: S105  (a header's name)
LONGEST_TEXT = 4000
"""Characters. The API allows 2,000; redaction may make a text somewhat longer."""

_SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}(?:\.[0-9]{1,6})?")
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{1,64}")

Handler = Callable[..., Awaitable[HTTPResponse]]


class WegwijsChannel(InputChannel):
    """POST a message or a button, DELETE a conversation's trackers, GET health."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """Its place under /webhooks/."""
        return "wegwijs"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Read the secret that `credentials.yml` takes from the environment.

        Raises:
            ValueError: there is none; then nobody could be told apart.
        """
        secret = str((credentials or {}).get("secret") or "")
        if not secret or secret.startswith("${"):
            raise ValueError("WEGWIJS_INTERNAL_SECRET is not set. Start with `make serve`, which generates it.")
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; Rasa's own message handler stays unused, for it answers without intent and slots."""
        routes = Blueprint("wegwijs_channel")
        routes.add_route(health, "/health", methods=["GET"])
        routes.add_route(self._guarded(receive), "/message", methods=["POST"])
        routes.add_route(self._guarded(forget), "/trackers/<conversation_id>", methods=["DELETE"])
        return routes

    def _guarded(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, **given: Any) -> HTTPResponse:
            known = hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode())
            return await handler(request, **given) if known else json({"error": "unauthorized"}, status=401)

        return guarded


def _agent(request: Request) -> Agent | None:
    agent: Agent | None = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


async def health(request: Request) -> HTTPResponse:
    """200 once a model is loaded."""
    ready = _agent(request) is not None
    return json({"status": "ok" if ready else "loading"}, status=200 if ready else 503)


async def receive(request: Request) -> HTTPResponse:
    """Take one turn."""
    agent = _agent(request)
    if agent is None:
        return json({"error": "loading"}, status=503)
    started = time.perf_counter()
    try:
        answer = await take_turn(agent, read_turn(request.json))
    except (TurnRefused, InvalidUsage) as error:
        return json({"error": str(error) if isinstance(error, TurnRefused) else "not JSON"}, status=422)
    except Exception as error:
        say("turn_failed", error_type=type(error).__name__, took_ms=round((time.perf_counter() - started) * 1000))
        return json({"error": "turn failed"}, status=500)
    return json(answer)


async def forget(request: Request, conversation_id: str) -> HTTPResponse:
    """Delete what is kept of a conversation."""
    if not _CONVERSATION.fullmatch(conversation_id):
        return json({"error": "no such conversation"}, status=404)
    request.app.ctx.trackers.forget_conversation(conversation_id)
    return empty()


def read_turn(body: Any) -> Turn:
    """Check a request.

    Raises:
        TurnRefused: a part is missing or has the wrong form; says which, and quotes nothing.
    """
    if not isinstance(body, dict) or not _SENDER.fullmatch(str(body.get("sender") or "")):
        raise TurnRefused("sender")
    text, payload = body.get("text"), body.get("payload")
    if (text is None) == (payload is None):
        raise TurnRefused("either text or payload")
    if text is not None and not (isinstance(text, str) and text.strip() and len(text) <= LONGEST_TEXT):
        raise TurnRefused("text")
    if payload is not None and not (isinstance(payload, dict) and isinstance(payload.get("entities") or {}, dict)):
        raise TurnRefused("payload")
    metadata, slots = body.get("metadata") or {}, body.get("slots") or {}
    if not isinstance(metadata, dict) or not isinstance(slots, dict):
        raise TurnRefused("metadata or slots")
    return Turn(body["sender"], text, payload, metadata, slots)
