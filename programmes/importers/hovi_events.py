"""Reads open days out of saved answers of HOVI 4.0, where hogescholen and universities keep them (Studiekeuze123)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from programmes.importers import documents, values
from programmes.importers.documents import Record, Told
from programmes.importers.gathering import Asked, Gathering, Lines, Read, whole
from programmes.importers.rows import OpenDayKind, OpenDayRow
from programmes.sources import Cited

FORMAT = "hovi"
_OWN_DATE = "default"
"""The planning of an event that has a date of its own; others are on demand, or always."""
_KINDS: dict[str, OpenDayKind] = {
    "open": "open-day",
    "meeloop": "trial-day",
    "proefstud": "trial-day",
    "trial": "trial-day",
}
"""What is in the name of a type of event -> which day it is. The list of types itself is not documented."""


def knows(path: Path) -> bool:
    """Whether there are events of HOVI at a path."""
    return documents.is_json(path) and any(
        "eventStartDate" in one.told for page in documents.pages(path) for one in page.records
    )


def read(path: Path, asked: Asked) -> Read:
    """Read events, and the organizations, locations and event types that they point at.

    Raises:
        Refused: no good event is left.
    """
    source = Cited(
        id=FORMAT,
        title="Voorlichtingsactiviteiten (HOVI)",
        publisher="Studiekeuze123",
        url="https://www.studiekeuze123.nl",
        licence="facts only",
        dated=asked.dated.isoformat(),
    )
    lines = Lines()
    gathering = Gathering(FORMAT, FORMAT, source, asked, lines)
    records = [one for page in documents.pages(path) for one in page.records]
    known = _Known(records)
    seen: set[str] = set()
    for one in records:
        if "eventStartDate" not in one.told:
            continue
        with lines.line(*one.at):
            if (id := str(one.told.get("eventId") or one.at)) in seen:
                raise LookupError(f"event {id} stands there twice")
            seen.add(id)
            gathering.add(*_rows(one, known, gathering))
    return whole([gathering], lines)


class _Known:
    """What events point at, by id."""

    def __init__(self, records: list[Record]) -> None:
        told = [one.told for one in records]
        self.organizations = {str(one["organizationId"]): one for one in told if "organizationId" in one}
        self.locations = {str(one["locationId"]): one for one in told if "locationId" in one}
        self.types = {str(one["rowkey"]): _dutch(one.get("title")) for one in told if "rowkey" in one}


def _rows(one: Record, known: _Known, gathering: Gathering) -> Iterator[OpenDayRow]:
    told = one.told
    type = str(told.get("eventType") or "")
    named = f"{type} {known.types.get(type, '')}".lower()
    kind = next((kind for word, kind in _KINDS.items() if word in named), None)
    if kind is None:
        raise values.NotOurs(f"eventType {type or '(empty)'}, which is no open day or trial day")
    if told.get("eventPlanning") not in {_OWN_DATE, None, ""}:
        raise values.NotOurs(f"eventPlanning {told['eventPlanning']}, which has no date of its own")
    school = known.organizations.get(str(told.get("organization")), {}).get("brin")
    if not school:
        raise LookupError(f"organization {told.get('organization')} is not there, or has no brin")
    crohos = [product.get("croho") for product in told.get("participatingProducts") or []]
    starts, ends = values.moment(told.get("eventStartDate")), values.moment(told.get("eventEndDate"))
    for place in _towns(told, known) or [""]:
        yield OpenDayRow.model_validate({
            **gathering.recorded,
            "institution": school,
            "programmes": [f"nl-ho-{croho}" for croho in dict.fromkeys(crohos) if croho],
            "kind": kind,
            "starts_on": starts and starts.date(),
            "starts_at": values.hour(starts),
            "ends_at": values.hour(ends) if values.hour(starts) and _is_one_day(starts, ends) else None,
            "place": place,
            "is_online": told.get("locationType") in {"online", "hybrid"},
            "url": _dutch(told.get("informationRegistrationURL")) or _dutch(told.get("onlineEventURL")),
            "at": one.at,
        })  # fmt: skip


def _is_one_day(starts: datetime | None, ends: datetime | None) -> bool:
    return starts is not None and ends is not None and starts.date() == ends.date() and ends > starts


def _towns(told: Told, known: _Known) -> list[str]:
    if told.get("locationType") == "online":
        return []
    places = [known.locations.get(str(id), {}) for id in told.get("locations") or []]
    towns = [place.get("courseCityName") or (place.get("visitorAddress") or {}).get("city") for place in places]
    return list(dict.fromkeys(str(town) for town in towns if town))


def _dutch(said: Any) -> str:
    """A text in Dutch, else in English."""
    return str(said.get("nl") or said.get("en") or "") if isinstance(said, dict) else ""
