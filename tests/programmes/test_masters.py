"""Masters are found by who asks for them or has a bachelor, and stand below everything else for all others."""

import pytest

from programmes.catalogue import Catalogue
from programmes.gazetteer import export
from programmes.levels import MASTERS, fits, joined
from programmes.models import Programme
from programmes.pathways import plan
from programmes.query import is_graduate, level_of
from programmes.search import search_programmes
from programmes.standing import ends_in
from programmes.wishes import Wishes


def levels(catalogue: Catalogue, wishes: Wishes, limit: int = 10) -> list[str | None]:
    found = search_programmes(catalogue, wishes, limit=limit, country=wishes.country)
    return [hit.programme.level for hit in found.hits]


class TestLevels:
    @pytest.mark.parametrize(
        ("said", "level"),
        [
            ("master", "master"),
            ("een wo master", "wo-ma"),
            ("masteropleiding", "master"),
            ("hbo-master", "hbo-ma"),
            ("master's degree", "master"),
            ("webmaster", None),
        ],
    )
    def test_people_name_a_master_in_many_ways(self, said: str, level: str | None) -> None:
        assert level_of(said) == level

    def test_a_flemish_master_is_one_of_a_university(self) -> None:
        assert fits(Programme(level="master"), "wo-ma")
        assert not fits(Programme(level="master"), "hbo-ma")
        assert not fits(Programme(level="wo-ma"), "wo")

    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [("master", "wo", "wo-ma"), ("hbo", "master", "hbo-ma"), (None, "master", "master"), ("hbo", "wo", "wo")],
    )
    def test_two_levels_in_one_message_are_read_together(self, one: str | None, other: str, both: str) -> None:
        assert joined(one, other) == both


class TestGraduates:
    @pytest.mark.parametrize("said", ["ik heb een bachelor rechten", "I have a bachelor's", "na mijn hbo-bachelor"])
    def test_who_has_a_bachelor_says_so(self, said: str) -> None:
        assert is_graduate(said)

    @pytest.mark.parametrize("said", ["ik wil een bachelor doen", "kan ik na havo een bachelor doen?", "hbo rechten"])
    def test_who_wants_one_has_none(self, said: str) -> None:
        assert not is_graduate(said)

    def test_it_is_remembered_when_the_search_goes_on(self) -> None:
        wishes = Wishes().refine([{"entity": "interest", "value": "rechten"}], "ik heb een bachelor, iets met rechten")

        assert wishes.is_graduate
        assert Wishes.from_slots(wishes.to_slots()).is_graduate


class TestSearch:
    @pytest.mark.parametrize("country", ["NL", "BE"])
    @pytest.mark.parametrize("query", ["psychologie", "iets met recht", "geschiedenis studeren"])
    def test_no_master_stands_above_a_programme_that_a_pupil_can_start(
        self, catalogue: Catalogue, query: str, country: str
    ) -> None:
        found = [level in MASTERS for level in levels(catalogue, Wishes(query=query, country=country), limit=400)]

        assert found == sorted(found)
        assert any(found)

    @pytest.mark.parametrize(
        ("query", "country"), [("master psychologie", "NL"), ("wo master geschiedenis", "NL"), ("master rechten", "BE")]
    )
    def test_who_asks_for_a_master_finds_masters(self, catalogue: Catalogue, query: str, country: str) -> None:
        assert set(levels(catalogue, Wishes(query=query, country=country))) <= MASTERS

    def test_who_has_a_bachelor_sees_masters_as_well(self, catalogue: Catalogue) -> None:
        assert MASTERS & set(levels(catalogue, Wishes(query="psychologie", is_graduate=True)))

    def test_a_subject_without_a_master_is_answered_with_what_there_is(self, catalogue: Catalogue) -> None:
        found = search_programmes(catalogue, Wishes(query="kok", level="master"), country="NL")

        assert found.relaxed == ("level",)
        assert found.hits[0].programme.name_nl == "Kok"

    def test_their_names_are_no_names_that_the_bot_listens_for(self, catalogue: Catalogue) -> None:
        assert "Media Technology" not in export(catalogue)["programme"]


class TestWays:
    @pytest.mark.parametrize(
        ("start", "goal", "country", "steps"),
        [
            ("hbo", "hbo-ma", "NL", ("hbo-ma",)),
            ("hbo", "wo-ma", "NL", ("premaster", "wo-ma")),
            ("wo-bachelor", "wo-ma", "NL", ("wo-ma",)),
            ("bachelor-prof", "master", "BE", ("schakelprogramma", "master")),
            ("be-acad-bachelor", "master", "BE", ("master",)),
        ],
    )
    def test_a_bachelor_leads_to_a_master(self, start: str, goal: str, country: str, steps: tuple[str, ...]) -> None:
        way = plan(start, goal, country=country)[0]

        assert way.codes == steps
        assert not any(rule.is_verified for rule in way.steps)

    @pytest.mark.parametrize(
        ("said", "country", "start", "goal"),
        [
            ("ik heb hbo en wil een master doen", "NL", "hbo", "wo-ma"),
            ("van wo bachelor naar hbo-master", "NL", "wo-bachelor", "hbo-ma"),
            ("ik heb een professionele bachelor en wil een master", "BE", "bachelor-prof", "master"),
        ],
    )
    def test_both_ends_are_read(self, said: str, country: str, start: str, goal: str) -> None:
        ends = ends_in(said, country=country)

        assert (ends.start, ends.goal) == (start, goal)
