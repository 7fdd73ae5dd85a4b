"""What somebody looks for, gathered over several messages, and how a message changes it; every change can be undone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from programmes.levels import joined
from programmes.postcodes import postcode_in
from programmes.query import is_country, is_graduate, level_of, meaningful, mode_of, parted
from programmes.stems import fold

SHOWN = ("query", "level", "city", "mode", "sector")
"""Wishes that are shown as chips, in this order."""
STEPS_BACK = 6
"""Changes that can be undone."""


@dataclass(frozen=True)
class Wishes:
    """Filters and words of one search. Empty means: no wish."""

    query: str | None = None
    level: str | None = None
    city: str | None = None
    mode: str | None = None
    sector: str | None = None
    language: str = "nl"
    country: str = "NL"
    within_km: int | None = None
    is_graduate: bool = False
    """They said that they have a bachelor."""
    without: tuple[str, ...] = ()
    """Places, levels, modes and words that were ruled out."""
    past: tuple[Mapping[str, Any], ...] = ()
    """Earlier wishes, the latest last, each as changed fields only."""

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> "Wishes":
        """Read wishes from the slot `wishes`, and language and country from slots of their own, when they are there."""
        kept = slots.get("wishes") or {}
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in kept.items() if key in known}
        for name in ("language", "country"):
            if slots.get(name):
                values[name] = slots[name]
        for name in ("without", "past"):
            values[name] = tuple(values.get(name) or ())
        return cls(**values)

    def to_slots(self) -> dict[str, Any]:
        """The slot that keeps these wishes: plain JSON."""
        return {"wishes": {**asdict(self), "without": list(self.without), "past": [dict(step) for step in self.past]}}

    def refine(self, entities: Sequence[Mapping[str, Any]], text: str) -> "Wishes":
        """Change the wishes by a message.

        Args:
            entities: what the bot found in it, each with at least `entity` and `value`.
            text: the message; it says whether a value is wished or ruled out, and is the query when nothing was found.
        """
        new: dict[str, Any] = {}
        ruled_out = list(self.without)
        subjects = []
        found = _wished(entities, text)
        for entity in found:
            kind, value = entity["entity"], str(entity["value"]).strip()
            if _is_denied(value, text):
                dropped = self._dropped(value)
                new = dropped | new  # what is wished in its place stands
                # Who takes back what he asked for rules nothing out: "nee, toch niet in Utrecht".
                ruled_out += [] if dropped else [value]
            elif kind in {"interest", "programme"}:
                subjects.append(value)
            elif kind in _READ_AS:
                new[kind] = _READ_AS[kind](value, new.get(kind))
        postcode = postcode_in(text, country=self.country)
        if postcode and not _is_denied(postcode.digits, text):
            new.setdefault("city", postcode.digits)
            text = f"{text[: postcode.start]} {text[postcode.end :]}"
        new["is_graduate"] = self.is_graduate or is_graduate(text)
        if subjects:
            new["query"] = " ".join(subjects)
        elif not found:
            new |= self._from_words(text)
        new = self._filters_in(text) | new
        wished = {fold(str(value)) for value in new.values() if value} | _swapped(entities, new, text)
        new["without"] = tuple(word for word in dict.fromkeys(ruled_out) if fold(word) not in wished)
        return self._changed(new)

    def drop(self, *names: str) -> "Wishes":
        """Take wishes away: a chip was tapped."""
        return self._changed({name: () if name == "without" else None for name in names})

    def undo(self) -> "Wishes":
        """The wishes before the last change; the same when there was none."""
        if not self.past:
            return self
        before = dict(self.past[-1])
        before["without"] = tuple(before.get("without", self.without))
        return replace(self, **before, past=self.past[:-1])

    @property
    def chips(self) -> dict[str, str]:
        """What was understood, by field, in the words of the person; `without` is told apart by the caller."""
        return {name: str(value) for name in SHOWN if (value := getattr(self, name))}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is wished."""
        return not self.chips

    def _from_words(self, text: str) -> dict[str, Any]:
        named = self._filters_in(text)
        return named or ({"query": text.strip()} if meaningful(text) else {})

    def _filters_in(self, text: str) -> dict[str, Any]:
        """A level or mode that is wished in words that no entity covers: "welke graduaten zijn er in Mechelen"."""
        wished = parted(text).clause
        named = {"level": level_of(wished), "mode": mode_of(wished)}
        return {name: value for name, value in named.items() if value and not _is_denied(value, wished)}

    def _dropped(self, value: str) -> dict[str, Any]:
        said = fold(value)
        dropped: dict[str, Any] = {}
        for name, own in self.chips.items():
            same_level = name == "level" and level_of(value) == own
            if same_level or fold(own) == said:
                dropped[name] = None
        return dropped

    def _changed(self, new: Mapping[str, Any]) -> "Wishes":
        changed = {name: value for name, value in new.items() if getattr(self, name) != value}
        if not changed:
            return self
        before = {name: getattr(self, name) for name in changed}
        if "without" in before:
            before["without"] = list(before["without"])
        return replace(self, **changed, past=(*self.past, before)[-STEPS_BACK:])


_READ_AS: Mapping[str, Callable[[str, str | None], str | None]] = {
    "level": lambda value, before: joined(before, level_of(value)),
    "mode": lambda value, _: mode_of(value) or value.upper(),
    "city": lambda value, _: None if is_country(value) else value,
}
"""Entities that fill the wish of their name, and how their words are read, after what the same message said before."""


def _wished(entities: Sequence[Mapping[str, Any]], text: str) -> list[Mapping[str, Any]]:
    """Leave out what somebody only tells about himself: "ik ben verzorgende niveau 3 en wil verpleegkundige worden"."""
    parts = parted(text)
    told, wished = fold(parts.told), fold(f"{parts.wished} {parts.denied}")
    own = [one for one in entities if (said := fold(str(one["value"]))) in told and said not in wished]
    kept = [one for one in entities if one not in own or one["entity"] not in _SUBJECT_OR_LEVEL]
    # A word such as "programmes" names nothing, also where a programme is called so; "it" does after "courses in".
    subjects = [one for one in kept if one["entity"] not in _SUBJECT or _names_something(str(one["value"]))]
    return [*subjects, *([{"entity": "interest", "value": "ICT"}] if _IN_IT.search(text) else [])]


def _swapped(entities: Sequence[Mapping[str, Any]], new: Mapping[str, Any], text: str) -> set[str]:
    """The places that another one takes the place of: "Gent ipv Leuven" rules nothing out."""
    if not new.get("city") or not _SWAPS.search(fold(text)):
        return set()
    return {fold(str(entity["value"]).strip()) for entity in entities if entity["entity"] == "city"}


def _names_something(value: str) -> bool:
    return bool(meaningful(value)) or value.isdigit()  # a programme's official code


_SUBJECT = frozenset({"interest", "programme"})
_IN_IT = re.compile(
    r"\b(?:programmes?|courses?|degrees?|bachelors?|stud(?:y|ies)|something|work(?:ing)?|jobs?|career|opleidingen|opleiding"
    r"|richting|iets|graduaat|graduaten|mbo|hbo)\s+in (?:it)(?=\s*(?:$|[.,?!;]|(?:in|at|near|please|bij|te)\b))",
    re.IGNORECASE,
)
_SUBJECT_OR_LEVEL = frozenset({"interest", "programme", "level"})
_DENIALS = (
    "niet", "geen", "zonder", "behalve", "ipv", "plaats van",
    "not", "no", "without", "except", "instead of", "rather than",
)  # fmt: skip


_SWAPS = re.compile(r"\b(?:ipv|(?:in )?plaats van|instead of|rather than)\b")
_INTERJECTION = re.compile(r"^(?:no|nope)[,.!]? (?=(?:i|sorry|wait|actually|make|the other|rather|let|do)\b)")
"""Before what is meant instead: "no, I meant level 3" denies nothing."""


def _is_denied(value: str, text: str) -> bool:
    before, found, _ = _INTERJECTION.sub("", fold(text)).partition(fold(value))
    last_clause = before.replace(" maar ", ",").replace(" but ", ",").rpartition(",")[2]
    said = f" {' '.join(last_clause.split()[-3:])} "
    return bool(found) and any(f" {denial} " in said for denial in _DENIALS)
