"""`wegwijs check-facts` with the clock held still: it lists what to look at, and fails when a date is missing."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from cli.main import app
from core import clock


def checked(monkeypatch: pytest.MonkeyPatch, day: datetime) -> tuple[int, list[str]]:
    monkeypatch.setattr(clock, "now", lambda: day)
    done = CliRunner().invoke(app, ["check-facts"])
    return done.exit_code, done.output.splitlines()


def test_in_the_school_year_it_lists_what_is_unverified_and_is_content(monkeypatch):
    code, lines = checked(monkeypatch, datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert code == 0
    assert "fact nl-pro: unverified" in lines
    assert "helpline nl-allesoke: unverified" in lines


def test_without_the_dates_of_a_new_school_year_it_fails_and_names_them(monkeypatch):
    code, lines = checked(monkeypatch, datetime(2027, 9, 2, 12, tzinfo=UTC))
    assert code == 1
    assert "deadline nl-mbo-2028: missing this school year" in lines
    assert "deadline be-attest-2028: missing this school year" in lines
    assert "fact nl-mbo-fees: held for 2026-2027" in lines
