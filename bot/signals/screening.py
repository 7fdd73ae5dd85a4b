"""Screens a message for risk signals: both languages' patterns, for young people mix them."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from bot.encoder import Vectors
from bot.signals.book import Book, Hit
from bot.signals.classifier import Classifier
from bot.signals.context import Context
from bot.signals.signal import TIERS, Signal, Tier
from bot.signals.training import load as read_classifier
from bot.signals.voting import vote

LANGUAGES = ("nl", "en")
LONGEST = 2000
"""Characters that are looked at: what the API lets through."""

TAKEN_BACK = "taken_back"
"""The context that takes an earlier message back."""
SHORT = 14
"""Words of a message that may do nothing but that."""

SURE, LIKELY, MENTIONED = 0.95, 0.8, 0.4
"""Scores: a statement about the writer, a wording that may have another reading, a topic."""

LASTING = frozenset({"suicide_acute", "suicide_ideation", "self_harm"})
"""Kinds that are a concern even when they are past and over."""

COVERED = {
    "suicide_acute": {"suicide_ideation", "self_harm", "severe_distress"},
    "suicide_ideation": {"severe_distress"},
    "violence_now": {"bullying"},
    "sexual_violence": {"adult_misconduct"},
    "medical_emergency": {"substance_addiction", "eating_problem"},
    "homeless_runaway": {"already_out"},
    "already_out": {"wants_to_quit"},
    "school_anxiety": {"truancy", "already_out"},
}
"""Kind -> lesser ones that say the same words again."""

_lock = threading.Lock()  # spaCy's memory zones do not nest


@cache
def _books() -> dict[str, Book]:
    return {language: Book(language) for language in LANGUAGES}


@cache
def _classifier() -> Classifier | None:
    return read_classifier()


def load() -> None:
    """Read all patterns and the classifier now rather than in the first message."""
    screen("ik wil een opleiding, what can I study")
    _classifier()


def has_classifier() -> bool:
    """Whether the classifier votes too; without it the patterns stand alone."""
    return _classifier() is not None


def screen(text: str, *, country: str = "NL") -> list[Signal]:
    """Find the risk signals that patterns and words show, most pressing first; at most one of each kind.

    Needs no encoder, and is there within three milliseconds.

    Args:
        text: as typed, not redacted.
        country: of the site. No pattern depends on it yet; answers do.
    """
    return _heard(text, None)


def reconsider(text: str, vector: Vectors) -> list[Signal]:
    """Screen a message again, now that its meaning can be told too; the same where there is no classifier.

    Args:
        vector: of the message, or of the message without personal data.
    """
    return _heard(text, vector)


def by_patterns(text: str) -> list[Signal]:
    """What the patterns alone find, most pressing first; at most one of each kind."""
    best: dict[str, Signal] = {}
    with _lock:
        for language, book in _books().items():
            with book.nlp.memory_zone():  # what a child typed does not stay in spaCy's string store
                for signal in _of_language(language, book, text[:LONGEST]):
                    if signal.kind not in best or _rank(signal) < _rank(best[signal.kind]):
                        best[signal.kind] = signal
    return _uncovered(best.values())


def by_classifier(text: str, vector: Vectors) -> list[Signal]:
    """What the classifier alone finds; nothing where there is none."""
    classifier = _classifier()
    return [] if classifier is None else _uncovered(vote((), classifier.read(text[:LONGEST], vector)))


def takes_back(text: str) -> bool:
    """Whether a short message says that what came before was a joke, or was not meant so."""
    for book in _books().values():
        with _lock, book.nlp.memory_zone():
            words = book.normalise(text[:LONGEST])
            if len(words.words) > SHORT:
                return False
            if any(hit.line.label == TAKEN_BACK for hit in book.hits(words)):
                return True
    return False


def _heard(text: str, vector: Vectors | None) -> list[Signal]:
    found = by_patterns(text)
    classifier = _classifier()
    return found if classifier is None else _uncovered(vote(found, classifier.read(text[:LONGEST], vector)))


def _uncovered(found: Iterable[Signal]) -> list[Signal]:
    """Without the kinds that another one says again, most pressing first."""
    best = {signal.kind: signal for signal in found}
    pressing = {kind for kind, signal in best.items() if signal.tier != "information"}
    covered = {lesser for kind in pressing for lesser in COVERED.get(kind, ())}
    return sorted((signal for kind, signal in best.items() if kind not in covered), key=_rank)


def _rank(signal: Signal) -> tuple[int, float]:
    return TIERS.index(signal.tier), -signal.score


def _of_language(language: str, book: Book, text: str) -> Iterator[Signal]:
    words = book.normalise(text)
    hits = list(book.hits(words))
    context = Context(language, words, tuple(hit for hit in hits if hit.line.group == "context"))
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.line.group != "context":
            by_kind[hit.line.label].append(hit)
    for kind, found in by_kind.items():
        signal = _signal(book, context, kind, found)
        if signal:
            yield signal


def _signal(book: Book, context: Context, kind: str, found: list[Hit]) -> Signal | None:
    """Weigh the hits of one kind, or drop them all."""
    statements = [hit for hit in found if hit.line.group in {"firm", "phrases"} and _stands(context, hit)]
    if not statements:
        return _mention(context, kind, found)
    tier = _tier(book.kinds[kind].tier, found)
    if any(map(context.is_resolved, statements)) and (tier != "acute" or context.has("long_ago")):
        if kind not in LASTING:
            return None
        tier = "concern"
    firm = any(hit.line.group == "firm" for hit in statements)
    because = " … ".join(dict.fromkeys(context.words.quote(*span) for hit in statements for span in sorted(hit.spans)))
    return Signal(kind, tier, SURE if firm else LIKELY, context.speaker(statements), because)


def _stands(context: Context, hit: Hit) -> bool:
    """Whether a hit is a statement, after all that the words around it say."""
    if context.is_idiom(hit) or context.is_denied(hit):
        return False
    if hit.line.group == "firm":
        return not context.beside(hit, "fiction")
    return not context.is_explained(hit)


def _tier(usual: Tier, found: list[Hit]) -> Tier:
    """The kind's usual tier, unless words of time or danger raise or lower it; the highest wins."""
    named = {hit.line.group for hit in found}
    for tier in TIERS:
        if tier in named:
            return tier
    return usual


def _mention(context: Context, kind: str, found: list[Hit]) -> Signal | None:
    """A topic that is asked about, for school or from the news: facts and a soft link, no more."""
    topics = [hit for hit in found if hit.line.group == "topic"]
    if not topics or not context.has("lesson", "news") or context.has("career"):
        return None
    because = " … ".join(dict.fromkeys(context.words.quote(hit.start, hit.end) for hit in topics))
    return Signal(kind, "information", MENTIONED, context.speaker(topics), because)
