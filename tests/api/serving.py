"""Runs an ASGI app on a free port, in the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from api.chat.bus import bus


class _Server(uvicorn.Server):
    """Uvicorn looks ten times a second whether it should end; some hundred tests would wait two minutes for that."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ended = asyncio.Event()

    def end(self) -> None:
        self.should_exit = True
        self._ended.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._ended.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # signals are pytest's


async def until(holds: Callable[[], object]) -> None:
    """Wait, for ten seconds at most, until something holds."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - it looks from outside at what has no event
            await asyncio.sleep(0.01)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The address under which the app answers over real HTTP."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve([listening]))
    try:
        while not server.started:
            if task.done():
                task.result()
                raise RuntimeError("the app did not start")
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        bus.close()
        server.end()
        await task
        listening.close()
