"""Open days that schools gave (made-up rows): shown when there are any, and honestly none when there are not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

import actions.catalogue
from actions import open_days
from core.settings import get_settings
from programmes import importers

HEADER = "school,date,from,until,kind,place,online,programmes,link"
DAYS = """\
25PT,2027-02-06,10:00,14:00,open-day,Alkmaar,no,,https://www.school.example/open-dag
25PT,2027-03-10,13:00,,trial-day,Hoorn,no,nl-mbo-25180|nl-mbo-25182|nl-mbo-25167,
25PT,2026-10-01,,,open-day,Alkmaar,no,,
25PT,2027-04-01,,,open-day,,yes,,
25LU,2027-01-20,18:00,,open-day,Nergenshuizen,yes,,
25LU,2027-01-21,,,open-day,,no,,
be-vrije-universiteit-brussel,2027-03-01,,,open-day,Brussel,no,,
"""


@pytest.fixture(scope="module", autouse=True)
def given(tmp_path_factory) -> Iterator[None]:
    """Days that schools gave, until the end of these tests."""
    url, file = get_settings().catalogue_address, tmp_path_factory.mktemp("own") / "open_days.csv"

    def give(rows: str, school: str | None = None) -> None:
        file.write_text(f"{HEADER}\n{rows}", "utf-8")
        importers.run(str(file), url, school=school, dated=date(2026, 11, 1))
        actions.catalogue.catalogue().close()
        actions.catalogue._door.cache_clear()

    give(DAYS)
    yield
    for school in ("25PT", "25LU", "be-vrije-universiteit-brussel"):
        give("", school)


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    monkeypatch.setattr(open_days, "now", lambda: datetime(2026, 11, 30, 12, tzinfo=UTC))


async def ask(talk, country="NL", slots=None, **named: str):
    one = talk(country=country)
    one.slots |= slots or {}
    [said] = await one.hear("action_open_days", "open dag", intent="open_days", **named)
    return said


def days(said):
    return [card["starts_on"] for card in said["cards"]]


class TestOpenDays:
    async def test_the_next_ones_of_the_country_come_first_and_no_more_than_three(self, talk):
        said = await ask(talk)

        assert said["say"] == "study.open_days.known"
        assert days(said) == ["2027-01-20", "2027-01-21", "2027-02-06"]

    async def test_a_card_says_when_where_and_for_whom_with_a_calendar_and_a_source(self, talk):
        said = await ask(talk, institution="Talland College")
        card, trial, online = said["cards"]

        assert (card["type"], card["place"], card["url"]) == (
            "open_day",
            "Alkmaar",
            "https://www.school.example/open-dag",
        )
        assert card["ics"].startswith("/api/v1/open-days.ics?id=25pt-2027-02-06-")
        assert card["text"]["with"]["time"] == {
            "say": "card.open_day.time.from_until",
            "with": {"from": "10:00", "until": "14:00"},
        }
        assert card["sources"][0]["checked"] == "2026-11-01"
        assert trial["title"]["say"] == "card.open_day.title.trial-day"
        assert trial["text"]["with"]["about"]["say"] == "card.open_day.about.more"
        assert len(trial["text"]["with"]["about"]["with"]["programmes"]) == 2
        assert online["text"]["with"]["where"] == {"say": "card.open_day.where.online"}

    @pytest.mark.parametrize("city", ["Alkmaar", "alkmaar"])
    async def test_a_town_shows_what_is_there(self, talk, city):
        assert days(await ask(talk, city=city)) == ["2027-02-06"]

    async def test_a_programme_shows_its_own_days_and_those_of_schools_that_offer_it(self, talk):
        said = await ask(talk, programme_id="nl-mbo-25182")

        assert "2027-03-10" in days(said)
        assert "2027-01-20" not in days(said)

    async def test_the_programme_of_the_talk_goes_first_and_shuts_nothing_out(self, talk):
        about = await ask(talk, slots={"current_programme": "nl-mbo-25182"})
        other = await ask(talk, slots={"current_programme": "nl-ho-34267"}, institution="Talland College")

        assert "2027-03-10" in days(about)
        assert days(other) == ["2027-02-06", "2027-03-10", "2027-04-01"]

    async def test_flanders_has_its_own(self, talk):
        assert days(await ask(talk, country="BE")) == ["2027-03-01"]

    async def test_a_day_that_has_been_is_not_shown(self, talk, monkeypatch):
        monkeypatch.setattr(open_days, "now", lambda: datetime(2027, 3, 31, 22, 30, tzinfo=UTC))

        assert days(await ask(talk)) == ["2027-04-01"]  # it is the first of April in Amsterdam


class TestNone:
    async def test_a_school_without_dates_is_named_with_where_to_look(self, talk):
        said = await ask(talk, institution="Albeda")

        assert (said["say"], said["with"], said["cards"]) == ("study.open_days.of_school", {"school": "Albeda"}, [])

    async def test_a_school_that_we_do_not_know_gets_no_days_of_others(self, talk):
        said = await ask(talk, institution="Zweinstein")

        assert (said["say"], said["cards"]) == ("study.open_days.of_school", [])

    @pytest.mark.parametrize("city", ["Maastricht", "Nergenshuizen"])
    async def test_a_town_without_dates_is_named(self, talk, city):
        said = await ask(talk, city=city)

        assert (said["say"], said["with"]) == ("study.open_days.in_place", {"place": city})

    async def test_a_programme_without_dates_is_named(self, talk):
        assert (await ask(talk, programme_id="nl-ho-34267"))["say"] == "study.open_days.of_programme"

    async def test_when_all_have_been_it_says_so(self, talk, monkeypatch):
        monkeypatch.setattr(open_days, "now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
        said = await ask(talk)

        assert (said["say"], said["cards"]) == ("study.open_days.unknown", [])
        assert said["buttons"]
