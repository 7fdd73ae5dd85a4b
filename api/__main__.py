"""Runs the API: the public door, and the operators' door on loopback, in one process. `python -m api`."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.chat.bus import bus
from api.migrations import upgrade
from api.operations import create_operations
from core.logging import configure_logging
from core.settings import Settings, get_settings

GOODBYE_S = 5
"""How long requests that run may take to end; streams are sent home at once."""


class Server(uvicorn.Server):
    """A server that lets `serve` below decide what a signal means: it stops both doors together."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _server(app: FastAPI, *, host: str, port: int) -> uvicorn.Server:
    # The access log would hold query strings, and `q` is what a child searches for; request counts are metrics.
    return Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_S,
        )
    )


async def serve(settings: Settings) -> None:
    """Serve until a signal comes, or one of the doors fails."""
    app = create_app(settings)
    doors = [
        _server(app, host=settings.host, port=settings.port),
        _server(create_operations(app.state.services), host="127.0.0.1", port=settings.operations_port),
    ]

    def stop() -> None:
        bus.close()
        for door in doors:
            door.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    running = [asyncio.create_task(door.serve()) for door in doors]
    await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    stop()
    await asyncio.gather(*running)


def main() -> None:
    """Bring the database up to date, then serve."""
    settings = get_settings()
    configure_logging(settings.log_level)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.conversations_url)
    asyncio.run(serve(settings))


if __name__ == "__main__":
    main()
