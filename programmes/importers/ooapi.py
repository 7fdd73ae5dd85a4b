"""Reads programmes of one school in the Open Onderwijs API. Versions 5 and 6 differ in names only: see `Names`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Refused
from programmes.importers import documents, values
from programmes.importers.documents import Page, Record, Told
from programmes.importers.gathering import Asked, Gathering, Lines, Read, offering_row, programme_row, school_row, whole
from programmes.importers.rows import Row
from programmes.sources import Cited

SECTORS = {"higher professional education": "hbo", "university education": "wo"}
LEVELS = {
    **{f"secondary vocational education {level}": level for level in "1234"},
    "associate degree": "ad",
    "bachelor": None,
    "master": None,
    "secondary vocational education": None,
}
"""Level -> ours; None where only the sector, or nothing, says more."""
HIGHER = frozenset({"doctoral", "post doctoral", "undivided"})
MODES = {"full time": "full-time", "part time": "part-time", "dual training": "dual"}
TAUGHT_AT = ("teaching", "visit")
"""Kinds of addresses at which somebody may be taught, the surest first."""


@dataclass(frozen=True)
class Names:
    """What one version calls things."""

    format: str
    programme_id: str
    programme_type: str
    whole: str
    """The type of a whole programme."""
    offering_id: str
    offering_programme: tuple[str, ...]
    organisation: tuple[str, ...]
    organisation_id: str
    programme_codes: frozenset[str]
    """Types of a code that is a crebo or croho."""
    school_code: str
    """The type of a code that is a BRIN."""
    starts: str
    ends: str


def knows(names: Names, path: Path) -> bool:
    """Whether there are programmes of this version at a path."""
    return documents.is_json(path) and any(
        names.programme_id in one.told and names.programme_type in one.told
        for page in documents.pages(path)
        for one in page.records
    )


def read(names: Names, path: Path, asked: Asked) -> Read:
    """Read pages of programmes, offerings and organisations.

    Raises:
        Refused: a page is missing, nobody says whose they are, or no good record is left.
    """
    pages = documents.pages(path)
    _all_pages(names, pages)
    return _Reading(names, [one for page in pages for one in page.records], asked).read()


class _Reading:
    """The records of one school, told apart."""

    def __init__(self, names: Names, records: Iterable[Record], asked: Asked) -> None:
        self._names, self._asked = names, asked
        self._programmes: list[Record] = []
        self._offerings: dict[str, list[Told]] = {}
        self._organisations: dict[str, Told] = {}
        for one in records:
            if names.programme_type in one.told:
                self._programmes.append(one)
                self._keep_organisation(one.told)
            elif names.offering_id in one.told:
                self._offerings.setdefault(_reference(one.told, names.offering_programme), []).append(one.told)
            elif names.organisation_id in one.told:
                self._organisations[one.told[names.organisation_id]] = one.told
        self._school, self._name = self._whose()
        source = Cited(
            id=f"ooapi-{self._school}",
            title="Opleidingen in de Open Onderwijs API",
            publisher=self._school,
            url="",
            licence="facts only",
            dated=asked.dated.isoformat(),
        )
        self._lines = Lines()
        self._gathering = Gathering(source.id, names.format, source, asked, self._lines)

    def read(self) -> Read:
        """All programmes with their offers."""
        seen: set[str] = set()
        for one in self._programmes:
            with self._lines.line(*one.at):
                id = str(one.told.get(self._names.programme_id))
                if id in seen:
                    raise LookupError(f"programme {id} stands there twice")
                seen.add(id)
                self._gathering.add(*self._rows(one, self._offerings.get(id, [])))
        return whole([self._gathering], self._lines)

    def _rows(self, one: Record, offerings: list[Told]) -> list[Row]:
        told = one.told
        kind = told[self._names.programme_type]
        if kind != self._names.whole:
            raise values.NotOurs(f"{kind}, which is no whole programme")
        if (end := values.day(told.get("validTo"))) and end <= self._asked.dated:
            raise values.NotOurs("a programme that has ended")
        level = _level(told)
        dutch, english = _named(told.get("name"))
        system = "mbo" if _plain(told.get("level")).startswith("secondary") else "ho"
        id = f"nl-{system}-{self._code(told)}"
        made: list[Row] = [
            programme_row(
                self._gathering,
                one.at,
                id=id,
                names=(dutch, english),
                level=level or "",
                level_from="school" if level else "",
            )
        ]
        if self._name:
            school_kind = "mbo" if system == "mbo" else values.kind_of(level or "hbo")
            made.insert(0, school_row(self._gathering, one.at, code=self._school, kind=school_kind, name=self._name))
        return [*made, *self._offers(one, id, offerings)]

    def _offers(self, one: Record, id: str, offerings: list[Told]) -> Iterator[Row]:
        """An offer for each town and year; a programme without offerings is offered in the year of the file."""
        mode = MODES.get(_plain(one.told.get("modeOfStudy")))
        if mode is None and one.told.get("modeOfStudy"):
            self._gathering.note(f"modeOfStudy {one.told['modeOfStudy']}: taken without a mode")
        running = [offering for offering in offerings if self._is_open(offering)]
        if offerings and not running:
            raise values.NotOurs("a programme without an offering that is active and has not ended")
        for offering in running or [{}]:
            start = values.day(offering.get(self._names.starts)) or self._asked.dated
            for place in _towns(offering) or _towns(one.told) or [""]:
                yield offering_row(
                    self._gathering,
                    one.at,
                    programme=id,
                    institution=self._school,
                    place=place,
                    mode=mode,
                    cohort=str(start.year),
                    duration_months=values.months_of(one.told.get("duration")),
                    url=offering.get("link") or one.told.get("link") or "",
                )

    def _is_open(self, offering: Told) -> bool:
        end = values.day(offering.get(self._names.ends))
        return offering.get("state") in {None, "active"} and (end is None or end > self._asked.dated)

    def _code(self, told: Told) -> str:
        codes = [code["code"] for code in _codes(told) if code.get("codeType") in self._names.programme_codes]
        if not codes:
            raise LookupError(f"no code of the type {' or '.join(sorted(self._names.programme_codes))}")
        return str(codes[0])

    def _keep_organisation(self, told: Told) -> None:
        expanded = next((told[name] for name in self._names.organisation if isinstance(told.get(name), dict)), None)
        if expanded:
            self._organisations.setdefault(str(expanded.get(self._names.organisation_id)), expanded)

    def _whose(self) -> tuple[str, str | None]:
        """The school's code, and its name when that is said."""
        named = {
            str(code["code"]): _named(told.get("name"))[0]
            for told in self._organisations.values()
            for code in _codes(told)
            if code.get("codeType") == self._names.school_code
        }
        if self._asked.school:
            return self._asked.school, named.get(self._asked.school)
        if len(named) != 1:
            found = f"several schools ({', '.join(sorted(named))})" if named else "no organisation with a BRIN"
            raise Refused(f"There is {found} in it.", "Say whose programmes these are: --school 25PT.")
        [(code, name)] = named.items()
        return code, name


def _level(told: Told) -> str | None:
    """Our level; None when it is not said whether a bachelor or master is one of hbo.

    Raises:
        NotOurs, LookupError: as `values.level`.
    """
    level = _plain(told.get("level"))
    if level in HIGHER:
        raise values.NotOurs(f"level {level}")
    if level not in LEVELS:
        raise LookupError(f"unknown level {level or '(empty)'}")
    sector = SECTORS.get(_sector(told))
    return {"bachelor": sector, "master": sector and f"{sector}-ma"}.get(level, LEVELS[level])


def _sector(told: Told) -> str:
    """Of the programme itself (v5), or of what it says for RIO (v6)."""
    consumer = told.get("consumer")
    of_consumer = consumer if isinstance(consumer, dict) else {}
    rio = of_consumer.get("rio")
    return _plain(told.get("sector") or (rio if isinstance(rio, dict) else of_consumer).get("sector"))


def _plain(value: object) -> str:
    """An enumerated value in either spelling: full-time (v5), full_time (v6)."""
    return str(value or "").replace("_", " ").replace("-", " ").strip().lower()


def _named(name: object) -> tuple[str, str | None]:
    """The Dutch and the English name; the Dutch one is the first when none is in Dutch."""
    said = [one for one in name if isinstance(one, dict) and one.get("value")] if isinstance(name, list) else []
    by_language = {str(one.get("language", ""))[:2].lower(): str(one["value"]) for one in reversed(said)}
    return by_language.get("nl") or (str(said[0]["value"]) if said else ""), by_language.get("en")


def _codes(told: Told) -> list[Told]:
    codes = [told.get("primaryCode"), *(told.get("otherCodes") or [])]
    return [code for code in codes if isinstance(code, dict) and code.get("code")]


def _towns(told: Told) -> list[str]:
    """Where it is taught, each town once."""
    addresses = [one for one in told.get("addresses") or [] if isinstance(one, dict) and one.get("city")]
    for kind in TAUGHT_AT:
        towns = [str(one["city"]) for one in addresses if one.get("addressType") == kind]
        if towns:
            return list(dict.fromkeys(towns))
    return []


def _reference(told: Told, names: tuple[str, ...]) -> str:
    """The id that a field holds, also when it holds the whole record."""
    found: Any = next((told[name] for name in names if told.get(name)), "")
    if isinstance(found, Mapping):
        found = next((found[key] for key in ("programId", "programmeId") if key in found), "")
    return str(found)


def _all_pages(names: Names, pages: Iterable[Page]) -> None:
    """Refuse part of a list: what is on the other pages would be taken for gone."""
    there: dict[str, list[Page]] = {}
    for page in pages:
        if page.records and isinstance(page.about.get("totalPages"), int):
            fields = (names.programme_type, names.offering_id, names.organisation_id)
            there.setdefault(next((one for one in fields if one in page.records[0].told), ""), []).append(page)
    for found in there.values():
        total = max(page.about["totalPages"] for page in found)
        if len({page.about.get("pageNumber") for page in found}) < total:
            raise Refused(f"{found[0].file} is one of {total} pages, and not all are there.", "Save all pages.")
