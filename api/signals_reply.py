"""What somebody in need reads: reviewed texts by kind, tier, country, language and speaker. Needs no database.

The text alone is enough: it holds the numbers. The cards repeat them, large and ready to tap.
"""

from collections.abc import Sequence
from typing import Any, Literal

from api.chat.said import Said, Voice
from api.chat.speaking import speak
from bot.signals import Signal
from programmes.helplines import lines_for

MOST_CARDS = {"acute": 3, "urgent": 2, "concern": 1}
"""More would be a wall; the first ones fit best."""

ACUTE = {
    "medical_emergency": "medical",
    "violence_now": "violence",
    "suicide_acute": "suicide",
    "threat_to_others": "threat",
    "sexual_violence": "sexual",
    "online_sexual_harm": "online",
    "exploitation": "exploitation",
    "homeless_runaway": "home",
    "suicide_ideation": "suicide",
    "self_harm": "suicide",
}
"""Kind -> text; the order decides which is answered when a message holds several: what cannot wait a minute first."""

URGENT = {
    "suicide_acute": "thoughts",
    "suicide_ideation": "thoughts",
    "sexual_violence": "sexual",
    "child_abuse": "abuse",
    "violence_now": "abuse",
    "exploitation": "exploitation",
    "online_sexual_harm": "online",
    "adult_misconduct": "adult",
    "self_harm": "self_harm",
    "homeless_runaway": "home",
    "eating_problem": "eating",
    "severe_distress": "heavy",
    "bullying": "heavy",
    "discrimination": "heavy",
    "substance_addiction": "heavy",
    "young_parent": "heavy",
    "home_burden": "heavy",
    "money_trouble": "practical",
}
CONCERN = {
    "suicide_acute": "lasting",
    "suicide_ideation": "lasting",
    "self_harm": "lasting",
    "bullying": "harassed",
    "discrimination": "harassed",
    "adult_misconduct": "harassed",
    "severe_distress": "person",
    "home_burden": "person",
    "substance_addiction": "person",
    "young_parent": "person",
    "eating_problem": "person",
    "money_trouble": "practical",
    "legal_trouble": "practical",
    "homeless_runaway": "practical",
    "language_newcomer": "practical",
}
PERSONAL = frozenset({"lasting", "harassed", "person"})
"""Texts for concerns that are about more than school."""

GROUPS = {"acute": (ACUTE, "violence"), "urgent": (URGENT, "school"), "concern": (CONCERN, "school")}
"""Tier -> its texts by kind, and the one for all other kinds."""

Way = Literal["tell", "ask", "leave"]
"""How to stay with somebody: leave them the choice whom to tell, say how a helpline goes, let it rest."""

TALK_TO_COACH = {"say": "button.talk_to_coach", "payload": "/ask_human"}


def reply(signals: Sequence[Signal], *, voice: Voice, case_opens: bool) -> Said:
    """Say what somebody in danger needs first.

    Args:
        signals: of one message; at least one of them acute.
        voice: language and country of the reader.
        case_opens: whether a coach is told without being asked; else the answer offers it.
    """
    signal = _foremost(signals, "acute")
    coach = "coach_knows" if case_opens else _addressed("coach_asks", signal)
    return speak(_help(signal, voice, coach) | {"buttons": [] if case_opens else [TALK_TO_COACH]}, voice)


def offer(signals: Sequence[Signal], *, voice: Voice) -> Said | None:
    """Offer help and a coach where somebody needs it today or this week; None when nothing asks for it."""
    tiers = {signal.tier for signal in signals}
    if "urgent" in tiers or "acute" in tiers:
        signal = _foremost(signals, "urgent" if "urgent" in tiers else "acute")
        return speak(_help(signal, voice, _addressed("coach_today", signal)) | {"buttons": [TALK_TO_COACH]}, voice)
    if "concern" in tiers:
        signal = _foremost(signals, "concern")
        # Who is bullied and has nobody at school can talk to somebody today; other concerns get one question alone.
        cards = _lines(signal, voice) if CONCERN.get(signal.kind) == "harassed" else []
        return speak({"say": _key(signal), "cards": cards, "buttons": [TALK_TO_COACH]}, voice)
    return None


def taken_back(signal: Signal, *, voice: Voice) -> Said:
    """Answer somebody who says that it was a joke, or not meant so; after an acute message the numbers stand again."""
    lines = lines_for(signal.kind, country=voice.country.value, speaker=signal.speaker, language=voice.language.value)
    cards = [line.as_card() for line in lines[: MOST_CARDS["acute"]]] if signal.tier == "acute" else []
    return speak({"say": f"signals.{_addressed(f'taken_back.{signal.tier}', signal)}", "cards": cards}, voice)


def is_personal(signal: Signal) -> bool:
    """Whether it is about the life of somebody, so that no small talk may follow it."""
    return signal.tier in {"acute", "urgent"} or (signal.tier == "concern" and CONCERN.get(signal.kind) in PERSONAL)


def stay(signal: Signal, *, way: Way, offers_coach: bool, voice: Voice) -> Said:
    """Answer somebody who goes on about what they told, or does not want to.

    Args:
        signal: what they told of.
        way: see `Way`.
        offers_coach: whether to ask again if a coach may come; else one has word already.
        voice: language and country of the reader.
    """
    said = {
        "here": {"say": f"signals.stay.{way}.{signal.speaker}"},
        "coach": {"say": f"signals.{_addressed('coach_asks', signal) if offers_coach else 'coach_knows'}"},
    }
    cards = _lines(signal, voice) if signal.tier == "acute" else []
    buttons = [TALK_TO_COACH] if offers_coach else []
    tone = "calm" if signal.tier == "concern" else "grave"
    return speak({"say": f"signals.stay.{tone}", "with": said, "cards": cards, "buttons": buttons}, voice)


def _foremost(signals: Sequence[Signal], tier: str) -> Signal:
    """The signal that is answered: one message, one answer."""
    order = list(GROUPS[tier][0])
    chosen = [signal for signal in signals if signal.tier == tier]
    return min(chosen, key=lambda signal: order.index(signal.kind) if signal.kind in order else len(order))


def _key(signal: Signal) -> str:
    texts, otherwise = GROUPS[signal.tier]
    return f"signals.{signal.tier}.{texts.get(signal.kind, otherwise)}.{signal.speaker}"


def _addressed(key: str, signal: Signal) -> str:
    """The form of a sentence for whoever writes: parents are addressed formally in Dutch."""
    return f"{key}_parent" if signal.speaker == "parent" else key


def _help(signal: Signal, voice: Voice, coach: str) -> dict[str, Any]:
    said = {
        "help": {"say": _key(signal)},
        "program": {"say": f"signals.{_addressed('program', signal)}"},
        "coach": {"say": f"signals.{coach}"},
    }
    return {"say": "signals.message", "with": said, "cards": _lines(signal, voice)}


def _lines(signal: Signal, voice: Voice) -> list[dict[str, Any]]:
    lines = lines_for(signal.kind, country=voice.country.value, speaker=signal.speaker, language=voice.language.value)
    return [line.as_card() for line in lines[: MOST_CARDS[signal.tier]]]
