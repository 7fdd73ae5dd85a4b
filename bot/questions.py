"""Two questions in one message: "wanneer moet ik me aanmelden en moet ik lesgeld betalen?"."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

MOST = 2
"""Questions that are answered at once: more would be a wall of text."""
FEWEST = 3
"""Words of a question that can stand alone."""

SURE = 0.55
"""Confidence from which a part of a message is a question of its own."""

LANGUAGE = "change_language"
APART = (
    frozenset({LANGUAGE}),
    frozenset({"find_programme", "programme_details"}),
    frozenset({"admission_requirements"}),
    frozenset({"enrolment_deadline"}),
    frozenset({"costs_and_finance"}),
    frozenset({"work_and_learn"}),
    frozenset({"open_days"}),
    frozenset({"truancy_law"}),
    frozenset({"special_needs_support"}),
    frozenset({"privacy_question"}),
    frozenset({"no_diploma_options", "switch_study"}),
    frozenset({"transition_vmbo_mbo", "transition_mbo_hbo", "transition_havo_vwo", "transition_other"}),
)
"""Intents that have an answer of facts; those in one group answer the same question."""

_SOMEBODY = (
    r"(?:ik|je|jij|u|we|wij|hij|zij|ze|er|dat|dit|het|de|een|mijn|die|iemand|ook|nog"
    r"|i|you|he|she|it|they|there|the|my|that|this|also|anyone|somebody)"
)
_QUESTION = (
    r"(?:(?:wat|hoe|hoeveel|wanneer|waar|welke?|waarom|tot wanneer"
    r"|what|how|when|where|which|why|by when|what's|whats|until when)"
    r"|(?:kan|kun|mag|moet|krijg|krijgt|heb|heeft|is|zijn|bestaat|ken|zal|kunnen|krijgen|moeten|mogen|betaal|betalen"
    rf"|can|could|may|must|do|does|is|are|should|will|would) {_SOMEBODY})\b"
)
_WISH = r"(?:ik|we|wij|hij|zij|ze|i|she|he) (?:wil|willen|zoek|zoeken|vraag me af|want|wants|would like|need|wonder)\b"
_JOINT = re.compile(
    r"(?:[?!.;]+\s+(?:(?:en|and|ook|also|plus|verder|oh ja)[,:]?\s+)?"
    r"|(?:,\s*|\s+)(?:en|and|plus|\+|&)\s+(?:ook |also |dan |then )?)"
    rf"(?={_QUESTION})",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\?|(?:^|[.!?;,]\s*|\b(?:en|and|maar|but)\s+)(?:{_QUESTION}|{_WISH})", re.IGNORECASE)


def questions_in(text: str) -> list[str]:
    """The message, parted where a second question begins; whole when it has not two that can stand alone.

    What is told before the first question stays with it: "ik ben 16. wanneer moet ik me aanmelden?". Only where nothing
    is asked before the question is the first sentence a part: "English is easier for me. which of these are mbo?".
    """
    parts = _parted(text, may_tell=False)
    return parts if len(parts) > 1 else _parted(text, may_tell=True)


def _parted(text: str, *, may_tell: bool) -> list[str]:
    parts: list[str] = []
    begun = 0
    for joint in _JOINT.finditer(text):
        part = text[begun : joint.start()]
        can_stand = len(part.split()) >= FEWEST if may_tell else _asks(part)
        if can_stand and _asks(text[joint.end() :]):
            parts.append(text[begun : joint.end()].strip().removesuffix(" en").removesuffix(" and"))
            begun = joint.end()
    return [*parts, text[begun:].strip()]


def _asks(part: str) -> bool:
    return len(part.split()) >= FEWEST and bool(_ASKS.search(part.strip()))


def are_two(parsed: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the parts of a message are questions of different kinds.

    Args:
        parsed: what was understood of the whole, then of each part.
    """
    whole, *parts = parsed
    if len(parts) != MOST:
        return False
    first = parts[0]
    is_about_language = LANGUAGE == first["intent"]["name"] == whole["intent"]["name"]
    if not _asks(first["text"]) and not is_about_language:
        return False  # what is told before a question is no question
    kinds = [_kind(part) for part in parts]
    return None not in kinds and len(set(kinds)) == MOST and _kind(whole, least=0.0) in kinds


def _kind(parsed: Mapping[str, Any], *, least: float = SURE) -> int | None:
    """The group of an intent that is sure enough."""
    if parsed["intent"]["confidence"] < least:
        return None
    return next((at for at, group in enumerate(APART) if parsed["intent"]["name"] in group), None)
