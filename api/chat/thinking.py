"""Decides what the bot wants to say to a stored message. Writes nothing: whether it may be said is settled later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from api.chat.asking_rasa import needs_new_session, request_of
from api.chat.noting import noted
from api.chat.other_languages import reply_to_other_language
from api.chat.own_payloads import SEE_HELPLINES, TALK_TO_COACH, OwnAnswer, own_answer
from api.chat.rasa import Rasa, RasaReply, RasaSilent
from api.chat.said import Said, Voice
from api.chat.speaking import speak
from api.chat.storing import OpenTurn
from api.metrics import turns
from api.states import Language
from core.logging import get_logger

log = get_logger()

EMPTY_ANSWERS = frozenset({"out_of_scope", "gibberish", "nlu_fallback"})
"""Intents whose answer is that there is none. After a worrying message the offer of a coach stands alone instead."""

STUDY_ANSWERS = frozenset({
    "find_programme", "programme_details", "compare_programmes", "admission_requirements", "enrolment_deadline",
    "transition_vmbo_mbo", "transition_mbo_hbo", "transition_havo_vwo", "transition_other", "switch_study",
    "no_diploma_options", "work_and_learn", "costs_and_finance", "open_days", "truancy_law", "special_needs_support",
    "privacy_question",
})  # fmt: skip
"""Intents with an answer of facts. Small talk or "doubting is normal" beside a wish to die would harm."""

OPEN_CASE = "open_case"
SWITCH_LANGUAGE = "switch_language"


@dataclass(frozen=True, slots=True)
class Thought:
    """What the bot wants to say and do."""

    sayings: tuple[Said, ...]
    language: Language
    outcome: str  # for the count of turns
    language_is_chosen: bool = False
    brings_coach: bool = False
    is_empty: bool = False  # the sayings only tell that there is no answer
    is_study_answer: bool = False  # the sayings are facts that were asked for
    slots: Mapping[str, Any] | None = None  # after a turn of Rasa
    rasa_session: int | None = None


async def think(rasa: Rasa, turn: OpenTurn, *, now: datetime) -> Thought:
    """Find an answer: our own to our own buttons and to other languages, else Rasa's, else the honest truth.

    A fault of ours must not leave the visitor without an answer, nor the sweep with a turn that fails for ever.
    """
    voice = replace(Voice.of(turn.conversation), language=turn.message.language)
    try:
        return await _best(rasa, turn, voice, now=now)
    except RasaSilent:
        return _trouble(voice, "rasa_silent")
    except Exception as error:
        log.error("turn_failed", conversation_id=str(turn.conversation.id), seq=turn.message.seq, exc_info=error)
        return _trouble(voice, "failed")


async def _best(rasa: Rasa, turn: OpenTurn, voice: Voice, *, now: datetime) -> Thought:
    conversation, message = turn.conversation, turn.message
    payload = message.body["payload"]
    own = own_answer(payload, voice) if payload else None
    if own is not None:
        return _own(own, voice)
    if (other := message.body["other_language"]) is not None:
        said = speak(reply_to_other_language(other), voice)
        return Thought((said,), voice.language, "other_language", is_empty=True)
    session = conversation.rasa_session + needs_new_session(conversation, now=now)
    request = await request_of(
        conversation,
        message,
        language=voice.language,
        signals=turn.signals,
        session=session,
        preparing=turn.preparing,
    )
    reply = await rasa.ask(conversation.id, request)
    thought = _from_rasa(reply, voice)
    note = noted(conversation.slots, reply.slots, country=voice.country)
    noting = (speak(note, replace(voice, language=thought.language)),) if note else ()
    return replace(thought, sayings=(*thought.sayings, *noting), slots=reply.slots, rasa_session=session)


def _own(own: OwnAnswer, voice: Voice) -> Thought:
    voice = voice if own.language is None else replace(voice, language=own.language)
    return Thought(
        tuple(speak(utterance, voice) for utterance in own.utterances),
        voice.language,
        "own",
        language_is_chosen=own.language is not None,
        brings_coach=own.brings_coach,
    )


def _from_rasa(reply: RasaReply, voice: Voice) -> Thought:
    """Rasa's utterances as messages, and what it asks the API to do."""
    chosen = _chosen_language(reply.utterances)
    voice = voice if chosen is None else replace(voice, language=chosen)
    # An utterance that only asks to do something has nothing to show.
    shown = [utterance for utterance in reply.utterances if utterance.get("say") or utterance.get("cards")]
    return Thought(
        tuple(speak(utterance, voice) for utterance in shown),
        voice.language,
        "rasa",
        language_is_chosen=chosen is not None,
        brings_coach=any(utterance.get("do") == OPEN_CASE for utterance in reply.utterances),
        is_empty=reply.intent.name in EMPTY_ANSWERS,
        is_study_answer=reply.intent.name in STUDY_ANSWERS,
    )


def _chosen_language(utterances: Sequence[Mapping[str, Any]]) -> Language | None:
    """The language that the visitor asked for, if it is one of ours."""
    for utterance in utterances:
        wanted = (utterance.get("with") or {}).get("language")
        if utterance.get("do") == SWITCH_LANGUAGE and isinstance(wanted, str) and wanted in Language:
            return Language(wanted)
    return None


def _trouble(voice: Voice, outcome: str) -> Thought:
    """The truth: what happened, what is safe, what still works."""
    said = speak({"say": "chat.rasa_down", "buttons": [TALK_TO_COACH, SEE_HELPLINES]}, voice)
    return Thought((said,), voice.language, outcome)


def count(thought: Thought) -> None:
    """Count who answered."""
    turns.labels(thought.outcome).inc()
