"""The catalogue over HTTP, for everyone. Routes are plain functions: the catalogue blocks, so they run in threads."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from api.catalogue.door import catalogue_at
from api.catalogue.pathways import show_pathways
from api.catalogue.schemas import (
    Comparison,
    DeadlineRead,
    FactRead,
    PathwaysRead,
    ProgrammeDetail,
    ProgrammePage,
    ProgrammeRead,
)
from api.catalogue.showing import compare, say, show_deadline, show_detail, show_fact, show_place, show_programme
from api.dependencies import Now, SharedServices
from api.problems import responses
from api.states import Country, Language
from core.errors import NotFound, Refused
from programmes import deadlines as dates
from programmes import open_days
from programmes.calendars import ZONES
from programmes.catalogue import Catalogue
from programmes.facts import facts as find_facts
from programmes.levels import WishedLevel
from programmes.models import Programme
from programmes.search import search_programmes
from programmes.standing import goal_in, goal_of, start_in
from programmes.wishes import Wishes

router = APIRouter(prefix="/api/v1", tags=["catalogue"])


def catalogue(shared: SharedServices) -> Catalogue:
    """The newest release of the catalogue."""
    return catalogue_at(shared.settings.catalogue_address)


OpenCatalogue = Annotated[Catalogue, Depends(catalogue)]
Spoken = Annotated[Language, Query(description="Language of the sentences in the answer")]


class Asked(BaseModel):
    """What a search may ask for. As one model, because the same filters go into every page."""

    q: Annotated[str, Field(max_length=200, description="Words, a name, a code, or a whole sentence")] = ""
    country: Country | None = None
    level: WishedLevel | None = None
    sector: Annotated[str | None, Field(max_length=100)] = None
    mode: Literal["BOL", "BBL", "full-time", "dual", "part-time"] | None = None
    near: Annotated[str | None, Field(max_length=80, description="A town, province or Dutch postcode")] = None
    within_km: Annotated[int | None, Field(ge=1, le=300)] = None
    language: Annotated[Language, Field(description="Language of the sentences in the answer")] = Language.NL
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    cursor: Annotated[str | None, Field(max_length=40)] = None

    def wishes(self) -> Wishes:
        """The same as the search wants it."""
        return Wishes(
            query=self.q or None,
            level=self.level,
            city=self.near,
            mode=self.mode,
            sector=self.sector,
            within_km=self.within_km,
            language=self.language,
        )


@router.get("/programmes", responses=responses(422, 503))
def programmes(opened: OpenCatalogue, asked: Annotated[Asked, Query()]) -> ProgrammePage:
    """Search what can be studied; say where only with proof."""
    offset = _offset(asked.cursor, opened)
    found = search_programmes(opened, asked.wishes(), limit=asked.limit, offset=offset, country=asked.country)
    following = offset + asked.limit
    return ProgrammePage(
        items=[show_programme(hit.programme, hit.places, opened, asked.language, hit.why) for hit in found.hits],
        facets={name: dict(counts) for name, counts in found.facets.items()},
        next_cursor=_cursor(following, opened) if following < found.total else None,
        total=found.total,
        place=show_place(found),
        unknown_place=found.unknown_place,
        relaxed=list(found.relaxed),
    )


def _cursor(offset: int, opened: Catalogue) -> str:
    return f"{opened.fingerprint[:8]}.{offset}"


def _offset(cursor: str | None, opened: Catalogue) -> int:
    if cursor is None:
        return 0
    release, _, offset = cursor.partition(".")
    if release != opened.fingerprint[:8] or not offset.isdecimal():
        raise Refused("This page belongs to an older catalogue.", "Search again from the start.")
    return int(offset)


@router.get("/programmes/compare", responses=responses(404, 422, 503))
def compare_programmes(
    opened: OpenCatalogue,
    id: Annotated[list[str], Query(min_length=2, max_length=4)],
    language: Spoken = Language.NL,
) -> Comparison:
    """Put two to four programmes side by side."""
    return compare([_shown(_known(one, opened), opened, language) for one in id])


@router.get("/programmes/{id}", responses=responses(404, 503))
def programme(id: str, opened: OpenCatalogue, now: Now, language: Spoken = Language.NL) -> ProgrammeDetail:
    """One programme, also by an older code, with the open days and figures that schools gave."""
    row = _known(id, opened)
    return show_detail(row, opened, language, today=_today(Country(row.country), now))


@router.get("/open-days.ics", responses=responses(404, 503), response_class=Response)
def open_day_calendar(
    opened: OpenCatalogue, now: Now, id: Annotated[str, Query(max_length=80)], language: Spoken = Language.NL
) -> Response:
    """One open day as a calendar file."""
    day = open_days.find(opened, id)
    if day is None:
        raise NotFound("There is no such open day.", "See a programme's own page, or the school's site.")
    school = opened.institutions[day.institution_code]
    title = say(f"card.open_day.title.{day.kind}", language, school.country, {"school": school.name})
    content = open_days.calendar(day, title=title, country=school.country, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{day.id}.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _known(id: str, opened: Catalogue) -> Programme:
    found = opened.find(id)
    if found is None:
        raise NotFound("There is no such programme.", "Search for it by name.")
    return found


def _shown(row: Programme, opened: Catalogue, language: Language) -> ProgrammeRead:
    return show_programme(row, opened.offerings([row.id]).get(row.id, ()), opened, language)


class Way(BaseModel):
    """The two ends of a way."""

    start: Annotated[
        str, Field(alias="from", min_length=2, max_length=200, description="Where somebody is: a code, or words")
    ]
    goal: Annotated[
        str, Field(alias="to", min_length=1, max_length=200, description="A code, a level, a programme's id, or words")
    ]
    country: Country
    age: Annotated[int | None, Field(ge=3, le=120)] = None
    language: Annotated[Language, Field(description="Language of the sentences in the answer")] = Language.NL


@router.get("/pathways", responses=responses(422, 503))
def pathways(opened: OpenCatalogue, asked: Annotated[Way, Query()], now: Now) -> PathwaysRead:
    """Ways from where somebody is to where they want to be, shortest and safest first."""
    start = start_in(asked.start, country=asked.country)
    if start is None:
        raise Refused("That is no start that we know.", "Use a code, such as vmbo-tl, havo-4, none or so-1b.")
    programme = opened.find(asked.goal)
    goal = goal_of(programme) if programme else goal_in(asked.goal, country=asked.country)
    if goal is None:
        raise Refused("That is no goal that we know.", "Use a level, such as mbo-4, hbo or graduaat, or a programme.")
    today = _today(asked.country, now)
    return show_pathways(start, goal, programme, asked.age, asked.country, asked.language, today)


@router.get("/facts")
def facts(
    country: Country,
    topic: Annotated[str | None, Query(max_length=60)] = None,
    level: Annotated[str | None, Query(max_length=20)] = None,
    language: Spoken = Language.NL,
) -> list[FactRead]:
    """Dated, sourced statements."""
    return [show_fact(fact, language) for fact in find_facts(topic, country=country, level=level)]


@router.get("/deadlines")
def deadlines(country: Country, now: Now, language: Spoken = Language.NL) -> list[DeadlineRead]:
    """The dates that are still to come, the next one first."""
    return [show_deadline(one, language) for one in dates.upcoming(country, today=_today(country, now))]


@router.get("/deadlines.ics", responses=responses(404), response_class=Response)
def deadlines_calendar(
    country: Country,
    now: Now,
    id: Annotated[str | None, Query(max_length=60, description="One date only")] = None,
    language: Spoken = Language.NL,
) -> Response:
    """The same dates as a calendar file."""
    known = dates.all_deadlines(country, today=_today(country, now))
    wanted = [one for one in known if (one.id == id if id else one.days_left >= 0)]
    if not wanted:
        raise NotFound("There is no such date.", "See /api/v1/deadlines.")
    content = dates.calendar(wanted, language=language, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{id or "wegwijs"}.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _today(country: Country, now: datetime) -> date:
    """What day it is for somebody in that country."""
    return now.astimezone(ZONES[country]).date()
