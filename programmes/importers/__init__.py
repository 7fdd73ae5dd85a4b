"""Imports of the catalogue, one module for each source format, and the one way in: `run`."""

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.db import blocking_engine
from core.errors import Unavailable
from core.logging import get_logger
from programmes.importers import mbo_register
from programmes.importers.report import BadRow, Change, ImportReport
from programmes.importers.swap import differences, fingerprint, swap
from programmes.models import Base, Release

__all__ = ["BadRow", "Change", "ImportReport", "needs_import", "run"]

log = get_logger()


def run(source: str, url: str, dry_run: bool = False) -> ImportReport:
    """Import a catalogue.

    Args:
        source: "shipped", a folder or a CSV file; see `mbo_register.read`.
        url: the catalogue's database; its tables are made when they are missing.
        dry_run: say what would change, and change nothing.
    Raises:
        Refused: the source cannot be read as a whole; the old catalogue goes on serving.
        Unavailable: the database could not be written; the old catalogue goes on serving.
    """
    register = mbo_register.read(source)
    engine = blocking_engine(url)
    try:
        _make_tables(engine)
        changes = differences(engine, register.records)
        if changes and not dry_run:
            swap(engine, register.records, loaded_from=source)
    except SQLAlchemyError as error:
        raise Unavailable(
            "The catalogue could not be written; the old one serves.", "Try again in a moment."
        ) from error
    finally:
        engine.dispose()
    rows = {table: len(found) for table, found in register.records.items()}
    if not dry_run:
        log.info("catalogue_imported", source=source, imported=sum(rows.values()), skipped=len(register.skipped))
    return ImportReport(source, dry_run, rows, register.skipped, changes)


def needs_import(url: str) -> bool:
    """Whether there is no catalogue yet, or an older one of ours; what an operator imported is left alone."""
    engine = blocking_engine(url)
    try:
        _make_tables(engine)
        with Session(engine) as session:
            release = session.scalar(select(Release))
        if release is None:
            return True
        shipped = fingerprint(mbo_register.read("shipped").records)
        return bool(release.loaded_from == "shipped" and release.fingerprint != shipped)
    finally:
        engine.dispose()


def _make_tables(engine: Engine) -> None:
    """The tables of this version. Those of an older one are made anew: an import fills them, and nothing else does."""
    found = inspect(engine)
    there = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
    tables = Base.metadata.tables
    if any(there[name] != set(table.columns.keys()) for name, table in tables.items() if name in there):
        log.warning("catalogue_of_another_version")
        Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
