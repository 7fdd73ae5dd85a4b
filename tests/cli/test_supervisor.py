"""A fallen process comes back, and all stop together."""

import asyncio
import sys
from pathlib import Path

from cli.supervisor import Child, Supervisor


async def _until(is_so, seconds=10):
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 -- a file of another process cannot wake us
            await asyncio.sleep(0.05)


def _child(tmp_path: Path, body: str) -> tuple[Child, Path]:
    births = tmp_path / "births"
    program = f"open({str(births)!r}, 'a').write('x'); {body}"
    return Child("child", [sys.executable, "-c", program], tmp_path / "child.log"), births


def _count(births: Path) -> int:
    return len(births.read_text()) if births.exists() else 0


async def test_a_process_that_falls_is_started_again(tmp_path: Path):
    child, births = _child(tmp_path, "raise SystemExit(3)")
    supervisor = Supervisor([child])
    running = asyncio.create_task(supervisor.run())
    await _until(lambda: _count(births) >= 2)
    supervisor.stop()
    await asyncio.wait_for(running, 10)


async def test_stopping_ends_a_process_that_would_live_on(tmp_path: Path):
    child, births = _child(tmp_path, "import time; time.sleep(600)")
    supervisor = Supervisor([child])
    running = asyncio.create_task(supervisor.run())
    await _until(lambda: _count(births) == 1)
    supervisor.stop()
    await asyncio.wait_for(running, 10)

    assert _count(births) == 1


async def test_back_off_grows_while_a_process_keeps_falling(tmp_path: Path):
    child, births = _child(tmp_path, "raise SystemExit(1)")
    supervisor = Supervisor([child])
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(4)
    supervisor.stop()
    await asyncio.wait_for(running, 10)

    assert 2 <= _count(births) <= 4  # at 0, 1, 3 seconds, and then not before 7
