"""The shipped catalogue, loaded when there is none yet or an older one of ours."""

from cli.say import tell
from core.settings import get_settings
from programmes.importers import needs_import, run


def ensure_catalogue() -> None:
    """Load what ships; a catalogue that an operator imported is left alone."""
    url = get_settings().catalogue_address
    if not needs_import(url):
        return
    tell("→ Loading the catalogue")
    report = run("shipped", url)
    tell("  " + ", ".join(f"{count} {table}" for table, count in report.rows.items()))
    for bad in report.skipped:
        tell(f"  skipped {bad.file} line {bad.line}: {bad.reason}")
