"""What DUO's open data files have in common: a header that is one of theirs, and a line for each offer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from programmes.importers import tabular
from programmes.importers.gathering import Asked, Gathering, Lines, Read, whole
from programmes.importers.rows import Row
from programmes.importers.values import NotOurs
from programmes.sources import Cited

type MakeRows = Callable[[Mapping[str, str], Gathering, tuple[str, int], Asked], list[Row]]

OFFER = ("AANGEBODEN_OPLEIDINGCODE", "ERKENDEOPLEIDINGSCODE", "ONDERWIJSLOCATIECODE")
"""What tells two lines apart."""


def named(column: str) -> str:
    """A column's name as the documentation writes it; some files have spaces or small letters."""
    return column.strip().upper().replace(" ", "_")


def read(path: Path, asked: Asked, *, format: str, title: str, columns: frozenset[str], rows: MakeRows) -> Read:
    """Read one file.

    Args:
        columns: all that it has, and no others.
        rows: makes the rows of one line.
    Raises:
        Refused: the header is not the documented one, or no good row is left.
    """
    tabular.check_header(path, required=set(columns), allowed=set(columns), see="docs/import.md", named=named)
    source = Cited(
        id=format,
        title=title,
        publisher="DUO",
        url="https://onderwijsdata.duo.nl",
        licence="CC0",
        dated=asked.dated.isoformat(),
    )
    met = Lines()
    gathering = Gathering(format, format, source, asked, met)
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in tabular.lines(path):
        with met.line(path.name, line):
            told = {named(name): cell.strip() for name, cell in cells.items()}
            _no_more_cells(told)
            offer = tuple(told[name] for name in OFFER)
            if not offer[0]:
                raise NotOurs("a programme that nobody offers")
            if offer in seen:
                raise LookupError(f"offer {offer[0]} stands there twice, first on line {seen[offer]}")
            seen[offer] = line
            gathering.add(*rows(told, gathering, (path.name, line), asked))
    return whole([gathering], met)


def _no_more_cells(told: Mapping[str, str]) -> None:
    if named(tabular.UNNAMED) in told:
        raise LookupError("more cells than the header has")
