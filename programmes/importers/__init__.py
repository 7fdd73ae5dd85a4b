"""Imports of the catalogue, one module for each source format, and the one way in: `run`."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from core.db import blocking_engine
from core.errors import Refused, Unavailable
from core.logging import get_logger
from programmes.importers import formats, mbo_register
from programmes.importers.gathering import Asked, Read
from programmes.importers.layers import Brought, Given, as_rows, kept
from programmes.importers.merge import merge
from programmes.importers.report import BadRow, Change, ImportReport
from programmes.importers.rows import SCHOOL_CODE
from programmes.importers.swap import differences, fingerprint, served, swap
from programmes.models import Base, Layer

__all__ = ["BadRow", "Change", "ImportReport", "needs_import", "refresh", "remove", "run"]

log = get_logger()


def run(
    source: str,
    url: str,
    dry_run: bool = False,
    *,
    format: str | None = None,
    dated: date | None = None,
    school: str | None = None,
) -> ImportReport:
    """Import what one source brings; what others brought stays. The rules are in docs/import.md.

    Args:
        source: "shipped", a folder or a file; see `formats.find`.
        url: the catalogue's database; its tables are made when they are missing.
        dry_run: say what would change, and change nothing.
        format: one of `formats.NAMES`; None to see it from the file.
        dated: the day of the file; None for the day on which it was last written.
        school: whose data it is, where the format does not say so.
    Raises:
        Refused: the source cannot be read as a whole; the old catalogue goes on serving.
        Conflict: another import came between; the catalogue of that one serves.
        Unavailable: the database could not be written; the old catalogue goes on serving.
    """
    if school is not None and not re.fullmatch(SCHOOL_CODE, school):
        raise Refused(f"{school} is no code of a school.", "Give its BRIN (25PT), RIO code (110A133) or be-name.")
    found = formats.find(source, format)
    if found == formats.REGISTER:
        own, skipped = mbo_register.given(source)
        return _put(url, source, found, dry_run, lambda _own, layers: (own, layers), Read([], skipped))
    read = formats.FORMATS[found].read(Path(source), Asked(dated or _last_written(Path(source)), school))

    def laid(own: Given, layers: dict[str, Brought]) -> tuple[Given, dict[str, Brought]]:
        return own, layers | {one.name: one.over(layers.get(one.name)) for one in read.brought}

    return _put(url, source, found, dry_run, laid, read)


def remove(name: str, url: str, dry_run: bool = False) -> ImportReport:
    """Take away all that one source brought.

    Args:
        name: as docs/import.md names sources: duo-mbo, school-25PT.
    Raises:
        Refused: no such source was imported.
        Conflict, Unavailable: as `run`.
    """

    def without(own: Given, layers: dict[str, Brought]) -> tuple[Given, dict[str, Brought]]:
        if name not in layers:
            there = ", ".join(sorted(layers)) or "none"
            raise Refused(f"No source {name} was imported.", f"Those that were: {there}.")
        return own, {other: layer for other, layer in layers.items() if other != name}

    return _put(url, name, "removed", dry_run, without, Read([]))


def refresh(url: str) -> ImportReport:
    """Put the catalogue together again, from what we ship now and what the sources brought before.

    Raises:
        Conflict, Unavailable: as `run`.
    """
    return _put(url, "shipped", formats.REGISTER, False, lambda own, layers: (own, layers), Read([]))


def needs_import(url: str) -> bool:
    """Whether there is no catalogue yet, or one that was put together from an older compilation of ours."""
    engine = blocking_engine(url)
    try:
        _make_tables(engine)
        own, layers = kept(engine, mbo_register.FILES)
        merged = merge(mbo_register.register(own).records, layers.values())
        return served(engine) != fingerprint(merged.records)
    finally:
        engine.dispose()


type _Change = Callable[[Given, dict[str, Brought]], tuple[Given, dict[str, Brought]]]


def _put(url: str, source: str, format: str, dry_run: bool, change: _Change, read: Read) -> ImportReport:
    """Put the catalogue together with what was read in the place of what its source brought before; swap it in."""
    engine = blocking_engine(url)
    try:
        _make_tables(engine)
        seen = served(engine)
        before = kept(engine, mbo_register.FILES)
        own, layers = change(*before)
        is_new = seen is None or (own, layers) != before
        register = mbo_register.register(own)
        merged = merge(register.records, layers.values())
        changes = differences(engine, merged.records)
        if not dry_run and (changes or is_new):
            swap(engine, merged.records, loaded_from=source, layers=as_rows(own, layers.values()), seen=seen)
    except SQLAlchemyError as error:
        raise Unavailable(
            "The catalogue could not be written; the old one serves.", "Try again in a moment."
        ) from error
    finally:
        engine.dispose()
    named = [one.name for one in read.brought]
    files = {row.at[0] for one in read.brought for table in one.tables().values() for row in table}
    skipped = [*read.skipped, *(bad for name in named for bad in merged.skipped[name] if bad.file in files)]
    skipped += register.skipped if format == formats.REGISTER else []
    rows = {table: len(found) for table, found in merged.records.items()}
    if not dry_run:
        log.info("catalogue_imported", source=source, imported=sum(rows.values()), skipped=len(skipped))
    notes = sum((merged.notes[name] for name in named), Counter(read.notes))
    return ImportReport(source, dry_run, rows, skipped, changes, notes, format)


def _last_written(path: Path) -> date:
    files = [file for file in path.iterdir() if file.is_file()] if path.is_dir() else [path]
    newest = max((file.stat().st_mtime for file in files), default=path.stat().st_mtime)
    return datetime.fromtimestamp(newest, UTC).date()


def _make_tables(engine: Engine) -> None:
    """The tables of this version. Those of an older one are made anew: an import fills them, and nothing else does.

    What the sources brought is kept, when this version can read it.
    """
    found = inspect(engine)
    tables = Base.metadata.tables
    there = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
    older = [name for name, table in tables.items() if name in there and there[name] != set(table.columns.keys())]
    if older:
        log.warning("catalogue_of_another_version")
        gone = [table for name, table in tables.items() if name != Layer.__tablename__ or name in older]
        Base.metadata.drop_all(engine, tables=gone)
    Base.metadata.create_all(engine)
