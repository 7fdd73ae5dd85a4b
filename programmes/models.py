"""The catalogue's tables. No personal data; an import replaces all rows in one transaction."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from core.db import TYPE_MAP, metadata


class Listed(TypeDecorator[tuple[str, ...]]):
    """A short tuple of words that is only ever read whole, in one column; words hold no bar."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Join on the way in."""
        return None if value is None else "|".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Split on the way out."""
        return tuple(value.split("|")) if value else ()


class Base(DeclarativeBase):
    """Base of every table of the catalogue."""

    metadata = metadata()
    type_annotation_map = TYPE_MAP | {tuple[str, ...]: Listed()}


class Recorded:
    """What every row knows about itself: where it was read, when, and whether it may be said without a caution."""

    source_id: Mapped[str] = mapped_column(ForeignKey("catalogue_source.id"))
    checked_on: Mapped[date]
    is_verified: Mapped[bool]


class Release(Base):
    """The one import that serves now."""

    __tablename__ = "catalogue_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    loaded_from: Mapped[str]
    fingerprint: Mapped[str]
    """Hash of all rows: the same rows imported again change nothing."""
    loaded_at: Mapped[datetime]


class Layer(Base):
    """What one source brought, kept so that an import of another one does not wipe it. See `importers.merge`."""

    __tablename__ = "catalogue_layer"

    name: Mapped[str] = mapped_column(primary_key=True)
    """The source's name (duo-mbo, school-25PT); `base` for an operator's own tables in the place of those we ship."""
    format: Mapped[str]
    rows: Mapped[str] = mapped_column(Text)
    """JSON; `importers.layers` alone reads it."""


class Source(Base):
    """A document that rows were compiled from."""

    __tablename__ = "catalogue_source"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    publisher: Mapped[str]
    url: Mapped[str]
    licence: Mapped[str]
    dated: Mapped[str]
    """When the source says it is from, as exactly as it says."""


class Municipality(Recorded, Base):
    """A gemeente; a Dutch one with the middle of its schools."""

    __tablename__ = "catalogue_municipality"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    province: Mapped[str]
    region: Mapped[str]
    """COROP region."""
    latitude: Mapped[float | None]
    """None in Flanders: no source of ours holds coordinates there, so nothing there is called near."""
    longitude: Mapped[float | None]
    coordinates_from: Mapped[str | None]
    """sites: averaged over its secondary schools; postcode: over those with the nearest postcodes (it has none)."""


class Place(Recorded, Base):
    """A town or village, as people say it."""

    __tablename__ = "catalogue_place"

    name: Mapped[str] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("catalogue_municipality.code"), primary_key=True)


class Postcode(Recorded, Base):
    """The four digits of a Dutch postcode, as people say where they live."""

    __tablename__ = "catalogue_postcode"

    postcode4: Mapped[str] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("catalogue_municipality.code"))
    """One each, as the source has it."""


class SecondarySchool(Recorded, Base):
    """A site of a Dutch secondary school. What it teaches is what its register says of it, on one day in 2024."""

    __tablename__ = "catalogue_secondary_school"

    code: Mapped[str] = mapped_column(primary_key=True)
    """BRIN and the number of the site."""
    name: Mapped[str]
    place: Mapped[str]
    municipality_code: Mapped[str] = mapped_column(ForeignKey("catalogue_municipality.code"))
    kinds: Mapped[tuple[str, ...]]
    """See `programmes.secondary_schools`."""
    url: Mapped[str | None]


class RmcRegion(Recorded, Base):
    """The region in which a Dutch municipality once worked together against leaving school without a diploma.

    The division changed in 2021 and we hold no newer one: no row is verified.
    """

    __tablename__ = "catalogue_rmc_region"

    municipality_code: Mapped[str] = mapped_column(ForeignKey("catalogue_municipality.code"), primary_key=True)
    number: Mapped[int]
    name: Mapped[str]
    year: Mapped[str]
    """Of the division: 2015 or 2020."""
    ground: Mapped[str]
    """listed: it stands there; merger: municipalities that are part of it now stood there, all in one region."""


class Institution(Recorded, Base):
    """A school; its seat says where the board sits, not where every programme is taught."""

    __tablename__ = "catalogue_institution"

    code: Mapped[str] = mapped_column(primary_key=True)
    """BRIN in the Netherlands, or RIO's code where we know no BRIN; a name of ours in Flanders."""
    country: Mapped[str]
    kind: Mapped[str]
    """mbo, hbo or wo in the Netherlands; so, hogeschool or universiteit in Flanders."""
    name: Mapped[str]
    other_name: Mapped[str | None]
    place: Mapped[str | None]
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("catalogue_municipality.code"), index=True)
    closed_on: Mapped[date | None]


class Theme(Recorded, Base):
    """Words of our own for what a programme is about, as pupils and parents say it."""

    __tablename__ = "catalogue_theme"

    id: Mapped[str] = mapped_column(primary_key=True)
    words_nl: Mapped[tuple[str, ...]]
    words_en: Mapped[tuple[str, ...]]


class Byname(Recorded, Base):
    """How people ask for programmes: by an occupation or what is done in it, an abbreviation, a subject."""

    __tablename__ = "catalogue_byname"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """occupation, abbreviation, subject or old-name."""
    names_nl: Mapped[tuple[str, ...]]
    names_en: Mapped[tuple[str, ...]]
    programmes: Mapped[tuple[str, ...]]
    """Ids of what is meant."""
    related: Mapped[tuple[str, ...]]
    """Ids of what is a good answer as well."""


class Programme(Recorded, Base):
    """What one can study: one row for all codes with the same name and level."""

    __tablename__ = "catalogue_programme"

    id: Mapped[str] = mapped_column(primary_key=True)
    """Country, system and code: nl-mbo-25180, nl-ho-34267, be-so-1305-2. Flemish higher education has no official codes
    in our sources; there the code is made of the name."""
    country: Mapped[str]
    system: Mapped[str]
    code: Mapped[str]
    """The newest code with proof that it runs, else the newest."""
    aliases: Mapped[tuple[str, ...]]
    name_nl: Mapped[str]
    name_en: Mapped[str]
    """Our translation, where the source has no English name."""
    level: Mapped[str | None]
    """See `programmes.levels`."""
    level_from: Mapped[str | None]
    """register, school, or same-name: taken from an older code of that name."""
    kind: Mapped[str | None]
    """Of mbo its training type; in Flanders the form of a study direction (TSO), or professional or academic."""
    dossier: Mapped[str | None]
    domain: Mapped[str | None]
    modes: Mapped[tuple[str, ...]]
    modes_from: Mapped[str | None]
    """offer: read in a school's own document; rules-2015: what the regulation of 2015 allowed; register: listed so."""
    themes: Mapped[tuple[str, ...]]
    proof: Mapped[str | None]
    """offer: a school described it for a recent cohort; listed: in a recent list; None: only in the register."""
    last_seen: Mapped[str | None]
    """Year of that proof."""


ESTIMATED = "meaning"
"""How an interest profile was joined to a programme that no occupation surely stands for."""


class InterestProfile(Recorded, Base):
    """How well work fits six interests (RIASEC), 1 to 7 each: of what a byname means, or of what a programme is for.

    Made of O*NET's numbers for occupations, which a machine learned there; never verified for Dutch or Flemish work.
    """

    __tablename__ = "catalogue_interest_profile"

    kind: Mapped[str] = mapped_column(primary_key=True)
    """byname or programme."""
    of_id: Mapped[str] = mapped_column(primary_key=True)
    """Its id; an operator's own list may have no such programme."""
    realistic: Mapped[float]
    investigative: Mapped[float]
    artistic: Mapped[float]
    social: Mapped[float]
    enterprising: Mapped[float]
    conventional: Mapped[float]
    occupations: Mapped[tuple[str, ...]]
    """Of which it is the average, as ESCO calls them in Dutch."""
    joined_by: Mapped[str]
    """name: it is called so in both languages; byname: through the bynames that mean it; meaning: estimated from the
    occupations that are nearest in meaning, of which the first three are named."""
    confidence: Mapped[int]
    """Of the crosswalk from ESCO to O*NET, the lowest of its occupations: 2 the best, 1 good, 0 of an estimate."""

    @property
    def is_estimated(self) -> bool:
        """Whether no occupation surely is meant."""
        return self.joined_by == ESTIMATED


class Offering(Recorded, Base):
    """A programme at one institution, as that school or the register says. Never derived from anything else."""

    __tablename__ = "catalogue_offering"
    __table_args__ = (Index("ix_catalogue_offering_there", "municipality_code", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("catalogue_programme.id"), index=True)
    institution_code: Mapped[str] = mapped_column(ForeignKey("catalogue_institution.code"), index=True)
    place: Mapped[str | None]
    """None: the document does not say where."""
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("catalogue_municipality.code"))
    mode: Mapped[str | None]
    cohort: Mapped[str]
    proof: Mapped[str]
    """school: said by the school itself, also in RIO; register: a national list that does not say what has ended."""
    duration_months: Mapped[int | None]
    url: Mapped[str | None]
    """The school's page about it; http or https."""


class OpenDay(Recorded, Base):
    """A day on which a school shows itself."""

    __tablename__ = "catalogue_open_day"
    __table_args__ = (CheckConstraint("ends_at IS NULL OR starts_at IS NOT NULL", name="end_has_start"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    """Made of what it is, so that a calendar file keeps its address after the next import."""
    institution_code: Mapped[str] = mapped_column(ForeignKey("catalogue_institution.code"), index=True)
    programmes: Mapped[tuple[str, ...]]
    """Ids of the programmes that it is for; empty: for all of the school."""
    kind: Mapped[str]
    """open-day, or trial-day: taking part in lessons."""
    starts_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time | None]
    """Local time."""
    ends_at: Mapped[time | None]
    place: Mapped[str | None]
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("catalogue_municipality.code"))
    is_online: Mapped[bool]
    url: Mapped[str | None]


class Figure(Recorded, Base):
    """A number that a school publishes about a programme (Studie in Cijfers), as its source words it."""

    __tablename__ = "catalogue_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("catalogue_programme.id"), index=True)
    institution_code: Mapped[str] = mapped_column(ForeignKey("catalogue_institution.code"))
    kind: Mapped[str]
    """See `importers.rows.FigureKind`."""
    value: Mapped[str]
    """A number with a point, or the source's words when the unit says so."""
    unit: Mapped[str]
    year: Mapped[str]
    """The year that it was measured over."""
