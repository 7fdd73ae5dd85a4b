"""Run the action server on loopback: `python -m actions`."""

import asyncio

from actions.catalogue import catalogue
from actions.known_facts import fact_choice
from actions.searching import search
from actions.server import build_app
from core.errors import Unavailable
from core.logging import configure_logging, get_logger
from core.settings import get_settings
from programmes.wishes import Wishes


def main() -> None:
    """Serve until stopped."""
    settings = get_settings()
    configure_logging(settings.log_level)
    app = build_app(settings.internal_secret.get_secret_value())

    async def warm(_app: object) -> None:
        """Read the catalogue, the facts and the encoders before the first visitor waits for them."""
        await asyncio.to_thread(fact_choice)
        try:
            known = await asyncio.to_thread(catalogue)
            await asyncio.to_thread(search, known, Wishes(query="warm"))
        except Unavailable:
            get_logger().warning("catalogue_missing", where="actions")

    app.before_server_start(warm)  # nobody is told that we are well before we are
    app.run(
        host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False, debug=False
    )


if __name__ == "__main__":
    main()
