"""Twenty places of both countries: every answer is one of our honest kinds, and shows only what is there."""

from itertools import pairwise

import pytest

from programmes.catalogue import Catalogue
from programmes.places import LinkedPlace
from programmes.search import SearchResult, search_programmes
from programmes.wishes import Wishes

NETHERLANDS = (
    "Amsterdam",
    "Rotterdam",
    "Den Haag",
    "Utrecht",
    "Zwolle",
    "Emmen",
    "Middelburg",
    "Terneuzen",
    "Appelscha",
)
FLANDERS = ("Antwerpen", "Gent", "Brugge", "Leuven", "Hasselt", "Kortrijk", "Mechelen", "Geel")
NOWHERE = ("Blubberdam", "Blubbergem")
UNKNOWN = ("Oostende", *NOWHERE)
"""Oostende is real, but no source of ours names a school there."""
PLACES = [
    *(("NL", name) for name in NETHERLANDS),
    *(("BE", name) for name in FLANDERS),
]
SUBJECTS = ("kok", "verpleegkunde", "informatica", None)


def search(catalogue: Catalogue, query: str | None, country: str, city: str, within_km: int | None) -> SearchResult:
    return search_programmes(catalogue, Wishes(query=query, city=city, within_km=within_km), limit=8, country=country)


def shows_only_what_is_there(
    catalogue: Catalogue, result: SearchResult, place: LinkedPlace, within_km: int | None
) -> None:
    for offer in (offer for hit in result.hits for offer in hit.places):
        assert offer.municipality_code is not None, "an offer without a place is put nowhere"
        km = catalogue.places.km_to(place, offer.municipality_code)
        assert offer.municipality_code in place.municipalities or (km is not None and km <= (within_km or 0))


class TestCities:
    @pytest.mark.parametrize("within_km", [None, 20])
    @pytest.mark.parametrize(("country", "city"), PLACES)
    def test_the_answer_is_honest(self, catalogue: Catalogue, country: str, city: str, within_km: int | None) -> None:
        place = catalogue.places.link(city)
        assert place is not None
        for subject in SUBJECTS:
            result = search(catalogue, subject, country, city, within_km)

            assert result.unknown_place is None
            assert result.place_answer in {"offer", "seat", "nearest", None}
            shows_only_what_is_there(catalogue, result, place, within_km)
            distances = [school.distance_km for school in result.schools]
            has_offers = any(hit.places for hit in result.hits)
            match result.place_answer:
                case "offer":
                    assert has_offers
                    assert result.schools == ()
                case "seat":
                    assert not has_offers
                    assert max(distances) <= (within_km or 0)
                case "nearest":
                    assert not has_offers
                    assert min(distances) > (within_km or 0)
                case None:  # no source of ours says anything about this place
                    assert not has_offers
                    assert result.schools == ()

    @pytest.mark.parametrize(("country", "city"), [(c, name) for c in ("NL", "BE") for name in UNKNOWN])
    def test_a_place_that_we_do_not_know_is_said_to_be_unknown(
        self, catalogue: Catalogue, country: str, city: str
    ) -> None:
        for result in (
            search(catalogue, "verpleegkunde", country, city, None),
            search_programmes(catalogue, Wishes(query=f"verpleegkunde in {city}"), limit=8, country=country),
        ):
            assert (result.unknown_place, result.place_answer, result.schools) == (city, None, ())
            assert result.hits, "what was asked is still answered"

    @pytest.mark.parametrize("city", NETHERLANDS)
    def test_a_dutch_place_is_never_left_without_an_answer(self, catalogue: Catalogue, city: str) -> None:
        for subject in ("kok", "verpleegkunde", "informatica"):
            assert search(catalogue, subject, "NL", city, None).place_answer is not None

    def test_a_school_of_which_all_is_known_is_named_only_for_what_it_gives(self, catalogue: Catalogue) -> None:
        schools = search(catalogue, "informatica", "NL", "Terneuzen", None).schools

        assert schools
        assert all(school.gives for school in schools if school.institution.kind in {"hbo", "wo"})

    def test_what_is_hardly_an_answer_is_not_put_first_for_being_there(self, catalogue: Catalogue) -> None:
        assert search(catalogue, "kok", "NL", "Amsterdam", None).hits[0].programme.name_nl == "Kok"

    def test_nearest_schools_stand_by_what_they_give_and_then_by_distance(self, catalogue: Catalogue) -> None:
        schools = search(catalogue, "kapper", "NL", "Emmen", None).schools
        order = [(not school.gives, school.distance_km) for school in schools]

        assert all(one <= other for one, other in pairwise(order))
