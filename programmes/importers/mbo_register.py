"""Reads the catalogue in our own columns: programmes, institutions, places and offerings of both countries.

The shipped compilation has these columns, and so has a file that an operator hands over in the place of a part of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.errors import Refused
from programmes.importers import rows, tabular
from programmes.importers.layers import Given
from programmes.importers.report import BadRow
from programmes.sources import DATA, all_sources

SHIPPED = DATA / "catalogue"
FILES: dict[str, type[rows.Row]] = {
    "municipalities.csv": rows.MunicipalityRow,
    "places.csv": rows.PlaceRow,
    "postcodes.csv": rows.PostcodeRow,
    "secondary_schools.csv": rows.SecondarySchoolRow,
    "rmc_regions.csv": rows.RmcRegionRow,
    "institutions.csv": rows.InstitutionRow,
    "themes.csv": rows.ThemeRow,
    "programmes.csv": rows.ProgrammeRow,
    "bynames.csv": rows.BynameRow,
    "interest_profiles.csv": rows.InterestProfileRow,
    "offerings.csv": rows.OfferingRow,
}
"""In an order in which a row only points back."""
SEE = "programmes/data/README.md"

_POINTS_AT = ("programmes", "related")

Record = dict[str, Any]


@dataclass
class Register:
    """Good rows as records of the tables, and what was left out."""

    records: dict[str, dict[Any, Record]]
    """Table -> key -> columns."""
    skipped: list[BadRow] = field(default_factory=list)


def read(source: str) -> Register:
    """The shipped compilation with the tables of a source in the place of its own; see `given` and `register`."""
    own, skipped = given(source)
    whole = register(own)
    return Register(whole.records, skipped + whole.skipped)


def given(source: str) -> tuple[Given, list[BadRow]]:
    """The tables that a source gives in our columns; none for "shipped".

    Args:
        source: "shipped", a folder with some of `FILES`, or one CSV file with the columns of one of them.
    Raises:
        Refused: there is no such file, or a header is not right.
    """
    skipped: list[BadRow] = []
    tables: Given = {
        name: list(parsed(path, FILES[name], skipped, see=SEE)) for name, path in _own_files(source).items()
    }
    return tables, skipped


def register(own: Given) -> Register:
    """The shipped compilation as records, with an operator's tables in the place of those of the same name.

    Raises:
        Refused: no good programme is left.
    """
    made = Register({"sources": {id: vars(cited) for id, cited in all_sources().items()}})
    for name, shape in FILES.items():
        table = made.records.setdefault(name.removesuffix(".csv"), {})
        found: Iterable[rows.Row] = own[name] if name in own else parsed(SHIPPED / name, shape, made.skipped, see=SEE)
        for row in found:
            try:
                key, record = _record(row, made.records)
                must(key not in table, f"{key} stands there twice")
            except LookupError as error:
                made.skipped.append(BadRow(*row.at, str(error.args[0])))
            else:
                table[key] = record
    if not made.records["programmes"]:
        raise Refused("No good programme is left.", "Mend the rows that the report names and import again.")
    made.records |= {"open_days": {}, "figures": {}}  # only sources bring these
    return made


def which(path: Path) -> str | None:
    """The table of ours that a file has the columns of."""
    names = set(tabular.header(path))
    return next((name for name, shape in FILES.items() if shape.columns()[0] <= names <= shape.columns()[1]), None)


def _own_files(source: str) -> dict[str, Path]:
    path = Path(source)
    if source == "shipped":
        return {}
    if path.is_dir():
        own = {name: path / name for name in FILES if (path / name).is_file()}
        if not own:
            raise Refused(f"{source} holds none of {', '.join(FILES)}.", f"See {SEE}.")
        return own
    name = which(path)
    if name is None:
        raise Refused(f"The header of {path.name} is unknown.", f"See {SEE} for the columns.")
    return {name: path}


def parsed(path: Path, shape: type[rows.Row], skipped: list[BadRow], *, see: str) -> Iterator[rows.Row]:
    """The good rows of a file; what is bad goes to `skipped`.

    Raises:
        Refused: the header is not right.
    """
    required, allowed = shape.columns()
    tabular.check_header(path, required=required, allowed=allowed, see=see)
    for line, values in tabular.lines(path):
        try:
            yield shape.model_validate({**values, "at": (path.name, line)})
        except ValidationError as error:
            skipped.append(BadRow(path.name, line, reason(error)))


def reason(error: ValidationError) -> str:
    """What is wrong with a row, with the column that it is wrong in."""
    first = error.errors(include_url=False)[0]
    where = f"{first['loc'][0]}: " if first["loc"] else ""
    return f"{where}{first['msg'].removeprefix('Value error, ')}"


def _record(row: rows.Row, known: Mapping[str, Mapping[Any, Record]]) -> tuple[Any, Record]:
    """Make a table's record of a row.

    Raises:
        LookupError: it points at something that is not there.
    """
    must(row.source in known["sources"], f"no source {row.source}")
    values = plain(row)
    if "municipality" in values:
        values["municipality_code"] = values.pop("municipality")
        code = values["municipality_code"]
        must(code is None or code in known["municipalities"], f"no municipality {code}")
    match row:
        case rows.ProgrammeRow():
            unknown = set(row.themes) - set(known["themes"])
            must(not unknown, f"no theme {', '.join(sorted(unknown))}")
            country, system, _ = row.id.split("-", 2)
            values |= {"country": country.upper(), "system": system}
        case rows.BynameRow():
            # An operator's own list may hold fewer programmes than the names that ship point at.
            meant = {name: tuple(id for id in values[name] if id in known["programmes"]) for name in _POINTS_AT}
            values |= meant
        case rows.OfferingRow():
            values["programme_id"] = values.pop("programme")
            values["institution_code"] = values.pop("institution")
            must(row.programme in known["programmes"], f"no programme {row.programme}")
            must(row.institution in known["institutions"], f"no institution {row.institution}")
            must((row.place is None) == (row.municipality is None), "a place needs its municipality, and the other way")
    key = tuple(getattr(row, name) for name in row.KEY)
    return (key if len(key) > 1 else key[0]), values


def plain(row: rows.Row) -> Record:
    """A row's columns as every table names what it knows about itself."""
    values: Record = row.model_dump(exclude={"at"})
    values["source_id"] = values.pop("source")
    values["is_verified"] = values.pop("verified")
    return values


def must(holds: bool, reason: str) -> None:
    """Refuse a row.

    Raises:
        LookupError: it does not hold.
    """
    if not holds:
        raise LookupError(reason)
