"""Search on the catalogue that ships: right programmes, honest places, a reason for every hit."""

import pytest

from programmes.catalogue import Catalogue
from programmes.search import SearchResult, search_programmes
from programmes.wishes import Wishes


def search(catalogue: Catalogue, query: str | None, limit: int = 5, **wishes: object) -> SearchResult:
    return search_programmes(catalogue, Wishes(query=query, **wishes), limit=limit)  # type: ignore[arg-type]


def names(result: SearchResult) -> str:
    return " · ".join(hit.programme.name_nl.lower() for hit in result.hits)


class TestSearchProgrammes:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("timmrman", "timmerman"),
            ("hondenverzorging", "dierverzorging"),
            ("cloud engineer", "cloud and infrastructure"),
            ("25486", "pedagogisch medewerker"),
        ],
    )
    def test_finds_typing_errors_new_compounds_english_and_old_codes(
        self, catalogue: Catalogue, query: str, expected: str
    ) -> None:
        assert expected in names(search(catalogue, query))

    @pytest.mark.parametrize("query", ["brandweer", "blabla", "pizza bestellen", "asdf qwer zxcv"])
    def test_says_nothing_was_found_rather_than_something_near(self, catalogue: Catalogue, query: str) -> None:
        assert search(catalogue, query).hits == ()

    def test_every_hit_says_why(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "iets met paarden niveau 3", limit=10)

        assert result.hits
        assert all(hit.why for hit in result.hits)
        assert {reason.say for hit in result.hits for reason in hit.why} >= {"card.why.meant", "card.why.level"}

    def test_a_misspelt_word_says_how_it_was_read(self, catalogue: Catalogue) -> None:
        reason = search(catalogue, "timmrman").hits[0].why[0]

        assert (reason.say, reason.values) == ("card.why.spelling", {"word": "timmerman"})

    @pytest.mark.parametrize("query", ["kok niveau 3", "cook level three", "mbo-3 kok", "kok"])
    def test_a_level_holds_wherever_it_is_said(self, catalogue: Catalogue, query: str) -> None:
        level = "3" if query == "kok" else None

        assert {hit.programme.level for hit in search(catalogue, query, level=level).hits} == {"3"}

    def test_a_level_that_nothing_has_is_let_go_and_said(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "apothekersassistent", level="1")

        assert result.relaxed == ("level",)
        assert "apothekersassistent" in names(result)

    def test_what_was_ruled_out_does_not_come_back(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "met dieren werken", limit=30, without=("paarden", "4"))

        assert "paard" not in names(result)
        assert "4" not in {hit.programme.level for hit in result.hits}
        assert result.hits

    def test_near_duplicates_are_shown_once(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "monteur gas-, water- en warmtedistributie", limit=20)
        shown = [hit.programme.name_nl for hit in result.hits if hit.programme.name_nl.startswith("Monteur gas")]

        assert len(shown) == 1
        assert any(hit.also for hit in result.hits)

    def test_filters_alone_give_all_that_fits(self, catalogue: Catalogue) -> None:
        result = search(catalogue, None, limit=100, level="1")

        assert {hit.programme.level for hit in result.hits} == {"1"}
        assert result.total == len(result.hits) == result.facets["level"]["1"]

    def test_pages_follow_each_other_without_overlap(self, catalogue: Catalogue) -> None:
        wishes = Wishes(query="techniek")
        first = search_programmes(catalogue, wishes, limit=5)
        second = search_programmes(catalogue, wishes, limit=5, offset=5)

        assert {hit.programme.id for hit in first.hits}.isdisjoint(hit.programme.id for hit in second.hits)

    def test_both_engines_rank_alike(self, catalogue: Catalogue) -> None:
        found = [hit.programme.code for hit in search(catalogue, "werken met kinderen", level="mbo").hits]

        assert found == ["25696", "25698", "25697", "25960"] or found[0] == "25696"

    def test_a_message_of_two_thousand_letters_takes_no_second(self, catalogue: Catalogue) -> None:
        assert search(catalogue, "x@" * 1000).hits == ()


class TestPlaces:
    def test_an_offer_in_the_place_is_shown_with_its_school(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "verpleegkunde", city="Alkmaar")

        assert result.place_answer == "offer"
        assert result.schools == ()
        offer = result.hits[0].places[0]
        assert (offer.place, catalogue.institutions[offer.institution_code].name) == ("Alkmaar", "Talland College")

    def test_else_schools_with_their_seat_there_are_named(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "kapper", city="Utrecht")

        assert result.place_answer == "seat"
        assert {school.institution.place for school in result.schools} == {"Utrecht"}
        assert all(hit.places == () for hit in result.hits)

    def test_else_the_nearest_schools(self, catalogue: Catalogue) -> None:
        result = search(catalogue, "kapper", city="Texel")

        assert result.place_answer == "nearest"
        assert 0 < result.schools[0].distance_km <= result.schools[-1].distance_km

    def test_a_closed_school_is_never_named(self, catalogue: Catalogue) -> None:
        for city in ("Den Helder", "Leeuwarden", "Assen", "Zaandam"):
            schools = search(catalogue, "kapper", city=city).schools

            assert all(school.institution.closed_on is None for school in schools)

    def test_an_offer_without_a_place_is_never_put_somewhere(self, catalogue: Catalogue) -> None:
        """MBO Utrecht says that it gives these, not where; its seat in Utrecht proves nothing."""
        result = search(catalogue, None, limit=700, city="Utrecht")

        assert all(offer.place is not None for hit in result.hits for offer in hit.places)
        assert "30RN" not in {offer.institution_code for hit in result.hits for offer in hit.places}

    def test_a_place_that_we_do_not_know_is_named_as_such(self, catalogue: Catalogue) -> None:
        for result in (search(catalogue, "kok", city="Oostende"), search(catalogue, "kok in Oostende")):
            assert (result.unknown_place, result.place_answer) == ("Oostende", None)
            assert "kok" in names(result)

    def test_where_somebody_works_now_is_a_place_and_where_he_will_not_go_is_none(self, catalogue: Catalogue) -> None:
        told = search(catalogue, "ik werk in Almere als kok en wil verpleegkundige worden").understood
        denied = search(catalogue, "iets met techniek maar niet in Utrecht").understood

        assert (told.place and told.place.name, told.words) == ("Almere", ("verpleegkundige",))
        assert denied.place is None

    @pytest.mark.parametrize("query", ["met dieren werken", "haren knippen", "in een winkel werken", "de beste kok"])
    def test_an_everyday_word_is_no_town(self, catalogue: Catalogue, query: str) -> None:
        assert search(catalogue, query).understood.place is None

    def test_a_town_with_an_everyday_name_is_found_after_in(self, catalogue: Catalogue) -> None:
        place = search(catalogue, "paarden in Dieren").understood.place

        assert place is not None
        assert place.name == "Dieren"

    @pytest.mark.parametrize("city", ["Den Haag", "'s-Gravenhage", "The Hague", "den haag"])
    def test_the_hague_has_many_names(self, catalogue: Catalogue, city: str) -> None:
        assert "ROC Mondriaan" in {school.institution.name for school in search(catalogue, "kok", city=city).schools}

    def test_of_two_towns_with_one_name_the_one_that_people_mean(self, catalogue: Catalogue) -> None:
        assert search(catalogue, "mbo verpleegkunde in Hoorn").understood.place.municipalities == {"0405"}  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        "query",
        ["kapper in de buurt van 3511", "kapper, postcode 3511", "kapper bij 3511 AB", "3511ab kapper"],
    )
    def test_a_postcode_is_its_municipality(self, catalogue: Catalogue, query: str) -> None:
        understood = search(catalogue, query).understood

        assert (understood.place and understood.place.name, understood.words) == ("Utrecht", ("kapper",))

    @pytest.mark.parametrize("city", ["3511", "3511 AB", "3511ab"])
    def test_a_postcode_may_be_the_place(self, catalogue: Catalogue, city: str) -> None:
        by_name, by_postcode = (search(catalogue, "kapper", city=place, within_km=10) for place in ("Utrecht", city))

        assert by_postcode == by_name

    def test_in_flanders_four_digits_are_no_dutch_postcode(self, catalogue: Catalogue) -> None:
        result = search_programmes(catalogue, Wishes(query="kapper", city="9001"), country="BE")

        assert (result.unknown_place, result.understood.place) == ("9001", None)

    def test_a_post_box_is_no_place(self, catalogue: Catalogue) -> None:
        assert search(catalogue, "kapper", city="3500").unknown_place == "3500"

    def test_a_municipality_goes_before_a_town_of_its_name_elsewhere(self, catalogue: Catalogue) -> None:
        assert catalogue.places.link("Beuningen").municipalities == {"0209"}  # type: ignore[union-attr]
