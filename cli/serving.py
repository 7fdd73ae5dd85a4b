"""`wegwijs serve`: the three processes under one supervisor, and the addresses once all are ready."""

import asyncio
import signal
import sys
import time

import httpx2

from cli.preparation import check_ports, prepare
from cli.say import give_up, tell
from cli.supervisor import Child, Supervisor
from cli.training import BOT_PYTHON, MODEL
from core.settings import Settings, get_settings

READY_WITHIN_S = 180.0
"""Rasa loads for ten to thirty seconds on a quiet machine; a busy one gets its time."""


def serve() -> None:
    """Prepare what is missing, start everything, and keep it alive until Ctrl-C."""
    check_ports(get_settings())
    prepare()
    asyncio.run(_run(get_settings()))


def children(settings: Settings) -> list[Child]:
    """The processes of one installation."""
    logs = settings.data_dir / "log"
    secret = settings.internal_secret.get_secret_value()
    shared = {
        "PORT": str(settings.port),
        "DATA_DIR": str(settings.data_dir),
        "INTERNAL_SECRET": secret,
        "OMP_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
    }
    rasa = shared | {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "WEGWIJS_INTERNAL_SECRET": secret,
        "WEGWIJS_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
        "WEGWIJS_TRACKER_URL": settings.tracker_address,
        "WEGWIJS_MODEL": str(MODEL),
    }
    return [
        Child("actions", [sys.executable, "-m", "actions"], logs / "actions.log", shared),
        Child(
            "rasa",
            [str(BOT_PYTHON), "-m", "bot.components.server", "--port", str(settings.rasa_port)],
            logs / "rasa.log",
            rasa,
        ),
        Child("api", [sys.executable, "-m", "api"], logs / "api.log", shared),
    ]


async def _run(settings: Settings) -> None:
    supervisor = Supervisor(children(settings))
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, supervisor.stop)
    running = asyncio.create_task(supervisor.run())
    announcing = asyncio.create_task(_announce(settings))
    await asyncio.wait({running, announcing}, return_when=asyncio.FIRST_COMPLETED)
    if announcing.done() and not announcing.result():
        supervisor.stop()
        await running
        give_up("Not everything started in time.", f"Read the logs in {settings.data_dir / 'log'}.")
    await running
    announcing.cancel()
    tell("Stopped.")


async def _announce(settings: Settings) -> bool:
    """Wait until every process answers, then print where to go; False when it takes too long."""
    tell("→ Starting (the language model takes up to half a minute)")
    if not await ready(settings):
        return False
    tell(
        f"\n  Wegwijs is ready.\n\n"
        f"  A Dutch school     {settings.address}/demo/nl\n"
        f"  A Flemish school   {settings.address}/demo/be\n"
        f"  Coach console      {settings.address}/coach   (add people: .venv/bin/wegwijs add-coach)\n"
        f"  API                {settings.address}/docs\n"
        f"  Operations         http://127.0.0.1:{settings.operations_port}/health\n\n"
        f"  Ctrl-C stops it.\n"
    )
    return True


async def ready(settings: Settings, *, within_s: float = READY_WITHIN_S) -> bool:
    """Whether the API and all that it leans on answer before the time is over."""
    until = time.monotonic() + within_s
    async with httpx2.AsyncClient(timeout=2.0) as client:
        while time.monotonic() < until:
            try:
                answer = await client.get(f"http://127.0.0.1:{settings.operations_port}/health")
                if answer.status_code == httpx2.codes.OK:
                    return True
            except httpx2.HTTPError:
                pass
            await asyncio.sleep(0.3)
    return False
