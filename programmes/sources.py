"""The documents that we read, by id: `data/sources.yml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Cited:
    """A document that a row, fact or deadline rests on."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    dated: str
    statement: str | None = None
    """What its licence asks us to show, word for word."""


@cache
def all_sources() -> dict[str, Cited]:
    """Every source, by id."""
    rows = yaml.safe_load((DATA / "sources.yml").read_text(encoding="utf-8"))
    return {id: Cited(id=id, **{key: str(value) for key, value in row.items()}) for id, row in rows.items()}
