"""Interests of O*NET reach a programme only through an occupation that surely is meant."""

import pytest

from programmes.catalogue import Catalogue
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
        ],
    )
    def test_the_highest_is_what_one_expects(self, catalogue: Catalogue, programme: str, letter: str) -> None:
        assert highest(catalogue.interests["programme", programme]) == letter

    def test_a_programme_for_two_unlike_occupations_has_none(self, catalogue: Catalogue) -> None:
        assert ("programme", "be-so-1297-3") not in catalogue.interests  # Horeca: cook and waiter
