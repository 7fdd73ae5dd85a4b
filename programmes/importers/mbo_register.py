"""Reads the catalogue in our own columns: programmes, institutions, places and offerings of both countries.

The shipped compilation has these columns, and so has a file that an operator hands over to refresh a part of it.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.errors import Refused
from programmes.importers import rows
from programmes.importers.report import BadRow
from programmes.sources import DATA, all_sources

SHIPPED = DATA / "catalogue"
FILES: dict[str, type[rows.Row]] = {
    "municipalities.csv": rows.MunicipalityRow,
    "places.csv": rows.PlaceRow,
    "institutions.csv": rows.InstitutionRow,
    "themes.csv": rows.ThemeRow,
    "programmes.csv": rows.ProgrammeRow,
    "bynames.csv": rows.BynameRow,
    "offerings.csv": rows.OfferingRow,
}
"""In an order in which a row only points back."""

_POINTS_AT = ("programmes", "related")

Record = dict[str, Any]


@dataclass
class Register:
    """Good rows as records of the tables, and what was left out."""

    records: dict[str, dict[Any, Record]]
    """Table -> key -> columns."""
    skipped: list[BadRow] = field(default_factory=list)


def read(source: str) -> Register:
    """Read a source; what it does not hold comes from the shipped compilation.

    Args:
        source: "shipped", a folder with some of `FILES`, or one CSV file with the columns of one of them.
    Raises:
        Refused: there is no such file, a header is unknown, or no good programme is left.
    """
    register = Register({"sources": {id: vars(cited) for id, cited in all_sources().items()}})
    for name, path in _files(source).items():
        table = register.records.setdefault(name.removesuffix(".csv"), {})
        for line, row in _rows(path, FILES[name], register.skipped):
            try:
                key, record = _record(row, register.records)
            except LookupError as error:
                register.skipped.append(BadRow(path.name, line, str(error.args[0])))
                continue
            if key in table:
                register.skipped.append(BadRow(path.name, line, f"{key} stands there twice"))
            else:
                table[key] = record
    if not register.records["programmes"]:
        raise Refused("No good programme is left.", "Mend the rows that the report names and import again.")
    return register


def _files(source: str) -> dict[str, Path]:
    paths = {name: SHIPPED / name for name in FILES}
    given = Path(source)
    if source == "shipped":
        return paths
    if given.is_dir():
        own = {name: given / name for name in FILES if (given / name).is_file()}
        if not own:
            raise Refused(f"{source} holds none of {', '.join(FILES)}.", "See programmes/data/README.md.")
        return paths | own
    if given.is_file():
        return paths | {_which(given): given}
    raise Refused(f"There is no file or folder {source}.", 'Give a path, or "shipped".')


def _which(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = set(next(csv.reader(file), []))
    for name, shape in FILES.items():
        if header == set(shape.model_fields):
            return name
    raise Refused(f"The header of {path.name} is unknown.", "See programmes/data/README.md for the columns.")


def _rows(path: Path, shape: type[rows.Row], skipped: list[BadRow]) -> Iterator[tuple[int, rows.Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if set(reader.fieldnames or ()) != set(shape.model_fields):
            wrong = ", ".join(sorted(set(reader.fieldnames or ()) ^ set(shape.model_fields)))
            raise Refused(f"The header of {path.name} is unknown: {wrong}.", "See programmes/data/README.md.")
        for values in reader:
            try:
                yield reader.line_num, shape.model_validate(values)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = first["loc"][0] if first["loc"] else "row"
                skipped.append(BadRow(path.name, reader.line_num, f"{where}: {first['msg']}"))


def _record(row: rows.Row, known: Mapping[str, Mapping[Any, Record]]) -> tuple[Any, Record]:
    """Make a table's record of a row.

    Raises:
        LookupError: it points at something that is not there.
    """
    _must(row.source in known["sources"], f"no source {row.source}")
    values: Record = row.model_dump()
    values["source_id"] = values.pop("source")
    values["is_verified"] = values.pop("verified")
    if "municipality" in values:
        values["municipality_code"] = values.pop("municipality")
        code = values["municipality_code"]
        _must(code is None or code in known["municipalities"], f"no municipality {code}")
    match row:
        case rows.ProgrammeRow():
            unknown = set(row.themes) - set(known["themes"])
            _must(not unknown, f"no theme {', '.join(sorted(unknown))}")
            country, system, _ = row.id.split("-", 2)
            return row.id, values | {"country": country.upper(), "system": system}
        case rows.BynameRow():
            # An operator's own list may hold fewer programmes than the names that ship point at.
            meant = {name: tuple(id for id in values[name] if id in known["programmes"]) for name in _POINTS_AT}
            values |= meant
        case rows.OfferingRow():
            values["programme_id"] = values.pop("programme")
            values["institution_code"] = values.pop("institution")
            _must(row.programme in known["programmes"], f"no programme {row.programme}")
            _must(row.institution in known["institutions"], f"no institution {row.institution}")
            _must(
                (row.place is None) == (row.municipality is None), "a place needs its municipality, and the other way"
            )
            return (row.programme, row.institution, row.place, row.mode), values
        case rows.PlaceRow():
            return (row.name, row.municipality), values
        case rows.InstitutionRow() | rows.MunicipalityRow():
            return row.code, values
    return values["id"], values


def _must(holds: bool, reason: str) -> None:
    if not holds:
        raise LookupError(reason)
