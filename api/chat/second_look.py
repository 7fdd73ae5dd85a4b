"""The look at a message's meaning, as soon as its vector is there: it is stored by then, and Rasa is thinking."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries
from api.chat.asking_rasa import Prepared
from api.chat.models import SeenSignal
from api.chat.storing import OpenTurn, keep_signals
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


async def look_again(preparing: asyncio.Task[Prepared] | None, text: str, seen: Sequence[SeenSignal]) -> SecondLook:
    """Screen a message again, with its meaning; no change without a vector.

    The vector is that of the redacted text: what was taken out tells nothing of danger.
    """
    if preparing is None:
        return SecondLook()
    try:
        prepared = await preparing
        if prepared.values is None:
            return SecondLook()
        voted = await asyncio.to_thread(reconsider, text, prepared.values)
    except Exception as error:  # the first look's signals stand; operators see the count
        log.error("second_look_failed", exc_info=error)
        screenings_failed.inc()
        return SecondLook()
    before = {(signal.kind, signal.tier.value) for signal in seen}
    added = tuple(signal for signal in voted if (signal.kind, signal.tier) not in before)
    for signal in added:
        signals_seen.labels(signal.tier).inc()
    kept = {(signal.kind, signal.tier) for signal in voted}
    return SecondLook(added, frozenset(kind for kind, tier in before if (kind, tier) not in kept))


async def take_over(session: AsyncSession, turn: OpenTurn, look: SecondLook) -> Sequence[SeenSignal]:
    """Store what the second look changed; all signals of the message after it."""
    if look.dropped:
        await queries.forget_signals(session, turn.conversation.id, turn.message.seq, look.dropped)
    kept = [signal for signal in turn.signals if signal.kind not in look.dropped]
    return [*kept, *keep_signals(session, turn.message, look.added)]


def as_screened(signal: SeenSignal) -> Signal:
    """A stored signal as the screening gave it."""
    speaker = cast(Speaker, signal.speaker)  # stored from a Signal
    return Signal(signal.kind, signal.tier.value, signal.score, speaker, signal.because["text"])
