"""What an import did, would do, and left out."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class BadRow:
    """A line, or a record of a JSON document, that was left out."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        what = "record" if self.file.lower().endswith(".json") else "line"
        return f"{self.file} {what} {self.line}: {self.reason}"


@dataclass(frozen=True)
class Change:
    """How one table differs from what served before, in rows."""

    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True)
class ImportReport:
    """The outcome of one import."""

    source: str
    is_dry_run: bool
    rows: dict[str, int]
    """Good rows by table, of the whole catalogue."""
    skipped: list[BadRow] = field(default_factory=list)
    changes: dict[str, Change] = field(default_factory=dict)
    """Only the tables that differ."""
    notes: Counter[str] = field(default_factory=Counter)
    """What was read otherwise than it stands there, or left out for a reason that is no mistake -> how often."""
    format: str = "register"

    @property
    def has_changes(self) -> bool:
        """Whether anything differs from what served before."""
        return bool(self.changes)

    def lines(self) -> list[str]:
        """The report as lines for a terminal."""
        whole = ", ".join(f"{count} {table}" for table, count in self.rows.items())
        said = [f"{self.source} ({self.format}); the catalogue has {whole}"]
        said += [
            f"  {table}: {change.added} added, {change.changed} changed, {change.removed} gone"
            for table, change in self.changes.items()
        ]
        said += [f"  {count} × {note}" for note, count in sorted(self.notes.items())]
        said += [f"  skipped {bad}" for bad in self.skipped]
        verb = "would change" if self.is_dry_run else "changed"
        return [*said, f"  {verb}: {'yes' if self.has_changes else 'nothing'}"]
