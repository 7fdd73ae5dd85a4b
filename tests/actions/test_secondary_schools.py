"""A parent of group 8 asks for secondary schools: named with their source and date, or an honest answer."""

import pytest

from actions.catalogue import catalogue

FIND = "action_find_programmes"


def says(said):
    return [utterance["say"] for utterance in said]


class TestSchools:
    async def test_the_schools_of_a_town_come_with_source_and_date(self, talk):
        [said] = await talk().hear(FIND, "welke middelbare scholen met havo zijn er in Amersfoort?", city="Amersfoort")

        assert said["say"] in {"search.schools.found_kind", "search.schools.found_kind_more"}
        assert said["with"]["dated"] == said["sources"][0]["valid"] == "2024-11-22"
        assert said["sources"][0]["verified"] is False

    @pytest.mark.parametrize("language", ["nl", "en"])
    async def test_a_long_list_says_how_many_there_are(self, talk, language):
        text = {"nl": "welke middelbare scholen zijn er in Utrecht", "en": "which secondary schools are in Utrecht"}
        [said] = await talk(language=language).hear(FIND, text[language], city="Utrecht")

        assert said["say"] == "search.schools.found_more"
        assert said["with"]["total"] > len(said["with"]["schools"]) == 8

    async def test_without_a_town_it_asks_for_one(self, talk):
        assert says(await talk().hear(FIND, "welke middelbare scholen zijn er?")) == ["search.schools.ask_place"]

    async def test_of_flanders_it_says_that_no_source_places_schools(self, talk):
        said = await talk(country="BE").hear(FIND, "welke secundaire scholen zijn er in Gent?", city="Gent")

        assert says(said) == ["search.schools.flanders"]

    async def test_where_there_is_none_the_nearest_are_named(self, talk):
        said = await talk().hear(FIND, "is er een vwo in Vlieland?", city="Vlieland")

        assert says(said) == ["search.schools.nearest"]

    async def test_a_catalogue_without_schools_says_that_it_knows_none(self, talk, monkeypatch):
        monkeypatch.setattr(catalogue(), "secondary_schools", ())
        said = await talk().hear(FIND, "is er een vwo in Zwolle?", city="Zwolle")

        assert says(said) == ["search.schools.none"]

    async def test_a_search_for_a_programme_goes_on_as_ever(self, talk):
        said = await talk().hear(FIND, "kapper in Zwolle", programme="kapper", city="Zwolle")

        assert not any(key.startswith("search.schools") for key in says(said))
