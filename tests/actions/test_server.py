"""The action server as a process: it answers who knows the secret, on loopback, and keeps quiet."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from actions.server import ACTIONS, build_app
from core.settings import ROOT, get_settings

PLANTED = "zwijgplant"
SECRET = "only-for-tests"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Its address and its log."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    log = tmp_path_factory.mktemp("actions") / "actions.log"
    # The action server's port is three above the public one.
    environment = os.environ | {
        "PORT": str(port - 3),
        "INTERNAL_SECRET": SECRET,
        "CATALOGUE_URL": get_settings().catalogue_address,
    }
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-m", "actions"], cwd=ROOT, env=environment, stdout=out, stderr=out
        ) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                assert process.poll() is None, log.read_text()
                try:
                    if httpx2.get(f"{address}/health", trust_env=False).status_code == 200:
                        break
                except httpx2.TransportError:
                    time.sleep(0.2)
            yield address, log
        finally:
            process.terminate()
            process.wait(timeout=20)


def call(address: str, body: object, secret: str | None = SECRET) -> httpx2.Response:
    headers = {} if secret is None else {"X-Wegwijs-Secret": secret}
    return httpx2.post(f"{address}/webhook", json=body, headers=headers, timeout=20, trust_env=False)


@pytest.mark.parametrize("secret", [None, "", "wrong"])
def test_who_does_not_know_the_secret_gets_nothing(server, secret):
    assert call(server[0], {"next_action": "action_stop"}, secret).status_code == 401


def test_an_action_runs_without_a_domain(server):
    tracker = {"sender_id": "a.1", "slots": {}, "latest_message": {}, "events": []}
    answer = call(server[0], {"next_action": "action_stop", "sender_id": "a.1", "tracker": tracker})
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["say"] == "talk.stopped"


def test_an_unknown_action_is_not_found(server):
    assert call(server[0], {"next_action": "action_x", "tracker": {}}).status_code == 404


@pytest.mark.parametrize("tracker", [{}, {"sender_id": PLANTED, "latest_message": PLANTED, "events": [PLANTED]}])
def test_a_failing_action_quotes_nothing_in_its_answer_or_its_log(server, tracker):
    answer = call(server[0], {"next_action": "action_find_programmes", "sender_id": PLANTED, "tracker": tracker})
    assert answer.status_code == 500
    assert answer.json() == {"error": "action failed"}
    log = server[1].read_text()
    assert "action_failed" in log
    assert PLANTED not in log


def test_without_a_secret_it_does_not_start():
    with pytest.raises(ValueError, match="INTERNAL_SECRET"):
        build_app("", name="without_secret")


def test_every_action_is_registered_under_its_own_name():
    names = [action().name() for action in ACTIONS]
    assert len(names) == len(set(names))
