"""The rows of the catalogue, whatever format brought them: their columns, and what makes a row bad.

Every importer makes these of its own lines; the columns of what ships are documented in data/README.md.
"""

from datetime import date, time
from typing import Annotated, ClassVar, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from programmes.levels import Level


def _yes(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _none(value: object) -> object:
    return None if value == "" else value


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else value


def web_address(value: str | None) -> str | None:
    """An address that a page may link to; "www.school.nl" is how people write https://www.school.nl.

    Raises:
        ValueError: it is no address of the web: javascript:, a file, or loose words.
    """
    if value is None:
        return None
    address = f"https://{value}" if value.lower().startswith("www.") else value
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("a link must begin with http:// or https://")
    return address


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Maybe = Annotated[Text | None, BeforeValidator(_none)]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Link = Annotated[Maybe, AfterValidator(web_address)]
SCHOOL_CODE = r"^(\d\d[A-Z]{2}|\d{3}A\d{3}|be-[a-z0-9-]+)$"
"""BRIN (25PT), RIO's code of an onderwijsaanbieder (110A133), or a name of ours in Flanders."""
SchoolCode = Annotated[str, StringConstraints(pattern=SCHOOL_CODE)]
Gemeente = Annotated[str, StringConstraints(pattern=r"^(\d{4}|be-[a-z-]+)$")]
ProgrammeId = Annotated[str, StringConstraints(pattern=r"^(nl-(mbo|ho)-\d{5}|be-(so|ho)-[a-z0-9-]+)$")]
Year = Annotated[str, StringConstraints(pattern=r"^20\d\d$")]
Interest = Annotated[float, Field(ge=1, le=7)]
Mode = Literal["BOL", "BBL", "full-time", "dual", "part-time"]
SchoolKind = Literal["pro", "vmbo-bk", "vmbo-tl", "havo", "vwo", "vso", "first-years"]
MODES: tuple[str, ...] = get_args(Mode)
OpenDayKind = Literal["open-day", "trial-day"]
FigureKind = Literal[
    "satisfaction", "pass_rate", "flow_within_mbo", "flow_to_hbo", "work", "placement_chance", "job_chance",
    "starting_salary",
]  # fmt: skip
"""The eight of Studie in Cijfers: what students think, who passes, where they go, and what they may earn."""
FigureUnit = Literal["percent", "out-of-5", "out-of-10", "euro-per-hour", "euro-per-month", "words"]


class Row(BaseModel):
    """One line; a column that is not named here fails the file, a value that does not fit skips the line."""

    KEY: ClassVar[tuple[str, ...]] = ()
    """What no two rows of one source may share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Text
    checked_on: date
    verified: Annotated[bool, BeforeValidator(_yes)]
    at: tuple[str, int] = ("", 0)
    """File and line that it was read from; no column."""

    @classmethod
    def columns(cls) -> tuple[set[str], set[str]]:
        """The columns of a file of these rows: those that it must have, and all that it may have."""
        fields = {name: field for name, field in cls.model_fields.items() if name != "at"}
        return {name for name, field in fields.items() if field.is_required()}, set(fields)


class MunicipalityRow(Row):
    """municipalities.csv."""

    KEY: ClassVar = ("code",)

    code: Gemeente
    name: Text
    province: Text
    region: Text
    latitude: Annotated[Annotated[float, Field(ge=50, le=54)] | None, BeforeValidator(_none)]
    longitude: Annotated[Annotated[float, Field(ge=3, le=8)] | None, BeforeValidator(_none)]
    coordinates_from: Annotated[Literal["sites", "postcode"] | None, BeforeValidator(_none)]


class PlaceRow(Row):
    """places.csv."""

    KEY: ClassVar = ("name", "municipality")

    name: Text
    municipality: Gemeente


class PostcodeRow(Row):
    """postcodes.csv."""

    KEY: ClassVar = ("postcode4",)

    postcode4: Annotated[str, StringConstraints(pattern=r"^[1-9]\d{3}$")]
    municipality: Gemeente


class SecondarySchoolRow(Row):
    """secondary_schools.csv."""

    KEY: ClassVar = ("code",)

    code: Annotated[str, StringConstraints(pattern=r"^\d\d[A-Z]{2}\d\d$")]
    name: Text
    place: Text
    municipality: Gemeente
    kinds: Annotated[tuple[SchoolKind, ...], BeforeValidator(_split), Field(min_length=1)]
    url: Link = None


class RmcRegionRow(Row):
    """rmc_regions.csv."""

    KEY: ClassVar = ("municipality",)

    municipality: Gemeente
    number: Annotated[int, Field(ge=1, le=40)]
    name: Text
    year: Year
    ground: Literal["listed", "merger"]


class InstitutionRow(Row):
    """institutions.csv."""

    KEY: ClassVar = ("code",)

    code: SchoolCode
    country: Literal["NL", "BE"]
    kind: Literal["mbo", "hbo", "wo", "so", "hogeschool", "universiteit"]
    name: Text
    other_name: Maybe
    place: Maybe
    municipality: Annotated[Gemeente | None, BeforeValidator(_none)]
    closed_on: Annotated[date | None, BeforeValidator(_none)]


class ThemeRow(Row):
    """themes.csv."""

    KEY: ClassVar = ("id",)

    id: Text
    words_nl: Annotated[Words, Field(min_length=1)]
    words_en: Annotated[Words, Field(min_length=1)]


class ProgrammeRow(Row):
    """programmes.csv."""

    KEY: ClassVar = ("id",)

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
    last_seen: Annotated[Year | None, BeforeValidator(_none)]


class BynameRow(Row):
    """bynames.csv."""

    KEY: ClassVar = ("id",)

    id: Text
    kind: Literal["occupation", "abbreviation", "subject", "old-name"]
    names_nl: Words
    names_en: Words
    programmes: Words
    related: Words


class InterestProfileRow(Row):
    """interest_profiles.csv."""

    KEY: ClassVar = ("kind", "of_id")

    kind: Literal["byname", "programme"]
    of_id: Text
    realistic: Interest
    investigative: Interest
    artistic: Interest
    social: Interest
    enterprising: Interest
    conventional: Interest
    occupations: Annotated[Words, Field(min_length=1)]
    joined_by: Literal["name", "byname", "meaning"]
    confidence: Annotated[int, Field(ge=0, le=2)]


class OfferingRow(Row):
    """offerings.csv."""

    KEY: ClassVar = ("programme", "institution", "place", "mode")

    programme: ProgrammeId
    institution: SchoolCode
    place: Maybe
    municipality: Annotated[Gemeente | None, BeforeValidator(_none)]
    mode: Annotated[Mode | None, BeforeValidator(_none)]
    cohort: Year
    proof: Literal["school", "register"]
    duration_months: Annotated[Annotated[int, Field(gt=0, le=72)] | None, BeforeValidator(_none)]
    url: Link = None


class OpenDayRow(Row):
    """A day on which a school opens its doors; without programmes it is for all that the school gives."""

    KEY: ClassVar = ("institution", "programmes", "kind", "starts_on", "starts_at", "place", "is_online")

    institution: SchoolCode
    programmes: Annotated[tuple[ProgrammeId, ...], BeforeValidator(_split)]
    kind: OpenDayKind
    starts_on: date
    starts_at: Annotated[time | None, BeforeValidator(_none)]
    ends_at: Annotated[time | None, BeforeValidator(_none)]
    place: Maybe
    is_online: Annotated[bool, BeforeValidator(_yes)]
    url: Link

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "OpenDayRow":
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError("it ends before it starts")
        if self.ends_at and not self.starts_at:
            raise ValueError("it has an end and no start")
        return self


class FigureRow(Row):
    """One number that a school publishes about a programme, as the source words it."""

    KEY: ClassVar = ("programme", "institution", "kind", "year")

    UNITS: ClassVar[dict[str, tuple[str, ...]]] = {
        "satisfaction": ("out-of-5", "out-of-10", "percent"),
        "starting_salary": ("euro-per-hour", "euro-per-month"),
        "placement_chance": ("words", "percent"),
        "job_chance": ("words", "percent"),
    }
    """Kind -> what it may be counted in; all others are percentages."""
    MOST: ClassVar[dict[str, float]] = {
        "percent": 100, "out-of-5": 5, "out-of-10": 10, "euro-per-hour": 100, "euro-per-month": 10_000,
    }  # fmt: skip
    """Unit -> more than this is a slip of the pen."""

    programme: ProgrammeId
    institution: SchoolCode
    kind: FigureKind
    value: Annotated[Text, StringConstraints(max_length=40)]
    unit: FigureUnit
    year: Year

    @model_validator(mode="after")
    def _value_fits_its_unit(self) -> "FigureRow":
        units = self.UNITS.get(self.kind, ("percent",))
        if self.unit not in units:
            raise ValueError(f"{self.kind} is counted in {' or '.join(units)}")
        if self.unit != "words" and not 0 <= _number(self.value) <= self.MOST[self.unit]:
            raise ValueError(f"{self.value} is no {self.unit} (0 to {self.MOST[self.unit]:g})")
        return self


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise ValueError(f"{value} is no number; write it with a point, without a sign") from None
