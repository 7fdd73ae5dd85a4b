"""The Open Onderwijs API, versions 5 and 6: made-up records in the documented fields; alike but for their names."""

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
from programmes.importers import formats, ooapi_v5, ooapi_v6
from programmes.importers.gathering import Asked, Read
from programmes.models import Offering

DAY = date(2026, 11, 30)
NAME = [{"language": "en-GB", "value": "Made-up Studies"}, {"language": "nl-NL", "value": "Verzonnen kunde"}]
ADDRESSES = [{"addressType": "postal", "city": "Den Haag"}, {"addressType": "teaching", "city": "Utrecht"}]
V5 = {
    "program": {
        "programId": "p-1", "primaryCode": {"codeType": "crohoCreboCode", "code": "39999"}, "programType": "program",
        "name": NAME, "abbreviation": "VK", "description": NAME, "teachingLanguage": "nld", "modeOfStudy": "part-time",
        "duration": "P4Y", "level": "bachelor", "sector": "higher professional education",
        "link": "https://school.example/p", "organization": "o-1", "addresses": ADDRESSES, "validFrom": "2020-01-01",
    },
    "offering": {
        "offeringId": "f-1", "offeringType": "program", "program": "p-1", "name": NAME, "startDate": "2027-09-01",
        "endDate": "2031-08-31", "link": "https://school.example/f",
    },
    "organization": {
        "organizationId": "o-1", "primaryCode": {"codeType": "brin", "code": "21QW"}, "organizationType": "root",
        "name": [{"language": "nl-NL", "value": "Verzonnen Hogeschool"}], "shortName": "VH",
    },
}  # fmt: skip
V6 = {
    "program": {
        "programmeId": "p-1", "primaryCode": {"codeType": "programme_code", "code": "39999"},
        "programmeType": "programme", "name": NAME, "modeOfStudy": "part_time", "duration": "P4Y", "level": "bachelor",
        "consumer": {"consumerKey": "rio", "sector": "higher_professional_education"},
        "link": "https://school.example/p", "organisationId": "o-1", "addresses": ADDRESSES,
    },
    "offering": {
        "programmeOfferingId": "f-1", "programmeId": "p-1", "name": NAME, "startDateTime": "2027-09-01T00:00:00+02:00",
        "endDateTime": "2031-08-31T00:00:00+02:00", "state": "active", "link": "https://school.example/f",
    },
    "organization": {
        "organisationId": "o-1", "primaryCode": {"codeType": "institution_code", "code": "21QW"},
        "organisationType": "root", "name": [{"language": "nl-NL", "value": "Verzonnen Hogeschool"}],
    },
}  # fmt: skip
VERSIONS = {"v5": (V5, ooapi_v5), "v6": (V6, ooapi_v6)}


def page(*items: Any, number: int = 1, total: int = 1) -> str:
    return json.dumps({"pageSize": 10, "pageNumber": number, "totalPages": total, "items": list(items)})


class Version:
    """One version: its records, and a folder to save them in."""

    def __init__(self, name: str, folder: Path) -> None:
        self.records, self.module = VERSIONS[name]
        self.names = self.module.NAMES
        self.folder = folder

    def program(self, **given: Any) -> dict[str, Any]:
        return {**deepcopy(self.records["program"]), **given}

    def save(self, programs: list[Any], offerings: list[Any], organizations: list[Any]) -> None:
        for name, items in {"programs": programs, "offerings": offerings, "organizations": organizations}.items():
            (self.folder / f"{name}.json").write_text(page(*items), "utf-8")

    def read(self, *programs: Any, offerings: Any = None, organizations: Any = None, school: str | None = None) -> Read:
        self.save(
            list(programs) or [self.records["program"]],
            [self.records["offering"]] if offerings is None else offerings,
            [self.records["organization"]] if organizations is None else organizations,
        )
        return self.module.read(self.folder, Asked(DAY, school))


@pytest.fixture(params=list(VERSIONS))
def version(request, folder) -> Version:
    return Version(request.param, folder)


class TestRead:
    def test_a_programme_is_offered_where_it_is_taught_when_it_starts(self, version):
        [brought] = version.read().brought
        [offer], [school], [programme] = brought.offerings, brought.institutions, brought.programmes

        assert (offer.programme, offer.institution, offer.place) == ("nl-ho-39999", "21QW", "Utrecht")
        assert (offer.mode, offer.cohort, offer.duration_months) == ("part-time", "2027", 48)
        assert offer.url == "https://school.example/f"
        assert (school.code, school.name) == ("21QW", "Verzonnen Hogeschool")
        assert (programme.name_nl, programme.name_en, programme.level) == ("Verzonnen kunde", "Made-up Studies", "hbo")
        assert brought.name == "ooapi-21QW"

    def test_a_programme_without_offerings_is_of_the_year_of_the_file(self, version):
        [offer] = version.read(offerings=[]).brought[0].offerings

        assert (offer.cohort, offer.url) == ("2026", "https://school.example/p")

    def test_every_town_where_it_is_taught_is_an_offer(self, version):
        towns = [{"addressType": "teaching", "city": town} for town in ("Utrecht", "Zwolle", "Utrecht")]

        found = version.read(version.program(addresses=towns)).brought[0].offerings
        assert [offer.place for offer in found] == ["Utrecht", "Zwolle"]

    def test_a_post_box_is_no_place_to_be_taught(self, version):
        found = version.read(version.program(addresses=ADDRESSES[:1])).brought[0].offerings

        assert [offer.place for offer in found] == [None]

    @pytest.mark.parametrize("level", ["1", "4"])
    def test_mbo_has_its_level_in_its_name(self, version, level):
        said = f"secondary vocational education {level}".replace(
            " ", "_" if version.names.format == "ooapi-v6" else " "
        )
        [programme] = version.read(version.program(level=said)).brought[0].programmes

        assert (programme.id, programme.level) == ("nl-mbo-39999", level)

    def test_a_master_is_one_of_its_sector(self, version):
        [programme] = version.read(version.program(level="master")).brought[0].programmes

        assert programme.level == "hbo-ma"

    def test_a_bachelor_without_a_sector_says_no_level(self, version):
        plain = version.program()
        plain.pop("sector", None)
        plain.pop("consumer", None)

        assert version.read(plain).brought[0].programmes[0].level is None

    @pytest.mark.parametrize("change", [{"level": "doctoral"}, {"validTo": "2026-01-01"}, {"kind": "minor"}])
    def test_what_is_not_of_this_catalogue_is_counted(self, version, change):
        if kind := change.pop("kind", None):
            change = {version.names.programme_type: kind}
        found = version.read(
            version.records["program"], version.program(**{version.names.programme_id: "p-2"}, **change)
        )

        assert sum(found.notes.values()) == 1
        assert found.skipped == []

    def test_an_offering_that_has_ended_is_none(self, version):
        over = {**version.records["offering"], version.names.ends: "2026-08-31"}
        other = version.program(**{version.names.programme_id: "p-2"})
        found = version.read(version.records["program"], other, offerings=[over])

        assert len(found.brought[0].offerings) == 1
        assert sum(found.notes.values()) == 1

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"primaryCode": {"codeType": "identifier", "code": "x"}}, "no code of the type"),
            ({"primaryCode": None}, "no code of the type"),
            ({"name": []}, "name_nl"),
            ({"name": "Verzonnen"}, "name_nl"),
            ({"level": "professional"}, "unknown level professional"),
            ({"level": None}, "unknown level (empty)"),
            ({"link": "javascript:alert(1)"}, "link must begin with http"),
            ({"validTo": "next year"}, "next year is no date"),
        ],
    )
    def test_a_bad_record_is_reported_and_stops_no_other(self, version, change, reason):
        bad = version.program(**{version.names.programme_id: "p-2"}, **change)
        found = version.read(version.records["program"], bad)

        assert [(one.file, one.line) for one in found.skipped] == [("programs.json", 2)]
        assert reason in str(found.skipped[0])
        assert len(found.brought[0].offerings) == 1

    def test_the_same_programme_twice_is_taken_once(self, version):
        found = version.read(version.records["program"], version.records["program"])

        assert "twice" in found.skipped[0].reason

    def test_an_expanded_organisation_says_whose_it_is(self, version):
        whole = version.program(**{version.names.organisation[0]: version.records["organization"]})

        assert version.read(whole, organizations=[]).brought[0].name == "ooapi-21QW"

    def test_without_a_brin_the_operator_says_whose_they_are(self, version):
        with pytest.raises(Refused, match="no organisation with a BRIN"):
            version.read(organizations=[])
        [brought] = version.read(organizations=[], school="21QW").brought

        assert (brought.name, brought.institutions) == ("ooapi-21QW", [])

    def test_several_schools_are_refused(self, version):
        other = {**version.records["organization"], version.names.organisation_id: "o-2"}
        other["primaryCode"] = {**other["primaryCode"], "code": "21XY"}

        with pytest.raises(Refused, match="several schools"):
            version.read(organizations=[version.records["organization"], other])

    def test_bad_records_only_are_refused(self, version):
        with pytest.raises(Refused, match="No good row is left"):
            version.read(version.program(level="?"))


class TestDocuments:
    def test_the_version_is_seen_from_its_fields(self, version):
        version.read()

        assert formats.find(str(version.folder), None) == version.names.format
        assert formats.find(str(version.folder / "programs.json"), None) == version.names.format

    def test_a_missing_page_is_refused(self, version):
        version.read()
        (version.folder / "programs.json").write_text(page(version.records["program"], total=3), "utf-8")

        with pytest.raises(Refused, match=r"programs.json is one of 3 pages"):
            version.module.read(version.folder, Asked(DAY))

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty"),
            (b"<html>", "is no JSON from line 1 on"),
            (b'{"items": [\n', "is no JSON"),
            (b"[1, 2]", "holds no records"),
            ('{"name": "Café"}'.encode("latin-1"), "is not UTF-8"),
        ],
    )
    def test_what_is_no_document_is_named(self, folder, content, said):
        (folder / "programs.json").write_bytes(content)

        with pytest.raises(Refused, match=said):
            formats.find(str(folder), None)


class TestRun:
    def test_a_school_that_moves_to_version_6_stands_there_once(self, url, folder):
        for name in VERSIONS:
            version = Version(name, folder)
            version.read()
            report = importers.run(str(folder), url, dated=DAY)
        engine = blocking_engine(url)
        with Session(engine) as session:
            offers = session.scalars(select(Offering).where(Offering.source_id == "ooapi-21QW")).all()
        engine.dispose()

        assert [(one.programme_id, one.place) for one in offers] == [("nl-ho-39999", "Utrecht")]
        assert not report.has_changes

    def test_a_new_bachelor_of_which_nobody_says_the_level_is_left_out(self, here, folder):
        version = Version("v5", folder)
        version.read(version.program(sector=None), offerings=[])

        report = importers.run(str(folder), here, dated=DAY)
        assert [("level is not said" in bad.reason) for bad in report.skipped] == [True, False]
