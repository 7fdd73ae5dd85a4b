"""The catalogue, opened: what ships, what is reopened, and what the bot learns from it."""

import time
from pathlib import Path

import pytest

from bot.gazetteer import Gazetteer
from core.db import blocking_engine
from core.errors import Unavailable
from programmes import catalogue as door
from programmes import importers
from programmes.catalogue import Catalogue, CatalogueDoor, open_catalogue
from programmes.gazetteer import export
from tests.programmes.conftest import VECTORS


class TestShipped:
    def test_every_row_knows_its_source_its_day_and_whether_it_was_verified(self, catalogue: Catalogue) -> None:
        for row in (*catalogue.programmes.values(), *catalogue.institutions.values(), *catalogue.themes.values()):
            assert row.source_id in catalogue.sources
            assert row.checked_on.year == 2026
            assert isinstance(row.is_verified, bool)

    def test_a_programme_is_there_once_for_each_name_and_level(self, catalogue: Catalogue) -> None:
        rows = catalogue.programmes.values()

        assert len({(row.name_nl.lower(), row.level) for row in rows}) == len(rows)

    def test_no_code_belongs_to_two_programmes(self, catalogue: Catalogue) -> None:
        # A Flemish direction has one code in two grades, so there the grade is a part of the id.
        national = {
            id: row for id, row in catalogue.programmes.items() if row.system in {"mbo", "ho"} and row.country == "NL"
        }
        codes = [(row.system, code) for row in national.values() for code in (row.code, *row.aliases)]
        assert len(codes) == len(set(codes))

    def test_every_programme_has_an_english_name_and_words_to_find_it_by(self, catalogue: Catalogue) -> None:
        for row in catalogue.programmes.values():
            assert row.name_en
            assert row.themes, row.name_nl

    def test_only_recent_proof_counts_as_verified(self, catalogue: Catalogue) -> None:
        for row in catalogue.programmes.values():
            assert row.is_verified == (row.proof is not None)

    def test_what_ships_is_small(self) -> None:
        files = (Path(door.__file__).parent / "data").rglob("*")

        assert sum(file.stat().st_size for file in files if file.is_file()) < 3_000_000


class TestFind:
    def test_an_older_code_leads_to_the_programme_of_today(self, catalogue: Catalogue) -> None:
        found = catalogue.find("nl-mbo-25486")

        assert found is not None
        assert found.id == "nl-mbo-25696"

    @pytest.mark.parametrize("id", ["nl-mbo-00000", "", "nl-ho-25180", "../etc"])
    def test_what_is_not_there_is_none(self, catalogue: Catalogue, id: str) -> None:
        assert catalogue.find(id) is None


class TestOpening:
    def test_an_empty_database_says_what_to_do(self, url: str, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match="import-catalogue"):
            open_catalogue(url, cache=tmp_path)

    def test_one_of_an_older_version_says_what_to_do(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'older.db'}"
        importers.run("shipped", url)
        engine = blocking_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE catalogue_postcode")
        engine.dispose()
        with pytest.raises(Unavailable, match="older version"):
            open_catalogue(url)

    def test_the_door_opens_again_after_an_import(
        self, url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        importers.run("shipped", url)
        monkeypatch.setattr(door, "FRESH_S", 0.0)
        of_this_process = CatalogueDoor(url, cache=VECTORS)
        first = of_this_process.catalogue()
        shipped = Path(importers.mbo_register.SHIPPED / "offerings.csv").read_text("utf-8").splitlines()
        (folder / "offerings.csv").write_text("\n".join(shipped[:3]), "utf-8")

        time.sleep(0.01)  # the clock must move on for a second look
        assert of_this_process.catalogue() is first
        importers.run(str(folder), url)

        newest = of_this_process.catalogue()
        newest.close()
        assert newest is not first


class TestExport:
    def test_the_bot_recognises_names_words_and_places(self, catalogue: Catalogue) -> None:
        gazetteer = Gazetteer.from_json(export(catalogue))
        text = "iets met paarden in Zwolle, of Mediavormgever bij Landstede"

        found = {(text[span.start : span.end], span.entity) for span in gazetteer.spans(text)}

        assert {
            ("paarden", "interest"),
            ("Zwolle", "city"),
            ("Mediavormgever", "programme"),
            ("Landstede", "institution"),
        } <= found

    def test_towns_with_everyday_names_are_marked(self, catalogue: Catalogue) -> None:
        common = set(export(catalogue)["common"])

        assert {"dieren", "haren", "winkel", "best"} <= common
        assert common.isdisjoint({"utrecht", "rotterdam", "zwolle"})
