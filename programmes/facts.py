"""Dated, sourced statements about education: `data/facts/*.yml`. No source, no answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from programmes.school_years import last_day_of
from programmes.sources import DATA, Cited, all_sources

VALID = "2026-2027"
CHECKED_ON = date(2026, 11, 22)
"""What a fact says of itself when it says nothing else: the school year and the day for which all were compiled."""


@dataclass(frozen=True)
class Fact:
    """One statement, in both languages."""

    id: str
    topic: str
    country: str
    level: str | None
    nl: str
    en: str
    source: Cited
    valid: str
    checked_on: date
    is_verified: bool
    asked: dict[str, tuple[str, ...]]
    """Language -> how people ask for it; never shown."""
    only_about: re.Pattern[str] | None
    """Folded names of the only studies that it is about: a fact about the pabo says nothing of medicine."""
    to_parent: dict[str, str]
    """Language -> the statement for a parent; equal to the pupil's where it addresses nobody."""

    def text(self, language: str) -> str:
        """The statement in a language that we speak."""
        return self.en if language == "en" else self.nl

    @property
    def is_level_rule(self) -> bool:
        """Whether it tells what it takes to get into one level."""
        return self.topic == "admission" and self.level is not None

    def as_source(self) -> dict[str, Any]:
        """The source as the contract writes it."""
        return cite(self.source, valid=self.valid, checked_on=self.checked_on, is_verified=self.is_verified)

    def is_past(self, today: date) -> bool:
        """Whether the school year for which we hold it has ended."""
        return today > last_day_of(self.valid, self.country)

    def as_card(self, *, today: date) -> dict[str, Any]:
        """The statement as a card, with a caution when it is unverified or of a past school year; the API says it."""
        says = "past" if self.is_past(today) else "text" if self.is_verified else "unverified"
        statement = {"pupil": {"nl": self.nl, "en": self.en}, "parent": self.to_parent}
        values = {"statement": statement, "valid": self.valid}
        return {"type": "fact", "id": self.id, "text": {"say": f"card.fact.{says}", "with": values}}


def cite(source: Cited, *, valid: str, checked_on: date, is_verified: bool) -> dict[str, Any]:
    """A source as the contract writes it; what has no address of its own has none."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url or None,
        "valid": valid,
        "checked": checked_on.isoformat(),
        "verified": is_verified,
    }


@cache
def all_facts() -> tuple[Fact, ...]:
    """Every fact of both countries, in the order of the files."""
    sources = all_sources()
    return tuple(
        Fact(
            id=row["id"],
            topic=row["topic"],
            country=path.stem.upper(),
            level=row.get("level"),
            nl=row["nl"],
            en=row["en"],
            source=sources[row["source"]],
            valid=row.get("valid", VALID),
            checked_on=row.get("checked_on", CHECKED_ON),
            is_verified=row.get("verified", True),
            asked={language: tuple(row.get("asked", {}).get(language, ())) for language in ("nl", "en")},
            only_about=_any_of(row.get("only_about", ())),
            to_parent={"nl": row["nl"], "en": row["en"]} | row.get("parent", {}),
        )
        for path in sorted((DATA / "facts").glob("*.yml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None


def topics(country: str) -> tuple[str, ...]:
    """The topics that a country has facts on."""
    return tuple(dict.fromkeys(fact.topic for fact in all_facts() if fact.country == country))


def facts(topic: str | None, *, country: str, level: str | None = None) -> list[Fact]:
    """The facts on a topic in a country.

    Args:
        topic: None for all topics.
        level: only what is about this level or about every level.
    """
    return [
        fact
        for fact in all_facts()
        if fact.country == country and topic in {None, fact.topic} and (level is None or fact.level in {None, level})
    ]
