"""Stands before every route: other websites may not write here, and browsers are told to be strict."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import PROBLEM_JSON, problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_PAGES = frozenset({"same-origin", "none"})
"""`Sec-Fetch-Site` of a request from our own pages, or from no page at all (a typed address, a program)."""

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Set where a route did not set its own."""


class Guard:
    """ASGI middleware; a plain one, so that event streams pass through unbuffered."""

    def __init__(self, app: ASGIApp, *, own_origins: Iterable[str], is_https: bool) -> None:
        self.app = app
        self.own_origins = frozenset(origin.rstrip("/") for origin in own_origins)
        self.headers = STRICT | ({"Strict-Transport-Security": "max-age=31536000"} if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer that it may not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._be_strict(MutableHeaders(scope=message), scope["path"])
            await send(message)

        app = self.app
        if scope["method"] not in SAFE_METHODS and not self._is_ours(Headers(scope=scope)):
            app = problem(HTTPStatus.FORBIDDEN, "Another website may not do this. Use the chat's own page.")
        await app(scope, receive, _TooLarge(scope, receive, send_strict).send)

    def _be_strict(self, headers: MutableHeaders, path: str) -> None:
        """Add what the route did not set."""
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        if path.startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")  # what a child wrote stays in no cache

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from our own page, or from no web page."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in OWN_PAGES
        origin = headers.get("origin")
        # Old browsers send no Sec-Fetch-Site, but all send Origin; programs send neither.
        return origin is None or origin in self.own_origins or origin.partition("://")[2] == headers.get("host")


class _TooLarge:
    """Makes a problem of the plain text that Starlette's own body limit answers with."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._pass_on = send
        self._request = (scope, receive)
        self._is_replaced = False

    async def send(self, message: Message) -> None:
        """Pass a message on, or the problem in its place."""
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            self._is_replaced = Headers(raw=message["headers"]).get("content-type") != PROBLEM_JSON
            if self._is_replaced:
                answer = problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too long. Send less at once.")
                await answer(*self._request, self._pass_on)
        if not self._is_replaced:
            await self._pass_on(message)
