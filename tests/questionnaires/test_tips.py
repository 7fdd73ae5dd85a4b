"""Strengths first, then two things to try for each low scale."""

import pytest

from questionnaires import tips
from questionnaires.bank import questionnaire
from questionnaires.scoring import Profile, score


def studied(**by_scale: int) -> Profile:
    bank = questionnaire("attitude")
    answers = {}
    for id, item in bank.items.items():
        wished = by_scale.get(item.scale or "", 3)
        answers[id] = 6 - wished if item.is_reversed else wished
    return score(bank, answers, asked=bank.order("long"))


class TestAdvise:
    def test_lowest_gets_its_tips_first_and_strengths_are_named(self) -> None:
        advice = tips.advise(studied(planning=2, asking=1, perseverance=5), country="NL")

        assert advice.strengths == ("perseverance",)
        assert list(advice.tips) == ["asking", "planning"]
        assert all(len(some) == 2 for some in advice.tips.values())

    def test_everybody_has_a_best_side(self) -> None:
        low = dict.fromkeys(questionnaire("attitude").scales, 1) | {"calm": 2}

        assert tips.advise(studied(**low), country="BE").strengths == ("calm",)

    @pytest.mark.parametrize(("country", "who"), [("NL", "mentor"), ("BE", "CLB")])
    def test_help_is_that_of_the_country(self, country: str, who: str) -> None:
        assert all(who in text for text in tips.advise(studied(), country=country).help.values())

    @pytest.mark.parametrize("id", ["attitude", "method"])
    def test_every_scale_has_two_tips_in_both_languages(self, id: str) -> None:
        bank = questionnaire(id)
        lowest = {key: 5 if item.is_reversed else 1 for key, item in bank.items.items()}
        advice = tips.advise(score(bank, lowest, asked=bank.order("long")), country="NL")

        assert advice.tips.keys() == bank.scales.keys()
        assert all(set(tip) == {"nl", "en"} for some in advice.tips.values() for tip in some)
