"""What one source brought, and how it is kept between imports."""

import json
from collections.abc import Iterable, Mapping
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from core.logging import get_logger
from programmes.importers.rows import FigureRow, InstitutionRow, OfferingRow, OpenDayRow, ProgrammeRow, Row
from programmes.models import Layer
from programmes.sources import Cited

BASE = "base"
"""The name under which an operator's own tables are kept that stand in the place of those we ship."""
Format = Literal["duo-mbo", "duo-ho", "rio", "ooapi-v5", "ooapi-v6", "hovi", "school"]
"""A later one is nearer to the school itself, and is believed where two say the same of the same year."""

type Given = dict[str, list[Row]]
"""File name -> rows, of the tables in our own columns that an operator gave."""

log = get_logger()


class Brought(BaseModel):
    """The rows of one source. A table that is None was not given: what the source brought before stays."""

    model_config = ConfigDict(frozen=True)

    name: str
    format: Format
    sources: tuple[Cited, ...]
    institutions: list[InstitutionRow] | None = None
    programmes: list[ProgrammeRow] | None = None
    offerings: list[OfferingRow] | None = None
    open_days: list[OpenDayRow] | None = None
    figures: list[FigureRow] | None = None

    def over(self, before: "Brought | None") -> Self:
        """The same, with the tables that it does not give as they were before, and only the sources that rows name."""
        earlier = before.tables() if before else {}
        whole = self.model_copy(update={table: rows for table, rows in earlier.items() if getattr(self, table) is None})
        known = {source.id: source for source in (*(before.sources if before else ()), *self.sources)}
        cited = sorted({row.source for rows in whole.tables().values() for row in rows})
        return whole.model_copy(update={"sources": tuple(known[id] for id in cited)})

    def tables(self) -> dict[str, list[Row]]:
        """Table -> rows, of those that were given."""
        named = {
            "institutions": self.institutions,
            "programmes": self.programmes,
            "offerings": self.offerings,
            "open_days": self.open_days,
            "figures": self.figures,
        }
        return {table: list(rows) for table, rows in named.items() if rows is not None}

    def order(self) -> tuple[int, str]:
        """Sorts sources so that the one to be believed comes last."""
        return get_args(Format).index(self.format), self.name


def kept(engine: Engine, shapes: Mapping[str, type[Row]]) -> tuple[Given, dict[str, Brought]]:
    """What earlier imports left: an operator's own tables, and what each source brought.

    A layer that this version cannot read is left out, and the log names it: the source must be imported again.
    """
    given: Given = {}
    layers: dict[str, Brought] = {}
    with Session(engine) as session:
        for row in session.scalars(select(Layer)):
            try:
                if row.name == BASE:
                    tables = json.loads(row.rows)
                    given = {file: [shapes[file].model_validate(one) for one in tables[file]] for file in tables}
                else:
                    layers[row.name] = Brought.model_validate_json(row.rows)
            except (ValidationError, KeyError):
                log.warning("layer_of_another_version", source=row.name)
    return given, layers


def as_rows(given: Given, layers: Iterable[Brought]) -> list[dict[str, str]]:
    """The same as rows of the table `Layer`."""
    rows = [{"name": one.name, "format": one.format, "rows": one.model_dump_json()} for one in layers]
    if given:
        tables = {file: [row.model_dump(mode="json") for row in rows] for file, rows in given.items()}
        rows.append({"name": BASE, "format": "register", "rows": json.dumps(tables)})
    return rows
