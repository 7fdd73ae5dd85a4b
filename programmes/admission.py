"""Admission rules as data: where one can stand, and which step leads on under what conditions (`data/admission/`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import yaml

from programmes.facts import CHECKED_ON, VALID
from programmes.sources import DATA, Cited, all_sources

Surety = Literal["right", "decision", "test", "alone"]
"""Who decides whether a step works out: nobody (it is a right), a school or council, a test or selection, or exams for
which one learns without classes."""

ADMISSION = DATA / "admission"
COUNTRIES = ("NL", "BE")


@dataclass(frozen=True)
class Station:
    """Where somebody can stand on a route: a diploma, a school year, or a situation."""

    id: str
    country: str
    title: Mapping[str, str]
    is_start: bool
    code: str
    """Its name outside; "none" is one in each country."""
    level: str | None
    """The level of the catalogue, where it has one."""
    usual_age: int | None
    said: tuple[str, ...]
    """How people call it, folded."""


@dataclass(frozen=True)
class Rule:
    """One step that is open to who stands at `start`; the legal minimum, for the school decides."""

    id: str
    country: str
    step: str
    title: Mapping[str, str]
    """What the step is called."""
    starts: tuple[str, ...]
    gives: str
    """The station that it leads to."""
    years: float
    """Usual length."""
    surety: Surety
    asks: tuple[Mapping[str, str], ...]
    """What is asked beside the diploma, in both languages."""
    youngest: int | None
    oldest: int | None
    """Age in years at the start of the step."""
    is_only_now: bool
    """A way for who stands there today; nobody plans for it years ahead."""
    heading: frozenset[str]
    """Only towards these stations; empty: towards all."""
    deadline: str | None
    """The date that comes back every year, without its year: "nl-mbo"."""
    fallback: Mapping[str, str]
    """What can be done when the step does not work out."""
    source: Cited
    valid: str
    checked_on: date
    is_verified: bool

    @property
    def is_uncertain(self) -> bool:
        """Whether somebody or something decides whether the step is open."""
        return self.surety != "right"


@cache
def stations() -> Mapping[str, Station]:
    """Every station of both countries, by id."""
    return {row["id"]: _station(row) for row in _read("stations.yml")}


def station(code: str, *, country: str) -> Station | None:
    """The station that people outside call `code`; for a code of two countries, the one of this country."""
    named = [one for one in stations().values() if one.code == code]
    return next((one for one in named if one.country == country), named[0] if named else None)


@dataclass(frozen=True)
class Selection:
    """Studies that decide themselves who may start, or ask more than their level does."""

    id: str
    country: str
    said: re.Pattern[str]
    steps: frozenset[str]
    starts: frozenset[str]
    """Only for who comes from here; empty: for all."""
    surety: Surety
    asks: tuple[Mapping[str, str], ...]
    source: Cited

    def applies(self, rule: Rule, *, before: str, about: str) -> bool:
        """Whether a step towards what was said, in folded words, is one of these."""
        is_step = rule.country == self.country and rule.step in self.steps
        return is_step and (not self.starts or before in self.starts) and bool(self.said.search(about))


@cache
def selections() -> tuple[Selection, ...]:
    """All that is known of studies that select."""
    texts, sources = _read("requirements.yml"), all_sources()
    return tuple(
        Selection(
            id=row["id"],
            country=row["id"][:2].upper(),
            said=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, row['said']))})(?!\w)"),
            steps=frozenset(row["steps"]),
            starts=frozenset(row.get("from", ())),
            surety=row["surety"],
            asks=tuple(texts["asks"][name] for name in row["asks"]),
            source=sources[row["source"]],
        )
        for row in _read("selection.yml")
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of both countries, in the order of the files."""
    texts = _read("requirements.yml")
    sources = all_sources()
    return tuple(
        _rule(row, country, texts, sources) for country in COUNTRIES for row in _read(f"{country.lower()}.yml")
    )


def _read(name: str) -> Any:
    return yaml.safe_load((ADMISSION / name).read_text(encoding="utf-8"))


def _station(row: Mapping[str, Any]) -> Station:
    return Station(
        id=row["id"],
        country=row["country"],
        title=row["title"],
        is_start=row.get("start", False),
        code=row.get("code", row["id"]),
        level=row.get("level"),
        usual_age=row.get("age"),
        said=tuple(map(str, row.get("said", ()))),
    )


def _rule(
    row: Mapping[str, Any], country: str, texts: Mapping[str, Mapping[str, Any]], sources: Mapping[str, Cited]
) -> Rule:
    youngest, oldest = row.get("ages", (None, None))
    return Rule(
        id=row["id"],
        country=country,
        step=row["step"],
        title=texts["steps"].get(row["step"]) or stations()[row["step"]].title,
        starts=tuple(row["from"]),
        gives=row.get("gives", row["step"]),
        years=row["years"],
        surety=row["surety"],
        asks=tuple(texts["asks"][name] for name in row.get("asks", ())),
        youngest=youngest,
        oldest=oldest,
        is_only_now=row.get("only_now", False),
        heading=frozenset(row.get("heading", ())),
        deadline=row.get("deadline"),
        fallback=texts["fallback"][row["step"]],
        source=sources[row["source"]],
        valid=row.get("valid", VALID),
        checked_on=row.get("checked_on", CHECKED_ON),
        is_verified=row.get("verified", True),
    )
