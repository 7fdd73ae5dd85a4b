"""One turn of a conversation: a message or a button in, utterances and what was understood out."""

from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

TROUBLE = {"say": "talk.trouble", "buttons": [{"say": "talk.button.ask_human", "payload": "/ask_human"}]}
"""Said when nothing else was: an action failed, or its server is down. Silence would look like a dead line."""

RESERVED = frozenset({"restart", "back", "session_start", "nlu_fallback"})
"""Intents by which Rasa is steered; no button may carry them."""


class TurnRefused(ValueError):
    """The request breaks the contract; its message is a constant."""


@dataclass(frozen=True)
class Turn:
    """What the API asks for."""

    sender: str
    text: str | None
    payload: dict[str, Any] | None
    metadata: dict[str, Any] = field(default_factory=dict)
    slots: dict[str, Any] = field(default_factory=dict)


def harmless(text: str) -> str:
    r"""The text as Rasa may read it, of the same length.

    No slash in front: Rasa strips the text and obeys what then begins with one ("\u00a0/restart"). No half of a
    surrogate pair: it has no UTF-8 form, and a library would stumble over it.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    shown = text.lstrip()
    return text[: len(text) - len(shown)] + "\u2215" + shown[1:] if shown.startswith("/") else text


def parsed_payload(payload: dict[str, Any], known: list[str]) -> dict[str, Any]:
    """What NLU would have said of a button.

    Raises:
        TurnRefused: the intent is unknown or reserved.
    """
    intent = payload.get("intent")
    if intent not in known or intent in RESERVED:
        raise TurnRefused("unknown intent")
    named = {"name": intent, "confidence": 1.0}
    entities = [{"entity": name, "value": value} for name, value in (payload.get("entities") or {}).items()]
    return {"text": "", "intent": named, "intent_ranking": [named], "entities": entities}


async def take_turn(agent: Agent, turn: Turn) -> dict[str, Any]:
    """Understand, let the rules decide, run the actions; saves the tracker once, at the end.

    This is `MessageProcessor.handle_message` with three differences: the session starts without the metadata (they
    hold the sentence vectors, which would go into a slot), a new session takes over slots, and what was understood
    comes back with the utterances.
    """
    processor = agent.processor
    if processor is None:
        raise RuntimeError("no model is loaded")
    output = CollectingOutputChannel()
    async with agent.lock_store.lock(turn.sender):
        tracker = await processor.fetch_tracker_and_update_session(turn.sender, output)
        _take_over(tracker, turn.slots, processor)
        parsed = await _understood(processor, tracker, turn)
        message = UserMessage(
            harmless(turn.text) if turn.text is not None else "",
            output,
            turn.sender,
            parse_data=parsed,
            input_channel="wegwijs",
            metadata=turn.metadata,
        )
        await processor._handle_message_with_tracker(message, tracker)
        tracker = await processor.run_action_extract_slots(output, tracker)
        await processor._run_prediction_loop(output, tracker)
        await processor.save_tracker(tracker)
    return _answer(output, tracker, parsed, turn)


def _take_over(tracker: DialogueStateTracker, slots: dict[str, Any], processor: MessageProcessor) -> None:
    known = {slot.name for slot in processor.domain.slots}
    tracker.update_with_events([SlotSet(k, v) for k, v in slots.items() if k in known], processor.domain)


async def _understood(processor: MessageProcessor, tracker: DialogueStateTracker, turn: Turn) -> dict[str, Any]:
    if turn.payload is not None:
        return parsed_payload(turn.payload, processor.domain.intents)
    message = UserMessage(harmless(turn.text or ""), None, turn.sender, metadata=turn.metadata)
    return dict(await processor.parse_message(message, tracker))


def _answer(
    output: CollectingOutputChannel, tracker: DialogueStateTracker, parsed: dict[str, Any], turn: Turn
) -> dict[str, Any]:
    utterances = [message["custom"] for message in output.messages if message.get("custom")]
    # Rasa strips the text before it counts.
    shift = len(turn.text) - len(turn.text.lstrip()) if turn.text else 0
    return {
        "utterances": utterances or [TROUBLE],
        "intent": {"name": parsed["intent"]["name"], "confidence": round(parsed["intent"]["confidence"], 4)},
        "ranking": ranking(parsed),
        "entities": [entity(found, shift) for found in parsed.get("entities") or []],
        "slots": {k: v for k, v in tracker.current_slot_values().items() if v is not None},
        "active_form": tracker.active_loop_name,
    }


def ranking(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    """The likely intents, best first, without Rasa's own fallback."""
    likely = parsed.get("intent_ranking") or [parsed["intent"]]
    return [
        {"intent": one["name"], "confidence": round(float(one["confidence"]), 4)}
        for one in likely
        if one["name"] not in RESERVED
    ]


def entity(found: dict[str, Any], shift: int = 0) -> dict[str, Any]:
    """An entity as the contract writes it; a button's entities have no place in a text."""
    start, end = found.get("start"), found.get("end")
    return {
        "entity": found["entity"],
        "value": found["value"],
        "start": None if start is None else start + shift,
        "end": None if end is None else end + shift,
    }
