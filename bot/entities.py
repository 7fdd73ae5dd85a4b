"""Text to entities: names of the gazetteer, levels, school years and ages, each as the exact words of the message.

Linking a value to the catalogue ("verpleegster" -> a programme) comes after, in `programmes`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.gazetteer import Gazetteer, Span, plain
from bot.hints import KINDS, hints
from bot.spans import closed_spans

__all__ = ["Entity", "Gazetteer", "candidates", "chosen", "find_entities", "find_wishes", "without_overlaps"]


@dataclass(frozen=True)
class Entity:
    """A named thing in a message. `value` is text[start:end]; `is_known`: its words stand in a list of ours."""

    entity: str
    value: str
    start: int
    end: int
    is_known: bool = True


RANK = {
    "institution": 0,
    "mode": 1,
    "level": 2,
    "school_year": 3,
    "age": 4,
    "occupation": 5,
    "programme": 6,
    "interest": 7,
    "city": 8,
}
"""Which type keeps the words when two of equal length claim them."""

SEARCHES = frozenset({"find_programme", "correction", "go_back", "more"})
"""Here a field that people like is an interest, also where a programme is called so."""

INTEREST_INTENTS = SEARCHES | {"choice_doubt", "compare_programmes"}
"""Elsewhere "mijn kinderen" or "geld" is no interest."""

SMALL_TALK = frozenset(
    [
        "greet",
        "goodbye",
        "thanks",
        "bot_challenge",
        "help_what_can_you_do",
        "ask_human",
        "change_language",
        "privacy_question",
        "feedback_complaint",
        "out_of_scope",
        "gibberish",
        "start_interest_test",
        "start_study_skills_test",
        "test_result_question",
        "truancy_law",
    ]
)
"""Here a trade or school subject is only mentioned ("maak mijn samenvatting van biologie")."""

SHORT = 6
"""Words of a message that says little but a name."""

FUNCTION_WORDS = frozenset({
    "een", "de", "het", "the", "die", "dat", "deze", "dit", "mijn", "zijn", "haar", "ons", "onze", "hun", "over",
    "wel", "best", "echt", "veel", "meer", "school", "scholen", "kiezen", "keuze", "well", "beginnen", "maken",
    "mensen", "people", "stage", "vak", "klas",
})  # fmt: skip
"""Villages are called Een, Best and Echt; only with a capital behind "in" does anybody mean them."""

_PLACE_BEFORE = re.compile(
    r"\b(?:in|te|uit|bij|nabij|rond|omgeving|regio|near|around|from|naar|to|not in)\s+$", re.IGNORECASE
)
_LIKES = re.compile(
    r"\b(?:iets met|something with|anything with|werken met|werk met|work with|working with|iets in de|iets in)\s+"
    r"(?:de |het |een |the |a |mijn |my )?"
    r"(?P<what>[^\W\d_]{3,}(?: (?:kinderen|mensen|people|children|dieren|animals))?)",
    re.IGNORECASE,
)
_NO_INTEREST = frozenset(
    [
        "dat",
        "this",
        "that",
        "deze",
        "die",
        "wat",
        "what",
        "iets",
        "something",
        "mbo",
        "hbo",
        "bbl",
        "bol",
        "niveau",
        "level",
        "minder",
        "meer",
    ]
)
_TOWARDS = re.compile(
    r"(?:\b(?:naar|to|richting|towards?|volgende stap|next level)|->|→|>)\s*(?:de|het|een|the|an?|)\s*$", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:van|vanaf|vanuit|uit|na|after|from|leave|leaving|met|with|heeft|have|got|stoppen met|doe|finished|in)"
    r"\s*(?:de|het|een|mijn|haar|zijn|the|an?|my|her|his|)\s*$",
    re.IGNORECASE,
)
_LOWER = re.compile(r"vmbo|mavo|kader|tl|basis|gemengd|theoret", re.IGNORECASE)
_MIDDLE = re.compile(r"mbo|niveau|nivo|level|lvl|middenkader|entree", re.IGNORECASE)
_HIGHER = re.compile(r"hbo|ad|associate|hoge|uni|wo|bachelor", re.IGNORECASE)
_ENDS = {"transition_vmbo_mbo": (_LOWER, _MIDDLE), "transition_mbo_hbo": (_MIDDLE, _HIGHER)}


def find_entities(text: str, gazetteer: Gazetteer, *, intent: str | None = None) -> list[Entity]:
    """Find what a message names.

    Args:
        text: the message, as typed.
        gazetteer: the known names.
        intent: what the message is about, if known; then "Engels" is a language only where languages are asked
            for, and a step from one level or programme to another gets its two ends.
    Returns:
        In the order of the text, without overlaps.
    """
    return chosen(text, candidates(text, gazetteer), gazetteer, intent=intent)


def find_wishes(text: str, gazetteer: Gazetteer) -> list[Entity]:
    """Find what a short message names while a search goes on: there "gent" is a town, and "kinderen" is an interest."""
    is_answer = len(text.split()) <= SHORT
    return chosen(text, candidates(text, gazetteer), gazetteer, intent="find_programme", is_answer=is_answer)


def candidates(text: str, gazetteer: Gazetteer) -> list[Span]:
    """All words of a message that could name something; they may overlap."""
    told = [Span(entity, start, end, True) for entity, start, end in closed_spans(text)] + list(gazetteer.spans(text))
    known = {(span.start, span.end) for span in told}
    return told + [Span(kind, start, end, False) for kind, start, end in hints(text) if (start, end) not in known]


def chosen(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, *, intent: str | None, is_answer: bool = False
) -> list[Entity]:
    """Those candidates that rules take for meant, without overlaps; see `find_entities`.

    Args:
        is_answer: whether the message says little but a name, so that a town needs no capital and no "in".
    """
    kept = without_overlaps(span for span in spans if _fits(span, text, gazetteer, intent, is_answer=is_answer))
    liked = {(span.start, span.end) for span in spans if span.entity == "interest"} if intent in SEARCHES else set()
    found = [Entity(_meant(span, liked), text[span.start : span.end], span.start, span.end) for span in kept]
    if not any(entity.entity in {"interest", "programme"} for entity in found):
        found += _unlisted_interest(text, found)
    return _with_directions(text, sorted(found, key=lambda entity: entity.start), intent)


def _meant(span: Span, liked: set[tuple[int, int]]) -> str:
    if span.entity == "programme" and (span.start, span.end) in liked:
        return "interest"
    return "programme" if span.entity == "occupation" else span.entity


def _fits(span: Span, text: str, gazetteer: Gazetteer, intent: str | None, *, is_answer: bool) -> bool:
    word = text[span.start : span.end]
    if span.entity == "language" or span.entity in KINDS:  # a hint is too weak for a rule
        return span.entity == "language" and intent in {None, "change_language"}
    if plain(word) in FUNCTION_WORDS:
        return span.entity == "city" and word[0].isupper() and bool(_PLACE_BEFORE.search(text, 0, span.start))
    if span.entity in {"city", "institution"} and word.casefold() in gazetteer.common and not is_answer:
        return word[0].isupper() or bool(_PLACE_BEFORE.search(text, 0, span.start))
    return _suits(span.entity, intent)


def _suits(entity: str, intent: str | None) -> bool:
    """Whether such an entity is likely in a message of this intent."""
    if entity == "interest":
        return intent is None or intent in INTEREST_INTENTS
    return entity not in {"programme", "occupation", "mode"} or intent not in SMALL_TALK


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The longest of the spans that overlap, and of equal ones the most telling type."""
    kept: list[Span] = []
    order = sorted(spans, key=lambda s: (s.start - s.end, not s.is_exact, RANK.get(s.entity, 9), s.start))
    for span in order:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def _unlisted_interest(text: str, found: list[Entity]) -> list[Entity]:
    """Take "iets met zonnepanelen" for an interest although no list knows it."""
    for match in _LIKES.finditer(text):
        start, end = match.span("what")
        free = all(end <= entity.start or entity.end <= start for entity in found)
        if free and match["what"].casefold() not in _NO_INTEREST:
            return [Entity("interest", match["what"], start, end, is_known=False)]
    return []


def _with_directions(text: str, found: list[Entity], intent: str | None) -> list[Entity]:
    """Turn levels or programmes into the two ends of a step, where the message speaks of a step."""
    is_step = intent is not None and (intent.startswith("transition_") or intent == "switch_study")
    for kind in ("level", "programme"):
        some = [entity for entity in found if entity.entity == kind]
        if not some or not (is_step or (intent is None and len(some) > 1 and _is_from_to(text, some))):
            continue
        start, end = _ends(text, some, intent)
        names = {id(start): f"{kind}_from", id(end): f"{kind}_to"}
        found = [replace(e, entity=names[id(e)]) if id(e) in names else e for e in found]
    return found


def _is_from_to(text: str, some: list[Entity]) -> bool:
    return any(_TOWARDS.search(text, 0, entity.start) for entity in some[1:]) and bool(
        re.search(r"\b(?:van|vanuit|from|na|after)\b", text[: some[1].start], re.IGNORECASE)
    )


def _ends(text: str, some: list[Entity], intent: str | None) -> tuple[Entity | None, Entity | None]:
    """Which of the entities is where the step begins, and which where it leads."""
    if intent in _ENDS:
        lower, upper = _ENDS[intent]
        end = next((e for e in some if upper.match(e.value)), None)
        return next((e for e in some if e is not end and lower.match(e.value)), None), end
    end = next((e for e in some if _TOWARDS.search(text, 0, e.start)), None)
    rest = [e for e in some if e is not end]
    start = next((e for e in rest if _FROM.search(text, 0, e.start)), rest[0] if rest else None)
    if end is None:
        end = next((e for e in rest if e is not start), None)
    return start, end
