"""Calendar files (iCalendar), for dates that somebody wants to keep."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

ZONES = {"NL": ZoneInfo("Europe/Amsterdam"), "BE": ZoneInfo("Europe/Brussels")}


def event(
    uid: str,
    *,
    title: str,
    text: str,
    starts: date | datetime,
    ends: date | datetime,
    now: datetime,
    remind_days: int,
) -> Event:
    """One date.

    Args:
        uid: the same for the same date, so that a calendar that has it already puts it in its place.
        starts: a day, or a moment with its zone; `ends` is of the same kind, and not part of it any more.
        remind_days: days before it that the calendar rings.
    """
    made = Event()
    made.add("uid", f"{uid}@wegwijs")
    made.add("dtstamp", now.astimezone(UTC))
    made.add("summary", title)
    made.add("description", text)
    for name, when in (("dtstart", starts), ("dtend", ends)):
        made.add(name, when.astimezone(UTC) if isinstance(when, datetime) else when)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-remind_days))
    made.add_component(alarm)
    return made


def calendar_file(events: Iterable[Event], *, about: str) -> bytes:
    """The dates as a file; `about` says what they are, in one word."""
    file = Calendar()
    file.add("prodid", f"-//Wegwijs//{about}//NL")
    file.add("version", "2.0")
    for one in events:
        file.add_component(one)
    return bytes(file.to_ical())
