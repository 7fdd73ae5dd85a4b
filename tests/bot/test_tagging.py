"""Units of a message, their labels, and the way back."""

import pytest

from bot import tagging
from bot.entities import Entity, candidates, chosen
from bot.gazetteer import Gazetteer

GAZETTEER = Gazetteer.from_json({"programme": [], "city": ["Sas van Gent"], "institution": [], "interest": []})


def row(text: str) -> list[tagging.Unit]:
    """The units of a text."""
    return tagging.units(text, candidates(text, GAZETTEER))


def entity(text: str, kind: str, value: str) -> Entity:
    """An entity where its value stands in a text."""
    start = text.index(value)
    return Entity(kind, value, start, start + len(value))


def test_a_candidate_stays_whole_and_other_words_stand_alone():
    text = "vlak bij Sas van Gent, mbo niveau 4"
    assert [text[unit.start : unit.end] for unit in row(text)] == ["vlak", "bij", "Sas van Gent", ",", "mbo niveau 4"]


def test_a_hint_is_a_unit_but_no_rule_trusts_it():
    text = "van gl naar mbo"
    assert ("shorthand~",) in [unit.kinds for unit in row(text)]
    assert "gl" not in [e.value for e in chosen(text, candidates(text, GAZETTEER), GAZETTEER, intent="find_programme")]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("ik wil lasser worden in Sas van Gent", [("programme", "lasser"), ("city", "Sas van Gent")]),
        ("pastoral or palliative care please", [("interest", "pastoral or palliative care")]),
        ("nothing here", []),
    ],
)
def test_labels_can_be_read_back(text, marked):
    entities = [entity(text, kind, value) for kind, value in marked]
    labels = tagging.labels(row(text), entities)
    assert [(e.entity, e.value) for e in tagging.entities(text, row(text), labels)] == marked


def test_the_same_words_mean_the_same_again():
    text = "van mbo naar hbo, is hbo zwaar"
    units = row(text)
    hbo = [at for at, unit in enumerate(units) if unit.word == "hbo"]
    labels = [tagging.OUTSIDE] * len(units)
    labels[hbo[0]], labels[hbo[1]] = "B-level_to", "B-level"
    assert [(e.entity, e.value) for e in tagging.entities(text, units, labels)] == [("level_to", "hbo")]


def test_what_is_denied_is_told():
    text = "iets leuks zonder wiskunde"
    told = tagging.features(row(text), [], "find_programme")
    assert any(one.startswith("denied before") for one in told[-1])


def test_every_unit_is_told_of():
    text = "é😀 mbo4, 's avonds; C&M?"
    assert len(tagging.features(row(text), [], "")) == len(row(text))


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("mijn vader was timmerman", "other+told"),
        ("geen zorg, ik wil timmerman", "wish"),
        ("timmerman", ""),
    ],
)
def test_how_the_clause_speaks_of_a_topic_is_told(text, mood):
    assert f"mood={mood}" in tagging.features(row(text), [], "find_programme")[-1]
