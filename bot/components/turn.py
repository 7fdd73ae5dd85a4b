"""One turn of a conversation: a message or a button in, utterances and what was understood out."""

from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.entity_extractor import IN_SEARCH, WISHES
from bot.follow_up import Before, Meant, in_talk
from bot.leaning import asks_which, takes_up
from bot.questions import MOST, are_two, questions_in

TROUBLE = {"say": "talk.trouble", "buttons": [{"say": "talk.button.ask_human", "payload": "/ask_human"}]}
"""Said when nothing else was: an action failed, or its server is down. Silence would look like a dead line."""

RESERVED = frozenset({"restart", "back", "session_start", "nlu_fallback"})
"""Intents by which Rasa is steered; no button may carry them."""

NO_TOPIC = frozenset({
    "greet", "goodbye", "thanks", "affirm", "deny", "correction", "go_back", "more", "repeat", "stop",
    "change_language",
    "bot_challenge", "help_what_can_you_do", "ask_human", "privacy_question", "feedback_complaint", "out_of_scope",
    "gibberish", "nlu_fallback",
})  # fmt: skip
"""Intents in which nothing is talked about that the next message could lean on."""

A_PAGE = 3
"""Programmes in one answer: `actions.searching.SHOWN`."""


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

    This is `MessageProcessor.handle_message` with these differences: the session starts without the metadata (they
    hold the sentence vectors, which would go into a slot), a new session takes over slots, a message is read in its
    talk and may be two questions, and what was understood (of the first) comes back with the utterances.
    """
    processor = agent.processor
    if processor is None:
        raise RuntimeError("no model is loaded")
    output = CollectingOutputChannel()
    async with agent.lock_store.lock(turn.sender):
        tracker = await processor.fetch_tracker_and_update_session(turn.sender, output)
        _take_over(tracker, turn.slots, processor)
        questions = await _understood(processor, tracker, turn)
        for metadata, parsed in questions:
            message = UserMessage(
                parsed["text"], output, turn.sender, parse_data=parsed, input_channel="wegwijs", metadata=metadata
            )
            await processor._handle_message_with_tracker(message, tracker)
            tracker = await processor.run_action_extract_slots(output, tracker)
            await processor._run_prediction_loop(output, tracker)
        await processor.save_tracker(tracker)
    return _answer(output, tracker, questions[0][1], turn)


def _take_over(tracker: DialogueStateTracker, slots: dict[str, Any], processor: MessageProcessor) -> None:
    known = {slot.name for slot in processor.domain.slots}
    tracker.update_with_events([SlotSet(k, v) for k, v in slots.items() if k in known], processor.domain)


Understood = tuple[dict[str, Any], dict[str, Any]]
"""Metadata of a question, and what was understood of it."""


async def _understood(processor: MessageProcessor, tracker: DialogueStateTracker, turn: Turn) -> list[Understood]:
    """The message in its talk; as two questions where it asks two."""
    if turn.payload is not None:
        return [(turn.metadata, parsed_payload(turn.payload, processor.domain.intents))]
    text = harmless(turn.text or "")
    said_before = before(tracker)
    metadata = {**turn.metadata, IN_SEARCH: said_before.is_searching or takes_up(text) or asks_which(text)}
    whole = await _parsed(processor, tracker, text, metadata)
    # The vectors that came along are those of the whole message: a question alone has its own made.
    alone = {name: value for name, value in metadata.items() if name != "vectors"}
    parts = questions_in(text)
    asked = [await _parsed(processor, tracker, part, alone) for part in parts if len(parts) == MOST]
    in_talk_asked = [in_its_talk(one, said_before) for one in asked]
    if are_two([whole, *in_talk_asked]):
        return [(alone, one) for one in in_talk_asked]
    return [(turn.metadata, in_its_talk(whole, said_before))]


async def _parsed(
    processor: MessageProcessor, tracker: DialogueStateTracker, text: str, metadata: dict[str, Any]
) -> dict[str, Any]:
    return dict(await processor.parse_message(UserMessage(text, metadata=metadata), tracker))


def in_its_talk(parsed: dict[str, Any], said_before: Before) -> dict[str, Any]:
    """What was understood, with what the message means beside what was said before."""
    intent = parsed["intent"]
    likely = next((one["name"] for one in parsed.get("intent_ranking") or () if one["name"] not in RESERVED), None)
    alone = Meant(intent["name"], tuple(parsed.get("entities") or ()), intent["confidence"], likely)
    meant = in_talk(parsed["text"], alone, said_before, wishes=tuple(parsed.get(WISHES) or ()))
    if meant == alone:
        return parsed
    # What the talk decides is sure, however the words would be taken alone.
    named = {"name": meant.intent, "confidence": intent["confidence"] if meant.intent == intent["name"] else 1.0}
    return {**parsed, "intent": named, "entities": list(meant.entities)}


def before(tracker: DialogueStateTracker) -> Before:
    """What was said before, as the tracker has it."""
    slots = tracker.current_slot_values()
    found, shown = slots.get("found_programmes") or [], int(slots.get("shown") or 0)
    wishes = slots.get("wishes") or {}
    page = found[(shown - 1) // A_PAGE * A_PAGE : shown] if shown else []
    topics = (event.intent_name for event in reversed(tracker.events) if isinstance(event, UserUttered))
    said = (event.data.get("custom") or {} for event in reversed(tracker.events) if isinstance(event, BotUttered))
    return Before(
        topic=next((topic for topic in topics if topic and topic not in NO_TOPIC), None),
        asked=next((custom.get("say") for custom in said), None),
        wishes=frozenset(name for name in ("query", "level", "city", "mode") if wishes.get(name)),
        shown=tuple(page),
    )


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
    """An entity as the contract writes it; those of a button or of the talk before have no place in the text."""
    start, end = found.get("start"), found.get("end")
    return {
        "entity": found["entity"],
        "value": found["value"],
        "start": None if start is None else start + shift,
        "end": None if end is None else end + shift,
    }
