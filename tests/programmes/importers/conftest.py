"""Files as sources write them; every row in these tests is made up, in the real columns and fields."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

WriteCsv = Callable[..., Path]


@pytest.fixture
def write_csv(folder: Path) -> WriteCsv:
    """Writes a CSV file with a header and rows; a column that a row does not name is empty."""

    def write(name: str, columns: tuple[str, ...], *rows: Mapping[str, str], separator: str = ",") -> Path:
        path = folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=separator, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def here(tmp_path: Path) -> str:
    """An empty database, where the engine makes no difference."""
    return f"sqlite:///{tmp_path / 'catalogue.db'}"
