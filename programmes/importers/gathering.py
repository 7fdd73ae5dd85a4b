"""Gathers what one file or folder brings: good rows, bad lines with their reason, and what was left out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from core.errors import Refused
from programmes.importers.layers import Brought
from programmes.importers.mbo_register import reason
from programmes.importers.report import BadRow
from programmes.importers.rows import InstitutionRow, OfferingRow, OpenDayRow, ProgrammeRow, Row
from programmes.importers.values import LEFT_OUT, NotOurs
from programmes.sources import Cited


@dataclass(frozen=True)
class Asked:
    """What the operator said beside the path."""

    dated: date
    """The day of the file: when it was made, and so when its rows were checked."""
    school: str | None = None
    """Whose data it is, where the format does not say it."""


@dataclass
class Read:
    """What an importer read."""

    brought: list[Brought]
    skipped: list[BadRow] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


class Lines:
    """What became of the lines of a file, whichever source they belong to."""

    def __init__(self) -> None:
        self.skipped: list[BadRow] = []
        self.notes: Counter[str] = Counter()

    @contextmanager
    def line(self, file: str, number: int) -> Iterator[None]:
        """Reads one line: what goes wrong in it is reported and stops no other."""
        try:
            yield
        except ValidationError as error:
            self.skipped.append(BadRow(file, number, reason(error)))
        except LookupError as error:
            self.skipped.append(BadRow(file, number, str(error.args[0])))
        except NotOurs as left:
            self.notes[f"{LEFT_OUT}{left}"] += 1


class Gathering:
    """One source while it is read. Of two offers of a programme in one town in one mode, the newest is kept."""

    def __init__(self, name: str, format: str, source: Cited, asked: Asked, lines: Lines) -> None:
        self._name, self._format, self._source, self._lines = name, format, source, lines
        self.recorded = {"source": source.id, "checked_on": asked.dated, "verified": True}
        """What every row of this source says of itself."""
        self._schools: dict[str, InstitutionRow] = {}
        self._programmes: dict[str, ProgrammeRow] = {}
        self._offers: dict[tuple[str, str, str | None, str | None], OfferingRow] = {}
        self._open_days: list[OpenDayRow] = []

    def note(self, what: str) -> None:
        """Count something that was read otherwise than it stands there."""
        self._lines.notes[what] += 1

    def add(self, *made: Row) -> None:
        """Take the rows of a line; all of them are good, or none was made."""
        for row in made:
            match row:
                case InstitutionRow():
                    self._schools.setdefault(row.code, row)
                case ProgrammeRow():
                    self._programmes.setdefault(row.id, row)
                case OpenDayRow():
                    self._open_days.append(row)
                case OfferingRow():
                    key = (row.programme, row.institution, row.place, row.mode)
                    other = self._offers.get(key)
                    if other:
                        self.note("more offers of one programme in one town: said once")
                    if other is None or other.cohort < row.cohort:
                        self._offers[key] = row

    def brought(self) -> Brought:
        """All that was gathered."""
        return Brought(
            name=self._name,
            format=self._format,
            sources=(self._source,),
            institutions=list(self._schools.values()),
            programmes=list(self._programmes.values()),
            offerings=list(self._offers.values()),
            open_days=self._open_days,
            figures=[],
        )


def whole(gatherings: Iterable[Gathering], lines: Lines) -> Read:
    """What all sources of a file brought.

    Raises:
        Refused: no good row is left, so that a broken file never wipes what was there.
    """
    brought = [one for gathering in gatherings if (one := gathering.brought()).offerings or one.open_days]
    if not brought:
        first = f" The first: {lines.skipped[0]}." if lines.skipped else ""
        raise Refused(f"No good row is left.{first}", "Mend the file and import it again.")
    return Read(brought, lines.skipped, lines.notes)


def programme_row(
    gathering: Gathering, at: tuple[str, int], *, id: str, names: tuple[str, str | None], level: str, **more: object
) -> ProgrammeRow:
    """A programme as a source names it; what only we know about programmes is empty."""
    dutch, english = names
    empty = {"kind": "", "dossier": "", "domain": "", "aliases": (), "modes": (), "modes_from": "", "themes": ()}
    return ProgrammeRow.model_validate({
        **empty,
        **gathering.recorded,
        "id": id,
        "code": id.split("-", 2)[2],
        "name_nl": dutch,
        "name_en": english or dutch,
        "level": level,
        "level_from": "register",
        "proof": "",
        "last_seen": "",
        "at": at,
        **more,
    })  # fmt: skip


def school_row(gathering: Gathering, at: tuple[str, int], *, code: str, kind: str, name: str) -> InstitutionRow:
    """A Dutch school as a source names it; where its board sits is not said there."""
    return InstitutionRow.model_validate({
        **gathering.recorded,
        "code": code,
        "country": "NL",
        "kind": kind,
        "name": name,
        "other_name": "",
        "place": "",
        "municipality": "",
        "closed_on": "",
        "at": at,
    })  # fmt: skip


def offering_row(gathering: Gathering, at: tuple[str, int], **told: object) -> OfferingRow:
    """An offer that a school made itself; its place gets its municipality when the catalogue is put together."""
    return OfferingRow.model_validate({**gathering.recorded, "municipality": "", "proof": "school", "at": at, **told})
