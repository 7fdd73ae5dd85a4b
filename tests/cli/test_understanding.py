"""Entities of the redacted text, moved back to the words that were typed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import redact
from cli.understanding import _in_original


@given(
    st.lists(st.sampled_from(["mail naam@school.nl", "bel 06 12345678", "in", "Utrecht", "iets", "met"]), max_size=8)
)
def test_a_word_keeps_its_place_whatever_was_taken_out_around_it(words):
    text = " ".join(words)
    clean = redact(text)
    at = clean.text.rfind("Utrecht")
    if at < 0:
        return
    moved = _in_original({"entity": "city", "start": at, "end": at + 7}, text, clean.found)

    assert moved == {
        "entity": "city",
        "value": "Utrecht",
        "start": text.rfind("Utrecht"),
        "end": text.rfind("Utrecht") + 7,
    }


def test_an_entity_inside_what_was_taken_out_is_dropped():
    text = "mail utrecht@school.nl"
    clean = redact(text)
    assert clean.text == "mail <e-mail>"
    assert _in_original({"entity": "city", "start": 6, "end": 12}, text, clean.found) is None
