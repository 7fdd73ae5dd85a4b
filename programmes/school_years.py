"""School years, written as the sources write them: "2026-2027"."""

from datetime import date

LAST_DAYS = {"NL": (7, 31), "BE": (8, 31)}
"""Country -> month and day on which a school year ends."""


def school_year_of(day: date, country: str) -> str:
    """The school year that a day falls in."""
    ends = (day.month, day.day) <= LAST_DAYS[country]
    first = day.year - 1 if ends else day.year
    return f"{first}-{first + 1}"


def last_day_of(school_year: str, country: str) -> date:
    """The day on which a school year ends."""
    return date(int(school_year.split("-")[1]), *LAST_DAYS[country])
