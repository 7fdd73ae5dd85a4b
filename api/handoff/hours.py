"""When somebody is there, and what may be promised: office hours on school days, in the school's own time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from holidays import country_holidays

from api.sites.service import Site
from api.states import Country, Tier

LOOK_AHEAD = timedelta(days=120)
"""Longer than any school holiday: a site that does not open in this time has no hours."""

STILL_TODAY = timedelta(hours=2)
"""Office time that must be left for an urgent case to be answered today."""

SCHOOL_DAYS = {Tier.CONCERN: 3, Tier.INFORMATION: 2}
"""School days after today; by the end of the last one a coach has answered (design.md, section 7)."""


# Made at import: the first one takes most of a second, which must not happen while a child's message holds a lock.
PUBLIC_HOLIDAYS = {country: country_holidays(country.value) for country in Country}
"""Fill in each year when it is first asked about."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when somebody is there, on one day. Instants."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """What the visitor may count on."""

    due_at: datetime
    on_duty: bool
    opens_at: datetime | None  # when somebody is there again; None while on duty, and if nobody knows


def promise(site: Site, tier: Tier, now: datetime) -> Promise:
    """By when a person answers, and whether somebody is there now.

    A site without any opening in sight promises the same number of days on the calendar, and no opening.
    """
    ahead = list(islice(windows(site, now), 5))  # the longest promise needs today and three school days
    on_duty = bool(ahead) and ahead[0].opens_at <= now
    opens_at = ahead[0].opens_at if ahead and not on_duty else None
    return Promise(_due(site, tier, now, ahead), on_duty, opens_at)


def _due(site: Site, tier: Tier, now: datetime, ahead: list[Window]) -> datetime:
    if tier is Tier.ACUTE:
        return max(now, ahead[0].opens_at) if ahead else now
    today = now.astimezone(site.time_zone).date()
    later = [window for window in ahead if window.opens_at.astimezone(site.time_zone).date() > today]
    if tier is Tier.URGENT:
        in_time = [window for window in ahead if window in later or window.closes_at - now >= STILL_TODAY]
        return in_time[0].closes_at if in_time else now + timedelta(days=1)
    days = SCHOOL_DAYS[tier]
    return later[days - 1].closes_at if len(later) >= days else now + timedelta(days=days)


def windows(site: Site, now: datetime) -> Iterator[Window]:
    """When somebody is there from now on, the window that runs included."""
    day = now.astimezone(site.time_zone).date()
    last = day + LOOK_AHEAD
    while day <= last:
        window = _window(site, day)
        if window is not None and window.closes_at > now:
            yield window
        day += timedelta(days=1)


def is_school_day(site: Site, day: date) -> bool:
    """Whether the school is open on a day."""
    if day.weekday() not in site.office_hours or day in PUBLIC_HOLIDAYS[site.country]:
        return False
    return not any(first <= day <= last for first, last in site.holidays)


def _window(site: Site, day: date) -> Window | None:
    if not is_school_day(site, day):
        return None
    hours = site.office_hours[day.weekday()]
    opens, closes = (datetime.combine(day, time, site.time_zone) for time in (hours.opens, hours.closes))
    return Window(opens.astimezone(UTC), closes.astimezone(UTC))
