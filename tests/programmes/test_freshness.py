"""Everything that the bot tells has a source, a validity and a day; what grew old or is missing is named."""

from datetime import date

import pytest

from programmes import freshness
from programmes.deadlines import ZONES, all_deadlines
from programmes.facts import all_facts
from programmes.freshness import doubts, missing_deadlines, required_deadlines
from programmes.helplines import LINES
from programmes.school_years import last_day_of, school_year_of

TODAY = date(2026, 11, 30)
DEADLINES = [one for country in ZONES for one in all_deadlines(country, today=TODAY)]


def reasons(today: date) -> dict[str, tuple[str, ...]]:
    return {doubt.id: doubt.reasons for doubt in doubts(today)}


class TestEverything:
    @pytest.mark.parametrize("fact", all_facts(), ids=lambda fact: fact.id)
    def test_a_fact_has_both_languages_source_validity_and_day(self, fact) -> None:
        assert all((fact.nl, fact.en, fact.to_parent["nl"], fact.to_parent["en"]))
        assert all((fact.source.title, fact.source.publisher, fact.source.url))
        assert last_day_of(fact.valid, fact.country) > fact.checked_on

    @pytest.mark.parametrize("deadline", DEADLINES, ids=lambda deadline: deadline.id)
    def test_a_deadline_has_both_languages_source_validity_and_day(self, deadline) -> None:
        for said in (deadline.title, deadline.do, deadline.after):
            assert all((said["nl"], said["en"]))
        assert all((deadline.source.title, deadline.source.publisher, deadline.source.url))
        assert deadline.checked_on <= TODAY < last_day_of(deadline.school_year, deadline.country)

    @pytest.mark.parametrize("line", LINES.values(), ids=lambda line: line.id)
    def test_a_helpline_has_both_languages_source_and_day(self, line) -> None:
        assert all((line.name["nl"], line.name["en"], line.purpose["nl"], line.purpose["en"], line.source))
        assert line.last_checked <= TODAY

    def test_no_fact_counts_for_a_day_that_is_still_to_come(self) -> None:
        assert [fact.id for fact in all_facts() if fact.checked_on > TODAY] == []


class TestSchoolYears:
    @pytest.mark.parametrize(
        ("day", "country", "year"),
        [
            (date(2027, 7, 31), "NL", "2026-2027"),
            (date(2027, 8, 1), "NL", "2027-2028"),
            (date(2027, 8, 31), "BE", "2026-2027"),
            (date(2027, 9, 1), "BE", "2027-2028"),
            (date(2026, 11, 30), "NL", "2026-2027"),
        ],
    )
    def test_end_when_the_country_ends_them(self, day: date, country: str, year: str) -> None:
        assert school_year_of(day, country) == year


class TestDoubts:
    def test_today_only_the_unverified_are_named(self) -> None:
        assert set(reasons(TODAY).values()) == {("unverified",)}
        assert set(reasons(TODAY)) >= {"nl-pro", "be-7de-jaar", "nl-allesoke"}

    def test_a_past_school_year_is_named(self) -> None:
        after = reasons(date(2027, 8, 1))
        assert after["nl-mbo-fees"] == ("held for 2026-2027",)
        assert after["nl-mbo-2027"] == ("held for 2026-2027",)
        assert "be-schooltoeslag" not in after

    def test_a_check_holds_for_a_year(self) -> None:
        assert "nl-112" not in reasons(date(2027, 11, 22))
        assert reasons(date(2027, 11, 23))["nl-112"] == ("last checked on 2026-11-22",)


class TestMissingDeadlines:
    def test_this_school_year_has_all_that_it_must_have(self) -> None:
        assert missing_deadlines(TODAY) == []

    def test_a_new_school_year_misses_its_dates_until_they_are_written(self) -> None:
        assert "nl-mbo-2028" in missing_deadlines(date(2027, 8, 1))
        assert not any(id.startswith("be-") for id in missing_deadlines(date(2027, 8, 1)))

    def test_one_that_was_taken_away_is_missed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        without = [one for one in DEADLINES if one.id != "nl-fixus-2027"]
        monkeypatch.setattr(
            freshness, "all_deadlines", lambda country, today: [one for one in without if one.country == country]
        )
        assert missing_deadlines(TODAY) == ["nl-fixus-2027"]

    def test_the_list_holds_until_there_is_a_newer_one(self) -> None:
        assert "nl-mbo-2031" in required_deadlines("NL", "2030-2031")
        assert required_deadlines("NL", "2019-2020") == []
