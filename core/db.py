"""Databases: engines, sessions and the column types that SQLite and PostgreSQL agree on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Engine, Enum, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 2000
"""How long a statement waits for a lock. Short: past it the acute path answers from the journal."""

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraint names, so that a migration can drop what another engine created."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC. SQLite gives datetimes back without their zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an instant without a zone: nobody can tell when that was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the zone back."""
        return None if value is None else (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


def enum_by_value(enum: type[StrEnum]) -> Enum:
    """An enum stored by its value with a check, not by its Python name."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda e: [m.value for m in e],
        name=enum.__name__.lower(),
    )


TYPE_MAP: dict[Any, Any] = {datetime: UtcDateTime()}
"""For `type_annotation_map` of a room's `Base`."""


def metadata() -> MetaData:
    """A room's own metadata, with named constraints."""
    return MetaData(naming_convention=NAMING)


def _tune_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and transactions that say at their start whether they will write.

    A deferred SQLite transaction that reads first and writes later fails at once when another one wrote in
    between, without waiting; one that begins IMMEDIATE waits its turn.
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")


def blocking_engine(url: str) -> Engine:
    """An engine for code that blocks (the catalogue, in a thread)."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if make_url(url).get_backend_name() == "sqlite":
        _tune_sqlite(engine)
    return engine


class Database:
    """The conversations database: sessions that read, and sessions that will write.

    The edge owns the transaction: leaving `write()` commits, an exception rolls back.
    """

    def __init__(self, url: str) -> None:
        is_sqlite = make_url(url).get_backend_name() == "sqlite"
        # Both engines give up on a lock after the same time; SQLite's driver waits 5 s before a pragma can say so.
        patience: dict[str, Any] = (
            {"timeout": BUSY_TIMEOUT_MS / 1000}
            if is_sqlite
            else {"options": f"-c lock_timeout={BUSY_TIMEOUT_MS}", "connect_timeout": 3}
        )
        self.engine: AsyncEngine = create_async_engine(url, pool_pre_ping=not is_sqlite, connect_args=patience)
        if is_sqlite:
            _tune_sqlite(self.engine.sync_engine)
        self._writer = self.engine.execution_options(sqlite_begin="IMMEDIATE")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction; commits when the block ends well."""
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()
