"""What must be looked at again: unverified, of a past school year, checked long ago, or missing this school year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import yaml

from programmes.calendars import ZONES
from programmes.deadlines import all_deadlines
from programmes.facts import all_facts
from programmes.helplines import LINES
from programmes.school_years import last_day_of, school_year_of
from programmes.sources import DATA

CHECKED_WITHIN = timedelta(days=365)
"""How long a check holds."""


@dataclass(frozen=True)
class Doubt:
    """Something that the bot tells, and why it must be looked at again."""

    kind: str  # fact, deadline or helpline
    id: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {', '.join(self.reasons)}"


def doubts(today: date) -> list[Doubt]:
    """Every fact, deadline and helpline that must be looked at again, in the order of the files."""
    return [doubt for doubt in _looked_at(today) if doubt.reasons]


def missing_deadlines(today: date) -> list[str]:
    """The ids of deadlines that this school year must have and has not."""
    missing = []
    for country in ZONES:
        school_year = school_year_of(today, country)
        known = {one.id for one in all_deadlines(country, today=today) if one.school_year == school_year}
        missing += [id for id in required_deadlines(country, school_year) if id not in known]
    return missing


def required_deadlines(country: str, school_year: str) -> list[str]:
    """The ids that a school year must have; the last list that was written holds until there is a newer one."""
    lists = yaml.safe_load((DATA / "required_deadlines.yml").read_text(encoding="utf-8"))
    newest = max((year for year in lists if year <= school_year), default=None)
    return [f"{begins}-{school_year[-4:]}" for begins in lists[newest][country]] if newest else []


def _looked_at(today: date) -> Iterator[Doubt]:
    for fact in all_facts():
        past = fact.valid if fact.is_past(today) else None
        yield Doubt("fact", fact.id, _reasons(fact.checked_on, today, is_verified=fact.is_verified, past=past))
    for country in ZONES:
        for one in all_deadlines(country, today=today):
            past = one.school_year if today > last_day_of(one.school_year, country) else None
            yield Doubt("deadline", one.id, _reasons(one.checked_on, today, is_verified=one.is_verified, past=past))
    for line in LINES.values():
        yield Doubt("helpline", line.id, _reasons(line.last_checked, today, is_verified=line.is_verified, past=None))


def _reasons(checked_on: date, today: date, *, is_verified: bool, past: str | None) -> tuple[str, ...]:
    found = []
    if not is_verified:
        found.append("unverified")
    if past:
        found.append(f"held for {past}")
    if today - checked_on > CHECKED_WITHIN:
        found.append(f"last checked on {checked_on.isoformat()}")
    return tuple(found)
