"""Decides what the bot wants to say to a stored message. Writes nothing: whether it may be said is settled later."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from api.catalogue.door import catalogue_at
from api.chat.asking_rasa import needs_new_session, request_of
from api.chat.noting import noted
from api.chat.other_languages import reply_to_other_language
from api.chat.own_payloads import SEE_HELPLINES, TALK_TO_COACH, OwnAnswer, own_answer
from api.chat.rasa import RasaReply, RasaSilent
from api.chat.said import Said, Voice
from api.chat.speaking import speak
from api.chat.storing import OpenTurn
from api.metrics import turns
from api.questionnaires.kept import Kept
from api.questionnaires.steps import Step, Steps
from api.services import Services
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
OFFER_QUESTIONNAIRES = "offer_questionnaires"
SHOW_RESULT = "show_result"

GOODBYE = "goodbye"


@dataclass(frozen=True, slots=True)
class Again:
    """What comes after the answer: the item of a questionnaire that still waits."""

    said: Said
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Thought:
    """What the bot wants to say and do."""

    sayings: tuple[Said, ...]
    language: Language
    outcome: str  # for the count of turns
    language_is_chosen: bool = False
    brings_coach: bool = False
    intent: str | None = None  # what Rasa took the message for
    is_empty: bool = False  # the sayings only tell that there is no answer
    is_study_answer: bool = False  # the sayings are facts that were asked for
    slots: Mapping[str, Any] | None = None  # after a turn of Rasa
    rasa_session: int | None = None
    kept: Kept | None = None  # a questionnaire as the sayings leave it
    again: Again | None = None

    def kept_after(self, said: Sequence[Said]) -> Kept | None:
        """The questionnaire to keep when only these were said: what was not said did not happen."""
        if self.again is not None and self.again.said in said:
            return self.again.kept
        return self.kept if any(one in said for one in self.sayings) else None

    def said_anew(self, voice: Voice) -> Self:
        """The same in another language."""
        sayings = tuple(_anew(said, voice) for said in self.sayings)
        again = self.again and replace(self.again, said=_anew(self.again.said, voice))
        return replace(self, language=voice.language, sayings=sayings, again=again)


def _anew(said: Said, voice: Voice) -> Said:
    return speak(said.utterance, voice) if said.utterance else said


async def think(services: Services, turn: OpenTurn, *, now: datetime) -> Thought:
    """Find an answer: a questionnaire's, our own to our own buttons and other languages, Rasa's, else the honest truth.

    A fault of ours must not leave the visitor without an answer, nor the sweep with a turn that fails for ever.
    """
    voice = replace(Voice.of(turn.conversation), language=turn.message.language)
    try:
        return await _best(services, turn, voice, now=now)
    except RasaSilent:
        return _then_again(_trouble(voice, "rasa_silent"), _steps(services, turn, voice, now=now), voice)
    except Exception as error:
        log.error("turn_failed", conversation_id=str(turn.conversation.id), seq=turn.message.seq, exc_info=error)
        return _trouble(voice, "failed")


async def _best(services: Services, turn: OpenTurn, voice: Voice, *, now: datetime) -> Thought:
    conversation, message = turn.conversation, turn.message
    payload = message.body["payload"]
    steps = _steps(services, turn, voice, now=now)
    # In a thread: a result looks programmes up.
    if (step := await asyncio.to_thread(steps.take, message.body["text"], payload)) is not None:
        return _of_step(step, voice)
    own = own_answer(payload, voice) if payload else None
    if own is not None:
        thought = _own(own, voice)
        return _then_again(thought, steps, voice) if own.language else thought
    if (other := message.body["other_language"]) is not None:
        said = speak(reply_to_other_language(other), voice)
        return _then_again(Thought((said,), voice.language, "other_language", is_empty=True), steps, voice)
    session = conversation.rasa_session + needs_new_session(conversation, now=now)
    request = await request_of(
        conversation,
        message,
        language=voice.language,
        signals=turn.signals,
        session=session,
        preparing=turn.preparing,
    )
    reply = await services.rasa.ask(conversation.id, request)
    thought = _from_rasa(reply, voice)
    note = noted(conversation.slots, reply.slots, country=voice.country)
    noting = (speak(note, replace(voice, language=thought.language)),) if note else ()
    thought = replace(thought, sayings=(*thought.sayings, *noting), slots=reply.slots, rasa_session=session)
    if (wanted := _wanted_questionnaire(reply)) is not None:
        return await asyncio.to_thread(_with_questionnaire, thought, wanted, steps, voice)
    return thought if reply.intent.name == GOODBYE else _then_again(thought, steps, voice)


def _steps(services: Services, turn: OpenTurn, voice: Voice, *, now: datetime) -> Steps:
    return Steps(
        asked=turn.asked,
        language=voice.language,
        country=voice.country,
        now=now,
        catalogue=lambda: catalogue_at(services.settings.catalogue_address),
        slots=turn.conversation.slots,
    )


def _of_step(step: Step, voice: Voice) -> Thought:
    sayings = tuple(speak(utterance, voice) for utterance in step.utterances)
    return Thought(sayings, voice.language, "questionnaire", kept=step.kept)


def _then_again(thought: Thought, steps: Steps, voice: Voice) -> Thought:
    """The answer, and after it the item that waits: in the language in which the talk goes on."""
    step = replace(steps, language=thought.language).again()
    if step is None:
        return thought
    said = speak(step.utterances[0], replace(voice, language=thought.language))
    return replace(thought, again=Again(said, step.kept))


def _wanted_questionnaire(reply: RasaReply) -> Mapping[str, Any] | None:
    """What Rasa leaves to us, for only we know what was filled in."""
    ours = (one for one in reply.utterances if one.get("do") in {OFFER_QUESTIONNAIRES, SHOW_RESULT})
    return next(ours, None)


def _with_questionnaire(thought: Thought, wanted: Mapping[str, Any], steps: Steps, voice: Voice) -> Thought:
    """The questionnaires or the last result, with the cards that Rasa has beside them: facts about tests."""
    steps = replace(steps, language=thought.language)
    voice = replace(voice, language=thought.language)
    if wanted["do"] == SHOW_RESULT:
        step = steps.last_result()
    else:
        step = steps.offer(str((wanted.get("with") or {}).get("of")))
    first, *others = step.utterances
    if wanted.get("cards"):
        first = {**first, "cards": wanted["cards"], "sources": wanted.get("sources") or []}
    ours = tuple(speak(utterance, voice) for utterance in (first, *others))
    return replace(thought, sayings=(*ours, *thought.sayings), kept=step.kept)


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
    shown = [
        utterance
        for utterance in reply.utterances
        if (utterance.get("say") or utterance.get("cards"))
        and utterance.get("do") not in {OFFER_QUESTIONNAIRES, SHOW_RESULT}
    ]
    return Thought(
        tuple(speak(utterance, voice) for utterance in shown),
        voice.language,
        "rasa",
        language_is_chosen=chosen is not None,
        brings_coach=any(utterance.get("do") == OPEN_CASE for utterance in reply.utterances),
        intent=reply.intent.name,
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
