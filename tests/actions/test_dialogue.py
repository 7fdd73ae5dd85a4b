"""Being unsure, agreeing, repeating and switching language: never the same sentence twice, never a loop."""

import itertools

import pytest

from actions.ask_back import NO_MEANING
from actions.change_language import wanted_language
from actions.hearing import Heard


def says(said):
    return [utterance["say"] for utterance in said]


async def unsure(
    talk, text, ranking=("find_programme", "programme_details", "out_of_scope", "choice_doubt"), **entities
):
    return await talk.hear("action_ask_back", text, intent="nlu_fallback", ranking=ranking, **entities)


class TestAskBack:
    async def test_the_likely_meanings_are_offered_with_what_was_named(self, talk):
        said = await unsure(talk(), "paarden opleiding info", interest="paarden")
        assert says(said) == ["ask_back.which"]
        assert [button["payload"] for button in said[0]["buttons"]] == [
            '/find_programme{"interest": "paarden"}',
            "/programme_details",
            "/choice_doubt",
        ]

    async def test_nobody_is_asked_whether_they_meant_small_talk(self, talk):
        said = await unsure(talk(), "hm", ranking=("greet", "out_of_scope", "affirm"))
        assert says(said) == ["ask_back.other_words"]
        assert not any(button["payload"].strip("/") in NO_MEANING for button in said[0]["buttons"])

    async def test_the_second_miss_brings_what_was_found_and_a_coach(self, talk):
        one = talk()
        await unsure(one, "paarden en zo")
        said = await unsure(one, "ja die paarden dus", interest="paarden")
        assert says(said) == ["ask_back.found"]
        assert said[0]["cards"]
        assert said[0]["buttons"][0]["payload"] == "/ask_human"

    async def test_many_misses_never_repeat_a_sentence_and_always_offer_a_person(self, talk):
        one = talk()
        keys = [says(await unsure(one, "dinges daar zo"))[0] for _ in range(7)]
        assert all(before != after for before, after in itertools.pairwise(keys))
        assert keys[0] == "ask_back.which"
        assert "ask_back.which" not in keys[1:]

    async def test_an_answer_in_between_starts_the_count_anew(self, talk):
        one = talk()
        await unsure(one, "hm")
        await one.hear("action_stay_on_topic", "weer", intent="out_of_scope")
        assert says(await unsure(one, "hm")) == ["ask_back.which"]


@pytest.mark.parametrize("intent", ["out_of_scope", "gibberish"])
async def test_what_is_not_ours_is_never_answered_with_the_same_sentence_twice(talk, intent):
    one = talk()
    keys = [says(await one.hear("action_stay_on_topic", "x", intent=intent))[0] for _ in range(4)]
    assert all(before != after for before, after in itertools.pairwise(keys))


class TestFactsWhenUnsure:
    async def test_a_fact_that_is_very_near_is_told_beside_other_meanings(self, talk):
        said = await unsure(talk(), "wa is een startkwalificatie", ranking=("truancy_law", "programme_details"))
        assert says(said) == ["ask_back.facts"]
        assert said[0]["cards"][0]["id"] == "nl-startkwalificatie"
        assert len(said[0]["buttons"]) == 3

    async def test_what_is_less_near_is_asked_back(self, talk):
        said = await unsure(talk(), "hoe zit dat nou met die dingen", ranking=("truancy_law", "open_days"))
        assert says(said) == ["ask_back.which"]


class TestAffirm:
    async def test_yes_to_a_coach_brings_a_coach(self, talk):
        one = talk()
        one.events.append({"event": "bot", "data": {"custom": {"say": "ask_back.coach"}}})
        await one.hear("action_affirm", "ja", intent="affirm")
        assert one.followed == "utter_ask_human"

    async def test_yes_after_cards_shows_more(self, talk):
        one = talk()
        await one.hear("action_find_programmes", "techniek", interest="techniek")
        await one.hear("action_affirm", "ja", intent="affirm")
        assert one.followed == "action_show_more"

    async def test_yes_to_nothing_asks_what_is_wanted(self, talk):
        assert says(await talk().hear("action_affirm", "ja", intent="affirm")) == ["talk.affirm"]


class TestRepeat:
    async def test_the_last_answer_is_given_again_for_the_question_that_it_answered(self, talk):
        one = talk()
        first = await one.hear("action_tell_facts", "kosten?", intent="costs_and_finance")
        await one.hear("action_repeat", "nog eens", intent="repeat")
        assert one.followed == "action_tell_facts"
        assert says(await one.hear("action_tell_facts", "nog eens", intent="repeat")) == says(first)

    async def test_the_facts_that_the_words_chose_are_told_again_though_the_words_are_gone(self, talk):
        one = talk()
        first = await one.hear("action_tell_facts", "krijg ik een ov-kaart", intent="costs_and_finance")
        again = await one.hear("action_tell_facts", "zeg dat nog eens", intent="repeat")
        assert [card["id"] for card in again[0]["cards"]] == [card["id"] for card in first[0]["cards"]]
        assert "nl-travel-card" in {card["id"] for card in again[0]["cards"]}
        assert says(again) == says(first)

    async def test_after_ways_without_a_fact_there_is_still_something_to_say(self, talk):
        one = talk()
        await one.hear("action_plan_pathway", intent="transition_other", start="vmbo-tl", goal="hbo")
        again = await one.hear("action_plan_pathway", "nog eens", intent="repeat")
        assert all(utterance["say"] != "study.transition_other.unknown" for utterance in again)
        assert again[0]["cards"]

    async def test_a_search_is_shown_again_and_not_refined_by_the_request(self, talk):
        one = talk()
        await one.hear("action_find_programmes", "kapper", programme="kapper")
        wishes = one.slots["wishes"]
        await one.hear("action_repeat", "zeg dat nog eens", intent="repeat")
        await one.hear("action_find_programmes", "zeg dat nog eens", intent="repeat")
        assert one.slots["wishes"] == wishes

    async def test_a_person_is_not_asked_for_twice(self, talk):
        one = talk()
        one.events.append({"event": "action", "name": "utter_ask_human"})
        assert says(await one.hear("action_repeat", "nog eens", intent="repeat")) == ["talk.human_is_asked"]
        assert one.followed is None

    async def test_at_the_very_start_there_is_nothing_to_repeat(self, talk):
        assert says(await talk().hear("action_repeat", "nog eens", intent="repeat")) == ["talk.nothing_to_repeat"]


def naming(text, *languages, spoken):
    """A message with the languages that it names."""
    entities = tuple({"entity": "language", "value": one, "start": text.find(one)} for one in languages)
    return Heard(text, "change_language", entities, ranking=(), language=spoken, country="NL", vector=None)


class TestChangeLanguage:
    @pytest.mark.parametrize(
        ("named", "spoken", "wanted"),
        [
            ("English", "nl", "en"),
            ("Engels", "nl", "en"),
            ("Nederlands", "en", "nl"),
            ("türkçe", "nl", "other"),
            ("Dutch", "nl", "nl"),
        ],
    )
    async def test_the_api_is_asked_to_switch(self, talk, named, spoken, wanted):
        said = await talk(language=spoken).hear("action_change_language", "?", intent="change_language", language=named)
        assert said[0]["do"] == "switch_language"
        assert said[0]["with"]["language"] == wanted

    @pytest.mark.parametrize(
        ("text", "named", "spoken", "wanted"),
        [
            ("I don't speak Dutch, can we talk English", ("Dutch", "English"), "nl", "en"),
            ("can you speak English? my Dutch is not good", ("English", "Dutch"), "nl", "en"),
            ("sorry my English is bad, liever terug in het Nederlands", ("English", "Nederlands"), "en", "nl"),
            ("niet in het Engels maar in het Nederlands", ("Engels", "Nederlands"), "en", "nl"),
            ("ik spreek geen Nederlands, wel Engels", ("Nederlands", "Engels"), "nl", "en"),
        ],
    )
    def test_a_language_that_somebody_does_not_speak_is_not_wanted(self, text, named, spoken, wanted):
        assert wanted_language(naming(text, *named, spoken=spoken)) == wanted

    def test_to_speak_none_of_those_that_are_named_is_to_name_none(self):
        assert wanted_language(naming("I don't speak Dutch", "Dutch", spoken="nl")) is None

    @pytest.mark.parametrize(
        ("text", "named", "spoken"),
        [
            ("kan ik de opleiding ook in het engels doen", "engels", "nl"),
            ("do i need dutch", "dutch", "en"),
            ("he doesn't speak dutch yet", "dutch", "en"),
            ("which degrees are in english", "english", "nl"),
        ],
    )
    def test_the_language_of_a_training_or_of_somebody_else_switches_nothing(self, text, named, spoken):
        assert wanted_language(naming(text, named, spoken=spoken)) is None

    async def test_without_a_language_both_are_offered(self, talk):
        said = await talk().hear("action_change_language", "andere taal", intent="change_language")
        assert says(said) == ["talk.which_language"]
        assert said[0]["do"] is None
