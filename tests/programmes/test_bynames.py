"""Programmes by the names that people have for them, and by what they are about."""

import pytest

from programmes.catalogue import Catalogue
from programmes.kinship import Kinship
from programmes.search import SearchResult, search_programmes
from programmes.wishes import Wishes


def search(catalogue: Catalogue, query: str, country: str = "NL", limit: int = 5) -> SearchResult:
    return search_programmes(catalogue, Wishes(query=query), limit=limit, country=country)


def names(result: SearchResult) -> list[str]:
    return [hit.programme.name_nl for hit in result.hits]


class TestBynames:
    @pytest.mark.parametrize(
        ("country", "said", "meant"),
        [
            ("NL", "SJD", "Sociaal-Juridische Dienstverlening"),
            ("NL", "CMD", "Communication and Multimedia Design"),
            ("NL", "VIG", "Verzorgende-IG"),
            ("NL", "spw 4", "Gespecialiseerd pedagogisch medewerker"),
            ("NL", "pabo", "Leraar basisonderwijs (pabo)"),
            ("NL", "IBL", "International Business and Languages"),
            ("NL", "V&D", "Voeding en Diëtetiek"),
            ("NL", "ambulancechauffeur", "Medische Hulpverlening"),
            ("BE", "LO", "Lichamelijke opvoeding en bewegingswetenschappen"),
            ("BE", "TEW", "Toegepaste economische wetenschappen"),
            ("BE", "burgie", "Ingenieurswetenschappen"),
            ("BE", "plakker", "Stukadoor"),
            ("BE", "kine", "Revalidatiewetenschappen en kinesitherapie"),
        ],
    )
    def test_abbreviations_occupations_and_old_names_find_what_they_mean(
        self, catalogue: Catalogue, country: str, said: str, meant: str
    ) -> None:
        assert names(search(catalogue, said, country))[0] == meant

    def test_a_hit_says_whether_it_is_meant_or_only_near(self, catalogue: Catalogue) -> None:
        why = {hit.programme.name_nl: hit.why[0].say for hit in search(catalogue, "SJD", limit=10).hits}

        assert why["Sociaal-Juridische Dienstverlening"] == "card.why.meant"
        assert why["Rechten"] == "card.why.related"

    @pytest.mark.parametrize(
        ("country", "said", "misleading"),
        [
            ("NL", "kunstschilder", "Schilder"),
            ("NL", "botanicus", "Vakbekwaam hovenier"),
            ("NL", "schooldirecteur", "Facility Management"),
            ("NL", "acteercoach", "Danser"),
            ("BE", "kostuumontwerper", "Moderne talen"),
        ],
    )
    def test_names_of_a_group_of_occupations_lead_to_no_other_trade(
        self, catalogue: Catalogue, country: str, said: str, misleading: str
    ) -> None:
        assert misleading not in names(search(catalogue, said, country))[:3]

    def test_every_byname_leads_somewhere_and_knows_its_source(self, catalogue: Catalogue) -> None:
        for byname in catalogue.bynames.values():
            assert byname.names_nl or byname.names_en
            assert set(byname.programmes) | set(byname.related) <= catalogue.programmes.keys()
            assert byname.programmes or byname.related
            assert byname.source_id in catalogue.sources


class TestKinship:
    def test_what_shares_more_and_rarer_themes_is_nearer(self) -> None:
        kinship = Kinship({"law": ["legal"], "care": ["social"], "both": ["legal", "social"], "wood": ["wood"]})

        near = dict(zip(kinship.ids, kinship.nearness({"both": 1.0}).tolist(), strict=True))

        assert near["both"] > near["law"] > near["wood"] == 0.0

    def test_what_is_only_about_the_same_says_that_it_is_like_it(self, catalogue: Catalogue) -> None:
        last = search(catalogue, "Mondzorgkunde", limit=6).hits[-1]

        assert last.why[0].say in {"card.why.meaning", "card.why.words", "card.why.related"}


class TestWords:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("lood gieter", "Monteur werktuigkundige installaties"),
            ("dokters asistent", "Doktersassistent"),
            ("ik werk in een fabriek maar wil verpleegkundige worden", "Mbo-Verpleegkunde"),
            ("make up", "Allround make-up and hair artist"),
            ("my daughter wants to become a vet", "Diergeneeskunde"),
        ],
    )
    def test_words_are_read_as_people_mean_them(self, catalogue: Catalogue, said: str, meant: str) -> None:
        assert meant in names(search(catalogue, said))[:2]

    @pytest.mark.parametrize("said", ["kleuterjuf opleidng", "kleuterjuf stduie", "opleidng kleuterjuf"])
    def test_a_misspelt_filler_says_nothing(self, catalogue: Catalogue, said: str) -> None:
        assert names(search(catalogue, said, "BE"))[0] == "Kleuteronderwijs"

    def test_what_was_not_wanted_stands_below(self, catalogue: Catalogue) -> None:
        found = names(search(catalogue, "iets met kinderen maar geen leraar", limit=5))

        assert not any(name.startswith("Leraar") for name in found)
        assert "Pedagogisch medewerker kinderopvang" in found
