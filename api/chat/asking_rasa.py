"""What Rasa gets to see of a message: no personal data, no command, and the sentence's vector."""

import asyncio
import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.chat.models import Conversation, Message, SeenSignal
from api.states import Language
from bot.encoder import EncoderMissing, Vectors, encode
from bot.redaction import redact
from core.errors import Refused
from core.logging import get_logger

log = get_logger()

TURNS_A_SESSION = 60
"""Rasa's turn slows down with its tracker (6 ms at turn 10, 158 ms at turn 395): then a new session takes over."""

TRACKER_LIVES = timedelta(hours=20)
"""Rasa forgets a tracker after 24 hours; before that the slots are brought along into a new session."""

PAYLOAD = re.compile(r"/(?P<intent>[A-Za-z0-9_]+)(?P<entities>\{.*\})?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What Rasa reads of a message, and its vector."""

    text: str
    vector: str | None  # None when Rasa must make it
    values: Vectors | None = None  # the same as numbers, for the second look at signals


def begin_preparing(text: str) -> asyncio.Task[Prepared]:
    """Redact and encode on another core, while the message is being stored: encoding takes longer than all the rest."""
    task = asyncio.create_task(asyncio.to_thread(_prepare, text))
    # Nobody may come for it, if a coach answers meanwhile; then a failure is nobody's either, and must not be logged.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return task


def needs_new_session(conversation: Conversation, *, now: datetime) -> bool:
    """Whether Rasa should start with an empty tracker and the slots that we kept."""
    return conversation.turns >= TURNS_A_SESSION or now - conversation.rasa_session_at > TRACKER_LIVES


async def request_of(
    conversation: Conversation,
    message: Message,
    *,
    language: Language,
    signals: Sequence[SeenSignal],
    session: int,
    preparing: asyncio.Task[Prepared] | None = None,
) -> dict[str, Any]:
    """The request that the plan of the house agreed with Rasa's channel.

    Args:
        preparing: of the same message, when that was begun before; a turn that is finished later has none.
    """
    payload = message.body["payload"]
    prepared = None if payload else await (preparing or begin_preparing(message.body["text"]))
    is_new = session != conversation.rasa_session
    return {
        "sender": f"{conversation.id}.{session}",
        "text": prepared and prepared.text,
        "payload": parse_payload(payload) if payload else None,
        "metadata": {
            "language": language.value,
            "country": conversation.country.value,
            "site": conversation.site,
            "audience": conversation.audience.value if conversation.audience else None,
            "signals": sorted({signal.kind for signal in signals}),
            "vectors": prepared and prepared.vector,
        },
        "slots": conversation.slots if is_new else None,
    }


def harmless(text: str) -> str:
    """Take away what Rasa would obey: it strips a text and then reads a leading slash as a command."""
    stripped = text.strip()
    while stripped.startswith("/"):
        stripped = stripped[1:].strip()
    return stripped or "-"


def parse_payload(payload: str) -> dict[str, Any]:
    """`/intent{"entity": "value"}` in its parts.

    Raises:
        Refused: it is no payload.
    """
    found = PAYLOAD.fullmatch(payload)
    try:
        entities = json.loads(found["entities"] or "{}") if found else None
    except ValueError:
        entities = None
    if found is None or not isinstance(entities, dict):
        raise Refused("This button cannot be read.", "Type your question instead.")
    return {"intent": found["intent"], "entities": entities}


def _prepare(text: str) -> Prepared:
    # The vector is made of the redacted text, or it would tell what was taken out.
    safe = harmless(redact(text).text)
    try:
        values = encode([safe])[0]
    except EncoderMissing:  # then Rasa makes it
        log.warning("encoder_missing")
        return Prepared(safe, None)
    return Prepared(safe, base64.b64encode(values.astype("<f4").tobytes()).decode(), values)
