"""What a message is about as far as can be told without a database and without Rasa."""

import asyncio
from dataclasses import dataclass

from api.chat.known import Visitor
from api.metrics import screenings_failed, signals_seen
from api.states import Language, Tier
from bot.language import detect
from bot.signals import Signal, screen
from core.logging import get_logger

log = get_logger()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, listened to."""

    language: Language  # to answer in
    signals: tuple[Signal, ...] = ()
    other_language: str | None = None  # ISO code, when it is surely neither Dutch nor English

    @property
    def acute(self) -> tuple[Signal, ...]:
        """The signals that cannot wait."""
        return tuple(signal for signal in self.signals if signal.tier == Tier.ACUTE.value)


async def hear(text: str, visitor: Visitor) -> Heard:
    """Listen to a visitor's words: danger first, then the language. In a thread, for it is work for the processor."""
    return await asyncio.to_thread(_hear, text, visitor)


def _hear(text: str, visitor: Visitor) -> Heard:
    try:
        signals = tuple(screen(text, country=visitor.voice.country.value))
    except Exception as error:  # the message is still stored and answered; operators see the count
        log.error("screening_failed", conversation_id=str(visitor.conversation_id), exc_info=error)
        screenings_failed.inc()
        signals = ()
    for signal in signals:
        signals_seen.labels(signal.tier).inc()
    language, other = _language(text, visitor)
    return Heard(language=language, signals=signals, other_language=other)


def _language(text: str, visitor: Visitor) -> tuple[Language, str | None]:
    """The language to answer in, and the name of another one."""
    spoken = visitor.voice.language
    detected = detect(text, before=spoken.value, begins=not visitor.has_spoken)
    if visitor.language_is_chosen or not detected.certain:
        return spoken, None
    if detected.code == "other":
        return spoken, detected.name
    return Language(detected.code), None
