"""Reads JSON documents that were saved from an API: one file, or all `.json` files of a folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Refused

type Told = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """One record, and where it stands: file and number in it, from 1."""

    at: tuple[str, int]
    told: Told


@dataclass(frozen=True)
class Page:
    """One document: its records, and what it says about itself beside them."""

    file: str
    records: tuple[Record, ...]
    about: Told


def is_json(path: Path) -> bool:
    """Whether there is JSON to be read at a path."""
    return path.suffix.lower() == ".json" if path.is_file() else any(path.glob("*.json"))


def pages(path: Path) -> list[Page]:
    """All documents of a file or folder, in the order of their names.

    Raises:
        Refused: one of them is no JSON in UTF-8, or holds no records.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return [_page(file) for file in files]


def _page(path: Path) -> Page:
    try:
        text = path.read_text(encoding="utf-8-sig")
        whole = json.loads(text.replace("\\u0000", ""))  # no database takes it in a text
    except OSError as error:
        raise Refused(f"{path.name} cannot be opened.", "Give a file that can be read.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is not UTF-8.", "Save it as UTF-8 and import it again.") from error
    except json.JSONDecodeError as error:
        what = "is empty" if not path.stat().st_size else f"is no JSON from line {error.lineno} on"
        raise Refused(f"{path.name} {what}.", "Save the API's answer again, whole.") from error
    about = whole if isinstance(whole, dict) else {}
    found = list(_records(whole))
    if not all(isinstance(one, dict) for one in found):
        raise Refused(f"{path.name} holds no records.", "Save the API's answer again, whole.")
    return Page(path.name, tuple(Record((path.name, at), one) for at, one in enumerate(found, start=1)), about)


def _records(whole: Any) -> Iterator[Any]:
    """A list, `items` of a page, what HAL embeds, or one record by itself."""
    if isinstance(whole, list):
        yield from whole
    elif isinstance(whole, dict) and isinstance(whole.get("items"), list):
        yield from whole["items"]
    elif isinstance(whole, dict) and isinstance(whole.get("_embedded"), dict) and "id" not in whole:
        for embedded in whole["_embedded"].values():
            yield from embedded if isinstance(embedded, list) else [embedded]
    else:
        yield whole
