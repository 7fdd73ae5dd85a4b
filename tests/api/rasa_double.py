"""A double of the Rasa process at its HTTP border: it speaks the channel's protocol and says what a test tells it to.

The real one needs minutes to train; the whole chain with it is tested in tests/browser and tests/integration.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Reply = dict[str, Any]


def says(key: str, intent: str = "greet", **more: Any) -> Reply:
    """A turn of Rasa with one utterance; `more` goes into it."""
    return {
        "utterances": [{"say": key, "with": {}, "cards": [], "buttons": [], "sources": [], "do": None} | more],
        "intent": {"name": intent, "confidence": 0.9},
        "ranking": [],
        "entities": [],
        "slots": {"level": "3"},
        "active_form": None,
    }


class RasaDouble:
    """Keeps what it was sent. `answer` may be replaced; `silent_s` makes it slow."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.erased: list[str] = []
        self.secrets: set[str | None] = set()
        self.silent_s = 0.0
        self.status = 200
        self.before_answer: Callable[[], Any] | None = None
        self.answer: Callable[[dict[str, Any]], Reply] = lambda request: says("chat.share_worry")
        self.app = Starlette(
            routes=[
                Route("/webhooks/wegwijs/message", self._message, methods=["POST"]),
                Route("/webhooks/wegwijs/trackers/{conversation_id}", self._erase, methods=["DELETE"]),
                Route("/webhooks/wegwijs/health", self._health),
            ]
        )

    async def _message(self, request: Request) -> Response:
        self.secrets.add(request.headers.get("X-Wegwijs-Secret"))
        body = await request.json()
        self.requests.append(body)
        await asyncio.sleep(self.silent_s)
        if self.before_answer is not None:
            await self.before_answer()
        return JSONResponse(self.answer(body), self.status)

    async def _erase(self, request: Request) -> Response:
        self.erased.append(request.path_params["conversation_id"])
        return Response(status_code=204 if self.status == 200 else self.status)

    async def _health(self, _request: Request) -> Response:
        return Response(status_code=self.status)
