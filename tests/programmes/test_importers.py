"""An import swaps all or nothing, says what it left out, and can be repeated."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.db import blocking_engine
from core.errors import Refused, Unavailable
from programmes import importers
from programmes.importers import mbo_register
from programmes.importers.swap import swap
from programmes.models import Offering, Programme

WriteRows = Callable[..., Path]


def count(url: str, model: type[Programme] | type[Offering]) -> int:
    engine = blocking_engine(url)
    with Session(engine) as session:
        found = session.scalar(select(func.count()).select_from(model))
    engine.dispose()
    return found or 0


class TestRun:
    def test_the_shipped_catalogue_loads_without_a_bad_row(self, url: str) -> None:
        report = importers.run("shipped", url)

        assert report.skipped == []
        assert report.rows["programmes"] == count(url, Programme) > 600
        assert report.rows["offerings"] == count(url, Offering) > 500

    def test_the_same_rows_again_change_nothing(self, url: str) -> None:
        importers.run("shipped", url)

        assert not importers.run("shipped", url).has_changes

    def test_tables_of_an_older_version_are_made_anew(self, url: str) -> None:
        importers.run("shipped", url)
        engine = blocking_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE catalogue_offering DROP COLUMN proof"))
        engine.dispose()

        assert importers.needs_import(url)
        assert importers.run("shipped", url).rows["offerings"] == count(url, Offering)

    def test_a_dry_run_says_what_would_change_and_changes_nothing(self, url: str, write_rows: WriteRows) -> None:
        importers.run("shipped", url)
        before = count(url, Offering)
        own = write_rows("offerings.csv", keep=2)

        report = importers.run(str(own), url, dry_run=True)

        assert report.changes["offerings"].removed == before - 2
        assert count(url, Offering) == before

    def test_an_operators_file_replaces_its_table_and_leaves_the_others(self, url: str, write_rows: WriteRows) -> None:
        importers.run("shipped", url)
        programmes = count(url, Programme)

        importers.run(str(write_rows("offerings.csv", keep=5)), url)

        assert (count(url, Offering), count(url, Programme)) == (5, programmes)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"programme": "123"}, "programme"),
            ({"programme": "nl-mbo-99999"}, "no programme nl-mbo-99999"),
            ({"institution": "99ZZ"}, "no institution 99ZZ"),
            ({"mode": "evenings"}, "mode"),
            ({"duration_months": "-3"}, "duration_months"),
            ({"municipality": "9999"}, "no municipality 9999"),
            ({"municipality": ""}, "a place needs its municipality"),
            ({"source": "a rumour"}, "no source"),
            ({"verified": "perhaps"}, "verified"),
            ({"checked_on": "yesterday"}, "checked_on"),
        ],
    )
    def test_a_bad_row_is_reported_with_its_line_and_stops_no_other(
        self, tmp_path: Path, write_rows: WriteRows, change: dict[str, str], reason: str
    ) -> None:
        url = f"sqlite:///{tmp_path / 'catalogue.db'}"

        report = importers.run(str(write_rows("offerings.csv", change, {}, keep=2)), url)

        assert [(bad.file, bad.line) for bad in report.skipped] == [("offerings.csv", 4)]
        assert reason in report.skipped[0].reason
        assert count(url, Offering) == 3

    def test_a_row_that_stands_there_twice_is_taken_once(self, tmp_path: Path, write_rows: WriteRows) -> None:
        path = write_rows("offerings.csv", keep=1)
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([*lines, lines[-1]]), "utf-8")

        report = importers.run(str(path), f"sqlite:///{tmp_path / 'catalogue.db'}")

        assert "twice" in report.skipped[0].reason

    def test_an_unknown_header_fails_and_the_old_catalogue_goes_on_serving(self, url: str, folder: Path) -> None:
        importers.run("shipped", url)
        before = count(url, Programme)
        (folder / "programmes.csv").write_text("crebo;naam\n25180;Kok\n", "utf-8")

        with pytest.raises(Refused, match="header"):
            importers.run(str(folder), url)

        assert count(url, Programme) == before

    def test_a_header_names_what_it_misses_and_what_is_unknown(self, url: str, write_rows: WriteRows) -> None:
        path = write_rows("offerings.csv", keep=2)
        path.write_text(path.read_text("utf-8").replace("cohort", "year", 1), "utf-8")

        with pytest.raises(Refused, match="missing: cohort; unknown: year"):
            importers.run(str(path.parent), url)

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"", "is empty"), ("code,naam\n1,Café\n".encode("latin-1"), "is not UTF-8"), (b"a,b\n\0,1\n", "is no text")],
    )
    def test_what_is_no_table_is_named(self, tmp_path: Path, folder: Path, content: bytes, said: str) -> None:
        (folder / "programmes.csv").write_bytes(content)

        with pytest.raises(Refused, match=said):
            importers.run(str(folder), f"sqlite:///{tmp_path / 'catalogue.db'}")

    @pytest.mark.parametrize("format", [None, "register", "school", "duo-mbo", "ooapi-v5", "rio"])
    def test_a_folder_without_a_file_that_we_know_is_refused(
        self, tmp_path: Path, folder: Path, format: str | None
    ) -> None:
        with pytest.raises(Refused):
            importers.run(str(folder), f"sqlite:///{tmp_path / 'catalogue.db'}", format=format)

    def test_a_school_that_has_no_such_code_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="no code of a school"):
            importers.run("shipped", f"sqlite:///{tmp_path / 'catalogue.db'}", school="my school")

    def test_an_unknown_level_is_reported(self, tmp_path: Path, write_rows: WriteRows) -> None:
        report = importers.run(
            str(write_rows("programmes.csv", {"level": "9"}, keep=2)), f"sqlite:///{tmp_path / 'catalogue.db'}"
        )

        assert "level" in report.skipped[0].reason

    def test_a_link_of_an_offer_is_one_of_the_web(self, tmp_path: Path, write_rows: WriteRows) -> None:
        path = write_rows("offerings.csv", keep=2)
        lines = path.read_text("utf-8").splitlines()
        links = ("url", "https://school.example", "javascript:alert(1)")
        path.write_text("\n".join(f"{line},{link}" for line, link in zip(lines, links, strict=True)), "utf-8")

        report = importers.run(str(path), f"sqlite:///{tmp_path / 'catalogue.db'}")

        assert [(bad.line, "http" in bad.reason) for bad in report.skipped] == [(3, True)]

    def test_a_file_of_bad_rows_only_does_not_empty_the_catalogue(self, url: str, write_rows: WriteRows) -> None:
        importers.run("shipped", url)
        before = count(url, Programme)

        with pytest.raises(Refused, match="No good programme"):
            importers.run(str(write_rows("programmes.csv", {"id": "x"}, keep=0)), url)

        assert count(url, Programme) == before

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="nowhere"):
            importers.run(str(tmp_path / "nowhere.csv"), f"sqlite:///{tmp_path / 'catalogue.db'}")

    def test_a_database_that_cannot_be_written_is_unavailable(self, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match="old one serves"):
            importers.run("shipped", f"sqlite:///{tmp_path / 'no' / 'such' / 'folder' / 'catalogue.db'}")


class TestSwap:
    def test_a_swap_that_breaks_half_way_leaves_all_old_rows(self, url: str) -> None:
        importers.run("shipped", url)
        before = count(url, Programme)
        broken = mbo_register.read("shipped").records
        broken["offerings"] = {"one": next(iter(broken["offerings"].values())) | {"programme_id": None}}
        engine = blocking_engine(url)

        with pytest.raises(Exception, match=r"(?i)null"):
            swap(engine, broken, loaded_from="a broken file")

        engine.dispose()
        assert count(url, Programme) == before


class TestNeedsImport:
    def test_an_empty_database_needs_one_and_a_loaded_one_does_not(self, url: str) -> None:
        assert importers.needs_import(url)
        importers.run("shipped", url)
        assert not importers.needs_import(url)

    def test_what_an_operator_imported_is_left_alone(self, url: str, write_rows: WriteRows) -> None:
        importers.run(str(write_rows("offerings.csv", keep=4)), url)

        assert not importers.needs_import(url)
