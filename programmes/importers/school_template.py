"""Reads what a school filled in by hand: up to four small CSV files, described in docs/import.md.

`data/template` holds them empty, with examples in lines that begin with `#`; such lines are never read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from core.errors import Refused
from programmes.importers import rows, tabular, values
from programmes.importers.gathering import Asked, Lines, Read
from programmes.importers.layers import Brought
from programmes.importers.report import BadRow
from programmes.sources import DATA, Cited
from programmes.stems import fold

FORMAT = "school"
TEMPLATE = DATA / "template"
FILES: dict[str, tuple[str, ...]] = {
    "school.csv": ("school", "country", "kind", "name", "place"),
    "offers.csv": (
        "school", "programme", "name", "english_name", "level", "place", "mode", "start_year", "months", "link",
    ),
    "open_days.csv": ("school", "date", "from", "until", "kind", "place", "online", "programmes", "link"),
    "figures.csv": ("school", "programme", "figure", "value", "unit", "year", "source", "source_link"),
}  # fmt: skip
_YES = {"ja": "yes", "nee": "no", "": "no"}

type Told = Mapping[str, str]


class _School:
    """What the files say of one school."""

    def __init__(self, code: str, asked: Asked) -> None:
        self.code, self._asked = code, asked
        self.tables: dict[str, list[rows.Row]] = {}
        self.sources: dict[str, Cited] = {}
        self._programmes: set[str] = set()

    def add(self, made: Mapping[str, rows.Row]) -> None:
        """Take the rows of a line; a programme that has a line for each place is one programme."""
        for table, row in made.items():
            if isinstance(row, rows.ProgrammeRow):
                if row.id in self._programmes:
                    continue
                self._programmes.add(row.id)
            self.tables.setdefault(table, []).append(row)

    def recorded(self, at: tuple[str, int], source: Cited | None = None) -> dict[str, object]:
        """What every row says of itself; without a source, the school itself is it."""
        cited = source or Cited(
            id=f"{FORMAT}-{self.code}",
            title="Opgave van de school zelf",
            publisher=self.code,
            url="",
            licence="facts only",
            dated=self._asked.dated.isoformat(),
        )
        self.sources[cited.id] = cited
        return {"source": cited.id, "checked_on": self._asked.dated, "verified": True, "at": at}

    def brought(self, files: set[str]) -> Brought:
        """All of it, with the tables of the files that were given."""
        given = {table for file in files for table in _TABLES[file]}
        tables = {table: self.tables.get(table, []) for table in given}
        return Brought.model_validate(
            {"name": f"{FORMAT}-{self.code}", "format": FORMAT, "sources": tuple(self.sources.values()), **tables}
        )


def which(path: Path) -> str | None:
    """The file of the template that this one is most like; a slip in its header is named when it is read."""
    names = set(tabular.header(path))
    wrong = {file: len(names ^ set(columns)) for file, columns in FILES.items() if tabular.is_mostly(names, columns)}
    return min(wrong, key=wrong.__getitem__, default=None)


def read(files: Mapping[str, Path], asked: Asked) -> Read:
    """Read the files of one or more schools.

    Args:
        files: name in the template -> the file that was filled in.
    Raises:
        Refused: a header is not that of the template, a file has bad rows only, or it is nobody's.
    """
    schools: dict[str, _School] = {}
    skipped: list[BadRow] = []
    for file, path in files.items():
        skipped += _fill(schools, file, path, asked)
    if asked.school:
        schools.setdefault(asked.school, _School(asked.school, asked))
    if not schools:
        raise Refused("Nothing is filled in.", "To take away what a school gave before, say whose: --school 25PT.")
    return Read([school.brought(set(files)) for school in schools.values()], skipped)


def _fill(schools: dict[str, _School], file: str, path: Path, asked: Asked) -> list[BadRow]:
    """Read one file into the schools that it is about; gives the bad rows."""
    columns = set(FILES[file])
    tabular.check_header(path, required=columns, allowed=columns, see="docs/import.md")
    met, good = Lines(), 0
    for line, told in _lines(path):
        with met.line(path.name, line):
            code = _code(told)
            school = schools.get(code) or _School(code, asked)
            school.add(_MAKERS[file](told, school, (path.name, line)))
            schools[code] = school
            good += 1
    if met.skipped and not good:
        raise Refused(f"No good row is left. The first: {met.skipped[0]}.", "Mend it and import it again.")
    return met.skipped


def _lines(path: Path) -> Iterator[tuple[int, Told]]:
    for line, cells in tabular.lines(path):
        told = {name: cell.strip() for name, cell in cells.items()}
        if not next(iter(told.values())).startswith("#"):
            yield line, told


def _code(told: Told) -> str:
    if tabular.UNNAMED in told:
        raise LookupError("more cells than the header has")
    if not re.fullmatch(rows.SCHOOL_CODE, told["school"]):
        raise LookupError(f"school: {told['school'] or '(empty)'} is no BRIN (25PT), RIO code (110A133) or be-name")
    return told["school"]


def _of_school(told: Told, school: _School, at: tuple[str, int]) -> dict[str, rows.Row]:
    named = {name: told[name] for name in ("country", "kind", "name", "place")}
    more = {"code": school.code, "other_name": "", "municipality": "", "closed_on": ""}
    return {"institutions": rows.InstitutionRow.model_validate({**school.recorded(at), **named, **more})}


def _of_offer(told: Told, school: _School, at: tuple[str, int]) -> dict[str, rows.Row]:
    recorded, id = school.recorded(at), told["programme"]
    offer = rows.OfferingRow.model_validate({
        **recorded,
        "programme": id,
        "institution": school.code,
        "place": told["place"],
        "municipality": "",
        "mode": values.mode(told["mode"]) or told["mode"],
        "cohort": told["start_year"],
        "proof": "school",
        "duration_months": told["months"],
        "url": told["link"],
    })  # fmt: skip
    if not told["name"]:
        return {"offerings": offer}
    programme = rows.ProgrammeRow.model_validate({
        **recorded,
        "id": id,
        "code": id.split("-", 2)[2],
        "name_nl": told["name"],
        "name_en": told["english_name"] or told["name"],
        "level": told["level"],
        "level_from": "school" if told["level"] else "",
        **dict.fromkeys(("aliases", "kind", "dossier", "domain", "modes", "modes_from", "themes"), ""),
        **dict.fromkeys(("proof", "last_seen"), ""),
    })  # fmt: skip
    return {"offerings": offer, "programmes": programme}


def _of_open_day(told: Told, school: _School, at: tuple[str, int]) -> dict[str, rows.Row]:
    row = rows.OpenDayRow.model_validate({
        **school.recorded(at),
        "institution": school.code,
        "programmes": told["programmes"],
        "kind": told["kind"] or "open-day",
        "starts_on": values.day(told["date"]) or told["date"],
        "starts_at": told["from"],
        "ends_at": told["until"],
        "place": told["place"],
        "is_online": _YES.get(told["online"].lower(), told["online"]),
        "url": told["link"],
    })  # fmt: skip
    return {"open_days": row}


def _of_figure(told: Told, school: _School, at: tuple[str, int]) -> dict[str, rows.Row]:
    if not told["source"]:
        raise LookupError("source: a figure without a source is not shown")
    try:
        url = rows.web_address(told["source_link"] or None) or ""
    except ValueError as error:
        raise LookupError(f"source_link: {error}") from None
    source = Cited(
        id=f"{FORMAT}-{school.code}-{'-'.join(re.findall('[a-z0-9]+', fold(told['source'])))}-{told['year']}",
        title=told["source"],
        publisher=school.code,
        url=url,
        licence="facts only",
        dated=told["year"],
    )
    row = rows.FigureRow.model_validate({
        **school.recorded(at, source),
        "programme": told["programme"],
        "institution": school.code,
        "kind": told["figure"],
        "value": told["value"] if told["unit"] == "words" else told["value"].replace(",", "."),
        "unit": told["unit"],
        "year": told["year"],
    })  # fmt: skip
    return {"figures": row}


_MAKERS: dict[str, Callable[[Told, _School, tuple[str, int]], dict[str, rows.Row]]] = {
    "school.csv": _of_school,
    "offers.csv": _of_offer,
    "open_days.csv": _of_open_day,
    "figures.csv": _of_figure,
}
_TABLES: dict[str, tuple[str, ...]] = {
    "school.csv": ("institutions",),
    "offers.csv": ("programmes", "offerings"),
    "open_days.csv": ("open_days",),
    "figures.csv": ("figures",),
}
