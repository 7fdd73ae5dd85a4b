"""The shipped catalogue, loaded when there is none yet or an older one of ours; and the files a school can fill in."""

import shutil
from pathlib import Path

from cli.say import tell
from core.errors import Refused
from core.settings import get_settings
from programmes.importers import needs_import, refresh
from programmes.importers.school_template import FILES, TEMPLATE


def ensure_catalogue() -> None:
    """Load what ships; what an operator imported stays."""
    url = get_settings().catalogue_address
    if not needs_import(url):
        return
    tell("→ Loading the catalogue")
    report = refresh(url)
    tell("  " + ", ".join(f"{count} {table}" for table, count in report.rows.items()))
    for bad in report.skipped:
        tell(f"  skipped {bad}")


def copy_template(folder: Path) -> list[Path]:
    """Put the empty files of the template in a folder.

    Raises:
        Refused: one of them is there already; what a school filled in is never written over.
    """
    there = [name for name in FILES if (folder / name).exists()]
    if there:
        raise Refused(f"{folder} already has {', '.join(there)}.", "Name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(TEMPLATE / name, folder / name)) for name in FILES]
