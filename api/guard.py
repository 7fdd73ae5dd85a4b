"""Stands before every route: other websites may not write here, and browsers are told to be strict."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

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
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")  # what a child wrote stays in no cache
            await send(message)

        app = self.app
        if scope["method"] not in SAFE_METHODS and not self._is_ours(Headers(scope=scope)):
            app = problem(HTTPStatus.FORBIDDEN, "Another website may not do this. Use the chat's own page.")
        await app(scope, receive, send_strict)

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from our own page, or from no web page."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in OWN_PAGES
        origin = headers.get("origin")
        # Old browsers send no Sec-Fetch-Site, but all send Origin; programs send neither.
        return origin is None or origin in self.own_origins or origin.partition("://")[2] == headers.get("host")
