"""`python -m api`: both doors open, the inner one on loopback only, and a signal closes both in time."""

import asyncio
import os
import signal
import socket
import sys

import httpx2
import pytest
from cryptography.fernet import Fernet

from core.settings import ROOT


def two_free_ports() -> int:
    """A port whose successor is free too."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return port


@pytest.fixture
async def running(tmp_path):
    port = two_free_ports()
    environment = os.environ | {
        "DATA_DIR": str(tmp_path / "new"),
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "INTERNAL_SECRET": "x",
        "PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "api", cwd=ROOT, env=environment)
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
        async with asyncio.timeout(60):
            while True:
                try:
                    if (await client.get("/health/ready")).is_success:
                        break
                except httpx2.HTTPError:
                    assert process.returncode is None, "it ended before it was ready"
                await asyncio.sleep(0.2)
        yield process, client, port
    if process.returncode is None:
        process.kill()
        await process.wait()


async def test_both_doors_open_on_a_new_database_and_a_signal_closes_them(running):
    process, client, port = running
    opened = (await client.post("/api/v1/conversations", json={"site": "demo-nl"})).json()
    details = await client.get(f"http://127.0.0.1:{port + 1}/health")
    assert details.json()["database"] is True

    headers = {"Authorization": f"Bearer {opened['token']}"}
    async with client.stream("GET", f"/api/v1/conversations/{opened['id']}/events", headers=headers) as stream:
        assert stream.status_code == 200
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0, "an open stream does not hold it up"
