"""What leaves the catalogue over HTTP."""

from datetime import date
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
    brin: str = Field(description="The school's code: BRIN in the Netherlands")
    place: str | None = Field(description="null when the school's document does not say where")
    mode: str | None = Field(examples=["BOL", "BBL", "full-time", "dual"])
    proof: str = Field(
        description="school: it says so itself; register: the national register, which lists ended ones too"
    )
    cohort: str
    duration_months: int | None
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
