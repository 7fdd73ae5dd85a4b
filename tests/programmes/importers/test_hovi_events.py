"""Open days in HOVI: made-up records in the documented fields (no key, so no real answer was at hand)."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import blocking_engine
from core.errors import Refused
from programmes import importers
from programmes.importers import formats, hovi_events
from programmes.importers.gathering import Asked, Read
from programmes.models import OpenDay

DAY = date(2026, 11, 30)
EVENT = {
    "eventId": "e-1", "eventName": {"nl": "Open avond"}, "eventType": "opendag", "eventPlanning": "default",
    "eventStartDate": "2027-02-06T09:00:00Z", "eventEndDate": "2027-02-06T13:00:00Z", "locationType": "location",
    "locations": ["l-1"], "organization": "o-1", "participatingProducts": [{"croho": "34267", "product": "p-1"}],
    "informationRegistrationURL": {"nl": "https://school.example/open"},
}  # fmt: skip
OTHERS = [
    {"organizationId": "o-1", "brin": "25BE"},
    {"locationId": "l-1", "courseCityName": "Utrecht"},
    {"locationId": "l-2", "visitorAddress": {"city": "Zwolle", "country": "NL"}},
    {"rowkey": "type-7", "title": {"nl": "Meeloopdag"}},
]


@pytest.fixture
def read(folder: Path):
    """Saves events and what they point at; reads the folder."""

    def read(*changes: dict[str, Any], others: list[Any] = OTHERS) -> Read:
        events = [{**EVENT, "eventId": f"e-{at}", **change} for at, change in enumerate(changes)]
        (folder / "event.json").write_text(json.dumps(events), "utf-8")
        (folder / "others.json").write_text(json.dumps(others), "utf-8")
        return hovi_events.read(folder, Asked(DAY))

    return read


class TestRead:
    def test_an_event_is_an_open_day_in_dutch_time(self, read):
        [day] = read({}).brought[0].open_days

        assert (day.institution, day.programmes, day.kind) == ("25BE", ("nl-ho-34267",), "open-day")
        assert (day.starts_on, day.starts_at, day.ends_at) == (date(2027, 2, 6), time(10), time(14))
        assert (day.place, day.is_online, day.url) == ("Utrecht", False, "https://school.example/open")

    def test_a_type_is_read_by_its_title_too(self, read):
        assert read({"eventType": "type-7"}).brought[0].open_days[0].kind == "trial-day"

    def test_without_products_it_is_for_the_whole_school(self, read):
        assert read({"participatingProducts": []}).brought[0].open_days[0].programmes == ()

    def test_every_town_has_its_day(self, read):
        days = read({"locations": ["l-1", "l-2"], "locationType": "hybrid"}).brought[0].open_days

        assert [(day.place, day.is_online) for day in days] == [("Utrecht", True), ("Zwolle", True)]

    def test_midnight_is_no_hour_and_another_day_is_no_end(self, read):
        whole, long = read(
            {"eventStartDate": "2027-02-06", "eventEndDate": "2027-02-06"}, {"eventEndDate": "2027-02-08T13:00:00Z"}
        ).brought[0].open_days  # fmt: skip

        assert (whole.starts_at, whole.ends_at) == (None, None)
        assert (long.starts_at, long.ends_at) == (time(10), None)

    @pytest.mark.parametrize("change", [{"eventType": "webinar"}, {"eventPlanning": "ondemand"}])
    def test_what_is_no_open_day_with_a_date_is_counted(self, read, change):
        found = read({}, change)

        assert len(found.brought[0].open_days) == sum(found.notes.values()) == 1
        assert found.skipped == []

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"organization": "o-9"}, "organization o-9 is not there"),
            ({"eventStartDate": "in het voorjaar"}, "in het voorjaar is no date"),
            ({"eventStartDate": ""}, "starts_on"),
            ({"informationRegistrationURL": {"nl": "javascript:alert(1)"}}, "link must begin with http"),
            ({"participatingProducts": [{"croho": "x"}]}, "programmes"),
            ({"eventId": "e-0"}, "twice"),
        ],
    )
    def test_a_bad_event_is_reported_and_stops_no_other(self, read, change, reason):
        found = read({}, change)

        assert [(bad.file, bad.line) for bad in found.skipped] == [("event.json", 2)]
        assert reason in found.skipped[0].reason

    def test_bad_events_only_are_refused(self, read):
        with pytest.raises(Refused, match="No good row is left"):
            read({}, others=[])


class TestRun:
    def test_a_new_answer_replaces_the_old_one(self, url, read, folder):
        read({}, {"locations": ["l-2"], "participatingProducts": [{"croho": "34267"}, {"croho": "39998"}]})
        assert formats.find(str(folder), None) == "hovi"
        first = importers.run(str(folder), url, dated=DAY)
        read({})
        importers.run(str(folder), url, dated=DAY)

        engine = blocking_engine(url)
        with Session(engine) as session:
            found = session.scalars(select(OpenDay.place)).all()
        engine.dispose()

        assert any("also for nl-ho-39998, which is not known" in note for note in first.notes)
        assert found == ["Utrecht"]
