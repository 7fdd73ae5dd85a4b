"""Two questions in one message."""

from typing import Any

import pytest

from bot.questions import are_two, questions_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "ik ben 16. wanneer moet ik me aanmelden voor het mbo en moet ik lesgeld betalen?",
            ["ik ben 16. wanneer moet ik me aanmelden voor het mbo", "moet ik lesgeld betalen?"],
        ),
        (
            "how do I apply for a study grant and what's the deadline?",
            ["how do I apply for a study grant", "what's the deadline?"],
        ),
        ("wat kost dat? en wanneer is de open dag", ["wat kost dat?", "wanneer is de open dag"]),
        (
            "English is easier for me. which of these are mbo?",
            ["English is easier for me.", "which of these are mbo?"],
        ),
    ],
)
def test_a_message_is_parted_where_a_second_question_begins(text: str, parts: list[str]) -> None:
    assert questions_in(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "iets met kinderen en dieren in Gent",
        "wat is het verschil tussen bol en bbl",
        "kok of bakker?",
        "mijn zoon wil stoppen en is verdrietig",
        "hoi",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert questions_in(text) == [text]


def parsed(text: str, intent: str, confidence: float = 0.9) -> dict[str, Any]:
    return {"text": text, "intent": {"name": intent, "confidence": confidence}}


WHOLE = parsed("wanneer moet ik me aanmelden en wat kost het?", "enrolment_deadline")
WHEN = parsed("wanneer moet ik me aanmelden", "enrolment_deadline")


def test_questions_of_two_kinds_are_two() -> None:
    assert are_two([WHOLE, WHEN, parsed("wat kost het?", "costs_and_finance")])


@pytest.mark.parametrize(
    "second",
    [
        parsed("wat kost het?", "enrolment_deadline"),
        parsed("wat kost het?", "costs_and_finance", 0.3),
        parsed("wat kost het?", "out_of_scope"),
    ],
)
def test_the_same_kind_an_unsure_one_and_small_talk_are_not(second: dict[str, Any]) -> None:
    assert not are_two([WHOLE, WHEN, second])


def test_what_is_told_before_a_question_is_no_question() -> None:
    told = parsed("mijn zoon wil stoppen met bedrijfskunde.", "switch_study")
    asked = parsed("wanneer moet hij zich dan aanmelden?", "enrolment_deadline")
    assert not are_two([parsed("", "switch_study"), told, asked])


def test_without_parts_there_are_none() -> None:
    assert not are_two([WHOLE])
