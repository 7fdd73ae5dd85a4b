"""The `wegwijs` command line. Each command is a door to one module; the contract names them."""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.say import give_up, tell
from core.errors import Refused, WegwijsError
from core.settings import get_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1024, max=65000, help="Public port; the next three are used too")] = 8000,
) -> None:
    """Start Wegwijs and keep it running until Ctrl-C."""
    from cli.serving import serve as start  # noqa: PLC0415 -- each command loads only what it needs

    os.environ["PORT"] = str(port)
    get_settings.cache_clear()
    start()


@app.command()
def train(*, force: Annotated[bool, typer.Option(help="Train even if nothing changed")] = False) -> None:
    """Train the language model if its inputs changed."""
    from cli.catalogue import ensure_catalogue  # noqa: PLC0415
    from cli.training import train as run  # noqa: PLC0415

    get_settings().data_dir.mkdir(parents=True, exist_ok=True)
    ensure_catalogue()
    tell("✓ Trained." if run(force=force) else "✓ The model is up to date.")


@app.command("import-catalogue")
def import_catalogue(
    source: Annotated[str | None, typer.Argument(help="`shipped`, or the path of a file or folder")] = None,
    *,
    format: Annotated[str | None, typer.Option(help="What it is; found out when not given. See docs/import.md")] = None,
    dated: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the file; when not given, its last change")
    ] = None,
    school: Annotated[str | None, typer.Option(help="Whose data it is (25PT), if the file does not say so")] = None,
    dry_run: Annotated[bool, typer.Option(help="Only say what would change")] = False,
    remove: Annotated[str | None, typer.Option(help="Only take away all that this source brought: duo-mbo")] = None,
    template: Annotated[Path | None, typer.Option(help="Only put the files that a school can fill in here")] = None,
) -> None:
    """Load what one source brings; what others brought stays, and a failed import leaves the old catalogue serving."""
    from cli.catalogue import copy_template  # noqa: PLC0415
    from programmes import importers  # noqa: PLC0415

    if template is not None:
        for path in copy_template(template):
            tell(f"✓ {path}")
        return
    settings = get_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    url, day = settings.catalogue_address, dated.date() if dated else None
    if remove is not None:
        report = importers.remove(remove, url, dry_run=dry_run)
    elif source is not None:
        report = importers.run(source, url, dry_run=dry_run, format=format, dated=day, school=school)
    else:
        raise Refused("Nothing to import was named.", "Give a file, a folder or `shipped`; see docs/import.md.")
    for line in report.lines():
        tell(line)


@app.command("add-coach")
def add_coach(
    email: Annotated[str, typer.Argument(help="Sign-in name")],
    first_name: Annotated[str, typer.Option(prompt=True, help="What pupils see")],
    team: Annotated[str, typer.Option(prompt=True, help="A team of sites.yml")],
    role: Annotated[str, typer.Option(help="What pupils see beside the name")] = "mentor",
) -> None:
    """Add a coach; the password is printed once."""
    from cli.coaches import add  # noqa: PLC0415

    password = asyncio.run(add(email, first_name=first_name, team=team, role=role))
    tell(f"✓ {email} can sign in at {get_settings().address}/coach")
    typer.echo(password)


@app.command()
def purge() -> None:
    """Delete what has been kept long enough; the API does this by itself every hour."""
    from cli.retention import purge_now  # noqa: PLC0415

    gone = asyncio.run(purge_now())
    tell(f"✓ Deleted {gone.conversations} conversations and {gone.audit_entries} lines of the audit trail.")


@app.command()
def understand() -> None:
    """Read JSON Lines with `text` on standard input; write what the chat would understand, a line each."""
    from cli.understanding import understand_lines  # noqa: PLC0415

    for line in understand_lines(sys.stdin.buffer):
        typer.echo(line)


@app.command()
def evaluate(
    split: Annotated[str, typer.Option(help="`test`, or `dev` while you compare")] = "test",
    directory: Annotated[Path, typer.Option(help="Where the evaluation sets are")] = Path("tests/evaluation"),
) -> None:
    """Measure understanding, signals and search on the held-out sets."""
    from cli.evaluation import report  # noqa: PLC0415

    for line in report(directory, split):
        typer.echo(line)


@app.command("estimate-interests")
def estimate_interests(
    path: Annotated[Path, typer.Argument(help="The table to write; import it with `import-catalogue`")],
) -> None:
    """Guess the interests of programmes without a known profile, from the occupations nearest in meaning."""
    from cli.interests import write_estimates  # noqa: PLC0415

    tell(f"✓ {path}: {write_estimates(path)} programmes were estimated.")


@app.command("check-facts")
def check_facts() -> None:
    """List facts, deadlines and helplines to look at again; fails when a deadline of this school year is missing."""
    from cli.facts import report  # noqa: PLC0415
    from core.clock import now  # noqa: PLC0415
    from programmes.freshness import missing_deadlines  # noqa: PLC0415

    today = now().date()
    for line in report(today):
        typer.echo(line)
    if missing_deadlines(today):
        raise SystemExit(1)


@app.command()
def doctor() -> None:
    """Say what is in order and what is not, with how to mend it."""
    from cli.doctor import examine  # noqa: PLC0415

    findings = examine(get_settings())
    for finding in findings:
        tell(str(finding))
    if not all(finding.is_well for finding in findings):
        raise SystemExit(1)


def main() -> None:
    """Run the command; our own errors become one clear line."""
    try:
        app()
    except WegwijsError as error:
        give_up(error.what, error.mend)
