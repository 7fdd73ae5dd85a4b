"""The classifier's look at a message, as soon as its vector is there: it is stored by then, and Rasa is thinking."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from api.chat.asking_rasa import Prepared
from api.chat.models import SeenSignal
from api.metrics import screenings_failed, signals_seen
from api.states import Tier
from bot.signals import Signal, reconsider
from bot.signals.signal import Speaker
from core.logging import get_logger

log = get_logger()


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What changes about the signals of a message."""

    added: tuple[Signal, ...] = ()
    """New ones, and ones that are more pressing than they looked."""
    dropped: frozenset[str] = frozenset()
    """Kinds that are none after all, or are said again by an added one."""

    @property
    def acute(self) -> tuple[Signal, ...]:
        """The added ones that cannot wait."""
        return tuple(signal for signal in self.added if signal.tier == Tier.ACUTE.value)


async def look_again(preparing: asyncio.Task[Prepared] | None, seen: Sequence[SeenSignal]) -> SecondLook:
    """Let the classifier vote on what the patterns found; no change without a vector.

    The vector is that of the redacted text: what was taken out tells nothing of danger.
    """
    if preparing is None:
        return SecondLook()
    try:
        prepared = await preparing
        if prepared.values is None:
            return SecondLook()
        found = [as_screened(signal) for signal in seen]
        voted = await asyncio.to_thread(reconsider, found, prepared.values)
    except Exception as error:  # the patterns' signals stand; operators see the count
        log.error("second_look_failed", exc_info=error)
        screenings_failed.inc()
        return SecondLook()
    before = {(signal.kind, signal.tier) for signal in found}
    added = tuple(signal for signal in voted if (signal.kind, signal.tier) not in before)
    for signal in added:
        signals_seen.labels(signal.tier).inc()
    kept = {(signal.kind, signal.tier) for signal in voted}
    return SecondLook(added, frozenset(kind for kind, tier in before if (kind, tier) not in kept))


def as_screened(signal: SeenSignal) -> Signal:
    """A stored signal as the screening gave it."""
    speaker = cast(Speaker, signal.speaker)  # stored from a Signal
    return Signal(signal.kind, signal.tier.value, signal.score, speaker, signal.because["text"])
