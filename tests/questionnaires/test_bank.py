"""The item banks keep their promises, and a mistake in one is told clearly."""

import copy
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import yaml

from core.errors import NotFound, Refused
from questionnaires import bank
from questionnaires.bank import IDS, Questionnaire, questionnaire

EVERY = pytest.mark.parametrize("id", IDS)
LANGUAGES = ("nl", "en")
HARDEST = 40
"""LIX from which a text is no longer easy (30 to 40 is what newspapers for everybody are)."""
ONE_COUNTRY_ONLY = re.compile(
    r"\b(vmbo|havo|vwo|mbo|hbo|decaan|docent\w*|cijfer\w*|overhor\w*|aso|tso|bso|punten|buizen|leerkracht\w*)\b"
)
"""School words that only one of the two countries uses."""


def texts(made: Questionnaire, language: str) -> list[str]:
    stated = [item.text[language] for item in made.items.values() if not item.is_choice]
    chosen = [option.text[language] for item in made.items.values() if item.is_choice for option in item.options]
    return stated + chosen


def lix(sentences: list[str]) -> float:
    """Words in a sentence, plus the percentage of words longer than six letters."""
    words = [word for sentence in sentences for word in re.findall(r"\w+", sentence)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


class TestWhatShips:
    def test_interests_have_ten_of_each_type_of_which_three_are_short(self) -> None:
        made = questionnaire("interests")
        counts = Counter((item.scale, item.is_short) for item in made.items.values())

        assert counts == {(scale, short): n for scale in made.scales for short, n in ((True, 3), (False, 7))}
        assert (len(made.order("short")), len(made.order("long"))) == (18, 60)

    @pytest.mark.parametrize(("id", "of"), [("attitude", 30), ("method", 30), ("values", 20)])
    def test_the_others_have_one_form(self, id: str, of: int) -> None:
        made = questionnaire(id)

        assert made.forms == ("long",)
        assert len(made.order("long")) == of

    @pytest.mark.parametrize("id", ["attitude", "method"])
    def test_every_study_scale_has_five_items_some_of_them_reversed(self, id: str) -> None:
        made = questionnaire(id)

        for scale in made.scales:
            items = [item for item in made.items.values() if item.scale == scale]
            assert len(items) == 5
            assert 1 < sum(item.is_reversed for item in items) < 4

    def test_every_two_values_meet(self) -> None:
        meetings = Counter(frozenset(item.scales) for item in questionnaire("values").items.values())
        five = ("people", "certainty", "freedom", "earning", "meaning")

        assert all(meetings[frozenset((one, other))] for one in five for other in five if one != other)
        assert [meetings[frozenset(pair)] for pair in (("outdoors", "indoors"), ("hands", "head"))] == [3, 3]
        assert meetings[frozenset(("near_home", "far_away"))] == 3

    @EVERY
    def test_no_two_of_a_scale_follow_each_other(self, id: str) -> None:
        made = questionnaire(id)
        for form in made.forms:
            asked = [set(made.items[item].scales) for item in made.order(form)]
            assert all(one != other for one, other in pairwise(asked))

    @EVERY
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_texts_differ_and_are_short_and_easy(self, id: str, language: str) -> None:
        said = texts(questionnaire(id), language)

        assert max(Counter(said).values()) == 1
        assert max(len(text.split()) for text in said) <= 16
        assert lix(said) < HARDEST

    @EVERY
    def test_no_word_is_of_one_country_only(self, id: str) -> None:
        assert [text for text in texts(questionnaire(id), "nl") if ONE_COUNTRY_ONLY.search(text.lower())] == []

    def test_the_opposite_of_an_item_is_keyed_the_other_way(self) -> None:
        for made in (questionnaire("attitude"), questionnaire("method")):
            assert all(made.items[one].is_reversed != made.items[other].is_reversed for one, other in made.alike)


def without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["items"][0].pop(key)


class TestRead:
    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (without("en"), "interests.r01: en is missing"),
            (without("keyed"), "interests.r01: keyed is missing"),
            (lambda data: data["items"][0].update(keyed="up"), "interests.r01: keyed is up"),
            (lambda data: data["items"][0].update(nl=" "), "interests.r01: a text is empty"),
            (lambda data: data["items"][0].update(scale="brave"), "interests.r01: no scale brave"),
            (lambda data: data["items"][1].update(id="r01"), "r01 stands there twice"),
            (lambda data: data["alike"].append(["r01", "x99"]), "x99, which is no item"),
            (lambda data: data["alike"].append(["r01", "i01"]), "are of different scales"),
            (lambda data: data["answers"].pop(), "answers are not 1 to 5"),
            (lambda data: data["scales"].update(odd=data["scales"]["social"]), "nothing asks about odd"),
            (lambda data: data.pop("ask"), "interests: ask is missing"),
        ],
    )
    def test_a_mistake_is_told_with_its_place(self, spoil: Callable[[dict[str, Any]], object], told: str) -> None:
        data = copy.deepcopy(yaml.safe_load((bank.ITEMS / "interests.yml").read_text("utf-8")))
        spoil(data)

        with pytest.raises(Refused, match=re.escape(told)):
            bank.read("interests", data)

    def test_a_choice_within_one_scale_is_refused(self) -> None:
        data = yaml.safe_load((bank.ITEMS / "values.yml").read_text("utf-8"))
        data["items"][0]["b"]["scale"] = "people"

        with pytest.raises(Refused, match="both options are of one scale"):
            bank.read("values", data)

    def test_what_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFound, match="There are: interests"):
            questionnaire("horoscope")
        with pytest.raises(NotFound, match="has no short form"):
            questionnaire("values").order("short")
