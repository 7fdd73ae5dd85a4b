"""Interests of O*NET reach a programme only through an occupation that surely is meant."""

import pytest

from programmes.catalogue import Catalogue
from programmes.interest_estimates import SAYS_NO_WORK
from programmes.models import InterestProfile

LETTERS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")


def highest(profile: InterestProfile) -> str:
    return max(LETTERS, key=lambda letter: float(getattr(profile, letter)))


class TestInterestProfiles:
    def test_each_is_of_something_that_is_there(self, catalogue: Catalogue) -> None:
        there = {"programme": catalogue.programmes.keys(), "byname": catalogue.bynames.keys()}

        assert len(catalogue.interests) > 700
        assert all(of_id in there[kind] for kind, of_id in catalogue.interests)

    def test_none_is_said_without_a_caution(self, catalogue: Catalogue) -> None:
        assert not any(profile.is_verified for profile in catalogue.interests.values())

    @pytest.mark.parametrize(
        ("programme", "letter"),
        [
            ("nl-mbo-25829", "realistic"),  # Timmerman
            ("nl-mbo-26040", "artistic"),  # Theatervormgever
            ("nl-ho-34570", "social"),  # Fysiotherapeut
            ("nl-ho-80031", "enterprising"),  # Eventmanager
            ("nl-mbo-25152", "conventional"),  # Secretaresse
            ("nl-ho-59325", "investigative"),  # Biology
            ("nl-mbo-25780", "social"),  # Begeleider maatschappelijke zorg, estimated
            ("nl-mbo-25234", "realistic"),  # Motorfietstechnicus, estimated
            ("be-ho-b-bedrijfsmanagement-marketing", "enterprising"),  # estimated
        ],
    )
    def test_the_highest_is_what_one_expects(self, catalogue: Catalogue, programme: str, letter: str) -> None:
        assert highest(catalogue.interests["programme", programme]) == letter

    def test_a_programme_for_two_unlike_occupations_is_only_estimated(self, catalogue: Catalogue) -> None:
        assert catalogue.interests["programme", "be-so-1297-3"].is_estimated  # Horeca: cook and waiter

    def test_nearly_every_programme_has_one_known_or_estimated(self, catalogue: Catalogue) -> None:
        without = [row for id, row in catalogue.programmes.items() if ("programme", id) not in catalogue.interests]

        assert len(without) < 10
        assert all(set(row.themes) <= SAYS_NO_WORK for row in without)

    def test_an_estimate_says_that_it_is_one(self, catalogue: Catalogue) -> None:
        for profile in catalogue.interests.values():
            assert profile.is_estimated == (profile.joined_by == "meaning") == (profile.confidence == 0)
