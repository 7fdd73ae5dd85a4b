"""Which importer reads a source: told by the operator, or seen from the names of columns and fields."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import Refused
from programmes.importers import (
    documents,
    duo,
    duo_ho_programmes,
    duo_mbo_offers,
    hovi_events,
    mbo_register,
    ooapi_v5,
    ooapi_v6,
    rio_lod,
    school_template,
    tabular,
)
from programmes.importers.gathering import Asked, Read

REGISTER = "register"


@dataclass(frozen=True)
class Format:
    """One format: how to know it, and how to read it."""

    knows: Callable[[Path], bool]
    read: Callable[[Path, Asked], Read]


def _csv(path: Path) -> bool:
    return path.is_file() and not documents.is_json(path)


def _has_columns(columns: frozenset[str]) -> Callable[[Path], bool]:
    def knows(path: Path) -> bool:
        if not _csv(path):
            return False
        names = {duo.named(name) for name in tabular.header(path)}
        return tabular.is_mostly(names, columns)

    return knows


def _template_files(path: Path) -> dict[str, Path]:
    if path.is_dir():
        return {file: path / file for file in school_template.FILES if (path / file).is_file()}
    file = school_template.which(path) if _csv(path) else None
    return {file: path} if file else {}


def _read_template(path: Path, asked: Asked) -> Read:
    files = _template_files(path)
    if not files:
        raise Refused(
            f"{path.name} holds no file of the template.", "Its files are " + ", ".join(school_template.FILES) + "."
        )
    return school_template.read(files, asked)


FORMATS: dict[str, Format] = {
    duo_mbo_offers.FORMAT: Format(_has_columns(duo_mbo_offers.COLUMNS), duo_mbo_offers.read),
    duo_ho_programmes.FORMAT: Format(_has_columns(duo_ho_programmes.COLUMNS), duo_ho_programmes.read),
    ooapi_v5.NAMES.format: Format(ooapi_v5.knows, ooapi_v5.read),
    ooapi_v6.NAMES.format: Format(ooapi_v6.knows, ooapi_v6.read),
    rio_lod.FORMAT: Format(rio_lod.knows, rio_lod.read),
    hovi_events.FORMAT: Format(hovi_events.knows, hovi_events.read),
    school_template.FORMAT: Format(lambda path: bool(_template_files(path)), _read_template),
}
NAMES = (REGISTER, *FORMATS)


def find(source: str, told: str | None) -> str:
    """The name of the format of a source.

    Args:
        source: "shipped", a file or a folder.
        told: what the operator says that it is; None to find out.
    Raises:
        Refused: there is no such file or format, or nothing that we know.
    """
    path = Path(source)
    if source != "shipped" and not path.exists():
        raise Refused(f"There is no file or folder {source}.", 'Give a path, or "shipped".')
    if told is not None and told not in NAMES:
        raise Refused(f"There is no format {told}.", f"Choose from {', '.join(NAMES)}.")
    if told or _is_ours(source, path):
        return told or REGISTER
    known = [name for name, format in FORMATS.items() if format.knows(path)]
    if len(known) == 1:
        return known[0]
    if known:
        raise Refused(f"{source} may be {' or '.join(known)}.", "Say which with --format.")
    what = "The header of" if _csv(path) else "What is in"
    names = f": {', '.join(tabular.header(path)[:8])}" if _csv(path) else ""
    raise Refused(f"{what} {path.name} is unknown{names}.", "See docs/import.md for what can be imported.")


def _is_ours(source: str, path: Path) -> bool:
    if source == "shipped" or path.is_dir():
        return source == "shipped" or any((path / name).is_file() for name in mbo_register.FILES)
    return _csv(path) and mbo_register.which(path) is not None
