"""Filters hold, and a facet says how many programmes its filter would give."""

import pytest

from programmes.catalogue import Catalogue
from programmes.levels import fits
from programmes.search import SearchResult, search_programmes
from programmes.wishes import Wishes

ASKED: list[dict[str, str | None]] = [
    {"query": "techniek"},
    {"query": "zorg", "country": "NL"},
    {"query": "iets met kinderen", "country": "BE", "level": "so"},
    {"query": "kok", "country": "NL", "level": "3"},
    {"query": "verpleegkunde", "mode": "BBL"},
    {"query": "apothekersassistent", "level": "1"},
    {"query": None, "country": "NL", "sector": "Horeca en bakkerij"},
    {"query": "logistiek", "country": "NL", "mode": "dual", "level": "hbo"},
    {"query": "asdf qwer zxcv"},
]


def search(catalogue: Catalogue, asked: dict[str, str | None], limit: int = 1) -> SearchResult:
    wishes = {name: value for name, value in asked.items() if name != "country"}
    return search_programmes(catalogue, Wishes(**wishes), limit=limit, country=asked.get("country"))  # type: ignore[arg-type]


class TestFacets:
    @pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(map(str, asked.values())))
    def test_a_facet_counts_what_its_filter_gives(self, catalogue: Catalogue, asked: dict[str, str | None]) -> None:
        for name, choices in search(catalogue, asked).facets.items():
            for choice, count in choices.items():
                chosen = search(catalogue, {**asked, name: choice})

                assert (name, choice, chosen.total, name in chosen.relaxed) == (name, choice, count, False)

    def test_a_choice_that_nothing_has_is_not_offered(self, catalogue: Catalogue) -> None:
        facets = search(catalogue, {"query": "kok", "country": "NL"}).facets

        assert "BE" in facets["country"]
        assert "so-7" not in facets["level"]
        assert search(catalogue, {"query": "asdf qwer zxcv"}).facets == {name: {} for name in facets}


class TestFilters:
    @pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(map(str, asked.values())))
    def test_every_hit_fits_every_filter_that_was_not_let_go(
        self, catalogue: Catalogue, asked: dict[str, str | None]
    ) -> None:
        result = search(catalogue, asked, limit=2000)

        assert len(result.hits) == result.total
        for hit in result.hits:
            assert asked.get("country") in {None, hit.programme.country}
            assert asked.get("sector") in {None, hit.programme.domain}
            assert "level" in result.relaxed or not asked.get("level") or fits(hit.programme, str(asked["level"]))

    def test_who_says_hbo_sees_bachelors_before_associate_degrees(self, catalogue: Catalogue) -> None:
        levels = [hit.programme.level for hit in search(catalogue, {"query": "finance control hbo"}, limit=10).hits]

        assert levels[0] == "hbo"
        assert set(levels) == {"hbo", "ad", "bachelor"} or "ad" in levels
