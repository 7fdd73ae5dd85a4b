"""The tagger: reading marked messages, and learning from a few."""

from bot.components import entity_tagger
from bot.components.entity_tagger import EntityTagger, read_examples, unmarked
from bot.components.paths import MARKED_EXAMPLES
from bot.gazetteer import Gazetteer

GAZETTEER = Gazetteer.from_json({"programme": [], "city": [], "institution": [], "interest": []})


def test_marks_are_taken_out_and_remembered():
    example = unmarked("find_programme", "iets met [dieren](interest) in [Gent](city)")
    assert example.text == "iets met dieren in Gent"
    assert [(e.entity, example.text[e.start : e.end]) for e in example.entities] == [
        ("interest", "dieren"),
        ("city", "Gent"),
    ]


def test_every_marked_message_can_be_read_and_has_a_known_entity():
    names = {e.entity for example in read_examples(MARKED_EXAMPLES) for e in example.entities}
    assert names == {
        "programme", "programme_from", "programme_to", "interest", "level", "level_from", "level_to",
        "city", "mode", "language", "institution", "age", "school_year",
    }  # fmt: skip


def test_it_learns_what_no_list_knows(tmp_path):
    examples = [
        unmarked("find_programme", f"iets met [{word}](interest) graag")
        for word in ("klokken", "glas", "drones", "zeep")
    ] * 5
    entity_tagger.train(examples, GAZETTEER, tmp_path / "entities.crf")
    tagger = EntityTagger((tmp_path / "entities.crf").read_bytes())
    assert [(e.entity, e.value) for e in tagger.find("iets met kaarsen graag", GAZETTEER, intent="find_programme")] == [
        ("interest", "kaarsen")
    ]
    assert tagger.find("", GAZETTEER, intent=None) == []
