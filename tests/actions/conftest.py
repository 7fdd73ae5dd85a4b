"""Fixtures of the actions: the shipped catalogue, and a talk that calls actions as Rasa does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

import actions.catalogue
from actions.server import executor
from api.chat.said import Voice
from api.chat.speaking import speak
from api.states import Audience, Country, Language
from core.settings import get_settings
from programmes import importers

VOICES = [
    Voice(language, country, audience)
    for language in Language
    for country in Country
    for audience in (None, Audience.PARENT)
]


@pytest.fixture(scope="package", autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The catalogue that ships, in a database of these tests; other folders keep the settings of their own."""
    address = f"sqlite:///{tmp_path_factory.mktemp('catalogue') / 'catalogue.db'}"
    importers.run("shipped", address)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CATALOGUE_URL", address)
        get_settings.cache_clear()
        actions.catalogue._door.cache_clear()
        yield
        actions.catalogue.catalogue().close()
    get_settings.cache_clear()
    actions.catalogue._door.cache_clear()


@dataclass
class Talk:
    """A conversation with the action server: slots and events go on from call to call, and texts are not kept."""

    country: str = "NL"
    language: str = "nl"
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    followed: str | None = None

    async def hear(
        self,
        action: str,
        text: str = "",
        *,
        intent: str = "find_programme",
        ranking: tuple[str, ...] = (),
        **entities: str,
    ) -> list[dict[str, Any]]:
        """Let an action answer a message; every utterance must be speakable in every voice."""
        named = [{"entity": kind, "value": value} for kind, value in entities.items()]
        likely = [{"name": name, "confidence": 0.3} for name in ("nlu_fallback", *ranking)] if ranking else []
        parsed = {
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": likely,
            "entities": named,
            "text": text,
        }
        metadata = {"language": self.language, "country": self.country}
        heard = {"event": "user", "text": text, "parse_data": parsed, "metadata": metadata}
        call: dict[str, Any] = {
            "next_action": action,
            "sender_id": "talk.1",
            "domain": {},
            "tracker": {
                "sender_id": "talk.1",
                "slots": dict(self.slots),
                "latest_message": parsed,
                "events": [*self.events, heard],
                "paused": False,
                "active_loop": {},
                "latest_action_name": None,
            },
        }
        noted = await executor().run({**call, "next_action": "action_remember"})  # Rasa fills these slots first
        assert noted is not None
        self.slots |= {event["name"]: event["value"] for event in noted.events}
        call["tracker"]["slots"] = dict(self.slots)
        result = await executor().run(call)
        assert result is not None
        said = [response["custom"] for response in result.responses]
        for utterance in said:
            for voice in VOICES:
                speak(utterance, voice)
        self._remember(action, {**heard, "text": ""}, said, result.events)
        return said

    def _remember(
        self, action: str, heard: dict[str, Any], said: list[dict[str, Any]], events: list[dict[str, Any]]
    ) -> None:
        self.followed = next((event["name"] for event in events if event["event"] == "followup"), None)
        filled = [event for event in events if event["event"] == "slot"]
        self.slots |= {event["name"]: event["value"] for event in filled}
        self.events += [heard, {"event": "action", "name": action}, *filled]
        self.events += [{"event": "bot", "data": {"custom": {"say": utterance["say"]}}} for utterance in said]


@pytest.fixture
def talk() -> Callable[..., Talk]:
    """Starts a conversation."""
    return Talk
