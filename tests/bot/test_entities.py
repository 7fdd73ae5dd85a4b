"""Entities: the exact words of the message, and what they are."""

import itertools

import pytest

from bot.entities import Gazetteer, find_entities

GAZETTEER = Gazetteer.from_json(
    {
        "programme": ["Medewerker maatschappelijke zorg"],
        "city": ["Best", "Sint-Niklaas"],
        "institution": [],
        "interest": ["zonnepanelen"],
        "common": ["best", "worden"],
    }
)


def found(text: str, intent: str | None = "find_programme") -> list[tuple[str, str]]:
    """What a message names, in order."""
    return [(entity.entity, entity.value) for entity in find_entities(text, GAZETTEER, intent=intent)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("ik wil iets met dieren in Utrecht", [("interest", "dieren"), ("city", "Utrecht")]),
        ("something with animals near Ghent", [("interest", "animals"), ("city", "Ghent")]),
        (
            "Medewerker Maatschappelijke Zorg niveau 3",
            [("programme", "Medewerker Maatschappelijke Zorg"), ("level", "niveau 3")],
        ),
        ("verpleegkunde mbo 4, BBL", [("programme", "verpleegkunde"), ("level", "mbo 4"), ("mode", "BBL")]),
        ("level two in sint niklaas", [("level", "level two"), ("city", "sint niklaas")]),
        ("zit in klas 3 en ben 15", [("school_year", "klas 3"), ("age", "15")]),
        ("mijn zoon van 16 zit in het vijfde middelbaar", [("age", "16"), ("school_year", "vijfde middelbaar")]),
        ("bij UGent of TU Delft", [("institution", "UGent"), ("institution", "TU Delft")]),
        ("part-time or evening classes", [("mode", "part-time"), ("mode", "evening classes")]),
        ("iets met zonnepaneelreiniging", [("interest", "zonnepaneelreiniging")]),
        ("hbo5 of graduaat", [("level", "hbo5"), ("level", "graduaat")]),
    ],
)
def test_the_words_are_found_as_they_were_typed(text, entities):
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("ik wil verpleegkudne doen", ("programme", "verpleegkudne")),
        ("in rotterdm", ("city", "rotterdm")),
        ("timmermann", ("programme", "timmermann")),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven(text, entity):
    assert entity in found(text)


@pytest.mark.parametrize(
    "text", ["wat is het best", "kok worden", "ik weet het nog niet", "dank je wel", "in 2027 om 14 uur"]
)
def test_everyday_words_are_no_places_and_no_ages(text):
    assert not {"city", "age", "institution"} & {entity for entity, _ in found(text)}


@pytest.mark.parametrize("text", ["werken in een ziekenhuis", "naar een school", "iets met haar in best veel scholen"])
def test_villages_that_are_called_like_small_words_are_not_meant(text):
    gazetteer = Gazetteer.build({"city": ["Een", "Best", "Veel"], "interest": ["haar", "school"]}, common=["een"])
    assert not [entity for entity in find_entities(text, gazetteer) if entity.is_known]


def test_a_town_as_it_is_said_is_none_where_its_name_means_something_else_too():
    gazetteer = Gazetteer.build({"city": ["Dieren", "Mechelen"], "interest": ["dieren"]})
    assert not [span for span in gazetteer.spans("iets met diere") if span.entity == "city"]
    assert [span.entity for span in gazetteer.spans("iets in Mechele")] == ["city"]


def test_a_capital_makes_an_everyday_word_a_place():
    assert ("city", "Best") in found("een school in Best")


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("van vmbo-tl naar havo", "transition_other", [("level_from", "vmbo-tl"), ("level_to", "havo")]),
        ("hoe kom ik van mbo naar hbo", "transition_mbo_hbo", [("level_from", "mbo"), ("level_to", "hbo")]),
        ("hbo after mbo, possible?", "transition_mbo_hbo", [("level_to", "hbo"), ("level_from", "mbo")]),
        ("vwo-havo", "transition_havo_vwo", [("level_from", "vwo"), ("level_to", "havo")]),
        ("na okan", "transition_other", [("level_from", "okan")]),
        (
            "van rechten naar psychologie",
            "switch_study",
            [("programme_from", "rechten"), ("programme_to", "psychologie")],
        ),
        ("from mbo to hbo", None, [("level_from", "mbo"), ("level_to", "hbo")]),
        ("mbo of hbo", "compare_programmes", [("level", "mbo"), ("level", "hbo")]),
    ],
)
def test_a_step_has_two_ends(text, intent, entities):
    assert found(text, intent) == entities


def test_a_language_is_one_only_where_languages_are_asked_for():
    assert found("kan dit in het Engels", "change_language") == [("language", "Engels")]
    assert "language" not in {entity for entity, _ in found("les in het Engels", "programme_details")}


def test_a_subject_that_is_only_mentioned_is_no_programme():
    assert found("maak mijn samenvatting van biologie", "out_of_scope") == []


def test_offsets_point_at_the_value_also_behind_accents_and_emoji():
    text = "é😀 ik wil iets met dieren in 's-Hertogenbosch"
    for entity in find_entities(text, GAZETTEER):
        assert text[entity.start : entity.end] == entity.value


def test_nothing_overlaps():
    text = "mbo niveau 3 verzorgende ig in het eerste jaar mbo 3 of 4 zorg in sas van gent bij roc van twente"
    spans = [(entity.start, entity.end) for entity in find_entities(text, GAZETTEER)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


@pytest.mark.parametrize("text", ["", "???", "x" * 2000, "niveau " * 300, "van naar " * 200, "a-" * 900])
def test_hostile_texts_are_read_quickly(text):
    find_entities(text, GAZETTEER)
