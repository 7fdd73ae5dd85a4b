"""A guess at a programme's interests comes from the occupations nearest in meaning, and never from itself."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bot.encoder import DIMENSIONS, E5, USE
from programmes import interest_estimates
from programmes.interest_estimates import Estimator, Occupation, leave_one_out, occupations
from programmes.interests import INTERESTS
from programmes.models import InterestProfile, Programme, Theme

HANDS, CARE = (7.0, 2.0, 1.0, 1.0, 2.0, 3.0), (2.0, 3.0, 1.0, 7.0, 2.0, 3.0)
WORK = [
    Occupation("timmerman", "carpenter", "47-2031.00", HANDS),
    Occupation("meubelmaker", "cabinet maker", "51-7011.00", HANDS),
    Occupation("verpleger", "nurse", "29-1141.00", CARE),
]
DIRECTIONS = {"wood": ("hout", "timmer", "meubel"), "care": ("zorg", "verple")}


def programme(id: str, name: str, *themes: str) -> Programme:
    return Programme(id=id, name_nl=name, name_en=name, themes=themes)


def catalogue(*programmes: Programme, known: dict[str, InterestProfile] | None = None) -> Any:
    themes = {
        "timber": Theme(id="timber", words_nl=("hout",), words_en=()),
        "health": Theme(id="health", words_nl=("zorg",), words_en=()),
        "general-secondary": Theme(id="general-secondary", words_nl=("school",), words_en=()),
    }
    interests = {("programme", id): profile for id, profile in (known or {}).items()}
    return SimpleNamespace(programmes={row.id: row for row in programmes}, themes=themes, interests=interests)


def meaning(texts: list[str], _cache: Path) -> np.ndarray[Any, Any]:
    """One axis for each direction, and a little of a common one."""
    rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        for part in (E5, USE):
            rows[row, part.start + 9] = 0.1
            for axis, words in enumerate(DIRECTIONS.values()):
                rows[row, part.start + axis] = float(any(word in text.lower() for word in words))
    return rows


@pytest.fixture(autouse=True)
def of_few_occupations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interest_estimates, "kept_vectors", meaning)
    monkeypatch.setattr(interest_estimates, "occupations", lambda: WORK)


class TestEstimate:
    def test_is_of_the_nearest_occupations_and_names_them(self) -> None:
        row = programme("nl-mbo-1", "Werken met hout")
        guess = Estimator(catalogue(row), cache=Path()).estimate(row)

        assert guess is not None
        assert set(guess.occupations[:2]) == {"timmerman", "meubelmaker"}
        assert max(guess.interests) == guess.interests[0]

    def test_a_name_that_says_nothing_leans_on_its_themes(self) -> None:
        row = programme("nl-mbo-1", "Vakman niveau 2", "health")
        guess = Estimator(catalogue(row), cache=Path()).estimate(row)

        assert guess is not None
        assert guess.occupations[0] == "verpleger"

    def test_what_is_about_no_work_gets_none(self) -> None:
        row = programme("be-so-1", "Freinetpedagogie", "general-secondary")

        assert Estimator(catalogue(row), cache=Path()).estimate(row) is None


class TestLeaveOneOut:
    def test_a_programme_is_never_guessed_from_what_made_it(self) -> None:
        row = programme("nl-mbo-1", "Timmerman")
        profile = InterestProfile(
            kind="programme", of_id="nl-mbo-1", occupations=("timmerman",), joined_by="name",
            **dict(zip(INTERESTS, HANDS, strict=True)),
        )  # fmt: skip
        there = catalogue(row, known={"nl-mbo-1": profile})
        estimator = Estimator(there, cache=Path())

        assert estimator.alike(HANDS, ("timmerman",)).tolist() == [True, True, False]  # the second has equal numbers
        assert leave_one_out(there, estimator)["nl-mbo-1"] < 0.5


class TestOccupations:
    def test_each_has_six_numbers_from_1_to_7_and_a_name_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(interest_estimates, "occupations", occupations)
        found = interest_estimates.occupations()

        assert len(found) == len({one.name_nl for one in found}) > 1500
        assert all(len(one.interests) == 6 and 1 <= min(one.interests) <= max(one.interests) <= 7 for one in found)
