"""No fact, date or line without its source; nothing is said as sure that was not read."""

import re
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from programmes.deadlines import ZONES, all_deadlines, calendar, upcoming
from programmes.facts import all_facts, facts, topics
from programmes.helplines import LINES, lines_for
from programmes.sources import all_sources

TODAY = date(2026, 11, 23)
KINDS = [
    "suicide_acute",
    "suicide_ideation",
    "medical_emergency",
    "violence_now",
    "threat_to_others",
    "sexual_violence",
    "self_harm",
    "child_abuse",
    "online_sexual_harm",
    "exploitation",
    "homeless_runaway",
    "adult_misconduct",
    "bullying",
    "truancy",
    "money_trouble",
    "wants_to_quit",
]


class TestFacts:
    def test_every_fact_is_there_in_both_languages_with_a_source_and_a_school_year(self) -> None:
        for fact in all_facts():
            assert fact.nl
            assert fact.en
            assert fact.as_source()["url"].startswith("https://"), fact.id
            assert len(fact.valid.split("-")) == 2

    def test_ids_are_used_once(self) -> None:
        assert len({fact.id for fact in all_facts()}) == len(all_facts())

    def test_sentences_are_short_enough_to_read_on_a_phone(self) -> None:
        for fact in all_facts():
            for text in (fact.nl, fact.en):
                assert len(text.split()) <= 60, fact.id

    @pytest.mark.parametrize("level", ["1", "2", "3", "4", "hbo", "wo"])
    def test_there_is_an_admission_rule_for_each_dutch_level(self, level: str) -> None:
        assert level in {fact.level for fact in facts("admission", country="NL", level=level)}

    def test_a_level_gets_no_rule_of_another_level(self) -> None:
        assert {fact.level for fact in facts("admission", country="NL", level="3")} == {"3", None}

    def test_a_country_gets_no_rule_of_the_other(self) -> None:
        assert {fact.country for fact in facts(None, country="BE")} == {"BE"}

    def test_what_was_not_verified_is_said_with_a_caution(self) -> None:
        doubtful = [fact for fact in all_facts() if not fact.is_verified]

        assert doubtful
        assert {fact.as_card(today=TODAY)["text"]["say"] for fact in doubtful} == {"card.fact.unverified"}

    def test_what_held_for_a_past_school_year_is_said_with_that_year(self) -> None:
        fact = next(fact for fact in all_facts() if fact.id == "nl-mbo-fees")

        assert fact.as_card(today=date(2027, 7, 31))["text"]["say"] == "card.fact.text"
        past = fact.as_card(today=date(2027, 8, 1))["text"]
        assert (past["say"], past["with"]["valid"]) == ("card.fact.past", "2026-2027")

    @pytest.mark.parametrize(
        ("language", "to_pupil"),
        [("nl", re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)), ("en", re.compile(r"\byour?\b", re.IGNORECASE))],
    )
    def test_what_is_said_to_a_pupil_is_said_to_a_parent_in_other_words(
        self, language: str, to_pupil: re.Pattern[str]
    ) -> None:
        to_pupils = [
            fact for fact in all_facts() if fact.topic != "parent_support" and to_pupil.search(fact.text(language))
        ]

        assert [fact.id for fact in to_pupils if fact.to_parent[language] == fact.text(language)] == []

    def test_a_parent_is_never_called_je(self) -> None:
        familiar = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
        assert [fact.id for fact in all_facts() if familiar.search(fact.to_parent["nl"])] == []

    def test_every_fact_is_asked_for_in_both_languages(self) -> None:
        assert [fact.id for fact in all_facts() if not (fact.asked["nl"] and fact.asked["en"])] == []

    @pytest.mark.parametrize("country", ["NL", "BE"])
    def test_the_topics_that_the_bot_asks_for_are_there(self, country: str) -> None:
        wanted = {"admission", "work_and_learn", "enrolment", "truancy_law", "costs_and_finance", "no_diploma_options"}

        assert wanted <= set(topics(country))


class TestDeadlines:
    @pytest.mark.parametrize("country", list(ZONES))
    def test_come_in_order_with_days_left_and_advice(self, country: str) -> None:
        found = upcoming(country, today=TODAY)

        assert found == sorted(found, key=lambda one: one.on)
        assert all(one.days_left >= 0 and one.do["nl"] and one.after["en"] for one in found)
        assert all(one.as_source()["url"].startswith("https://") for one in found)

    def test_first_of_april_counts_down_and_passes(self) -> None:
        def april(today: date) -> tuple[int, str]:
            one = next(one for one in all_deadlines("NL", today=today) if one.id == "nl-mbo-2027")
            return one.days_left, one.as_card()["text"]["say"]

        assert april(date(2027, 3, 20)) == (12, "card.deadline.left")
        assert april(date(2027, 3, 31)) == (1, "card.deadline.tomorrow")
        assert april(date(2027, 4, 1)) == (0, "card.deadline.today")
        assert april(date(2027, 4, 2)) == (-1, "card.deadline.passed")

    def test_a_passed_date_says_what_can_still_be_done(self) -> None:
        one = next(one for one in all_deadlines("NL", today=date(2027, 5, 1)) if one.id == "nl-mbo-2027")

        assert one.as_card()["text"]["with"]["advice"] == one.after

    def test_a_calendar_file_can_be_read_back_with_a_reminder(self) -> None:
        file = calendar(upcoming("NL", today=TODAY), language="en", now=datetime(2026, 11, 23, tzinfo=UTC))
        events = {str(event["uid"]): event for event in Calendar.from_ical(file).walk("VEVENT")}

        assert events["nl-mbo-2027@wegwijs"].decoded("dtstart") == date(2027, 4, 1)
        fixus = events["nl-fixus-2027@wegwijs"].decoded("dtstart")
        assert fixus.astimezone(ZONES["NL"]).strftime("%d-%m %H:%M") == "15-01 23:59"
        assert all(event.walk("VALARM") for event in events.values())


class TestLinesFor:
    @pytest.mark.parametrize("country", ["NL", "BE"])
    @pytest.mark.parametrize("kind", [*KINDS, None])
    @pytest.mark.parametrize("speaker", ["self", "parent", "friend"])
    def test_every_kind_has_a_line_of_its_own_country_and_a_way_to_reach_it(
        self, kind: str | None, country: str, speaker: str
    ) -> None:
        lines = lines_for(kind, country=country, speaker=speaker, language="nl")

        assert lines
        assert {line.country for line in lines} == {country}
        assert all(line.phone or line.chat_url for line in lines)

    @pytest.mark.parametrize("country", ["NL", "BE"])
    @pytest.mark.parametrize("kind", ["suicide_acute", "medical_emergency", "violence_now", "threat_to_others"])
    def test_danger_gets_the_emergency_number_first(self, kind: str, country: str) -> None:
        assert lines_for(kind, country=country)[0].phone == "112"

    def test_the_suicide_line_is_that_of_the_country(self) -> None:
        assert "nl-113" in {line.id for line in lines_for("suicide_acute", country="NL")}
        assert "be-1813" in {line.id for line in lines_for("suicide_acute", country="BE")}

    def test_a_parent_is_not_sent_to_the_children_s_line(self) -> None:
        assert "nl-kindertelefoon" not in {line.id for line in lines_for("bullying", country="NL", speaker="parent")}

    def test_english_in_belgium_gets_the_english_line_right_after_112(self) -> None:
        lines = lines_for("suicide_acute", country="BE", language="en")

        assert [line.id for line in lines[:2]] == ["be-112", "be-chs"]

    def test_the_general_list_is_short(self) -> None:
        for country in ("NL", "BE"):
            assert len(lines_for(None, country=country)) <= 4

    def test_no_line_promises_opening_hours(self) -> None:
        hours = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d+ ?(?:am|pm|uur)\b")
        for line in LINES.values():
            assert not any(hours.search(text) for text in line.purpose.values()), line.id

    def test_a_number_to_tap_is_the_number_that_is_shown(self) -> None:
        for line in LINES.values():
            shown = "".join(letter for letter in line.phone or "" if letter.isdigit()).lstrip("0")
            assert (line.tel or "").removeprefix("+31").removeprefix("+32").lstrip("0") == shown, line.id

    def test_every_line_names_its_source_and_the_day_it_was_checked(self) -> None:
        assert all(line.source and line.last_checked for line in LINES.values())


class TestSources:
    def test_addresses_are_web_addresses(self) -> None:
        for source in all_sources().values():
            assert source.url == "" or source.url.startswith("https://")
            assert source.dated
            assert source.licence
