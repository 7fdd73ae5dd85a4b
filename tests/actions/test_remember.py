"""What somebody says of himself is noted; what holds for somebody else, or not yet, is not."""

from typing import Any

import pytest

from actions.hearing import Heard
from actions.remember import own_age, own_standing


def heard(text: str, *entities: dict[str, Any], country: str = "NL") -> Heard:
    return Heard(
        text=text,
        intent="find_programme",
        entities=entities,
        ranking=(),
        language="nl",
        country=country,
        vector=None,
    )


def age_in(text: str, said: str) -> int | None:
    at = text.index(said)
    return own_age(heard(text, {"entity": "age", "value": said, "start": at, "end": at + len(said)}))


class TestOwnAge:
    @pytest.mark.parametrize(
        ("text", "said", "age"),
        [
            ("ik ben 17 en zoek iets met dieren", "17", 17),
            ("mijn dochter is zestien", "zestien", 16),
            ("my son is 14 and loves cars", "14", 14),
            ("I'm twenty-two", "twenty-two", 22),
        ],
    )
    def test_the_visitor_and_their_child_have_an_age(self, text, said, age):
        assert age_in(text, said) == age

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("mijn broer is 19", "19"),
            ("my friend is 18", "18"),
            ("mag ik stoppen als ik 18 ben", "18"),
            ("I have to wait until I turn 18", "18"),
            ("wat is er voor mensen van 30", "30"),
        ],
    )
    def test_the_age_of_another_and_one_to_come_are_not_noted(self, text, said):
        assert age_in(text, said) is None

    def test_a_message_without_an_age_says_none(self):
        assert own_age(heard("ik ben op zoek naar iets met dieren")) is None


class TestOwnStanding:
    @pytest.mark.parametrize(
        ("text", "country", "standing"),
        [
            ("ik zit in 4 tl en wil naar het hbo", "NL", "vmbo-tl"),
            ("ik doe havo", "NL", "havo"),
            ("kan ik met kader naar niveau 4", "NL", "vmbo-kb"),
            ("mijn zoon is 15, 3 kader, wat kan hij worden", "NL", "vmbo-kb"),
        ],
    )
    def test_where_somebody_says_to_stand_is_noted(self, text, country, standing):
        assert own_standing(heard(text, country=country)) == standing

    @pytest.mark.parametrize(
        "text",
        [
            "wat is havo",
            "mijn broer doet havo",
            "hoe is het op de havo",
            "mijn kind heeft dyslexie, welke hulp is er op het mbo",
            "",
        ],
    )
    def test_a_school_that_is_only_named_is_not(self, text):
        assert own_standing(heard(text)) is None

    def test_a_button_says_it_outright(self):
        assert own_standing(heard("", {"entity": "start", "value": "mbo-4"})) == "mbo-4"


class TestActionRemember:
    async def test_both_are_kept_and_nothing_is_said(self, talk):
        one = talk()

        said = await one.hear("action_remember", "ik ben 17 en ik doe havo", age="17")

        assert said == []
        assert one.slots == {"age": 17, "standing": "havo"}

    async def test_a_message_without_them_leaves_them(self, talk):
        one = talk(slots={"age": 17, "standing": "havo"})

        await one.hear("action_remember", "iets met dieren", interest="dieren")

        assert one.slots == {"age": 17, "standing": "havo"}

    @pytest.mark.parametrize("name", ["age", "standing"])
    async def test_what_was_noted_can_be_taken_back(self, talk, name):
        one = talk(slots={"age": 17, "standing": "havo"})

        [said] = await one.hear("action_correct", intent="correction", forget=name)

        assert said["say"] == "talk.forgotten"
        assert one.slots[name] is None

    async def test_no_other_slot_can_be_forgotten_by_a_button(self, talk):
        one = talk(slots={"wishes": {"query": "kok"}})

        await one.hear("action_correct", intent="correction", forget="wishes")

        assert one.slots == {"wishes": {"query": "kok"}}
