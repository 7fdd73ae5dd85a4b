"""Reads CSV files as people and registers write them: separator found out, header checked by name, lines counted."""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from core.errors import Refused

SEPARATORS = ";,\t"
UNNAMED = "(no name)"


def header(path: Path) -> list[str]:
    """The names of a file's columns.

    Raises:
        Refused: it is empty, or no text in UTF-8.
    """
    return _opened(path)[0]


def is_mostly(names: set[str], columns: Collection[str]) -> bool:
    """Whether a file with these names is meant to have these columns: a slip is then named, and not called unknown."""
    return len(names.intersection(columns)) > len(columns) / 2


def check_header(
    path: Path, *, required: set[str], allowed: set[str], see: str, named: Callable[[str], str] = str
) -> None:
    """Refuse a file that misses a column or has one that nobody knows, and name it.

    Args:
        see: where the columns are documented.
        named: a column's name as the documentation writes it.
    Raises:
        Refused: the header is not what it must be.
    """
    names = [named(name) for name in header(path)]
    wrong = {
        "missing": sorted(required - set(names)),
        "unknown": sorted(set(names) - allowed),
        "there twice": sorted({name for name in names if names.count(name) > 1}),
    }
    said = "; ".join(f"{what}: {', '.join(columns)}" for what, columns in wrong.items() if columns)
    if said:
        raise Refused(f"The header of {path.name} is not right; {said}.", f"See {see}.")


def lines(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line with its number in the file; cells that are not there are empty, empty lines are left out.

    Raises:
        Refused: it cannot be read as a whole.
    """
    names, rows = _opened(path)
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            filled = cells + [""] * (len(names) - len(cells))
            extra = {UNNAMED: "|".join(filled[len(names) :])} if len(cells) > len(names) else {}
            yield number, dict(zip(names, filled, strict=False)) | extra


def _opened(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns, and the lines after them."""
    text = _text(path)
    first = text.lstrip().partition("\n")[0]
    rows = _numbered(path.name, text, max(SEPARATORS, key=first.count))
    names = next((cells for _, cells in rows if any(cell.strip() for cell in cells)), [])
    return [name.strip() or UNNAMED for name in names], rows


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Refused(
            f"{path.name} is not UTF-8 (line {line}).", 'Save it as "CSV UTF-8" and import it again.'
        ) from error
    except OSError as error:
        raise Refused(f"{path.name} cannot be opened.", "Give a file that can be read.") from error
    if not text.strip():
        raise Refused(f"{path.name} is empty.", "Give a file with a header.")
    if "\0" in text:
        raise Refused(f"{path.name} is no text.", 'Save it as "CSV UTF-8" and import it again.')
    return text


def _numbered(name: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Refused(
            f"{name} cannot be read from line {reader.line_num} on: {error}.", "Mend its quotes and import it again."
        ) from error
