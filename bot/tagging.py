"""A message as a row of units, and what is told of each to the model that labels them.

A unit is a candidate of `bot.entities` (so "mbo niveau 4" and "Sas van Gent" stay whole) or a single word or sign. The
model only decides what is meant; `bot/components/entity_tagger.py` trains it and asks it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.entities import Entity, without_overlaps
from bot.gazetteer import Span, plain

OUTSIDE = "O"
_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_DIGIT = re.compile(r"\d")
_DENIED = frozenset({
    "zonder", "geen", "niet", "niks", "ni", "nie", "without", "no", "not", "isn", "don", "hate", "haat", "instead",
    "behalve", "except",
})  # fmt: skip
_SUBJECT = frozenset({
    "uur", "uren", "vak", "vakken", "punten", "cijfer", "cijfers", "wiskunde", "verplicht", "verplichte", "nodig",
    "hours", "subject", "subjects", "grade", "grades", "marks", "good", "goed", "meer", "minder", "veel", "weinig",
    "much", "more", "less",
})  # fmt: skip
_TRAINING = frozenset({
    "opleiding", "opleidingen", "richting", "richtingen", "studie", "studies", "cursus", "course", "courses",
    "programme", "training", "degree", "bachelor", "graduaat", "diploma", "worden", "word", "become", "becoming",
    "als", "as", "school", "academy", "studying", "studeren", "study", "beroep", "job",
})  # fmt: skip
_CUES = {"denied": _DENIED, "subject": _SUBJECT, "training": _TRAINING}
"""Words that tell, at a little distance, how a topic is meant: "zonder wiskunde", "uur wiskunde", "lasser worden"."""

_CLAUSE_ENDS = frozenset({".", "!", "?", ";", ",", ":", "maar", "but", "doch", "nu", "now", "dus", "so", "because"})
_MOODS = {
    "denied": _DENIED | {
        "nooit", "never", "nix", "haten", "hekel", "slecht", "bad", "hopeless", "saai", "boring", "weg",
    },
    "wish": frozenset({
        "wil", "wilt", "wou", "zou", "zoek", "zoeken", "zoekt", "graag", "liefst", "liever", "worden", "word", "leren",
        "studeren", "iets", "kwil", "kzou", "wants", "want", "wanna", "would", "like", "looking", "search", "become",
        "something", "anything", "study", "learn", "fancy", "prefer", "rather",
    }),
    "liked": frozenset({
        "hou", "houd", "houdt", "houden", "leuk", "gek", "dol", "zot", "fan", "vind", "vindt", "goed", "beste", "doe",
        "love", "loves", "likes", "enjoy", "enjoys", "keen", "mad", "good", "into", "lives", "speel", "play", "plays",
    }),
    "told": frozenset({
        "was", "deed", "had", "gehad", "zat", "ging", "werk", "werkt", "werkte", "gewerkt", "gedaan", "doet", "did",
        "done", "used", "worked", "work", "works", "krijg", "heb", "have", "got", "deden", "geprobeerd", "tried",
    }),
    "other": frozenset({
        "moeder", "vader", "mama", "papa", "ma", "pa", "opa", "oma", "oom", "tante", "broer", "zus", "nicht", "neef",
        "buurman", "vriend", "vriendin", "leraar", "juf", "meester", "mentor", "mother", "father", "mum", "mom", "dad",
        "brother", "sister", "uncle", "aunt", "cousin", "friend", "teacher", "nan", "neighbour", "man", "husband",
    }),
}  # fmt: skip
"""Words that tell how their clause speaks of a topic: as a wish, as what one likes, as what happened, as another's."""

_FEW = 4
"""Messages of at most so many units are filters ("niveau 3 utrecht") rather than sentences."""


@dataclass(frozen=True)
class Unit:
    """Words that belong together, at text[start:end]."""

    word: str
    shape: str
    start: int
    end: int
    kinds: tuple[str, ...]
    """The types of the candidates that are exactly these words; with "~" where a slip was forgiven."""


def units(text: str, spans: Sequence[Span]) -> list[Unit]:
    """Cut a message into units.

    Args:
        text: the message.
        spans: its candidates; the longest of those that overlap becomes a unit.
    """
    kinds: dict[tuple[int, int], set[str]] = {}
    for span in spans:
        kinds.setdefault((span.start, span.end), set()).add(span.entity if span.is_exact else span.entity + "~")
    found: list[Unit] = []
    at = 0
    for span in sorted(without_overlaps(spans), key=lambda one: one.start):
        found += _words(text, at, span.start)
        found.append(_unit(text, span.start, span.end, tuple(sorted(kinds[span.start, span.end]))))
        at = span.end
    return [*found, *_words(text, at, len(text))]


def _words(text: str, start: int, end: int) -> list[Unit]:
    return [_unit(text, word.start(), word.end(), ()) for word in _WORD.finditer(text, start, end)]


def _unit(text: str, start: int, end: int, kinds: tuple[str, ...]) -> Unit:
    said = text[start:end]
    shape = "upper" if said.isupper() and len(said) > 1 else "title" if said[0].isupper() else "lower"
    return Unit(_DIGIT.sub("0", plain(said)), shape, start, end, kinds)


def features(row: Sequence[Unit], found: Sequence[Entity], intent: str) -> list[list[str]]:
    """What is told of each unit.

    Args:
        row: the units of a message.
        found: what the rules take for meant.
        intent: what the message is about.
    """
    rules = labels(row, found)
    kinds = ["+".join(unit.kinds) or "-" for unit in row]
    moods = _moods(row)
    topics = [at for at, unit in enumerate(row) if any(kind.startswith(("occ", "prog")) for kind in unit.kinds)]
    told = []
    for at, unit in enumerate(row):
        word, rule, kind = unit.word, rules[at], kinds[at]
        some = [
            "always",
            f"intent={intent}",
            f"word={word}",
            f"shape={unit.shape}",
            f"kind={kind}",
            f"kind,intent={kind},{intent}",
            f"rule={rule}",
            f"rule,intent={rule},{intent}",
            f"starts={word[:4]}",
            *(f"ends={word[-size:]}" for size in (3, 4, 5, 7) if len(word) > size),
            f"before={_word(row, at - 2)} {_word(row, at - 1)}",
            f"after={_word(row, at + 1)} {_word(row, at + 2)}",
            f"kind,before={kind},{_word(row, at - 1)}",
            f"kind,after={kind},{_word(row, at + 1)}",
        ]
        for step in (-3, -2, -1, 1, 2, 3):
            some.append(f"word{step:+}={_word(row, at + step)}")
            if abs(step) < 3 and 0 <= at + step < len(row):  # noqa: PLR2004 -- further away it says little
                some.append(f"rule{step:+}={rules[at + step]}")
                some.append(f"kind{step:+}={kinds[at + step]}")
        some += [f"one={one},{intent}" for one in unit.kinds]
        some += [f"mood={moods[at]}", f"mood,kind={moods[at]},{kind}", f"mood,rule={moods[at]},{rule}"]
        if unit.kinds:
            some += _cued(row, at, kind)
        if len(row) <= _FEW:
            some.append(f"short,kind={kind}")
        if topics:
            some.append(f"topics={min(len(topics), 3)},{'first' if at == topics[0] else 'later'},{kind},{intent}")
        told.append(some)
    return told


def _moods(row: Sequence[Unit]) -> list[str]:
    """For each unit the last two moods that its clause has shown before it."""
    found: list[str] = []
    shown: list[str] = []
    for unit in row:
        if unit.word in _CLAUSE_ENDS:
            shown = []
        found.append("+".join(shown[-2:]))
        shown += [mood for mood, words in _MOODS.items() if unit.word in words and mood not in shown[-1:]]
    return found


def _cued(row: Sequence[Unit], at: int, kind: str) -> list[str]:
    before = {unit.word for unit in row[max(at - 4, 0) : at]}
    after = {unit.word for unit in row[at + 1 : at + 3]}
    return [
        *(f"{name} before,{kind}" for name, words in _CUES.items() if before & words),
        *(f"{name} after,{kind}" for name, words in _CUES.items() if after & words),
    ]


def _word(row: Sequence[Unit], at: int) -> str:
    return row[at].word if 0 <= at < len(row) else "<start>" if at < 0 else "<end>"


def labels(row: Sequence[Unit], found: Sequence[Entity]) -> list[str]:
    """Label each unit with the entity that it begins (B-), goes on with (I-) or stands outside of."""
    given = [OUTSIDE] * len(row)
    for entity in found:
        inside = [at for at, unit in enumerate(row) if unit.start < entity.end and entity.start < unit.end]
        for number, at in enumerate(inside):
            given[at] = f"{'I' if number else 'B'}-{entity.entity}"
    return given


def entities(text: str, row: Sequence[Unit], given: Sequence[str]) -> list[Entity]:
    """Read entities back from labels; the other way round of `labels`."""
    found: list[Entity] = []
    begun: list[Unit] = []
    kind = ""
    for unit, label in zip(row, given, strict=True):
        begins, name = label[:1] in {"B", "I"}, label[2:]
        if begun and not (label.startswith("I-") and name == kind):
            found.append(_entity(text, kind, begun))
            begun = []
        if begins:
            begun, kind = [*begun, unit], name
    if begun:
        found.append(_entity(text, kind, begun))
    return _without_echoes(found)


def _without_echoes(found: Sequence[Entity]) -> list[Entity]:
    """Words that are said again mean what they meant at first: "from mbo to hbo, is hbo hard" has one `level_to`."""
    meant: dict[str, str] = {}
    return [one for one in found if meant.setdefault(one.value.casefold(), one.entity) == one.entity]


def _entity(text: str, kind: str, some: Sequence[Unit]) -> Entity:
    start, end = some[0].start, some[-1].end
    return Entity(kind, text[start:end], start, end, is_known=any(unit.kinds for unit in some))
