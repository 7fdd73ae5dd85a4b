"""What leaves the catalogue over HTTP."""

from datetime import date, time
from typing import Literal

from pydantic import BaseModel, Field


class BothLanguages(BaseModel):
    """A text in both languages."""

    nl: str
    en: str


class SourceRead(BaseModel):
    """Where something was read, and how far it can be trusted."""

    title: str
    publisher: str
    url: str | None
    valid: str
    checked: date
    verified: bool


class OfferRead(BaseModel):
    """A programme at one school, as that school described it."""

    institution: str
    brin: str = Field(description="The school's code: BRIN in the Netherlands, or RIO's where we know no BRIN")
    place: str | None = Field(description="null when the school's document does not say where")
    mode: str | None = Field(examples=["BOL", "BBL", "full-time", "dual", "part-time"])
    proof: str = Field(
        description="school: it says so itself, also in RIO; register: a national list that holds ended ones too"
    )
    cohort: str
    duration_months: int | None
    url: str | None = Field(description="The school's page about it")
    source: SourceRead


class OpenDayRead(BaseModel):
    """A day on which a school shows itself."""

    id: str
    institution: str
    brin: str
    kind: Literal["open-day", "trial-day"] = Field(description="trial-day: taking part in lessons")
    about: Literal["programme", "school"] = Field(description="Named for this programme, or for the whole school")
    starts_on: date
    starts_at: time | None = Field(description="Local time; null when the school does not say")
    ends_at: time | None
    place: str | None
    online: bool
    url: str | None
    ics: str
    source: SourceRead


class FigureRead(BaseModel):
    """A number of Studie in Cijfers that a school publishes about a programme."""

    institution: str
    brin: str
    kind: str = Field(examples=["satisfaction", "pass_rate", "job_chance", "starting_salary"])
    value: float | str = Field(description="A number, or the source's words when the unit is `words`")
    unit: str = Field(examples=["percent", "out-of-5", "euro-per-hour", "words"])
    year: str
    source: SourceRead


class ProgrammeRead(BaseModel):
    """What one can study."""

    id: str = Field(examples=["nl-mbo-25180"])
    country: str
    system: str
    code: str
    aliases: list[str] = Field(description="Older and newer official codes with the same name and level")
    name: BothLanguages = Field(description="The English name is our own translation")
    level: str | None = Field(examples=["3", "hbo", "so-2"])
    kind: str | None
    dossier: str | None
    sector: str | None
    modes: list[str]
    proof: str | None = Field(description="offer or listed: recent proof that it runs; null: only in the register")
    last_seen: str | None
    offers: list[OfferRead]
    why: list[str] = Field(default=[], description="Why it was found, in the language that was asked for")
    cautions: list[str] = []
    source: SourceRead


class InterestsRead(BaseModel):
    """How well the work that a programme is for fits six interests (RIASEC), 1 to 7 each."""

    realistic: float
    investigative: float
    artistic: float
    social: float
    enterprising: float
    conventional: float
    occupations: list[str] = Field(description="Of which it is the average, in Dutch")
    joined_by: Literal["name", "byname", "meaning"] = Field(
        description="name: the programme is called after the occupation; byname: people ask for it by the occupation; "
        "meaning: estimated from the occupations nearest in meaning"
    )
    confidence: int = Field(description="How sure the crosswalk from ESCO to O*NET is: 2 the surest, 0 of an estimate")
    source: SourceRead


class ProgrammeDetail(ProgrammeRead):
    """One programme, with what only its own page has room for."""

    open_days: list[OpenDayRead] = Field(description="From today on, of schools that gave their dates")
    figures: list[FigureRead] = Field(description="Of schools that gave theirs, each with its year and source")
    interests: InterestsRead | None = Field(description="null where it is about no work, such as a preparatory year")


class SchoolRead(BaseModel):
    """A school by the seat of its board."""

    brin: str
    name: str
    place: str | None
    distance_km: float
    gives: list[str] = Field(description="Programmes of this page that it described itself, wherever it teaches them")


class PlaceRead(BaseModel):
    """The honest answer about a place: an offer there, schools with their seat there, or the nearest schools."""

    name: str
    answer: Literal["offer", "seat", "nearest", "unknown"] = Field(
        description="unknown: no source of ours says where these programmes are given, nor which schools are near"
    )
    schools: list[SchoolRead]


class ProgrammePage(BaseModel):
    """One page of a search."""

    items: list[ProgrammeRead]
    facets: dict[str, dict[str, int]]
    next_cursor: str | None
    total: int
    place: PlaceRead | None
    unknown_place: str | None
    relaxed: list[str] = Field(description="Filters that nothing could meet, and that were let go")


class ComparisonRow(BaseModel):
    """One property of the compared programmes, in their order."""

    field: str
    values: list[str | None]


class Comparison(BaseModel):
    """Programmes side by side."""

    programmes: list[ProgrammeRead]
    rows: list[ComparisonRow]


class FactRead(BaseModel):
    """A dated, sourced statement."""

    id: str
    topic: str
    country: str
    level: str | None
    text: str
    source: SourceRead


class DeadlineRead(BaseModel):
    """A date that must not be missed."""

    id: str
    country: str
    date: date
    time: str | None
    days_left: int
    title: str
    advice: str = Field(description="What to do before it, or what is still possible after it")
    ics: str
    source: SourceRead


class EndRead(BaseModel):
    """One end of a way."""

    code: str = Field(examples=["vmbo-tl", "hbo"])
    title: str


class StepDateRead(BaseModel):
    """The next date of a step."""

    date: date
    days_left: int
    text: str
    ics: str


class StepRead(BaseModel):
    """One step of a way."""

    code: str = Field(description="What is followed: a kind of school, an exam or a test")
    title: str
    level: str
    years: float
    time: str
    requirements: list[str] = Field(description="What is asked beside the diploma before it")
    deadline: StepDateRead | None = Field(description="Of the first step only: later dates are not known yet")
    uncertain: bool
    uncertainty: str | None
    fallback: str = Field(description="What to do when the step does not work out")


class PathwayRead(BaseModel):
    """One way from start to goal."""

    title: str
    text: str
    years: float
    steps: list[StepRead]
    fallback: str
    caution: str | None
    svg: str = Field(description="A picture with its own text alternative; no scripts, styles or links")
    sources: list[SourceRead]


class PathwaysRead(BaseModel):
    """All sensible ways, shortest and safest first; none: no rule of ours leads there."""

    start: EndRead = Field(serialization_alias="from")
    goal: EndRead = Field(serialization_alias="to")
    items: list[PathwayRead]
