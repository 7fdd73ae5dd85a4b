"""Dates that pupils must not miss: `data/deadlines/*.yml`, one file for each school year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import yaml
from icalendar import Event

from programmes.calendars import ZONES, calendar_file, event
from programmes.facts import CHECKED_ON, cite
from programmes.sources import DATA, Cited, all_sources

REMIND_DAYS = 14
"""Days before the date that a calendar rings."""


@dataclass(frozen=True)
class Todo:
    """One step before a date."""

    id: str
    text: Mapping[str, str]
    starts: frozenset[str]
    """Stations (`programmes.admission`) for which it is; empty: for everybody."""


@dataclass(frozen=True)
class Deadline:
    """A date, what to do before it, and what can still be done after it."""

    id: str
    country: str
    on: date
    time: str | None
    title: dict[str, str]
    do: dict[str, str]
    after: dict[str, str]
    todos: tuple[Todo, ...]
    source: Cited
    school_year: str
    checked_on: date
    is_verified: bool
    days_left: int
    """From today; negative once it has passed."""

    def as_source(self) -> dict[str, Any]:
        """The source as the contract writes it."""
        return cite(self.source, valid=self.school_year, checked_on=self.checked_on, is_verified=self.is_verified)

    def ics(self, language: str = "nl") -> str:
        """Where its calendar file is, from the root of the site."""
        return f"/api/v1/deadlines.ics?country={self.country}&id={self.id}&language={language}"

    def todos_for(self, standing: str | None) -> list[Todo]:
        """The steps for who stands there; none once the date has passed."""
        return [one for one in self.todos if self.days_left >= 0 and (not one.starts or standing in one.starts)]

    def mark(self, todo: Todo) -> str:
        """How a step that is done is remembered."""
        return f"{self.id}/{todo.id}"

    def as_card(self, *, standing: str | None = None, done: Collection[str] = ()) -> dict[str, Any]:
        """The date as a card; days in words and the advice are text keys.

        Args:
            standing: the station of who asks: some steps are not for everybody.
            done: marks of the steps that are done.
        """
        todos = self.todos_for(standing)
        left = [one.text for one in todos if self.mark(one) not in done]
        state = "passed" if self.days_left < 0 else {0: "today", 1: "tomorrow"}.get(self.days_left, "left")
        advice: dict[str, Any] = self.after if self.days_left < 0 else self.do
        if todos:
            advice = (
                {"say": "card.deadline.todo", "with": {"steps": left}} if left else {"say": "card.deadline.all_done"}
            )
        if not self.is_verified:
            advice = {"say": "card.deadline.unverified", "with": {"advice": advice}}
        return {
            "type": "deadline",
            "id": self.id,
            "date": self.on.isoformat(),
            "days_left": self.days_left,
            "ics": self.ics(),
            "todo": [{"id": one.id, "text": one.text, "done": self.mark(one) in done} for one in todos],
            "title": {"say": "card.deadline.title", "with": {"title": self.title}},
            "text": {
                "say": f"card.deadline.{state}",
                "with": {"advice": advice, "days": abs(self.days_left), "date": {"date": self.on.isoformat()}},
            },
        }


@cache
def _rows() -> tuple[tuple[str, dict[str, Any]], ...]:
    files = sorted((DATA / "deadlines").glob("*.yml"))
    return tuple((path.stem, row) for path in files for row in yaml.safe_load(path.read_text(encoding="utf-8")))


def all_deadlines(country: str, *, today: date) -> list[Deadline]:
    """Every date of a country that we know, passed ones included, in order."""
    sources = all_sources()
    found = [
        Deadline(
            id=row["id"],
            country=row["country"],
            on=row["date"],
            time=row.get("time"),
            title=row["title"],
            do=row["do"],
            after=row["after"],
            todos=tuple(
                Todo(one["id"], {"nl": one["nl"], "en": one["en"]}, frozenset(one.get("for", ())))
                for one in row.get("todo", ())
            ),
            source=sources[row["source"]],
            school_year=school_year,
            checked_on=row.get("checked_on", CHECKED_ON),
            is_verified=row.get("verified", True),
            days_left=(row["date"] - today).days,
        )
        for school_year, row in _rows()
        if row["country"] == country
    ]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.id))


def upcoming(country: str, *, today: date) -> list[Deadline]:
    """The dates of a country that are still to come, today included, the next one first."""
    return [deadline for deadline in all_deadlines(country, today=today) if deadline.days_left >= 0]


def calendar(deadlines: list[Deadline], *, language: str, now: datetime) -> bytes:
    """An iCalendar file: a whole day each, or the last minute where a time is set, with a reminder two weeks before."""
    return calendar_file((_event(deadline, language, now) for deadline in deadlines), about="deadlines")


def _event(deadline: Deadline, language: str, now: datetime) -> Event:
    starts: date | datetime = deadline.on
    ends: date | datetime = deadline.on + timedelta(days=1)
    if deadline.time:
        starts = datetime.combine(deadline.on, time.fromisoformat(deadline.time), ZONES[deadline.country])
        ends = starts + timedelta(minutes=1)
    return event(
        deadline.id,
        title=deadline.title[language],
        text=f"{deadline.do[language]}\n{deadline.source.publisher}, {deadline.school_year}",
        starts=starts,
        ends=ends,
        now=now,
        remind_days=REMIND_DAYS,
    )
