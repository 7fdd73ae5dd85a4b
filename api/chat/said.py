"""What is said in one message, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from api.chat.models import Conversation
from api.states import Audience, Country, Language


@dataclass(frozen=True, slots=True)
class Voice:
    """How to address the reader."""

    language: Language
    country: Country
    audience: Audience | None = None

    @classmethod
    def of(cls, conversation: Conversation) -> Self:
        """The voice for this conversation."""
        return cls(conversation.language, conversation.country, conversation.audience)


@dataclass(frozen=True, slots=True)
class Said:
    """A message's content, ready to show. Built by `speak`, or from a person's own words."""

    text: str
    buttons: tuple[Mapping[str, Any], ...] = ()  # {"title", "payload"}
    cards: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    utterance: Mapping[str, Any] | None = None  # what it was rendered from, to say it anew in the other language
    payload: str | None = None  # of a visitor's click: the button behind the words
    other_language: str | None = None  # of a visitor's words: the code of a language that we do not speak

    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "text": self.text,
            "buttons": [dict(button) for button in self.buttons],
            "cards": [dict(card) for card in self.cards],
            "sources": [dict(source) for source in self.sources],
            "utterance": None if self.utterance is None else dict(self.utterance),
            "payload": self.payload,
            "other_language": self.other_language,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """As it was stored."""
        return cls(
            text=body["text"],
            buttons=tuple(body["buttons"]),
            cards=tuple(body["cards"]),
            sources=tuple(body["sources"]),
            utterance=body.get("utterance"),
            payload=body.get("payload"),
            other_language=body.get("other_language"),
        )
