"""Days and times as people say them, in both languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.states import Language

_MONTHS = {
    Language.NL: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    Language.EN: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_DAYS = {
    Language.NL: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    Language.EN: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_AT = {Language.NL: "om", Language.EN: "at"}


def say_date(day: date, language: Language) -> str:
    """A day: `1 april 2027`."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def say_moment(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """An instant in the reader's own time: `maandag 23 november om 9:05`."""
    local = moment.astimezone(zone)
    day = f"{_DAYS[language][local.weekday()]} {local.day} {_MONTHS[language][local.month - 1]}"
    return f"{day} {_AT[language]} {local.hour}:{local.minute:02}"
