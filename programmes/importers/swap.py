"""Replaces the catalogue in one transaction, on SQLite and PostgreSQL alike.

Everything was read and checked before the transaction begins, so it takes well under a second; readers see the old
rows until it commits, and go on seeing them if it fails.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import Engine, delete, insert, inspect, select
from sqlalchemy.orm import Session

from core.clock import now
from core.errors import Conflict
from programmes.importers.report import Change
from programmes.models import (
    Base,
    Byname,
    Figure,
    Institution,
    InterestProfile,
    Layer,
    Municipality,
    Offering,
    OpenDay,
    Place,
    Postcode,
    Programme,
    Release,
    RmcRegion,
    SecondarySchool,
    Source,
    Theme,
)

Record = dict[str, Any]

TABLES: dict[str, type[Base]] = {
    "sources": Source,
    "municipalities": Municipality,
    "places": Place,
    "postcodes": Postcode,
    "secondary_schools": SecondarySchool,
    "rmc_regions": RmcRegion,
    "institutions": Institution,
    "themes": Theme,
    "programmes": Programme,
    "bynames": Byname,
    "interest_profiles": InterestProfile,
    "offerings": Offering,
    "open_days": OpenDay,
    "figures": Figure,
}
KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("id",),
    "municipalities": ("code",),
    "places": ("name", "municipality_code"),
    "postcodes": ("postcode4",),
    "secondary_schools": ("code",),
    "rmc_regions": ("municipality_code",),
    "institutions": ("code",),
    "themes": ("id",),
    "programmes": ("id",),
    "bynames": ("id",),
    "interest_profiles": ("kind", "of_id"),
    "offerings": ("programme_id", "institution_code", "place", "mode"),
    "open_days": ("id",),
    "figures": ("programme_id", "institution_code", "kind", "year"),
}


def fingerprint(records: Mapping[str, Mapping[Any, Record]]) -> str:
    """A hash that is equal when all rows are equal, in any order."""
    said = {
        table: sorted(json.dumps(_plain(row), sort_keys=True) for row in rows.values())
        for table, rows in records.items()
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def differences(engine: Engine, records: Mapping[str, Mapping[Any, Record]]) -> dict[str, Change]:
    """Compare what serves now with what would; tables without a difference are left out."""
    found = {}
    with Session(engine) as session:
        for table, model in TABLES.items():
            columns = [column.key for column in inspect(model).columns if column.key != "id" or table in _NAMED_BY_ID]
            old = {}
            for row in session.execute(select(*(getattr(model, name) for name in columns))).mappings():
                old[_key(table, dict(row))] = dict(row)
            new = {_key(table, row): row for row in records[table].values()}
            changed = sum(
                1 for key in old.keys() & new.keys() if old[key] != {name: new[key][name] for name in columns}
            )
            change = Change(len(new.keys() - old.keys()), len(old.keys() - new.keys()), changed)
            if change != Change():
                found[table] = change
    return found


def served(engine: Engine) -> str | None:
    """The fingerprint of what serves now; None when nothing does."""
    with Session(engine) as session:
        return session.scalar(select(Release.fingerprint))


def swap(
    engine: Engine,
    records: Mapping[str, Mapping[Any, Record]],
    *,
    loaded_from: str,
    layers: Iterable[Mapping[str, str]] = (),
    seen: str | None = None,
) -> None:
    """Put the records in the place of all rows, in one transaction.

    Args:
        layers: what each source brought, as rows of `Layer`; they replace all that were kept.
        seen: the fingerprint that served when the records were put together; None when nothing did.
    Raises:
        Conflict: another import came between; its rows would be lost.
    """
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        gone = connection.execute(delete(Release).where(Release.fingerprint == seen)) if seen else None
        if gone is not None and gone.rowcount == 0:
            raise Conflict("Another import came between; nothing was changed.", "Run this one again.")
        connection.execute(delete(Layer))
        for replaced in reversed(TABLES.values()):
            connection.execute(delete(replaced))
        for table, model in TABLES.items():
            if records[table]:
                connection.execute(insert(model), list(records[table].values()))
        if kept := list(layers):
            connection.execute(insert(Layer), kept)
        release = {"id": 1, "loaded_from": loaded_from, "fingerprint": fingerprint(records), "loaded_at": now()}
        connection.execute(insert(Release), [release])


_NAMED_BY_ID = frozenset(table for table, key in KEYS.items() if key == ("id",))


def _key(table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEYS[table])


def _plain(row: Record) -> Record:
    return {key: value.isoformat() if isinstance(value, date | time) else value for key, value in row.items()}
