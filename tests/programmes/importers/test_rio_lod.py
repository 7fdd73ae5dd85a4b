"""Saved answers of RIO's open API: made-up records in the documented fields, related in every way that we read."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import blocking_engine
from core.errors import Refused
from programmes import importers
from programmes.importers import formats, rio_lod
from programmes.importers.gathering import Asked, Read
from programmes.models import Offering

DAY = date(2026, 11, 30)
BASE = "https://lod.onderwijsregistratie.nl/api/rio/v2"
OFFER = {
    "id": "offer-0001", "aangebodenOpleidingcode": "offer-0001", "eigennaam": "Vak", "startdatum": "2024-08-01",
    "type": "AANGEBODENMBOOPLEIDING", "leertraject": "BBL", "mboniveau": "MBO-3",
    "afwijkendeOpleidingsduuromvang": 24, "afwijkendeOpleidingsduureenheid": "M", "website": "https://school.example/v",
}  # fmt: skip
PROGRAMME = {
    "id": "9000O0001", "opleidingseenheidcode": "9000O0001", "volledigeNaam": "Verzonnen vak",
    "internationaleNaamEngels": "Made-up trade", "type": "MBOKWALIFICATIE", "niveau": "MBO-3",
}  # fmt: skip
RECOGNITION = {"id": "recog-0001", "erkendeopleidingscode": "29999", "ingangsdatum": "2024-08-01"}
SCHOOL = {"id": "999A001", "code": "999A001", "naam": "Verzonnen College", "type": "ONDERWIJSAANBIEDER"}
PLACE = {"id": "999X001", "onderwijslocatiecode": "999X001", "plaatsnaam": "ALKMAAR", "postcode": "1811AA"}
COHORT = {"id": "cohort-0001", "code": "2027", "status": "O", "instroommoment": "2027-08-01"}


def link(*paths: str) -> dict[str, Any]:
    return {f"link{at}": {"href": f"{BASE}/{path}"} for at, path in enumerate(paths)}


TO_ALL = link("opleidingseenheden/9000O0001", "onderwijslocaties/999X001", "organisatorische-eenheden/999A001")
OTHERS = [
    PROGRAMME,
    {**RECOGNITION, "_links": link("opleidingseenheden/9000O0001")},
    SCHOOL,
    PLACE,
    {**COHORT, "_links": link("aangeboden-opleidingen/offer-0001")},
]


@pytest.fixture
def save(folder: Path):
    """Saves pages as the API answers them; reads the folder."""

    def save(offers: list[Any], others: list[Any] = OTHERS, school: str | None = None) -> Read:
        links = {"self": {"href": f"{BASE}/aangeboden-opleidingen?page=0"}}
        page = {"_links": links, "_embedded": {"AangebodenOpleidingen": offers}}
        (folder / "offers.json").write_text(json.dumps(page), "utf-8")
        (folder / "others.json").write_text(json.dumps(others), "utf-8")
        return rio_lod.read(folder, Asked(DAY, school))

    return save


def an_offer(at: int = 1, **given: Any) -> dict[str, Any]:
    made = {**deepcopy(OFFER), "_links": TO_ALL, "id": f"offer-000{at}", "aangebodenOpleidingcode": f"offer-000{at}"}
    return made | given


class TestRead:
    def test_an_offer_has_the_place_school_and_cohort_that_it_links_to(self, save):
        [brought] = save([an_offer()]).brought
        [offer], [school], [programme] = brought.offerings, brought.institutions, brought.programmes

        assert (offer.programme, offer.institution, offer.place) == ("nl-mbo-29999", "999A001", "ALKMAAR")
        assert (offer.mode, offer.duration_months, offer.cohort) == ("BBL", 24, "2027")
        assert (programme.name_nl, programme.name_en, programme.level) == ("Verzonnen vak", "Made-up trade", "3")
        assert school.name == "Verzonnen College"
        assert brought.name == "rio-999A001"

    def test_what_it_names_in_a_field_belongs_to_it_as_well(self, save):
        offer = {**OFFER, "opleidingseenheidcode": "9000O0001", "onderwijslocatiecode": "999X001", "x": "999A001"}

        assert save([offer]).brought[0].offerings[0].place == "ALKMAAR"

    def test_what_it_embeds_belongs_to_it_as_well(self, save):
        programme = {**PROGRAMME, "_embedded": {"erkenning": RECOGNITION}}
        offer = {**OFFER, "_embedded": {"opleiding": programme, "aanbieder": SCHOOL, "locaties": [PLACE]}}

        found = save([offer], []).brought[0].offerings
        assert [(one.programme, one.place, one.cohort) for one in found] == [("nl-mbo-29999", "ALKMAAR", "2026")]

    def test_what_was_saved_under_its_name_belongs_to_it_as_well(self, save, folder):
        own = {**PROGRAMME, "_embedded": {"erkenning": RECOGNITION}}
        (folder / "aangeboden-opleidingen_offer-0001_opleiding.json").write_text(json.dumps(own), "utf-8")

        assert save([{**OFFER, "_links": {}}], [], school="25PT").brought[0].offerings[0].programme == "nl-mbo-29999"

    def test_higher_education_has_its_own_ids_and_modes(self, save):
        programme = {**PROGRAMME, "type": "HOOPLEIDING", "niveau": "WO-BA"}
        offer = an_offer(type="AANGEBODENHOOPLEIDING", leertraject=None, mboniveau=None, vorm="DUAAL")
        [brought] = save([offer], [programme, *OTHERS[1:]]).brought

        assert (brought.offerings[0].programme, brought.offerings[0].mode) == ("nl-ho-29999", "dual")
        assert brought.programmes[0].level == "wo"

    def test_the_recognition_in_force_gives_the_code(self, save):
        old = {**OTHERS[1], "id": "recog-0000", "erkendeopleidingscode": "28888", "einddatum": "2025-07-31"}

        assert save([an_offer()], [old, *OTHERS]).brought[0].programmes[0].code == "29999"

    @pytest.mark.parametrize(
        "change",
        [
            {"einddatum": "2026-08-01"},
            {"laatsteInstroomdatum": "2026-09-01"},
            {"type": "AANGEBODENVAVOOPLEIDING"},
            {"type": "AANGEBODENMBOOPLEIDINGSONDERDEEL"},
        ],
    )
    def test_what_has_ended_or_is_not_ours_is_counted(self, save, change):
        found = save([an_offer(), an_offer(2, **change)])

        assert sum(found.notes.values()) == 1
        assert found.skipped == []

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"mboniveau": "MBO-9"}, "unknown level MBO-9"),
            ({"website": "javascript:alert(1)"}, "link must begin with http"),
            ({"einddatum": "ooit"}, "ooit is no date"),
            ({"_links": {}}, "onderwijsaanbieder is not there"),
            ({"_links": link("organisatorische-eenheden/999A001")}, "opleidingseenheid is not there"),
            ({"aangebodenOpleidingcode": "offer-0001"}, "twice"),
        ],
    )
    def test_a_bad_record_is_reported_and_stops_no_other(self, save, change, reason):
        found = save([an_offer(), an_offer(2, **change)])

        assert [(one.file, one.line) for one in found.skipped] == [("offers.json", 2)]
        assert reason in found.skipped[0].reason

    def test_a_programme_without_a_recognition_has_no_code(self, save):
        with pytest.raises(Refused, match="no opleidingserkenning that is in force"):
            save([an_offer()], [PROGRAMME, SCHOOL, PLACE])

    def test_schools_in_one_folder_are_kept_apart(self, save):
        other = {**SCHOOL, "id": "999A002", "code": "999A002", "naam": "Ander College"}
        to_other = link("opleidingseenheden/9000O0001", "organisatorische-eenheden/999A002")

        found = save([an_offer(), an_offer(2, _links=to_other)], [*OTHERS, other]).brought
        assert [one.name for one in found] == ["rio-999A001", "rio-999A002"]

    def test_a_list_without_its_last_page_is_refused(self, save, folder):
        save([an_offer()])
        links = {"self": {"href": f"{BASE}/aangeboden-opleidingen?page=0"}, "next": {"href": f"{BASE}/x?page=1"}}
        page = {"_links": links, "_embedded": {"AangebodenOpleidingen": [an_offer()]}}
        (folder / "offers.json").write_text(json.dumps(page), "utf-8")

        with pytest.raises(Refused, match="there is a next page"):
            rio_lod.read(folder, Asked(DAY))


class TestRun:
    def test_rio_is_seen_from_its_fields_and_stands_beside_the_rest(self, url, save, folder):
        save([an_offer()])
        assert formats.find(str(folder), None) == "rio"
        importers.run(str(folder), url, dated=DAY)
        again = importers.run(str(folder), url, dated=DAY)

        engine = blocking_engine(url)
        with Session(engine) as session:
            found = session.scalars(select(Offering.place).where(Offering.source_id == "rio-999A001")).all()
        engine.dispose()

        assert found == ["Alkmaar"]
        assert not again.has_changes
