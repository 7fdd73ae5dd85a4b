"""The action server as Rasa calls it: with our secret, over one kept connection, and not for five minutes."""

from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig


class ActionsEndpoint(EndpointConfig):
    """Rasa opens a connection for each call and waits 300 s; a visitor waits three."""

    _session: aiohttp.ClientSession | None = None

    @classmethod
    def of(cls, endpoint: EndpointConfig | None) -> "ActionsEndpoint":
        """Take over address, headers and `timeout_s` from endpoints.yml."""
        if endpoint is None or not endpoint.url or endpoint.url.startswith("${"):
            raise ValueError("WEGWIJS_ACTIONS_URL is not set. Start with `make serve`.")
        return cls(endpoint.url, headers=endpoint.headers, **endpoint.kwargs)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **given: Any,
    ) -> Any:
        """Call the action server.

        Raises:
            ClientResponseError: it answered with an error, and Rasa tells apart which.
        """
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=float(self.kwargs.get("timeout_s", 2.5)))
            self._session = aiohttp.ClientSession(headers=self.headers, timeout=timeout)
        try:
            async with self._session.request(method, self.url, json=given.get("json")) as response:
                if not response.ok:
                    raise ClientResponseError(response.status, response.reason, await response.text())
                return await response.json()
        except TimeoutError as error:
            raise aiohttp.ClientConnectionError("the action server is silent") from error

    async def close(self) -> None:
        """Give the connection back."""
        if self._session is not None:
            await self._session.close()
