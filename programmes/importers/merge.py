"""Puts the catalogue together: our base, and over it what each source brought. The rules are in docs/import.md.

Always from the start, so that the same layers give the same catalogue in whatever order they were imported, and a
source that brings less than before leaves nothing behind.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import singledispatchmethod
from typing import Any

from programmes.importers import rows
from programmes.importers.layers import Brought
from programmes.importers.mbo_register import Record, must, plain
from programmes.importers.report import BadRow
from programmes.models import Municipality, Place
from programmes.places import Places
from programmes.stems import fold, words

RECENT_YEARS = 4
"""An offer whose cohort is that many years older than the day it was read no longer proves that the programme runs."""

_MODES: Mapping[str, Mapping[str, str]] = {
    "mbo": {"BOL": "BOL", "BBL": "BBL", "full-time": "BOL", "dual": "BBL"},
    "other": {"BOL": "full-time", "BBL": "dual", "full-time": "full-time", "dual": "dual", "part-time": "part-time"},
}
"""What a mode is called: mostly at school, and mostly at work, have names of their own in mbo."""

type Records = dict[str, dict[Any, Record]]


@dataclass
class Merged:
    """The whole catalogue, and what could not be taken into it, by source."""

    records: Records
    skipped: dict[str, list[BadRow]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def merge(base: Mapping[str, Mapping[Any, Record]], layers: Iterable[Brought]) -> Merged:
    """Lay what the sources brought over the base; the base is not changed."""
    made = Merged({table: dict(records) for table, records in base.items()})
    merging = _Merging(made.records)
    for layer in sorted(layers, key=Brought.order):
        made.skipped[layer.name], made.notes[layer.name] = merging.lay(layer)
    merging.close()
    return made


class _Merging:
    """The rules, and the indexes that they need."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._places = Places(
            [Municipality(**record) for record in records["municipalities"].values()],
            [Place(**record) for record in records["places"].values()],
        )
        self._schools: dict[str, str] = {}
        """Code, as any source writes it -> the code under which the catalogue has that school."""
        self._schools_named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._programmes: dict[str, str] = {}
        """Id with any official code -> the id under which the catalogue has that programme."""
        self._programmes_named: dict[tuple[str, str | None, str], str] = {}
        self._brought: set[Any] = set()
        """Keys of the offers that a source brought."""
        self._notes: Counter[str] = Counter()
        for record in records["institutions"].values():
            self._index_school(record)
        for record in records["programmes"].values():
            self._index_programme(record)

    def lay(self, layer: Brought) -> tuple[list[BadRow], Counter[str]]:
        """Take in one source. Every row is tried by itself: one that points at nothing is reported and left out."""
        self._notes = Counter()
        skipped: list[BadRow] = []
        for given in layer.tables().values():
            seen: set[Any] = set()
            for row in given:
                try:
                    key = tuple(getattr(row, name) for name in row.KEY)
                    must(key not in seen, "stands there twice")
                    seen.add(key)
                    self._take(row)
                except LookupError as error:
                    skipped.append(BadRow(*row.at, str(error.args[0])))
        for source in layer.sources:
            publisher = self._schools.get(source.publisher)
            told = {"publisher": self._records["institutions"][publisher]["name"]} if publisher else {}
            self._records["sources"][source.id] = asdict(source) | told
        return skipped, self._notes

    def close(self) -> None:
        """Draw from all offers what only all of them say, and let go of what says less than they do."""
        offerings = self._records["offerings"]
        brought: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for key in self._brought:
            brought[offerings[key]["programme_id"], offerings[key]["institution_code"]].append(offerings[key])
        for key in [key for key in offerings if key not in self._brought and _says_less(offerings[key], brought)]:
            del offerings[key]
        of_programme: dict[str, list[Record]] = defaultdict(list)
        for (programme, _), records in brought.items():
            of_programme[programme] += records
        for id, records in of_programme.items():
            self._records["programmes"][id] = _proven(self._records["programmes"][id], records)

    @singledispatchmethod
    def _take(self, row: Any) -> None:
        raise TypeError(type(row))

    @_take.register
    def _(self, row: rows.InstitutionRow) -> None:
        namesakes = self._schools_named[row.country, row.kind, fold(row.name)]
        known = self._schools.get(row.code) or (min(namesakes) if len(namesakes) == 1 else None)
        if known:
            self._schools[row.code] = known
            return
        record = plain(row)
        record["place"], record["municipality_code"] = self._where(row.place, record.pop("municipality"), row.country)
        self._records["institutions"][row.code] = record
        self._index_school(record)

    @_take.register
    def _(self, row: rows.ProgrammeRow) -> None:
        start = row.id.removesuffix(row.code)
        known = self._programmes.get(row.id) or self._programmes_named.get((start, row.level, fold(row.name_nl)))
        if known is None:
            must(row.level is not None, f"{row.id} is new here, and its level is not said")
            country, system, _code = row.id.split("-", 2)
            self._put_programme(plain(row) | {"country": country.upper(), "system": system})
            return
        record = self._records["programmes"][known]
        if row.id not in self._programmes:
            record = record | {"aliases": (*record["aliases"], row.code)}
        if record["level"] is None:
            record = record | {"level": row.level, "level_from": row.level_from}
        elif row.level and row.level != record["level"]:
            self._notes[f"level {row.level} of {row.id}: here it has level {record['level']}, which stays"] += 1
        self._put_programme(record)

    @_take.register
    def _(self, row: rows.OfferingRow) -> None:
        record = plain(row)
        school = self._school(record.pop("institution"))
        programme = self._programme(record.pop("programme"))
        place, municipality = self._where(row.place, record.pop("municipality"), school["country"], school)
        mode = self._mode(programme, row.mode)
        key = (programme, school["code"], place, mode)
        other = self._records["offerings"].get(key)
        if other is None or other["cohort"] <= row.cohort:
            self._records["offerings"][key] = record | {
                "programme_id": programme,
                "institution_code": school["code"],
                "place": place,
                "municipality_code": municipality,
                "mode": mode,
            }
            self._brought.add(key)

    @_take.register
    def _(self, row: rows.OpenDayRow) -> None:
        record = plain(row)
        school = self._school(record.pop("institution"))
        known = tuple(self._programmes[id] for id in row.programmes if id in self._programmes)
        missing = ", ".join(id for id in row.programmes if id not in self._programmes)
        must(bool(known) or not missing, f"no programme {missing}")
        if missing:
            self._notes[f"an open day of {school['name']} is also for {missing}, which is not known: without it"] += 1
        place, municipality = self._where(row.place, None, school["country"], school)
        what = (known, row.kind, row.starts_at, row.place, row.is_online)
        id = f"{school['code'].lower()}-{row.starts_on}-{hashlib.sha256(repr(what).encode()).hexdigest()[:8]}"
        self._records["open_days"][id] = record | {
            "id": id,
            "institution_code": school["code"],
            "programmes": known,
            "place": place or row.place,
            "municipality_code": municipality,
        }

    @_take.register
    def _(self, row: rows.FigureRow) -> None:
        record = plain(row)
        school, programme = self._school(record.pop("institution")), self._programme(record.pop("programme"))
        record |= {"programme_id": programme, "institution_code": school["code"]}
        self._records["figures"][programme, school["code"], row.kind, row.year] = record

    def _index_school(self, record: Record) -> None:
        self._schools[record["code"]] = record["code"]
        if record["closed_on"] is None:  # who offers something under that name now is another one
            for name in filter(None, (record["name"], record["other_name"])):
                self._schools_named[record["country"], record["kind"], fold(name)].add(record["code"])

    def _put_programme(self, record: Record) -> None:
        self._records["programmes"][record["id"]] = record
        self._index_programme(record)

    def _index_programme(self, record: Record) -> None:
        start = f"{record['country'].lower()}-{record['system']}-"
        for id in (record["id"], *(start + code for code in (record["code"], *record["aliases"]))):
            self._programmes.setdefault(id, record["id"])
        self._programmes_named.setdefault((start, record["level"], fold(record["name_nl"])), record["id"])

    def _school(self, code: str) -> Record:
        must(code in self._schools, f"no school {code}")
        return self._records["institutions"][self._schools[code]]

    def _programme(self, id: str) -> str:
        must(id in self._programmes, f"no programme {id}; give its name and level")
        return self._programmes[id]

    def _mode(self, programme: str, mode: str | None) -> str | None:
        """A mode by its name in that part of education; None for one that it does not have."""
        names = _MODES["mbo" if programme.startswith("nl-mbo-") else "other"]
        if mode and mode not in names:
            self._notes[f"mbo has no mode {mode}: taken without it"] += 1
        return names.get(mode) if mode else None

    def _where(
        self, place: str | None, municipality: str | None, country: str, school: Record | None = None
    ) -> tuple[str | None, str | None]:
        """A place as the catalogue names it, with its municipality; neither when it is not surely one place of ours."""
        if place is None:
            return None, None
        if municipality is not None:
            must(municipality in self._records["municipalities"], f"no municipality {municipality}")
            return place, municipality
        linked = self._places.exactly(words(place))
        codes = linked.municipalities if linked and not linked.is_province else frozenset()
        codes = frozenset(code for code in codes if code.startswith("be-") == (country == "BE"))
        if len(codes) > 1 and school:
            codes &= {school["municipality_code"]}
        if linked is None or len(codes) != 1:
            self._notes[f"{place} is not one place that we know: nobody finds it by town"] += 1
            return None, None
        return linked.name, min(codes)


def _says_less(record: Record, brought: Mapping[tuple[str, str], list[Record]]) -> bool:
    """Whether an offer of the base says no place, or no mode, where a source says both of the same offer."""
    better = brought.get((record["programme_id"], record["institution_code"]), ())
    if record["place"] is None:
        return any(other["place"] for other in better)
    return record["mode"] is None and any(other["place"] == record["place"] and other["mode"] for other in better)


def _proven(programme: Record, offers: Iterable[Record]) -> Record:
    """A programme with what its brought offers prove: that it runs, since when we know it, and in which modes."""
    recent = [offer for offer in offers if int(offer["cohort"]) >= offer["checked_on"].year - RECENT_YEARS]
    if not recent:
        return programme
    offered = {offer["mode"] for offer in recent} - {None}
    before = set(programme["modes"])
    proven = programme | {
        "proof": "offer",
        "last_seen": max(programme["last_seen"] or "", *(offer["cohort"] for offer in recent)),
    }
    if not offered:
        return proven
    modes = tuple(mode for mode in rows.MODES if mode in offered | before)
    return proven | {"modes": modes, "modes_from": "offer" if offered >= before else programme["modes_from"]}
