"""The rows of the catalogue's CSV files: their columns, and what makes a row bad. Documented in data/README.md."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from programmes.levels import Level


def _yes(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _none(value: object) -> object:
    return None if value == "" else value


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Maybe = Annotated[Text | None, BeforeValidator(_none)]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
SchoolCode = Annotated[str, StringConstraints(pattern=r"^(\d\d[A-Z]{2}|be-[a-z0-9-]+)$")]
Gemeente = Annotated[str, StringConstraints(pattern=r"^(\d{4}|be-[a-z-]+)$")]
ProgrammeId = Annotated[str, StringConstraints(pattern=r"^(nl-(mbo|ho)-\d{5}|be-(so|ho)-[a-z0-9-]+)$")]
Mode = Literal["BOL", "BBL", "full-time", "dual"]


class Row(BaseModel):
    """One line; a column that is not named here fails the file, a value that does not fit skips the line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Text
    checked_on: date
    verified: Annotated[bool, BeforeValidator(_yes)]


class MunicipalityRow(Row):
    """municipalities.csv."""

    code: Gemeente
    name: Text
    province: Text
    region: Text
    latitude: Annotated[Annotated[float, Field(ge=50, le=54)] | None, BeforeValidator(_none)]
    longitude: Annotated[Annotated[float, Field(ge=3, le=8)] | None, BeforeValidator(_none)]
    coordinates_from: Annotated[Literal["sites", "postcode"] | None, BeforeValidator(_none)]


class PlaceRow(Row):
    """places.csv."""

    name: Text
    municipality: Gemeente


class InstitutionRow(Row):
    """institutions.csv."""

    code: SchoolCode
    country: Literal["NL", "BE"]
    kind: Literal["mbo", "hbo", "wo", "hogeschool", "universiteit"]
    name: Text
    other_name: Maybe
    place: Maybe
    municipality: Annotated[Gemeente | None, BeforeValidator(_none)]
    closed_on: Annotated[date | None, BeforeValidator(_none)]


class ThemeRow(Row):
    """themes.csv."""

    id: Text
    words_nl: Annotated[Words, Field(min_length=1)]
    words_en: Annotated[Words, Field(min_length=1)]


class ProgrammeRow(Row):
    """programmes.csv."""

    id: ProgrammeId
    code: Text
    aliases: Words
    name_nl: Text
    name_en: Text
    level: Annotated[Level | None, BeforeValidator(_none)]
    level_from: Annotated[Literal["register", "school", "same-name"] | None, BeforeValidator(_none)]
    kind: Maybe
    dossier: Maybe
    domain: Maybe
    modes: Annotated[tuple[Mode, ...], BeforeValidator(_split)]
    modes_from: Annotated[Literal["offer", "rules-2015", "register"] | None, BeforeValidator(_none)]
    themes: Words
    proof: Annotated[Literal["offer", "listed"] | None, BeforeValidator(_none)]
    last_seen: Annotated[Annotated[str, StringConstraints(pattern=r"^20\d\d$")] | None, BeforeValidator(_none)]


class BynameRow(Row):
    """bynames.csv."""

    id: Text
    kind: Literal["occupation", "abbreviation", "subject", "old-name"]
    names_nl: Words
    names_en: Words
    programmes: Words
    related: Words


class OfferingRow(Row):
    """offerings.csv."""

    programme: ProgrammeId
    institution: SchoolCode
    place: Maybe
    municipality: Annotated[Gemeente | None, BeforeValidator(_none)]
    mode: Annotated[Mode | None, BeforeValidator(_none)]
    cohort: Annotated[str, StringConstraints(pattern=r"^20\d\d$")]
    proof: Literal["school", "register"]
    duration_months: Annotated[Annotated[int, Field(gt=0, le=72)] | None, BeforeValidator(_none)]
