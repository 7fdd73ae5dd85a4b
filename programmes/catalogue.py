"""The catalogue, opened: its programmes and the indexes over them in memory, its offers in the database."""

import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Engine, func, inspect, or_, select
from sqlalchemy.orm import Session, aliased

from bot.encoder import EncoderMissing
from core.db import blocking_engine
from core.errors import Unavailable
from core.logging import get_logger
from core.settings import get_settings
from programmes.filters import Narrowing
from programmes.interests import InterestIndex
from programmes.kinship import Kinship
from programmes.lexical import Field, LexicalIndex
from programmes.meaning import MeaningIndex
from programmes.models import (
    Base,
    Byname,
    Institution,
    InterestProfile,
    Municipality,
    Offering,
    Place,
    Postcode,
    Programme,
    Release,
    RmcRegion,
    SecondarySchool,
    Source,
    Theme,
)
from programmes.offers import OfferIndex
from programmes.places import LinkedPlace, Places
from programmes.query import fillers
from programmes.stems import content, words
from programmes.topics import Topic, TopicIndex, Voters

FRESH_S = 5.0
"""Seconds between two looks at whether an import has swapped the catalogue."""
MEANT, RELATED = 4.0, 2.2
"""What a byname is worth for the programmes that it means, and for others that are a good answer."""
RELATED_VOTE = 0.5
"""The same for their meaning, beside 1.0 for what is meant."""
SAID_OF_BYNAME, SAID_OF_THEME = (slice(0, 5), slice(5, 17)), slice(0, 8)
"""Names that make up the texts of a topic (of a byname: what it is called, and what is done in it): one text with more
would be about everything."""
INITIALS_OF = 3
"""Words of a name from which people say its initials."""
ALIKE = 93
"""Share of letters (percent) from which two names of one level are shown as one, the newest proven first."""

log = get_logger()


class Catalogue:
    """One release of the catalogue. Immutable: after an import, a new one is opened."""

    def __init__(self, engine: Engine, *, cache: Path) -> None:
        self.engine = engine
        with Session(engine, expire_on_commit=False) as session:
            release = session.get_one(Release, 1)
            self.fingerprint = release.fingerprint
            self.programmes = {row.id: row for row in session.scalars(select(Programme).order_by(Programme.id))}
            self.institutions = {row.code: row for row in session.scalars(select(Institution))}
            self.sources = {row.id: row for row in session.scalars(select(Source))}
            self.themes = {row.id: row for row in session.scalars(select(Theme))}
            self.bynames = {row.id: row for row in session.scalars(select(Byname))}
            self.places = Places(
                session.scalars(select(Municipality)), session.scalars(select(Place)), session.scalars(select(Postcode))
            )
            self.interests = {(row.kind, row.of_id): row for row in session.scalars(select(InterestProfile))}
            """By kind (byname, programme) and id."""
            of_programmes = {id: row for (kind, id), row in self.interests.items() if kind == "programme"}
            self.interest_index = InterestIndex(of_programmes)
            self.rmc_regions = {row.municipality_code: row for row in session.scalars(select(RmcRegion))}
            self.secondary_schools = tuple(session.scalars(select(SecondarySchool).order_by(SecondarySchool.name)))
            columns = Offering.programme_id, Offering.institution_code, Offering.municipality_code, Offering.mode
            self.offers = OfferIndex((a, b, c, d) for a, b, c, d in session.execute(select(*columns)))
        self._called = _called(self.bynames.values())
        self.ids_by_code = _ids_by_code(self.programmes.values())
        self.group = _groups(self.programmes.values())
        self.lexical = LexicalIndex({id: self._fields(row) for id, row in self.programmes.items()}, fillers=fillers())
        self.narrowing = Narrowing(list(self.programmes.values()), self.group)
        self.kinship = Kinship({row.id: row.themes for row in self.programmes.values()})
        self.meaning = self._meaning(cache)
        self.topics = self._topics(cache) if self.meaning else None

    def offerings(
        self,
        programme_ids: Sequence[str],
        *,
        municipalities: Collection[str] | None = None,
        without: Collection[str] = (),
        without_modes: Collection[str] = (),
        most: int | None = None,
    ) -> dict[str, list[Offering]]:
        """The known offers of some programmes, newest cohort first.

        Args:
            municipalities: only the offers there.
            without: municipalities that were ruled out.
            without_modes: modes that were ruled out.
            most: at most so many of each programme.
        """
        where, mode = Offering.municipality_code, Offering.mode
        wanted: list[ColumnElement[bool]] = [Offering.programme_id.in_(programme_ids)]
        if municipalities is not None:
            wanted.append(where.in_(municipalities))
        wanted += [
            or_(column.is_(None), column.not_in(out))
            for column, out in ((where, without), (mode, without_modes))
            if out
        ]
        newest = Offering.cohort.desc(), Offering.institution_code, Offering.place, Offering.mode
        place_in_line = func.row_number().over(partition_by=Offering.programme_id, order_by=newest)
        line = select(Offering, place_in_line.label("place_in_line")).where(*wanted).subquery()
        chosen = select(aliased(Offering, line)).order_by(line.c.place_in_line)
        if most is not None:
            chosen = chosen.where(line.c.place_in_line <= most)
        found: dict[str, list[Offering]] = defaultdict(list)
        with Session(self.engine, expire_on_commit=False) as session:
            for row in session.scalars(chosen):
                # An import may have swapped the rows since; what this release does not know waits for the next one.
                if row.institution_code in self.institutions and row.source_id in self.sources:
                    found[row.programme_id].append(row)
        return dict(found)

    def find(self, id: str) -> Programme | None:
        """The programme with this id, also by an older code: nl-mbo-25486 is nl-mbo-25696 today."""
        if id in self.programmes:
            return self.programmes[id]
        country, _, rest = id.partition("-")
        system, _, code = rest.partition("-")
        known = (self.programmes[other] for other in self.ids_by_code.get(code, ()))
        return next((one for one in known if (one.country.lower(), one.system) == (country, system)), None)

    def rmc_region(self, place: LinkedPlace) -> RmcRegion | None:
        """The region that all of a place lay in; None where we know of none, or of several."""
        found = [self.rmc_regions.get(code) for code in sorted(place.municipalities)]
        known = [one for one in found if one is not None]
        is_one = len(known) == len(found) and len({one.number for one in known}) == 1
        return known[0] if is_one else None

    def is_stale(self) -> bool:
        """Whether an import has put other rows in place since."""
        with Session(self.engine) as session:
            return session.scalar(select(Release.fingerprint)) != self.fingerprint

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _fields(self, row: Programme) -> Iterator[Field]:
        yield Field("name", "nl", 3.0, (row.name_nl,), is_name=True)
        yield Field("name", "en", 3.0, (row.name_en,), is_name=True)
        least = 2 if row.system == "ho" else INITIALS_OF
        yield Field("name", "nl", 2.6, tuple(initials(row.name_nl, least)))
        yield Field("name", "en", 2.6, tuple(initials(row.name_en, least)))
        for byname, why, weight in self._called.get(row.id, ()):
            yield Field(why, "nl", weight, byname.names_nl)
            yield Field(why, "en", weight, byname.names_en)
        themes = [self.themes[theme] for theme in row.themes]
        yield Field("words", "nl", 2.0, tuple(word for theme in themes for word in theme.words_nl))
        yield Field("words", "en", 2.0, tuple(word for theme in themes for word in theme.words_en))
        form = row.kind if row.system == "so" else None  # ASO, TSO, BSO, KSO: Flemish pupils search by it
        yield Field("group", "nl", 1.0, tuple(filter(None, (row.dossier, row.domain, form))))

    def _topics(self, cache: Path) -> TopicIndex:
        """What a sentence may be about; of the bynames those in both languages, for the others add only forms."""
        names = [Topic(f"{row.name_nl} / {row.name_en}", {row.id: 1.0}) for row in self.programmes.values()]
        called = [
            Topic(text, dict.fromkeys(one.related, RELATED_VOTE) | dict.fromkeys(one.programmes, 1.0))
            for one in self.bynames.values()
            if one.names_nl and one.names_en
            for some in SAID_OF_BYNAME
            if (text := _said(one.names_nl[some], one.names_en[some]))
        ]
        held: dict[str, dict[str, float]] = defaultdict(dict)
        for row in self.programmes.values():
            for theme in row.themes:
                held[theme][row.id] = 1.0
        themes = [
            Topic(_said(self.themes[id].words_nl[SAID_OF_THEME], self.themes[id].words_en[SAID_OF_THEME]), programmes)
            for id, programmes in sorted(held.items())
        ]
        voters = [
            Voters(names, share=1.0),
            Voters(called, share=1.0, sharpness=8),
            Voters(themes, share=0.5, sharpness=8, is_spread=True),
        ]
        return TopicIndex(voters, cache=cache)

    def _meaning(self, cache: Path) -> MeaningIndex | None:
        # Names alone: with our words for themes among the texts, fused results were worse (measured: MRR 0.94 to 0.96).
        texts = {row.id: [f"{row.name_nl} / {row.name_en}"] for row in self.programmes.values()}
        try:
            return MeaningIndex(texts, cache=cache)
        except EncoderMissing:
            log.warning("encoder_missing", where="catalogue")
            return None


def open_catalogue(url: str, *, cache: Path | None = None) -> Catalogue:
    """Open the catalogue at a database address.

    Args:
        cache: the folder that keeps sentence vectors; DATA_DIR when it is not given.
    Raises:
        Unavailable: there is no catalogue in it yet.
    """
    engine = blocking_engine(url)
    if not inspect(engine).has_table(Release.__tablename__):
        engine.dispose()
        raise Unavailable("There is no catalogue yet.", "Run `wegwijs import-catalogue shipped`.")
    has_table = inspect(engine).has_table
    if not all(has_table(table.name) for table in Base.metadata.sorted_tables):
        engine.dispose()
        raise Unavailable("The catalogue is of an older version.", "Run `wegwijs import-catalogue shipped`.")
    with Session(engine) as session:
        is_empty = session.get(Release, 1) is None
    if is_empty:
        engine.dispose()
        raise Unavailable("The catalogue is empty.", "Run `wegwijs import-catalogue shipped`.")
    return Catalogue(engine, cache=cache or get_settings().data_dir)


class CatalogueDoor:
    """The catalogue of this process, opened at first use and again when an import has swapped it."""

    def __init__(self, url: str, *, cache: Path | None = None) -> None:
        self._url, self._cache = url, cache
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._looked_at = 0.0

    def catalogue(self) -> Catalogue:
        """The newest catalogue.

        Raises:
            Unavailable: there is none yet.
        """
        with self._lock:
            is_due = time.monotonic() - self._looked_at > FRESH_S
            if self._catalogue is None or (is_due and self._catalogue.is_stale()):
                old, self._catalogue = self._catalogue, open_catalogue(self._url, cache=self._cache)
                if old is not None:
                    old.close()  # a thread that is searching in it keeps the connection that it has
            if is_due:
                self._looked_at = time.monotonic()
            return self._catalogue


def _called(bynames: Iterable[Byname]) -> dict[str, list[tuple[Byname, str, float]]]:
    """Programme -> the names that people have for it, as which reason they count, and what they are worth."""
    found: dict[str, list[tuple[Byname, str, float]]] = defaultdict(list)
    for byname in bynames:
        for why, weight, ids in (("meant", MEANT, byname.programmes), ("related", RELATED, byname.related)):
            for id in ids:
                found[id].append((byname, why, weight))
    return found


def _said(dutch: Sequence[str], english: Sequence[str]) -> str:
    """Some names as one text of both languages, for its meaning."""
    return " / ".join(filter(None, (", ".join(dutch), ", ".join(english))))


def _ids_by_code(programmes: Iterable[Programme]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for programme in programmes:
        for code in (programme.code, *programme.aliases):
            found[code].append(programme.id)
    return {code: tuple(ids) for code, ids in found.items()}


def newest_first(programme: Programme) -> tuple[int, str, str]:
    """Sorts the programme with the best and newest proof last; the code breaks ties."""
    return (("", "listed", "offer").index(programme.proof or ""), programme.last_seen or "", programme.code)


def initials(name: str, least: int = INITIALS_OF) -> Iterator[str]:
    """What people make of a long name: hrm of Human Resources Management, iot of Internet of Things."""
    said = words(name)
    for spoken in (said, content(name, fillers())):
        if len(spoken) >= least:
            yield "".join(word[0] for word in spoken)


def _groups(programmes: Iterable[Programme]) -> dict[str, str]:
    """Programme -> the one of its near-duplicates that stands for all: the same level and nearly the same name."""
    groups: dict[str, str] = {}
    heads: dict[str | None, list[tuple[str, Programme]]] = defaultdict(list)
    for programme in sorted(programmes, key=newest_first, reverse=True):
        name = " ".join(words(programme.name_nl))
        alike = next((head for other, head in heads[programme.level] if fuzz.ratio(name, other) >= ALIKE), None)
        if alike is None:
            heads[programme.level].append((name, programme))
        groups[programme.id] = alike.id if alike else programme.id
    return groups
