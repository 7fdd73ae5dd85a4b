"""Messages that lean on what was said before them."""

from dataclasses import replace
from typing import Any

import pytest

from bot.follow_up import Before, Meant, in_talk
from bot.leaning import leans

SHOWN = ("nl-mbo-1", "nl-mbo-2", "nl-mbo-3")
SEARCH = Before(topic="find_programme", asked="search.found", wishes=frozenset({"query", "city"}), shown=SHOWN)


def entity(kind: str, value: str) -> dict[str, Any]:
    return {"entity": kind, "value": value, "start": 0, "end": len(value)}


def meant(
    text: str, intent: str, *entities: dict[str, Any], before: Before = SEARCH
) -> tuple[str, list[tuple[str, str]]]:
    found = in_talk(text, Meant(intent, entities), before)
    return found.intent, [(one["entity"], one["value"]) for one in found.entities]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("vertel eens over die tweede", 1),
        ("hoe lang duurt die eerste?", 0),
        ("tell me more about the first one", 0),
        ("the last one please", 2),
        ("nummer 3", 2),
        ("en de derde?", 2),
        ("Tweede", 1),
        ("option two", 1),
    ],
)
def test_one_of_the_shown_programmes_is_pointed_at(text: str, place: int) -> None:
    intent, entities = meant(text, "programme_details")
    assert intent == "programme_details"
    assert ("programme_id", SHOWN[place]) in entities


@pytest.mark.parametrize(
    "text",
    [
        "in de tweede graad",
        "wat leer je in het eerste jaar",
        "the first year is hard",
        "mijn eerste kind",
        "voor de eerste keer",
    ],
)
def test_an_ordinal_that_counts_something_else_points_at_nothing(text: str) -> None:
    assert meant(text, "programme_details")[1] == []


def test_two_that_are_pointed_at_are_compared() -> None:
    intent, entities = meant("wat is het verschil tussen de eerste en de derde", "compare_programmes")
    assert intent == "compare_programmes"
    assert [value for _, value in entities] == [SHOWN[0], SHOWN[2]]


def test_a_question_about_one_of_them_stays_that_question() -> None:
    intent, entities = meant("the first one, what do I need to get in?", "admission_requirements")
    assert (intent, entities) == ("admission_requirements", [("programme_id", SHOWN[0])])


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("en in Gent?", "city", "Gent"),
        ("what about Mechelen?", "city", "Mechelen"),
        ("dezelfde maar dan niveau 4", "level", "niveau 4"),
        ("and as a graduaat instead?", "level", "graduaat"),
        ("nee doe maar Leeuwarden", "city", "Leeuwarden"),
        ("brugge", "city", "brugge"),
        ("no sorry, third grade", "level", "third grade"),
    ],
)
@pytest.mark.parametrize("alone", ["nlu_fallback", "deny", "transition_other", "out_of_scope"])
def test_a_bare_place_or_level_changes_the_search(text: str, kind: str, value: str, alone: str) -> None:
    assert meant(text, alone, entity(kind, value)) == ("find_programme", [(kind, value)])


@pytest.mark.parametrize("text", ["3", "2?", "en 4 dan?"])
def test_a_bare_number_is_a_level_while_a_search_goes_on(text: str) -> None:
    intent, entities = meant(text, "gibberish", before=Before("find_programme", "search.found", frozenset({"query"})))
    assert intent == "find_programme"
    assert [kind for kind, _ in entities] == ["level"]


def test_a_number_without_a_search_is_nothing() -> None:
    assert meant("3", "gibberish", before=Before()) == ("gibberish", [])


def test_the_same_question_is_asked_for_something_else() -> None:
    before = Before(topic="open_days", asked="study.open_days.unknown")
    assert meant("en in Utrecht?", "find_programme", entity("city", "Utrecht"), before=before)[0] == "open_days"
    before = Before(topic="admission_requirements", asked="study.admission.of_level")
    said = meant("nee ik bedoel mbo 3", "correction", entity("level", "mbo 3"), before=before)
    assert said[0] == "admission_requirements"


def test_an_answer_to_a_question_of_ours_is_about_that() -> None:
    before = Before(topic="admission_requirements", asked="study.admission.ask", wishes=frozenset({"query"}))
    assert (
        meant("niveau 3", "find_programme", entity("level", "niveau 3"), before=before)[0] == "admission_requirements"
    )


@pytest.mark.parametrize(
    "text", ["laat de plaats maar weg", "forget the place", "maakt niet uit waar", "anywhere is fine"]
)
def test_a_wish_is_taken_away_by_its_name(text: str) -> None:
    assert meant(text, "correction") == ("find_programme", [("without", "city")])


def test_a_wish_that_nobody_had_is_not_taken_away() -> None:
    before = Before(topic="find_programme", wishes=frozenset({"query"}))
    assert meant("laat de plaats maar weg", "correction", before=before) == ("correction", [])


@pytest.mark.parametrize("text", ["begin maar helemaal opnieuw", "start over", "vergeet alles", "let's start again"])
def test_starting_over_forgets_the_search(text: str) -> None:
    assert meant(text, "go_back")[0] == "stop"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("wat kost een opleiding in Gent eigenlijk per jaar", "costs_and_finance"),
        ("wanneer zijn de open dagen in Gent", "open_days"),
        ("ik wil stoppen met school in Gent", "switch_study"),
    ],
)
def test_a_message_that_says_its_own_question_keeps_it(text: str, intent: str) -> None:
    assert meant(text, intent, entity("city", "Gent"))[0] == intent


def test_without_a_talk_nothing_changes() -> None:
    assert meant("en in Gent?", "nlu_fallback", entity("city", "Gent"), before=Before()) == (
        "nlu_fallback",
        [("city", "Gent")],
    )


FACTS = Before(topic="choice_doubt", wishes=frozenset({"query"}))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ik wil liever niet bellen", "deny"),
        ("ik wil nu niet met iemand praten", "deny"),
        ("I don't want to call anyone", "deny"),
        ("kan ik niet gewoon met een mens praten?", "ask_human"),
        ("ik wil niet met een bot praten", "ask_human"),
        ("I don't want a test I want to talk to a person", "ask_human"),
    ],
)
def test_who_wants_nobody_is_not_given_a_person(text: str, intent: str) -> None:
    assert meant(text, "ask_human")[0] == intent


def test_both_of_what_somebody_doubts_between_are_searched_for() -> None:
    assert meant("kan ik iets met allebei doen?", "nlu_fallback", before=FACTS) == (
        "find_programme",
        [("resume", "search")],
    )


def test_a_step_is_heard_where_both_its_ends_are_named() -> None:
    named = (entity("school_year", "havo 5"), entity("level", "universiteit"))
    told = Meant("nlu_fallback", named, 0.3, likely="transition_other")
    assert in_talk("mijn nicht doet havo 5, kan ze naar de universiteit?", told, Before()).intent == "transition_other"
    assert in_talk("havo 5", replace(told, entities=named[:1]), Before()).intent == "nlu_fallback"


def test_the_ways_that_were_shown_are_compared() -> None:
    ways = Before(topic="transition_other", asked="study.pathway.found")
    assert meant("welke is sneller?", "compare_programmes", before=ways)[0] == "transition_other"
    assert meant("welke is sneller?", "compare_programmes")[0] == "compare_programmes"


def test_what_was_only_mentioned_is_taken_up() -> None:
    before = Before(topic="transition_other")
    assert meant("back to the cooking thing", "thanks", entity("interest", "cooking"), before=before)[0] == (
        "find_programme"
    )


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("en dat dan?", True),
        ("how much does it cost", True),
        ("is dat daar ook zo", True),
        ("hoeveel kost het", True),
        ("ik zoek een opleiding tot kok", False),
        ("ik word gepest, daarom", False),
    ],
)
def test_a_message_leans_on_what_was_said_before(text: str, is_so: bool) -> None:
    assert leans(text) is is_so


@pytest.mark.parametrize(
    ("text", "kind", "alone", "expected"),
    [
        ("wat is BBL?", "mode", "work_and_learn", "work_and_learn"),
        ("wat is havo", "level_from", "transition_havo_vwo", "compare_programmes"),
        ("en wat betekent niveau 4", "level", "find_programme", "compare_programmes"),
        ("what is a graduaat?", "level", "correction", "compare_programmes"),
    ],
)
def test_what_a_kind_of_school_is_is_told_and_changes_no_search(
    text: str, kind: str, alone: str, expected: str
) -> None:
    assert meant(text, alone, entity(kind, "x")) == (expected, [])


@pytest.mark.parametrize(
    "text", ["wat is er op niveau 4", "what is there in Ghent at level 3 for someone who likes animals"]
)
def test_what_there_is_of_a_kind_is_searched_for(text: str) -> None:
    assert meant(text, "find_programme", entity("level", "niveau 4"))[1]


@pytest.mark.parametrize(
    "text", ["is het zwaar?", "wat verdien je dan", "which subjects do you get", "wat kun je daarna"]
)
def test_what_only_a_programme_has_is_asked_of_the_one_on_the_screen(text: str) -> None:
    assert meant(text, "out_of_scope")[0] == "programme_details"
    assert meant(text, "out_of_scope", before=Before(topic="privacy_question"))[0] != "programme_details"


def test_how_long_a_named_one_takes_is_no_search_for_it() -> None:
    assert meant("die gastheer, hoe lang is dat", "find_programme", entity("programme", "gastheer")) == (
        "programme_details",
        [("programme", "gastheer")],
    )


@pytest.mark.parametrize("text", ["mag ik meteen niveau 2 doen", "may i start at level 2"])
def test_who_asks_for_leave_does_not_search(text: str) -> None:
    assert meant(text, "find_programme", entity("level", "2"))[0] == "admission_requirements"
    assert meant("mag ik niveau 2 zien", "find_programme", entity("level", "2"))[0] == "find_programme"


def test_whether_one_can_get_there_goes_on_about_the_way() -> None:
    bachelor, way = entity("level", "bachelor"), Before(topic="transition_other")
    assert meant("kan ik een bachelor doen hier?", "find_programme", bachelor, before=way)[0] == "transition_other"
    assert meant("kan ik een bachelor doen hier?", "find_programme", bachelor)[0] == "find_programme"


def test_which_there_are_is_a_search_where_the_intent_is_a_guess() -> None:
    asked = Meant("transition_other", (entity("city", "Heerhugowaard"),), confidence=0.3)
    assert in_talk("wat is er in Heerhugowaard?", asked, Before(topic="transition_other")).intent == "find_programme"


def test_who_speaks_no_dutch_wishes_no_other_language_for_the_talk() -> None:
    way = Before(topic="transition_other")
    assert meant("my daughter does not speak dutch", "change_language", entity("language", "dutch"), before=way)[0] == (
        "transition_other"
    )
    assert meant("english please", "change_language", entity("language", "english"), before=way)[0] == "change_language"


def test_a_town_that_the_message_alone_left_open_is_heard_in_a_search() -> None:
    horses = {"entity": "interest", "value": "paarden", "start": 0, "end": 7}
    town = {"entity": "city", "value": "Ede", "start": 11, "end": 14}
    found = in_talk("paarden in Ede", Meant("find_programme", (horses,), 0.9), SEARCH, wishes=[horses, town])
    assert [one["entity"] for one in found.entities] == ["interest", "city"]
    within = {"entity": "city", "value": "paar", "start": 0, "end": 4}
    found = in_talk("paarden in Ede", Meant("find_programme", (horses,), 0.9), SEARCH, wishes=[horses, within])
    assert [one["entity"] for one in found.entities] == ["interest"]


def test_a_wish_that_seems_out_of_scope_goes_on_with_the_search_when_that_is_a_guess() -> None:
    wish = (entity("interest", "paarden"),)
    assert in_talk("paarden ofzo dan hoor", Meant("out_of_scope", wish, 0.5), SEARCH).intent == "find_programme"
    assert in_talk("mijn buurman verkoopt paarden", Meant("out_of_scope", wish, 0.9), SEARCH).intent == "out_of_scope"
