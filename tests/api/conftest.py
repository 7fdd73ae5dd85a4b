"""Fixtures of the API: settings of its own, both databases, a double of Rasa, and the real app over HTTP."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.fernet import Fernet

from core.logging import configure_logging
from core.settings import Settings, get_settings
from tests.api.databases import ENGINES, PostgresServer, SqliteFiles
from tests.api.rasa_double import RasaDouble
from tests.api.serving import served

KEY = Fernet.generate_key().decode()
SECRET = "a-secret-of-the-tests"


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_service() -> None:
    """The log that operators get: structlog's own default writes local variables, and takes seconds for it."""
    configure_logging()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    """Each engine, started when the first test asks for it."""
    started: dict[str, Any] = {}
    kinds = {"sqlite": SqliteFiles, "postgresql": PostgresServer}

    def of(engine: str) -> Any:
        if engine not in started:
            started[engine] = kinds[engine](tmp_path_factory.mktemp(engine))
        return started[engine]

    yield of
    if "postgresql" in started:
        started["postgresql"].close()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, databases: Callable[[str], Any], tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database: every test that asks for it runs on both engines."""
    with databases(request.param).fresh(tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_url(databases: Callable[[str], Any], tmp_path: Path) -> Iterator[str]:
    """A fresh SQLite file, for what concerns its locks or no database at all."""
    with databases("sqlite").fresh(tmp_path) as url:
        yield url


@pytest.fixture
async def rasa() -> AsyncIterator[RasaDouble]:
    """The double; its address is at `rasa.address`."""
    double = RasaDouble()
    async with served(double.app) as address:
        double.address = address
        yield double


@pytest.fixture
def settings_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rasa: RasaDouble) -> Callable[..., Any]:
    """Makes the settings of a test; they are the process's settings until the block ends."""

    @contextmanager
    def use(url: str, **more: str) -> Iterator[Settings]:
        given = {
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": url,
            "ENCRYPTION_KEYS": KEY,
            "INTERNAL_SECRET": SECRET,
            "RASA_URLS": rasa.address,
            "PORT": "61000",  # nobody's: a Wegwijs that runs on this machine has actions that answer
            "RASA_TIMEOUT_S": "10",  # a busy machine is no silent Rasa; who tests silence gives a shorter time
        } | more
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        get_settings.cache_clear()
        try:
            yield get_settings()
        finally:
            get_settings.cache_clear()

    return use


class Chat:
    """A running API and a client that speaks to it as the panel does."""

    def __init__(self, client: httpx2.AsyncClient, services: Any) -> None:
        self.http = client
        self.services = services

    async def open(self, **given: Any) -> "Visit":
        """Open a conversation."""
        response = await self.http.post("/api/v1/conversations", json={"site": "demo-nl"} | given)
        assert response.status_code == 201, response.text
        return Visit(self.http, response.json())


class Visit:
    """One visitor's conversation."""

    def __init__(self, http: httpx2.AsyncClient, opened: dict[str, Any]) -> None:
        self.http = http
        self.opened = opened
        self.id = opened["id"]
        self.url = f"/api/v1/conversations/{self.id}"
        self.auth = {"Authorization": f"Bearer {opened['token']}"}

    async def post(self, **body: Any) -> httpx2.Response:
        """Send a message; gives it a client id unless one is given."""
        from uuid import uuid4

        given = {"client_message_id": str(uuid4())} | body
        return await self.http.post(f"{self.url}/messages", json=given, headers=self.auth)

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Say something; the answer."""
        response = await self.post(text=text, **more)
        assert response.status_code == 200, response.text
        return response.json()

    async def press(self, payload: str) -> dict[str, Any]:
        """Press a button; the answer."""
        response = await self.post(payload=payload)
        assert response.status_code == 200, response.text
        return response.json()

    async def get(self, path: str = "") -> httpx2.Response:
        """Read something of the conversation."""
        return await self.http.get(f"{self.url}{path}", headers=self.auth)


@pytest.fixture
def chat_on(settings_for: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Starts the real app on a database."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def start(url: str, **more: str) -> AsyncIterator[Chat]:
        from api.app import create_app  # loads the whole house: only for tests that serve it

        # The double shares the app's loop, and may have to wait for it.
        monkeypatch.setattr("api.chat.rasa.CONNECT_S", 10)
        with settings_for(url, **more) as settings:
            app = create_app(settings)
            async with served(app) as address, httpx2.AsyncClient(base_url=address, timeout=15) as client:
                yield Chat(client, app.state.services)

    return start


@pytest.fixture
async def chat(chat_on: Callable[..., Any], database_url: str) -> AsyncIterator[Chat]:
    """The app on each engine."""
    async with chat_on(database_url) as running:
        yield running


@pytest.fixture
async def sqlite_chat(chat_on: Callable[..., Any], sqlite_url: str) -> AsyncIterator[Chat]:
    """The app on SQLite, for what does not depend on the engine."""
    async with chat_on(sqlite_url) as running:
        yield running
