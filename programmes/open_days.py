"""Open days and figures that schools gave: what is still to come, and what a school says of a programme in numbers."""

from collections.abc import Container
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from programmes.calendars import ZONES, calendar_file, event
from programmes.catalogue import Catalogue
from programmes.models import Figure, Institution, OpenDay

USUAL = timedelta(hours=2)
"""How long a calendar blocks when a school says only when its day begins."""
REMIND_DAYS = 2
"""Days before it that a calendar rings: long enough to sign up."""


def upcoming(
    catalogue: Catalogue,
    *,
    country: str,
    today: date,
    school: str | None = None,
    programme: str | None = None,
    towns: Container[str] | None = None,
) -> list[OpenDay]:
    """The open days in a country from today on, the next one first.

    Args:
        school: only those of the school with this code.
        programme: only those for this programme: named for it, or for all of a school that offers it.
        towns: only those in these municipalities (codes).
    """
    wanted = select(OpenDay).join(Institution, Institution.code == OpenDay.institution_code)
    wanted = wanted.where(Institution.country == country, OpenDay.starts_on >= today)
    if school is not None:
        wanted = wanted.where(OpenDay.institution_code == school)
    with Session(catalogue.engine, expire_on_commit=False) as session:
        found = list(session.scalars(wanted.order_by(OpenDay.starts_on, OpenDay.starts_at, OpenDay.id)))
    if towns is not None:
        found = [day for day in found if day.municipality_code in towns]
    if programme is None:
        return found
    offering = {offer.institution_code for offer in catalogue.offerings([programme]).get(programme, ())}
    return [
        day for day in found if (programme in day.programmes if day.programmes else day.institution_code in offering)
    ]


def find(catalogue: Catalogue, id: str) -> OpenDay | None:
    """The open day with this id."""
    with Session(catalogue.engine, expire_on_commit=False) as session:
        return session.get(OpenDay, id)


def figures(catalogue: Catalogue, programme: str) -> list[Figure]:
    """What schools say of a programme in numbers: by school, the newest year first."""
    wanted = select(Figure).where(Figure.programme_id == programme)
    with Session(catalogue.engine, expire_on_commit=False) as session:
        return list(session.scalars(wanted.order_by(Figure.institution_code, Figure.year.desc(), Figure.kind)))


def ics(day: OpenDay, language: str) -> str:
    """Where its calendar file is, from the root of the site."""
    return f"/api/v1/open-days.ics?id={day.id}&language={language}"


def calendar(day: OpenDay, *, title: str, country: str, now: datetime) -> bytes:
    """An iCalendar file: a whole day, or from its hour on."""
    starts: date | datetime = day.starts_on
    ends: date | datetime = day.starts_on + timedelta(days=1)
    if day.starts_at:
        starts = datetime.combine(day.starts_on, day.starts_at, ZONES[country])
        ends = datetime.combine(day.starts_on, day.ends_at, ZONES[country]) if day.ends_at else starts + USUAL
    text = "\n".join(filter(None, (day.place, day.url)))
    made = event(day.id, title=title, text=text, starts=starts, ends=ends, now=now, remind_days=REMIND_DAYS)
    if day.place:
        made.add("location", day.place)
    return calendar_file([made], about="open-days")
