"""What Dutch registers and the Open Onderwijs API write for a level, a mode, a length or a day, and what we write.

An unknown level is a LookupError: the row is left out and reported. An unknown mode or length is not said.
"""

import re
from datetime import date, datetime, time

from programmes.calendars import ZONES

LEFT_OUT = "left out: "
"""How a note begins about rows that are no mistake and no programme of this catalogue."""

_LEVELS = {
    **{f"MBO-{level}": level for level in "1234"},
    "HBO-AD": "ad", "HBO-BA": "hbo", "WO-BA": "wo", "HBO-MA": "hbo-ma", "WO-MA": "wo-ma",
}  # fmt: skip
_HIGHER = frozenset({"HBO-PM", "HBO-O", "WO-PM", "WO-O"})
"""After a master, or unfunded: not in this catalogue."""
_MODES = {
    "BOL": "BOL", "BOL_DT": "BOL", "BBL": "BBL",
    "VOLTIJD": "full-time", "DEELTIJD": "part-time", "DUAAL": "dual",
}  # fmt: skip
_MONTHS = {"J": 12, "M": 1}
_DEGREE = re.compile(r"^(?:Ad|B|M) +(?=\S)", re.IGNORECASE)
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?$")


class NotOurs(Exception):
    """A good row about something that this catalogue does not hold: counted, not reported as bad."""


def level(code: str) -> str:
    """RIO's Niveaucode as one of `programmes.levels`.

    Raises:
        NotOurs: a level that this catalogue leaves out.
        LookupError: a level that nobody knows.
    """
    said = code.strip().upper()
    if said in _HIGHER:
        raise NotOurs(f"level {said}")
    if said not in _LEVELS:
        raise LookupError(f"unknown level {code or '(empty)'}")
    return _LEVELS[said]


def must_be_whole(kind: str) -> None:
    """Pass by a unit of mbo in RIO that is no qualification by itself.

    Raises:
        NotOurs: a part of one, or what several are grouped in.
    """
    said = kind.upper()
    if "KWALIFICATIE" not in said or "DEEL" in said or "DOSSIER" in said:
        raise NotOurs(f"{kind or 'a unit without a type'}, which is no whole programme")


def kind_of(level: str) -> str:
    """The kind of school that gives a level."""
    return "mbo" if level.isdigit() else "wo" if level.startswith("wo") else "hbo"


def without_degree(name: str) -> str:
    """A name of higher education without the degree that DUO puts before it: "B Verpleegkunde"."""
    return _DEGREE.sub("", name.strip())


def mode(code: str) -> str | None:
    """RIO's leertraject or vorm as one of our modes; None when it is another one."""
    return _MODES.get(code.strip().upper())


def months(size: str, unit: str) -> int | None:
    """A length in RIO's units; None when it is not given, or not in years or months."""
    factor = _MONTHS.get(unit.strip().upper())
    return int(size) * factor if factor and size.strip().isdecimal() else None


def months_of(duration: str | None) -> int | None:
    """An ISO 8601 duration in whole years and months; None for anything else."""
    found = _DURATION.fullmatch((duration or "").strip())
    return (int(found[1] or 0) * 12 + int(found[2] or 0) or None) if found else None


def day(said: str | None) -> date | None:
    """A day as registers write it (2026-09-01, 20260901, 01-09-2026, or a moment); None when there is none.

    Raises:
        LookupError: it is something else.
    """
    text = (said or "").strip()
    if not text:
        return None
    dutch = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", text)
    try:
        return date.fromisoformat(f"{dutch[3]}-{dutch[2]}-{dutch[1]}" if dutch else text.partition("T")[0])
    except ValueError:
        raise LookupError(f"{text} is no date") from None


def moment(said: str | None) -> datetime | None:
    """A moment in Dutch time as an API writes it (2027-02-06T09:00:00Z); None when there is none.

    Raises:
        LookupError: it is something else.
    """
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise LookupError(f"{said} is no date") from None
    return found.astimezone(ZONES["NL"]).replace(tzinfo=None) if found.tzinfo else found


def hour(at: datetime | None) -> time | None:
    """The hour of a moment; None for midnight, which is how APIs write a day without one."""
    return at.time() if at and at.time() != time() else None
