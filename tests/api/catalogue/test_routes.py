"""The public Catalogue API over HTTP, on the catalogue that ships."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar

from api import problems
from api.catalogue.routes import catalogue, router
from core.settings import ROOT
from programmes import importers
from programmes.catalogue import CatalogueDoor


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The catalogue's routes with their problems, on a catalogue of their own."""
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('catalogue')) / 'catalogue.db'}"
    importers.run("shipped", url)
    door = CatalogueDoor(url, cache=ROOT / "var")
    app = FastAPI()
    problems.install(app)
    app.include_router(router)
    app.dependency_overrides[catalogue] = door.catalogue  # the settings are those of the whole API's tests
    with TestClient(app) as opened:
        yield opened
    door.catalogue().close()


class TestProgrammes:
    def test_a_hit_shows_name_reason_source_and_caution(self, client: TestClient) -> None:
        item = client.get("/api/v1/programmes", params={"q": "pony", "language": "en", "country": "NL"}).json()[
            "items"
        ][0]

        assert item["id"].startswith("nl-mbo-")
        assert item["why"][0].startswith("This fits")
        assert item["source"]["checked"] == "2026-11-22"
        assert set(item["name"]) == {"nl", "en"}

    def test_pages_lead_from_one_to_the_next_until_all_were_seen(self, client: TestClient) -> None:
        seen: list[str] = []
        asked = {"level": "1", "limit": "5"}
        while True:
            page = client.get("/api/v1/programmes", params=asked).json()
            seen += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            asked["cursor"] = page["next_cursor"]

        assert len(seen) == len(set(seen)) == page["total"]

    def test_a_page_of_an_older_catalogue_is_refused(self, client: TestClient) -> None:
        assert client.get("/api/v1/programmes", params={"cursor": "0000.5"}).status_code == 422

    def test_a_place_is_answered_with_proof_or_with_schools(self, client: TestClient) -> None:
        offered = client.get("/api/v1/programmes", params={"q": "verpleegkunde", "near": "Alkmaar"}).json()
        seated = client.get("/api/v1/programmes", params={"q": "kapper", "near": "Zwolle"}).json()

        assert offered["place"]["answer"] == "offer"
        assert offered["items"][0]["offers"][0]["place"] == "Alkmaar"
        assert seated["place"]["answer"] == "seat"
        assert seated["items"][0]["offers"] == []
        assert {school["distance_km"] for school in seated["place"]["schools"]} == {0.0}

    def test_a_place_of_which_no_source_says_anything_is_answered_as_such(self, client: TestClient) -> None:
        page = client.get("/api/v1/programmes", params={"q": "kok", "near": "Gent", "country": "BE"}).json()

        assert (page["place"]["name"], page["place"]["answer"], page["place"]["schools"]) == ("Gent", "unknown", [])

    @pytest.mark.parametrize("near", ["3511", "3511 AB"])
    def test_a_postcode_may_be_the_place(self, client: TestClient, near: str) -> None:
        page = client.get("/api/v1/programmes", params={"q": "kapper", "near": near}).json()

        assert page["place"]["name"] == "Utrecht"
        assert page["unknown_place"] is None

    def test_within_some_kilometres_counts_as_there(self, client: TestClient) -> None:
        asked = {"q": "verpleegkunde", "near": "Bergen (NH)", "within_km": "15"}

        assert client.get("/api/v1/programmes", params=asked).json()["place"]["answer"] == "offer"

    def test_facets_count_the_whole_result(self, client: TestClient) -> None:
        page = client.get("/api/v1/programmes", params={"q": "techniek", "limit": "1"}).json()

        assert page["total"] > 50
        assert set(page["facets"]) == {"country", "level", "mode", "sector"}
        assert sum(page["facets"]["country"].values()) == page["total"]

    @pytest.mark.parametrize("chosen", [{"level": "3"}, {"mode": "dual"}, {"country": "BE"}, {"level": "mbo"}])
    def test_a_facet_says_what_its_filter_gives(self, client: TestClient, chosen: dict[str, str]) -> None:
        (name, choice), asked = next(iter(chosen.items())), {"q": "techniek", "limit": "1"}
        facets = client.get("/api/v1/programmes", params=asked).json()["facets"]

        assert client.get("/api/v1/programmes", params=asked | chosen).json()["total"] == facets[name][choice]

    def test_a_sector_filters(self, client: TestClient) -> None:
        asked = {"sector": "Horeca en bakkerij", "limit": "50"}
        items = client.get("/api/v1/programmes", params=asked).json()["items"]

        assert {item["sector"] for item in items} == {"Horeca en bakkerij"}

    @pytest.mark.parametrize("country", ["NL", "BE"])
    def test_a_country_gets_its_own_programmes_only(self, client: TestClient, country: str) -> None:
        items = client.get("/api/v1/programmes", params={"country": country, "q": "verpleegkunde"}).json()["items"]

        assert {item["country"] for item in items} == {country}

    @pytest.mark.parametrize(
        ("level", "levels"), [("hbo", {"hbo", "ad"}), ("wo", {"wo"}), ("so-3", {"so-3"}), ("graduaat", {"graduaat"})]
    )
    def test_every_level_of_both_countries_can_be_asked_for(
        self, client: TestClient, level: str, levels: set[str]
    ) -> None:
        country = "NL" if level in {"hbo", "wo"} else "BE"
        answer = client.get("/api/v1/programmes", params={"level": level, "country": country, "limit": 50}).json()

        assert {item["level"] for item in answer["items"]} <= levels
        assert answer["total"] > 20

    @pytest.mark.parametrize("wrong", [{"level": "5"}, {"limit": "0"}, {"within_km": "-1"}, {"q": "x" * 201}])
    def test_a_wrong_filter_is_refused(self, client: TestClient, wrong: dict[str, str]) -> None:
        assert client.get("/api/v1/programmes", params=wrong).status_code == 422


class TestOneProgramme:
    def test_is_found_by_an_older_code(self, client: TestClient) -> None:
        assert client.get("/api/v1/programmes/nl-mbo-25486").json()["id"] == "nl-mbo-25696"

    def test_its_interests_are_shown_with_where_they_are_from(self, client: TestClient) -> None:
        carpenter, catering = (
            client.get(f"/api/v1/programmes/{id}").json()["interests"] for id in ("nl-mbo-25829", "be-so-1297-3")
        )

        assert max(carpenter["realistic"], carpenter["social"]) == carpenter["realistic"] <= 7
        assert (carpenter["occupations"], carpenter["joined_by"]) == (["timmerman"], "name")
        assert "O*NET" in carpenter["source"]["title"]
        assert carpenter["source"]["verified"] is False
        assert (catering["joined_by"], catering["confidence"]) == ("meaning", 0)

    def test_what_is_not_there_is_a_problem_404(self, client: TestClient) -> None:
        answer = client.get("/api/v1/programmes/nl-mbo-00000")

        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


class TestCompare:
    def test_puts_programmes_side_by_side_in_the_order_asked(self, client: TestClient) -> None:
        ids = ["nl-mbo-25697", "nl-mbo-25696"]
        answer = client.get("/api/v1/programmes/compare", params={"id": ids}).json()

        assert [one["id"] for one in answer["programmes"]] == ids
        assert {"field": "level", "values": ["4", "3"]} in answer["rows"]

    def test_one_is_no_comparison(self, client: TestClient) -> None:
        assert client.get("/api/v1/programmes/compare", params={"id": ["nl-mbo-25696"]}).status_code == 422


class TestFacts:
    @pytest.mark.parametrize("country", ["NL", "BE"])
    def test_every_fact_leaves_with_source_and_validity(self, client: TestClient, country: str) -> None:
        facts = client.get("/api/v1/facts", params={"country": country, "language": "en"}).json()

        assert facts
        assert all(fact["text"] and fact["source"]["valid"] and fact["source"]["url"] for fact in facts)


class TestDeadlines:
    def test_count_the_days_that_are_left(self, client: TestClient) -> None:
        days = [one["days_left"] for one in client.get("/api/v1/deadlines", params={"country": "NL"}).json()]

        assert days == sorted(days)

    def test_each_has_a_calendar_file_at_its_address(self, client: TestClient) -> None:
        answer = client.get("/api/v1/deadlines.ics", params={"country": "NL", "id": "nl-mbo-2027", "language": "en"})
        events = Calendar.from_ical(answer.content).walk("VEVENT")

        assert answer.headers["content-type"].startswith("text/calendar")
        assert [str(event["summary"]) for event in events] == ["Apply for mbo with a right to a place"]

    def test_an_unknown_date_is_404(self, client: TestClient) -> None:
        assert client.get("/api/v1/deadlines.ics", params={"country": "NL", "id": "x"}).status_code == 404


class TestPathways:
    def ask(self, client: TestClient, **asked: str) -> dict:
        answer = client.get("/api/v1/pathways", params={"country": "NL", **asked})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def test_codes_bring_the_ways_shortest_and_safest_first(self, client: TestClient) -> None:
        answer = self.ask(client, **{"from": "vmbo-tl", "to": "hbo", "language": "en"})
        first = answer["items"][0]
        assert answer["from"] == {"code": "vmbo-tl", "title": "vmbo-tl (mavo)"}
        assert [step["code"] for step in first["steps"]] == ["mbo-4", "hbo"]
        assert first["title"] == "7 years, via mbo level 4"
        assert first["sources"]

    def test_the_picture_says_in_words_what_it_shows(self, client: TestClient) -> None:
        first = self.ask(client, **{"from": "vmbo-tl", "to": "hbo"})["items"][0]
        drawn = ElementTree.fromstring(first["svg"])  # noqa: S314  (ours)
        space = "{http://www.w3.org/2000/svg}"
        assert drawn.findtext(f"{space}title") == first["title"]
        assert drawn.findtext(f"{space}desc") == first["text"]
        assert not [one for one in drawn.iter() if one.tag in {f"{space}script", f"{space}style"}]

    def test_what_is_uncertain_is_dashed(self, client: TestClient) -> None:
        ways = self.ask(client, **{"from": "vmbo-tl", "to": "hbo"})["items"]
        havo = next(way for way in ways if way["steps"][0]["code"] == "havo")
        assert havo["steps"][0]["uncertain"] is True
        assert havo["svg"].count("stroke-dasharray") == 1

    def test_words_and_programmes_will_do(self, client: TestClient) -> None:
        answer = self.ask(client, **{"from": "ik zit in 4 havo", "to": "nl-mbo-25180"})
        assert answer["from"]["code"] == "havo-4"
        assert answer["items"][0]["steps"][-1]["title"] == answer["to"]["title"]

    @pytest.mark.parametrize(("start", "goal"), [("maan", "hbo"), ("havo", "maan"), ("", "hbo"), ("havo", "x" * 300)])
    def test_what_is_no_end_is_a_clear_error(self, client: TestClient, start: str, goal: str) -> None:
        answer = client.get("/api/v1/pathways", params={"country": "NL", "from": start, "to": goal})
        assert answer.status_code == 422
        assert answer.json()["detail"] or answer.json()["errors"]

    def test_no_way_is_an_empty_list(self, client: TestClient) -> None:
        assert self.ask(client, **{"from": "buso-ov1", "to": "bachelor-prof", "country": "BE"})["items"] == []
