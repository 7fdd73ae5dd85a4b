"""Makes what leaves of what the catalogue holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from api.catalogue.schemas import (
    BothLanguages,
    Comparison,
    ComparisonRow,
    DeadlineRead,
    FactRead,
    FigureRead,
    InterestsRead,
    OfferRead,
    OpenDayRead,
    PlaceRead,
    ProgrammeDetail,
    ProgrammeRead,
    SchoolRead,
    SourceRead,
)
from api.states import Country, Language
from api.texts import render
from programmes import open_days
from programmes.catalogue import Catalogue
from programmes.deadlines import Deadline
from programmes.facts import Fact
from programmes.models import Figure, Offering, OpenDay, Programme, Recorded
from programmes.search import SearchResult, Why


def say(key: str, language: Language, country: str, values: Mapping[str, object] | None = None) -> str:
    """A text for a reader of the public API."""
    return render(key, language=language, country=Country(country), values=values)


def source_of(row: Recorded, catalogue: Catalogue) -> SourceRead:
    """Where a row of the catalogue was read."""
    source = catalogue.sources[row.source_id]
    return SourceRead(
        title=source.title,
        publisher=source.publisher,
        url=source.url or None,
        valid=source.dated,
        checked=row.checked_on,
        verified=row.is_verified,
    )


def show_programme(
    row: Programme, offers: Iterable[Offering], catalogue: Catalogue, language: Language, why: Sequence[Why] = ()
) -> ProgrammeRead:
    """One programme with its known offers."""
    return ProgrammeRead(
        id=row.id,
        country=row.country,
        system=row.system,
        code=row.code,
        aliases=list(row.aliases),
        name=BothLanguages(nl=row.name_nl, en=row.name_en),
        level=row.level,
        kind=row.kind,
        dossier=row.dossier,
        sector=row.domain,
        modes=list(row.modes),
        proof=row.proof,
        last_seen=row.last_seen,
        offers=[_offer(offer, catalogue) for offer in offers],
        why=[say(reason.say, language, row.country, reason.values) for reason in why],
        cautions=[say(f"card.caution.{caution}", language, row.country) for caution in _cautions(row)],
        source=source_of(row, catalogue),
    )


def _cautions(row: Programme) -> Iterable[str]:
    if row.proof is None:
        yield "may_have_ended"
    if row.modes_from == "rules-2015":
        yield "modes_of_2015"
    if row.level_from == "same-name":
        yield "same_name"


def _offer(offer: Offering, catalogue: Catalogue) -> OfferRead:
    return OfferRead(
        institution=catalogue.institutions[offer.institution_code].name,
        brin=offer.institution_code,
        place=offer.place,
        mode=offer.mode,
        proof=offer.proof,
        cohort=offer.cohort,
        duration_months=offer.duration_months,
        url=offer.url,
        source=source_of(offer, catalogue),
    )


def show_detail(row: Programme, catalogue: Catalogue, language: Language, *, today: date) -> ProgrammeDetail:
    """One programme with all that schools gave about it."""
    offers = catalogue.offerings([row.id]).get(row.id, ())
    days = open_days.upcoming(catalogue, country=row.country, today=today, programme=row.id)
    return ProgrammeDetail(
        **dict(show_programme(row, offers, catalogue, language)),
        open_days=[_open_day(day, catalogue, language) for day in days],
        figures=[_figure(figure, catalogue) for figure in open_days.figures(catalogue, row.id)],
        interests=_interests(row, catalogue),
    )


def _interests(row: Programme, catalogue: Catalogue) -> InterestsRead | None:
    profile = catalogue.interests.get(("programme", row.id))
    if profile is None:
        return None
    return InterestsRead.model_validate({
        "realistic": profile.realistic,
        "investigative": profile.investigative,
        "artistic": profile.artistic,
        "social": profile.social,
        "enterprising": profile.enterprising,
        "conventional": profile.conventional,
        "occupations": list(profile.occupations),
        "joined_by": profile.joined_by,
        "confidence": profile.confidence,
        "source": source_of(profile, catalogue),
    })  # fmt: skip


def _open_day(day: OpenDay, catalogue: Catalogue, language: Language) -> OpenDayRead:
    return OpenDayRead.model_validate({
        "id": day.id,
        "institution": catalogue.institutions[day.institution_code].name,
        "brin": day.institution_code,
        "kind": day.kind,
        "about": "programme" if day.programmes else "school",
        "starts_on": day.starts_on,
        "starts_at": day.starts_at,
        "ends_at": day.ends_at,
        "place": day.place,
        "online": day.is_online,
        "url": day.url,
        "ics": open_days.ics(day, language),
        "source": source_of(day, catalogue),
    })  # fmt: skip


def _figure(figure: Figure, catalogue: Catalogue) -> FigureRead:
    return FigureRead(
        institution=catalogue.institutions[figure.institution_code].name,
        brin=figure.institution_code,
        kind=figure.kind,
        value=figure.value if figure.unit == "words" else float(figure.value),
        unit=figure.unit,
        year=figure.year,
        source=source_of(figure, catalogue),
    )


def show_place(result: SearchResult) -> PlaceRead | None:
    """What can honestly be said about the place that was asked for."""
    place = result.understood.place
    if place is None:
        return None
    schools = [
        SchoolRead(
            brin=near.institution.code,
            name=near.institution.name,
            place=near.institution.place,
            distance_km=near.distance_km,
            gives=list(near.gives),
        )
        for near in result.schools
    ]
    return PlaceRead(name=place.name, answer=result.place_answer or "unknown", schools=schools)


def compare(programmes: Sequence[ProgrammeRead]) -> Comparison:
    """The properties side by side; a row that is empty for all is left out."""
    properties = {
        "level": [one.level for one in programmes],
        "kind": [one.kind for one in programmes],
        "sector": [one.sector for one in programmes],
        "modes": [", ".join(one.modes) or None for one in programmes],
        "duration_months": [_span({offer.duration_months for offer in one.offers}) for one in programmes],
        "schools": [", ".join(sorted({offer.institution for offer in one.offers})) or None for one in programmes],
        "last_seen": [one.last_seen for one in programmes],
    }
    rows = [ComparisonRow(field=name, values=values) for name, values in properties.items() if any(values)]
    return Comparison(programmes=list(programmes), rows=rows)


def _span(months: set[int | None]) -> str | None:
    known = sorted(month for month in months if month)
    if not known:
        return None
    return str(known[0]) if known[0] == known[-1] else f"{known[0]}-{known[-1]}"


def show_fact(fact: Fact, language: Language) -> FactRead:
    """One fact in the reader's language."""
    return FactRead(
        id=fact.id,
        topic=fact.topic,
        country=fact.country,
        level=fact.level,
        text=fact.text(language),
        source=SourceRead.model_validate(fact.as_source()),
    )


def show_deadline(deadline: Deadline, language: Language) -> DeadlineRead:
    """One date in the reader's language."""
    advice = deadline.after if deadline.days_left < 0 else deadline.do
    return DeadlineRead(
        id=deadline.id,
        country=deadline.country,
        date=deadline.on,
        time=deadline.time,
        days_left=deadline.days_left,
        title=deadline.title[language],
        advice=advice[language],
        ics=deadline.ics(language),
        source=SourceRead.model_validate(deadline.as_source()),
    )
