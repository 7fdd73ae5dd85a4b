"""Answers about one programme, admission, dates and the rest: from sources, or honestly none."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from actions import enrolment_deadlines
from actions.hearing import Heard
from actions.known_facts import ANSWERS, TOPICS, Answer, fact_choice
from actions.tell_facts import NEXT
from api.chat.said import Voice
from api.chat.speaking import speak
from api.states import Audience, Country, Language
from programmes.facts import all_facts


def says(said):
    return [utterance["say"] for utterance in said]


class TestProgrammeDetails:
    async def test_a_named_programme_is_shown_and_remembered(self, talk):
        one = talk()
        said = await one.hear(
            "action_programme_details", "wat leer je bij kok", intent="programme_details", programme="kok"
        )
        assert [card["id"] for card in said[0]["cards"]] == [one.slots["current_programme"]]
        assert said[0]["sources"]

    async def test_it_is_what_the_next_question_is_about(self, talk):
        one = talk()
        await one.hear("action_programme_details", "kok", intent="programme_details", programme="kok")
        said = await one.hear("action_admission_requirements", "wat heb ik nodig", intent="admission_requirements")
        assert says(said) == ["study.admission.of_programme"]

    async def test_a_name_that_fits_several_shows_their_cards(self, talk):
        said = await talk().hear(
            "action_programme_details", "iets van zorg", intent="programme_details", programme="zorg"
        )
        assert says(said) == ["search.understood", "search.found"]
        assert len(said[1]["cards"]) == 3

    async def test_between_several_that_are_shown_it_asks_which(self, talk):
        one = talk()
        await one.hear("action_find_programmes", "iets met zorg", interest="zorg")
        said = await one.hear("action_programme_details", "wat leer je daar", intent="programme_details")
        assert says(said) == ["study.details.which"]
        assert all("programme_id" in button["payload"] for button in said[0]["buttons"])

    async def test_how_long_is_said_of_each_that_is_shown(self, talk):
        one = talk()
        await one.hear("action_find_programmes", "iets met zorg", interest="zorg")
        said = await one.hear("action_programme_details", "hoe lang duurt dat", intent="programme_details")
        assert says(said) == ["study.details.lengths"]
        assert len(said[0]["with"]["lengths"]) == 3

    async def test_a_word_of_the_school_system_is_explained_with_a_fact(self, talk):
        said = await talk().hear("action_programme_details", "wat is entree", intent="programme_details")
        assert said[0]["cards"][0]["id"] == "nl-entree"

    async def test_what_it_does_not_know_it_does_not_invent(self, talk):
        said = await talk().hear(
            "action_programme_details", "wat is hekserij", intent="programme_details", programme="hekserij"
        )
        assert says(said) == ["study.details.unknown_programme"]
        assert not said[0]["cards"]


class TestAdmission:
    @pytest.mark.parametrize(
        ("level", "fact"),
        [("niveau 2", "nl-mbo-2-admission"), ("mbo 4", "nl-mbo-4-admission"), ("hbo", "nl-hbo-admission")],
    )
    async def test_the_rule_is_that_of_the_level(self, talk, level, fact):
        said = await talk().hear("action_admission_requirements", level, intent="admission_requirements", level=level)
        assert said[0]["cards"][0]["id"] == fact
        assert said[0]["sources"][0]["verified"] is True

    async def test_without_a_level_it_asks_for_one(self, talk):
        said = await talk().hear("action_admission_requirements", "toelatingseisen", intent="admission_requirements")
        assert says(said) == ["study.admission.ask"]
        assert len(said[0]["buttons"]) == 4

    async def test_a_programme_tells_what_it_asked_in_2017_with_the_year_and_a_caution(self, talk):
        said = await talk().hear(
            "action_admission_requirements", "", intent="admission_requirements", programme_id="nl-ho-34576"
        )
        card, source = said[0]["cards"][-1], said[0]["sources"][-1]

        assert card["id"] == "nl-profile-34576-havo"
        assert card["text"]["with"]["year"] == source["valid"] == "2017"
        assert source["verified"] is False

    async def test_flanders_gets_no_dutch_rule(self, talk):
        said = await talk(country="BE").hear(
            "action_admission_requirements", "hbo", intent="admission_requirements", level="hbo"
        )
        assert {card["id"][:2] for card in said[0]["cards"]} == {"be"}


class TestDeadlines:
    @pytest.mark.parametrize(("country", "begins"), [("NL", "nl-"), ("BE", "be-")])
    async def test_the_next_dates_of_the_country_come_with_days_and_source(self, talk, country, begins):
        said = await talk(country=country).hear("action_enrolment_deadlines", "wanneer", intent="enrolment_deadline")
        assert 0 < len(said[0]["cards"]) <= 3
        assert all(card["id"].startswith(begins) for card in said[0]["cards"])
        assert all(card["days_left"] >= 0 for card in said[0]["cards"][:2])
        assert said[0]["sources"]

    async def test_the_level_that_was_named_chooses_the_dates(self, talk, monkeypatch):
        monkeypatch.setattr(enrolment_deadlines, "now", lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
        said = await talk().hear("action_enrolment_deadlines", "mbo 4", intent="enrolment_deadline", level="mbo 4")
        dates = [card for card in said[0]["cards"] if card["type"] == "deadline"]
        assert {card["id"].rsplit("-", 1)[0] for card in dates} <= {"nl-mbo", "nl-mbo-start"}
        assert dates[0]["id"].startswith("nl-mbo-2")

    async def test_when_all_have_passed_it_says_that_it_has_none(self, talk, monkeypatch):
        monkeypatch.setattr(enrolment_deadlines, "now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
        said = await talk().hear("action_enrolment_deadlines", intent="enrolment_deadline")
        assert says(said) == ["study.deadlines.unknown"]

    async def test_what_i_still_have_to_do_depends_on_where_i_stand_and_can_be_ticked_off(self, talk, monkeypatch):
        monkeypatch.setattr(enrolment_deadlines, "now", lambda: datetime(2027, 3, 20, 12, tzinfo=UTC))
        one = talk()
        said = await one.hear("action_enrolment_deadlines", "ik zit in 4 tl, wanneer", intent="enrolment_deadline")
        card = next(card for card in said[0]["cards"] if card.get("id") == "nl-mbo-2027")
        assert [todo["id"] for todo in card["todo"]] == ["apply", "dossier", "intake"]
        tick = {"intent": "enrolment_deadline", "done": "nl-mbo-2027/apply"}
        said = await one.hear("action_enrolment_deadlines", **tick)
        [card] = said[0]["cards"]
        assert [todo["done"] for todo in card["todo"]] == [True, False, False]
        assert "apply" not in str(said[0]["buttons"])

    async def test_the_school_that_one_applies_to_is_not_where_one_stands(self, talk, monkeypatch):
        monkeypatch.setattr(enrolment_deadlines, "now", lambda: datetime(2027, 3, 20, 12, tzinfo=UTC))
        one = talk()
        await one.hear("action_enrolment_deadlines", "ik zit in 4 tl", intent="enrolment_deadline")
        said = await one.hear("action_enrolment_deadlines", "wanneer voor het mbo", intent="enrolment_deadline")
        card = next(card for card in said[0]["cards"] if card.get("id") == "nl-mbo-2027")
        assert "dossier" in [todo["id"] for todo in card["todo"]]

    async def test_when_all_is_done_it_says_so(self, talk, monkeypatch):
        monkeypatch.setattr(enrolment_deadlines, "now", lambda: datetime(2027, 4, 10, 12, tzinfo=UTC))
        tick = {"intent": "enrolment_deadline", "done": "nl-fixus-result-2027/accept"}
        said = await talk().hear("action_enrolment_deadlines", **tick)
        assert said[0]["cards"][0]["text"]["with"]["advice"]["say"] == "card.deadline.all_done"

    async def test_who_missed_a_date_hears_what_can_still_be_done(self, talk, monkeypatch):
        monkeypatch.setattr(enrolment_deadlines, "now", lambda: datetime(2027, 4, 12, 12, tzinfo=UTC))
        said = await talk().hear(
            "action_enrolment_deadlines", "ik ben te laat voor het mbo", intent="enrolment_deadline", level="mbo"
        )
        passed = next(card for card in said[0]["cards"] if card.get("id") == "nl-mbo-2027")
        assert passed["days_left"] == -11
        assert passed["text"]["say"] == "card.deadline.passed"

    async def test_who_asks_something_else_gets_the_fact_before_the_dates(self, talk):
        said = await talk().hear(
            "action_enrolment_deadlines", "1 april gemist, kan ik nog ergens heen", intent="enrolment_deadline"
        )
        assert says(said) == ["study.facts.near"]
        assert said[0]["cards"][0]["id"] == "nl-mbo-after-1-april"
        assert said[0]["cards"][-1]["type"] == "deadline"


class TestFacts:
    def test_every_fact_that_answers_exists_in_its_country(self):
        countries = {fact.id: fact.country for fact in all_facts()}
        for by_country in ANSWERS.values():
            for country, ids in by_country.items():
                assert all(countries[id] == country for id in ids)

    @pytest.mark.parametrize("country", ["NL", "BE"])
    @pytest.mark.parametrize("intent", sorted(NEXT))
    async def test_each_question_has_its_own_sentence_and_next_steps(self, talk, intent, country):
        said = await talk(country=country).hear("action_tell_facts", "?", intent=intent)
        assert said[0]["say"].split(".")[1] == intent
        assert said[0]["buttons"]
        assert (
            bool(said[0]["cards"])
            == bool(said[0]["sources"])
            == said[0]["say"].endswith("known") - said[0]["say"].endswith("unknown")
        )

    def test_every_question_has_topics_to_choose_among(self):
        known = {fact.topic for fact in all_facts()}
        assert set(NEXT) | set(ANSWERS) <= set(TOPICS)
        assert set().union(*TOPICS.values()) == known

    async def test_the_words_of_the_question_choose(self, talk):
        said = await talk().hear("action_tell_facts", "krijg ik een ov-kaart", intent="costs_and_finance")
        assert says(said) == ["study.facts.near"]
        assert said[0]["cards"][0]["id"] == "nl-travel-card"
        assert len(said[0]["sources"]) >= 1

    @pytest.mark.parametrize(("is_sure", "key"), [(True, "study.facts.near"), (False, "study.facts.closest")])
    def test_what_is_only_near_is_not_said_as_if_it_were_the_answer(self, is_sure, key):
        answer = Answer(tuple(all_facts()[:1]), is_near=True, is_sure=is_sure)
        heard = Heard("", "", (), (), "nl", "NL", None)
        assert answer.key(heard) == key
        assert answer.key(replace(heard, said_last=frozenset({key}))) != key  # nothing is said twice in a row

    async def test_a_button_gets_the_facts_chosen_by_hand(self, talk):
        said = await talk().hear("action_tell_facts", intent="costs_and_finance")
        assert [card["id"] for card in said[0]["cards"]] == list(ANSWERS["costs_and_finance"]["NL"])

    async def test_a_vector_that_was_sent_along_is_not_made_again(self, monkeypatch, talk):
        choice = fact_choice()
        monkeypatch.setattr("programmes.fact_choice.query_vector", lambda _text: pytest.fail("encoded twice"))
        vector = np.zeros(896, dtype=np.float32)
        choice.choose("krijg ik een ov-kaart", country="NL", topics=TOPICS["costs_and_finance"], vector=vector)

    async def test_a_parent_who_asks_for_advice_gets_facts_and_is_called_u(self, talk):
        told = await talk().hear("action_tell_facts", "hoe help ik mijn kind kiezen", intent="parent_support")
        said = speak(told[0], Voice(Language.NL, Country.NL, Audience.PARENT))
        assert told[0]["cards"][0]["id"] == "nl-parents-choice"
        assert said.text.startswith("U helpt het meest")
        assert "uw kind" in said.cards[0]["text"]

    async def test_a_parent_reads_about_the_child(self, talk):
        told = await talk().hear("action_tell_facts", "mag ze stoppen met 17", intent="truancy_law")
        texts = [
            speak(told[0], Voice(Language.NL, Country.NL, audience)).cards[0]["text"]
            for audience in (None, Audience.PARENT)
        ]
        assert "uw kind" not in texts[0]
        assert "uw kind" in texts[1]


class TestChoiceAndComparison:
    async def test_doubt_between_two_starts_from_those_two(self, talk):
        one = talk()
        said = await one.hear("action_choice_doubt", "kok of ...", intent="choice_doubt", programme="kok")
        assert says(said) == ["study.choice_doubt.between"]

    async def test_doubt_that_stays_is_answered_otherwise(self, talk):
        one = talk()
        first = await one.hear("action_choice_doubt", "ik weet het niet", intent="choice_doubt")
        second = await one.hear("action_choice_doubt", "echt niet", intent="choice_doubt")
        assert says(first) != says(second)

    async def test_bol_and_bbl_are_explained_beside_each_other(self, talk):
        said = await talk().hear("action_compare_programmes", "bol of bbl", intent="compare_programmes", mode="bol")
        assert {card["id"] for card in said[0]["cards"]} >= {"nl-bol", "nl-bbl"}

    async def test_two_named_programmes_are_both_shown(self, talk):
        said = await talk().hear(
            "action_compare_programmes",
            "?",
            intent="compare_programmes",
            programme_from="kok",
            programme_to="timmerman",
        )
        [card] = said[0]["cards"]
        assert [one["name"]["nl"] for one in card["programmes"]] == ["Kok", "Timmerman"]
        assert all(len(row["values"]) == 2 for row in card["rows"])
        assert card["rows"][0]["field"] == "level"
        assert said[0]["sources"]

    async def test_those_of_the_last_search_are_compared_when_none_is_named(self, talk):
        one = talk()
        await one.hear("action_find_programmes", "iets met paarden", interest="paarden")
        said = await one.hear("action_compare_programmes", "vergelijk ze eens", intent="compare_programmes")
        assert len(said[0]["cards"][0]["programmes"]) == 3

    async def test_what_is_unknown_of_one_of_them_is_called_so(self, talk):
        one = talk()
        named = {"programme_from": "kok", "programme_to": "rechten"}
        said = await one.hear("action_compare_programmes", "?", intent="compare_programmes", **named)
        values = [value for row in said[0]["cards"][0]["rows"] for value in row["values"]]
        assert {"say": "card.comparison.unknown"} in values

    async def test_with_nothing_to_compare_it_asks(self, talk):
        said = await talk().hear("action_compare_programmes", "vergelijk", intent="compare_programmes")
        assert says(said) == ["study.compare.ask"]

    async def test_it_admits_that_it_cannot_compare(self, talk):
        said = await talk().hear("action_compare_programmes", "?", intent="compare_programmes", programme="astrofysica")
        assert says(said) == ["study.compare.unknown_programme"]
