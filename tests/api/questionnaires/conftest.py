"""A visitor who fills in a questionnaire over HTTP, on a catalogue that ships."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

import api.catalogue.door
from core.settings import ROOT
from programmes import importers
from programmes.catalogue import CatalogueDoor


@pytest.fixture(scope="session")
def catalogue_door(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, CatalogueDoor]:
    """The shipped catalogue in a database of these tests, opened once for all of them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('catalogue') / 'catalogue.db'}"
    importers.run("shipped", url)
    return url, CatalogueDoor(url, cache=ROOT / "var")


@pytest.fixture
def catalogue_url(catalogue_door: tuple[str, CatalogueDoor], monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the shipped catalogue is."""
    url, opened = catalogue_door
    shut = api.catalogue.door._door
    monkeypatch.setattr(api.catalogue.door, "_door", lambda wanted: opened if wanted == url else shut(wanted))
    return url


@pytest.fixture
async def chat(chat_on: Callable[..., Any], database_url: str, catalogue_url: str) -> AsyncIterator[Any]:
    """The app on each engine, with programmes to show."""
    async with chat_on(database_url, CATALOGUE_URL=catalogue_url) as running:
        yield running


def said(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What was said to the visitor."""
    return [message for message in answer["messages"] if message["author"] != "user"]


def keys(message: dict[str, Any]) -> list[str]:
    """What the buttons of a message do."""
    return [button["payload"] for button in message["buttons"]]


def card(answer: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first card of a kind in an answer."""
    return next(card for message in said(answer) for card in message["cards"] if card["type"] == kind)


def button(answer: dict[str, Any], title: str) -> str:
    """The payload of the button that begins with this title."""
    buttons = [one for message in said(answer) for one in message["buttons"]]
    return next(one["payload"] for one in buttons if one["title"].startswith(title))
