"""The Rasa process: quiet logs first, then Rasa's engine behind our channel, on loopback, without Rasa's HTTP API.

Run: python -m bot.components.server --port 8002
"""

import argparse
import asyncio
import os
from pathlib import Path
from typing import Any

from bot.components import quiet_logs

quiet_logs.configure()  # before rasa: it logs texts from its import on

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels import channel as rasa_channels  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from rasa.shared.utils.io import read_config_file  # noqa: E402
from sanic import Sanic  # noqa: E402

from bot.components.actions_endpoint import ActionsEndpoint  # noqa: E402
from bot.components.channel import WegwijsChannel  # noqa: E402
from bot.components.paths import CREDENTIALS, ENDPOINTS, MODEL, ROOT  # noqa: E402
from bot.components.tracker_store import TextlessTrackerStore  # noqa: E402

FORGET_EVERY_S = 3600
CHANNEL = "bot.components.channel.WegwijsChannel"


def build_app(model: Path, *, name: str = "wegwijs_rasa") -> Sanic:
    """The server; its model is loaded after it listens, so that /health can say that it is coming."""
    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS))
    tracker_address = endpoints.tracker_store.url if endpoints.tracker_store else ""
    if not tracker_address or tracker_address.startswith("${"):
        raise ValueError("WEGWIJS_TRACKER_URL is not set. Start with `make serve`.")
    app = Sanic(name, configure_logging=False)
    app.ctx.trackers = TextlessTrackerStore(host=tracker_address)
    app.ctx.agent = None
    channel = WegwijsChannel.from_credentials(read_config_file(str(CREDENTIALS))[CHANNEL])
    rasa_channels.register([channel], app, route="/webhooks/")

    async def load(app: Sanic, _loop: Any) -> None:
        actions = ActionsEndpoint.of(endpoints.action)
        app.add_task(_load_model(app, model, actions))
        app.add_task(_forget_old_trackers(app))

    app.register_listener(load, "after_server_start")
    return app


async def _load_model(app: Sanic, model: Path, actions: ActionsEndpoint) -> None:
    agent = Agent(tracker_store=app.ctx.trackers, action_endpoint=actions)
    try:
        await asyncio.get_running_loop().run_in_executor(None, agent.load_model, str(model))
        await agent.parse_message("hallo")  # loads the encoders: the first visitor must not wait for them
    except Exception as error:
        quiet_logs.say("model_not_loaded", error_type=type(error).__name__)
        app.stop()
        return
    app.ctx.agent = agent
    quiet_logs.say("model_loaded")


async def _forget_old_trackers(app: Sanic) -> None:
    while True:
        try:
            quiet_logs.say("trackers_forgotten", count=app.ctx.trackers.forget_old())
        except Exception as error:
            quiet_logs.say("trackers_not_forgotten", error_type=type(error).__name__)
        await asyncio.sleep(FORGET_EVERY_S)


def main() -> None:
    """Read the command line and serve until stopped."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--model", type=Path, default=ROOT / os.environ.get("WEGWIJS_MODEL", str(MODEL)))
    given = arguments.parse_args()
    if not given.model.exists():
        raise SystemExit(f"There is no model at {given.model}. Run `make train`.")
    app = build_app(given.model)
    quiet_logs.say("rasa_listens", port=given.port)
    app.run(host="127.0.0.1", port=given.port, access_log=False, debug=False, motd=False, workers=1)


if __name__ == "__main__":
    main()
