"""What schools gave of their own (made-up rows), on a programme's page and as a calendar file."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar

from api import problems
from api.catalogue.routes import catalogue, router
from core import clock
from core.settings import ROOT
from programmes import importers
from programmes.catalogue import CatalogueDoor

FILES = {
    "offers.csv": """\
school,programme,name,english_name,level,place,mode,start_year,months,link
25PT,nl-mbo-25180,,,,Alkmaar,BBL,2027,24,https://www.school.example/kok
""",
    "open_days.csv": """\
school,date,from,until,kind,place,online,programmes,link
25PT,2027-02-06,10:00,14:00,open-day,Alkmaar,no,,https://www.school.example/open-dag
25PT,2027-03-10,13:00,,trial-day,Hoorn,no,nl-mbo-25180,
25PT,2027-04-01,,,open-day,,yes,nl-mbo-25182,
25PT,2026-10-01,,,open-day,Alkmaar,no,,
""",
    "figures.csv": """\
school,programme,figure,value,unit,year,source,source_link
25PT,nl-mbo-25180,satisfaction,"3,6",out-of-5,2025,Made-up monitor,https://www.school.example/monitor
25PT,nl-mbo-25180,job_chance,voldoende,words,2026,Made-up monitor,
""",
}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The catalogue's routes, on the shipped catalogue with a school's own files."""
    folder: Path = tmp_path_factory.mktemp("own")
    for name, content in FILES.items():
        (folder / name).write_text(content, "utf-8")
    url = f"sqlite:///{folder / 'catalogue.db'}"
    importers.run(str(folder), url, dated=date(2026, 11, 1))
    door = CatalogueDoor(url, cache=ROOT / "var")
    app = FastAPI()
    problems.install(app)
    app.include_router(router)
    app.dependency_overrides |= {catalogue: door.catalogue, clock.now: lambda: NOON}
    with TestClient(app) as opened:
        yield opened
    door.catalogue().close()


@pytest.fixture
def read(client: TestClient) -> Callable[[str], dict]:
    return lambda id: client.get(f"/api/v1/programmes/{id}", params={"language": "en"}).json()


class TestOneProgramme:
    def test_lists_the_open_days_for_it_and_for_the_whole_school(self, read) -> None:
        school, own = read("nl-mbo-25180")["open_days"]

        assert (school["about"], school["starts_on"], school["starts_at"]) == ("school", "2027-02-06", "10:00:00")
        assert (own["about"], own["kind"], own["place"]) == ("programme", "trial-day", "Hoorn")
        assert school["url"] == "https://www.school.example/open-dag"
        assert school["source"]["checked"] == "2026-11-01"
        assert school["source"]["publisher"] == school["institution"]

    def test_lists_figures_with_year_and_source(self, read) -> None:
        words, score = read("nl-mbo-25180")["figures"]

        assert (score["kind"], score["value"], score["unit"]) == ("satisfaction", 3.6, "out-of-5")
        assert score["year"] == "2025"
        assert score["source"]["title"] == "Made-up monitor"
        assert score["source"]["url"] == "https://www.school.example/monitor"
        assert (words["value"], words["source"]["url"]) == ("voldoende", None)

    def test_an_offer_leads_to_the_schools_page(self, read) -> None:
        assert "https://www.school.example/kok" in [offer["url"] for offer in read("nl-mbo-25180")["offers"]]

    def test_a_programme_of_which_no_school_gave_any_has_empty_lists(self, read) -> None:
        found = read("nl-ho-34267")

        assert (found["open_days"], found["figures"]) == ([], [])


class TestCalendar:
    def test_an_open_day_with_hours_is_a_meeting_in_local_time(self, client: TestClient, read) -> None:
        answer = client.get(read("nl-mbo-25180")["open_days"][0]["ics"])
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")

        assert answer.headers["content-type"].startswith("text/calendar")
        assert event["dtstart"].dt == datetime(2027, 2, 6, 9, tzinfo=UTC)
        assert event["dtend"].dt == datetime(2027, 2, 6, 13, tzinfo=UTC)
        assert str(event["summary"]).startswith("Open day of ")
        assert (str(event["location"]), len(event.walk("VALARM"))) == ("Alkmaar", 1)

    def test_without_an_end_it_lasts_two_hours(self, client: TestClient, read) -> None:
        [event] = Calendar.from_ical(client.get(read("nl-mbo-25180")["open_days"][1]["ics"]).content).walk("VEVENT")

        assert (event["dtend"].dt - event["dtstart"].dt).total_seconds() == 2 * 3600

    def test_without_an_hour_it_is_the_whole_day(self, client: TestClient, read) -> None:
        day = next(one for one in read("nl-mbo-25182")["open_days"] if one["online"])
        [event] = Calendar.from_ical(client.get(day["ics"]).content).walk("VEVENT")

        assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 4, 1), date(2027, 4, 2))

    def test_one_that_is_not_there_is_a_problem_404(self, client: TestClient) -> None:
        answer = client.get("/api/v1/open-days.ics", params={"id": "none"})

        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
