"""What several sources brought stands beside each other (made-up rows): nothing is wiped, nothing is said twice."""

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from api.texts import KEYS
from core.db import blocking_engine
from core.errors import Conflict, Refused
from programmes import importers
from programmes.importers import mbo_register
from programmes.importers.layers import Brought
from programmes.importers.merge import Merged, merge
from programmes.importers.rows import OfferingRow, ProgrammeRow
from programmes.importers.school_template import FILES
from programmes.importers.swap import swap
from programmes.models import Offering, OpenDay, Programme
from programmes.sources import Cited

BASE = mbo_register.register({}).records
RECORDED = {"source": "x", "checked_on": date(2026, 11, 30), "verified": True}
OFFER = {
    **RECORDED, "programme": "nl-mbo-25180", "institution": "25PT", "place": "Alkmaar", "municipality": "",
    "mode": "BBL", "cohort": "2027", "proof": "school", "duration_months": "",
}  # fmt: skip
PROGRAMME = {
    **RECORDED, "id": "nl-mbo-29999", "code": "29999", "aliases": "", "name_nl": "Verzonnen vak", "name_en": "Made up",
    "level": "3", "level_from": "register", "kind": "", "dossier": "", "domain": "", "modes": "", "modes_from": "",
    "themes": "", "proof": "", "last_seen": "",
}  # fmt: skip


def brought(name: str = "school-25PT", format: str = "school", **tables: list[Any]) -> Brought:
    source = Cited("x", "Made up", "25PT", "", "", "2026")
    return Brought.model_validate({"name": name, "format": format, "sources": (source,), **tables})


def offer(**given: str) -> OfferingRow:
    return OfferingRow.model_validate({**OFFER, **given})


def programme(**given: str) -> ProgrammeRow:
    return ProgrammeRow.model_validate({**PROGRAMME, **given})


def with_offers(*offers: OfferingRow, **more: Any) -> Merged:
    return merge(BASE, [brought(offerings=list(offers), **more)])


class TestMerge:
    def test_the_base_itself_is_not_changed(self):
        before = BASE["programmes"]["nl-mbo-25180"]
        with_offers(offer())

        assert BASE["programmes"]["nl-mbo-25180"] is before
        assert ("nl-mbo-25180", "25PT", "Alkmaar", "BBL") not in BASE["offerings"]

    def test_an_offer_proves_that_its_programme_runs(self):
        record = with_offers(offer()).records["programmes"]["nl-mbo-25180"]

        assert (record["proof"], record["last_seen"]) == ("offer", "2027")

    def test_an_old_offer_proves_nothing_today(self):
        record = with_offers(offer(cohort="2019")).records["programmes"]["nl-mbo-25180"]

        assert record == BASE["programmes"]["nl-mbo-25180"]

    def test_a_mode_of_one_school_takes_no_other_away(self):
        known = next(one for one in BASE["programmes"].values() if one["modes"] == ("BOL",) and one["system"] == "mbo")
        record = with_offers(offer(programme=known["id"])).records["programmes"][known["id"]]

        assert record["modes"] == ("BOL", "BBL")

    @pytest.mark.parametrize(
        ("programme", "said", "shown"),
        [
            ("nl-mbo-25180", "full-time", "BOL"),
            ("nl-mbo-25180", "dual", "BBL"),
            ("nl-mbo-25180", "part-time", None),
            ("nl-ho-34267", "BBL", "dual"),
            ("nl-ho-34267", "part-time", "part-time"),
        ],
    )
    def test_a_mode_has_the_name_of_that_part_of_education(self, programme, said, shown):
        keys = with_offers(offer(programme=programme, mode=said)).records["offerings"]

        assert (programme, "25PT", "Alkmaar", shown) in keys

    def test_every_set_of_modes_has_its_words(self):
        sets = [["BOL"], ["BBL"], ["BOL", "BBL"]]
        sets += [list(some) for size in (1, 2, 3) for some in combinations(["full-time", "dual", "part-time"], size)]

        for modes in sets:
            assert f"search.card.modes.{'_'.join(modes)}" in KEYS

    def test_an_older_code_is_the_programme_of_today(self):
        old = next(one for one in BASE["programmes"].values() if one["aliases"] and one["system"] == "mbo")
        keys = with_offers(offer(programme=f"nl-mbo-{old['aliases'][0]}")).records["offerings"]

        assert (old["id"], "25PT", "Alkmaar", "BBL") in keys

    def test_a_renewed_code_with_the_same_name_and_level_becomes_an_alias(self):
        known = BASE["programmes"]["nl-mbo-25180"]
        renewed = programme(name_nl=known["name_nl"].upper(), level=known["level"])
        records = with_offers(offer(programme="nl-mbo-29999"), programmes=[renewed]).records

        assert "nl-mbo-29999" not in records["programmes"]
        assert records["programmes"]["nl-mbo-25180"]["aliases"] == (*known["aliases"], "29999")
        assert ("nl-mbo-25180", "25PT", "Alkmaar", "BBL") in records["offerings"]

    def test_a_new_programme_is_added_with_what_its_offers_prove(self):
        record = with_offers(offer(programme="nl-mbo-29999"), programmes=[programme()]).records["programmes"]

        assert record["nl-mbo-29999"]["proof"] == "offer"
        assert record["nl-mbo-29999"]["modes"] == ("BBL",)

    def test_another_level_for_a_known_programme_is_said_and_not_taken(self):
        found = with_offers(offer(), programmes=[programme(id="nl-mbo-25180", code="25180", level="1")])

        assert found.records["programmes"]["nl-mbo-25180"]["level"] == BASE["programmes"]["nl-mbo-25180"]["level"]
        assert any("level 1 of nl-mbo-25180" in note for note in found.notes["school-25PT"])

    @pytest.mark.parametrize(
        ("change", "reason"),
        [({"programme": "nl-mbo-29999"}, "no programme nl-mbo-29999"), ({"institution": "99ZZ"}, "no school 99ZZ")],
    )
    def test_what_points_at_nothing_is_reported_and_left_out(self, change, reason):
        found = with_offers(offer(**change), offer())

        assert [reason in bad.reason for bad in found.skipped["school-25PT"]] == [True]
        assert len(found.records["offerings"]) == len(BASE["offerings"]) + 1

    def test_the_same_row_twice_is_taken_once(self):
        assert "twice" in with_offers(offer(), offer()).skipped["school-25PT"][0].reason

    def test_a_place_gets_its_name_and_municipality(self):
        keys = with_offers(offer(place="ALKMAAR"), offer(place="'S-GRAVENHAGE")).records["offerings"]

        assert keys["nl-mbo-25180", "25PT", "Alkmaar", "BBL"]["municipality_code"] == "0361"
        assert keys["nl-mbo-25180", "25PT", "'s-Gravenhage", "BBL"]["municipality_code"] == "0518"

    @pytest.mark.parametrize("place", ["Nergenshuizen", "Zeeland", "Gelderland"])
    def test_a_place_that_is_not_one_of_ours_is_not_said(self, place):
        found = with_offers(offer(place=place))

        assert ("nl-mbo-25180", "25PT", None, "BBL") in found.records["offerings"]
        assert any(place in note for note in found.notes["school-25PT"])

    def test_an_offer_of_ours_that_says_less_makes_room(self):
        register = next(one for one in BASE["offerings"].values() if one["place"] and one["mode"] is None)
        better = offer(
            programme=register["programme_id"], institution=register["institution_code"], place=register["place"],
            mode="full-time",
        )  # fmt: skip
        keys = with_offers(better).records["offerings"]

        where = (register["programme_id"], register["institution_code"], register["place"])
        assert (*where, None) not in keys
        assert (*where, "full-time") in keys

    @pytest.mark.parametrize(
        ("of_school", "of_duo", "shown"),
        [("2027", "2026", "school"), ("2026", "2026", "school"), ("2026", "2027", "duo")],
    )
    def test_of_one_offer_the_newest_is_shown_then_the_schools_own(self, of_school, of_duo, shown):
        layers = [
            brought(offerings=[offer(cohort=of_school, url="https://school.example")]),
            brought("duo-mbo", "duo-mbo", offerings=[offer(cohort=of_duo, url="https://duo.example")]),
        ]
        for order in (layers, layers[::-1]):
            keys = merge(BASE, order).records["offerings"]
            assert shown in keys["nl-mbo-25180", "25PT", "Alkmaar", "BBL"]["url"]


def answers(url: str, query: Any) -> list[Any]:
    engine = blocking_engine(url)
    with Session(engine) as session:
        found = list(session.scalars(query))
    engine.dispose()
    return found


class TestRun:
    @pytest.fixture
    def give(self, write_csv):
        """A school's own file, as a path."""

        def give(file: str, **row: str) -> str:
            return str(write_csv(file, FILES[file], row))

        return give

    def test_sources_stay_beside_each_other_and_each_can_be_replaced(self, url, give):
        offered = select(Offering.cohort).where(Offering.source_id == "school-25PT")
        row = {"school": "25PT", "programme": "nl-mbo-25180", "place": "Alkmaar", "mode": "BBL"}
        importers.run("shipped", url)
        before = len(answers(url, select(Offering.id)))
        importers.run(give("offers.csv", **row, start_year="2026"), url)
        importers.run(give("open_days.csv", school="25PT", date="2027-02-06", **{"from": "10:00"}), url)
        importers.run(give("offers.csv", **row, start_year="2027"), url)
        importers.run("shipped", url)

        assert answers(url, offered) == ["2027"]
        assert len(answers(url, select(Offering.id))) == before + 1
        assert [day.starts_at.hour for day in answers(url, select(OpenDay))] == [10]
        assert answers(url, select(Programme.proof).where(Programme.id == "nl-mbo-25180")) == ["offer"]

    def test_the_same_file_again_changes_nothing(self, url, give):
        path = give("open_days.csv", school="25PT", date="2027-02-06", **{"from": "10:00"})
        importers.run(path, url)

        assert not importers.run(path, url).has_changes

    def test_what_a_school_takes_back_is_gone(self, here, give, write_csv):
        importers.run(give("open_days.csv", school="25PT", date="2027-02-06"), here)
        empty = str(write_csv("open_days.csv", FILES["open_days.csv"]))

        report = importers.run(empty, here, school="25PT", dry_run=True)
        importers.run(empty, here, school="25PT")

        assert report.changes["open_days"].removed == 1
        assert answers(here, select(OpenDay.id)) == []

    def test_a_source_that_is_removed_leaves_nothing_behind(self, url, give):
        importers.run("shipped", url)
        row = {"school": "25PT", "programme": "nl-mbo-25180", "place": "Hoorn", "mode": "BBL", "start_year": "2027"}
        there = importers.run(give("offers.csv", **row), url).changes
        tried = importers.remove("school-25PT", url, dry_run=True).changes
        gone = importers.remove("school-25PT", url).changes

        assert tried == gone
        assert gone["offerings"].removed == there["offerings"].added == 1
        assert not importers.run("shipped", url).has_changes

    def test_what_was_never_imported_cannot_be_removed(self, here, give):
        importers.run(give("open_days.csv", school="25PT", date="2027-02-06"), here)

        with pytest.raises(Refused, match=r"No source duo-mbo was imported. Those that were: school-25PT"):
            importers.remove("duo-mbo", here)

    def test_an_upgrade_keeps_what_was_imported(self, url, give):
        importers.run(give("open_days.csv", school="25PT", date="2027-02-06"), url)
        engine = blocking_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE catalogue_offering DROP COLUMN proof"))
        engine.dispose()

        assert importers.needs_import(url)
        importers.refresh(url)
        assert len(answers(url, select(OpenDay.id))) == 1

    def test_a_kept_source_that_cannot_be_read_any_more_stops_nothing(self, here, give):
        importers.run(give("open_days.csv", school="25PT", date="2027-02-06"), here)
        engine = blocking_engine(here)
        with engine.begin() as connection:
            connection.execute(text("UPDATE catalogue_layer SET rows = '{}'"))
        engine.dispose()

        assert importers.refresh(here).rows["open_days"] == 0

    def test_an_import_that_came_between_is_not_lost(self, url):
        importers.run("shipped", url)
        engine = blocking_engine(url)

        with pytest.raises(Conflict, match="came between"):
            swap(engine, BASE, loaded_from="late", seen="another one")

        engine.dispose()
        assert len(answers(url, select(Programme.id))) > 1000

    def test_the_day_of_the_file_is_said_with_its_rows(self, here, give, tmp_path: Path):
        path = give("open_days.csv", school="25PT", date="2027-02-06")
        importers.run(path, here, dated=date(2026, 10, 1))

        assert answers(here, select(OpenDay.checked_on)) == [date(2026, 10, 1)]
