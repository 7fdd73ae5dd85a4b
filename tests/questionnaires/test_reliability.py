"""The analysis of a validation, run on answers of simulated people of whom we know the truth."""

import random
from collections.abc import Iterator

import pytest

from questionnaires.bank import Questionnaire, questionnaire
from questionnaires.reliability import criterion_share, cronbach_alpha, pearson, rest_correlations
from questionnaires.scoring import keyed, score

BANK = questionnaire("attitude")
PEOPLE = 300


def simulated(bank: Questionnaire, seed: int, noise: float) -> Iterator[dict[str, int]]:
    """People with a true height on every scale who answer each item near it; the same seed gives the same people."""
    truth, chance = random.Random(1), random.Random(seed)
    for _ in range(PEOPLE):
        height = {scale: truth.gauss(3, 1) for scale in bank.scales}
        yield {
            id: min(max(round(toward + chance.gauss(0, noise)), 1), 5)
            for id, item in bank.items.items()
            for toward in [6 - height[item.scale or ""] if item.is_reversed else height[item.scale or ""]]
        }


def table(people: list[dict[str, int]], scale: str) -> list[list[float]]:
    items = [item for item in BANK.items.values() if item.scale == scale]
    return [[keyed(item, person[item.id], scale) for item in items] for person in people]


@pytest.mark.parametrize("scale", list(BANK.scales))
class TestOnSimulatedPeople:
    def test_who_answers_what_they_are_gives_reliable_scales(self, scale: str) -> None:
        answers = table(list(simulated(BANK, seed=2, noise=0.8)), scale)

        assert 0.8 < cronbach_alpha(answers) < 0.95
        assert min(rest_correlations(answers)) > 0.4

    def test_who_answers_at_random_does_not(self, scale: str) -> None:
        chance = random.Random(3)
        answers = table([{id: chance.randint(1, 5) for id in BANK.items} for _ in range(PEOPLE)], scale)

        assert abs(cronbach_alpha(answers)) < 0.35

    def test_the_same_people_a_second_time_score_alike(self, scale: str) -> None:
        first, second = (
            [score(BANK, person, asked=BANK.order("long")).values()[scale] for person in simulated(BANK, seed, 0.8)]
            for seed in (4, 5)
        )

        assert pearson(first, second) > 0.75


class TestArithmetic:
    def test_alpha_of_items_that_are_one_is_one(self) -> None:
        assert cronbach_alpha([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]]) == pytest.approx(1)

    def test_alpha_is_that_of_a_worked_example(self) -> None:
        # Variances 1, 1 and 1 of the items, 7 of the sums: 3 / 2 * (1 - 3 / 7).
        assert cronbach_alpha([[1, 1, 2], [2, 3, 3], [3, 2, 4]]) == pytest.approx(6 / 7)

    def test_pearson_knows_opposite_and_unrelated(self) -> None:
        assert pearson([1, 2, 3], [6, 4, 2]) == pytest.approx(-1)
        assert pearson([1, 2, 3, 4], [1, -1, -1, 1]) == pytest.approx(0)

    def test_a_criterion_counts_choices_within_the_top(self) -> None:
        assert criterion_share([("social", "artistic"), ("realistic",)], ["artistic", "social"]) == 0.5

    @pytest.mark.parametrize("answers", [[[1, 2]], [[1], [2], [3]], [[1, 1], [1, 1], [1, 1]]])
    def test_what_cannot_be_told_is_refused(self, answers: list[list[float]]) -> None:
        with pytest.raises(ValueError, match=r"alpha|same"):
            cronbach_alpha(answers)
