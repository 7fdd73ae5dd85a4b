"""Where somebody stands and where they want to be, out of what they write."""

import pytest

from programmes.admission import stations
from programmes.models import Programme
from programmes.standing import ends_in, goal_in, goal_of, start_in


class TestEndsIn:
    @pytest.mark.parametrize(
        ("text", "country", "start", "goal"),
        [
            ("ik zit in 4 tl en wil naar het hbo", "NL", "vmbo-tl", "hbo"),
            ("kan ik met kader naar niveau 4", "NL", "vmbo-kb", "mbo-4"),
            ("my mavo has no extra subject, can I still go to havo", "NL", "vmbo-tl", "havo"),
            ("ik doe tl met een extra vak en wil naar havo", "NL", "vmbo-tl-extra", "havo"),
            ("ik zit in 4 tl, heb ik een extra vak nodig voor de havo", "NL", "vmbo-tl", "havo"),
            ("van havo 4 naar vwo 5 kan dat gewoon", "NL", "havo-4", "vwo"),
            ("from mbo 4 to university", "NL", "mbo-4", "wo"),
            ("stapelen van mavo naar havo naar hbo", "NL", "vmbo-tl", "hbo"),
            ("ik heb geen diploma maar wil hbo doen", "NL", "none", "hbo"),
            ("Mijn dochter heeft kader-advies. Wat kan zij later worden?", "NL", "group-8-vmbo-kb", None),
            ("hoe word ik verpleegkundige, ik doe nu mbo 3", "NL", "mbo-3", None),
            ("kan ik met havo naar een vlaamse hogeschool", "BE", "havo", "bachelor-prof"),
            ("arbeidsmarktfinaliteit en toch hogeschool, hoe", "BE", "so-3-arbeidsmarkt", "bachelor-prof"),
            ("no diploma, can I get into a graduaat", "BE", "none", "graduaat"),
            ("Onze zoon zit in 2B. Kan hij nog naar doorstroom?", "BE", "so-1b", "so-3-doorstroom"),
            ("wanneer moet ik me aanmelden voor het mbo", "NL", None, "mbo-4"),
            ("wat kost een opleiding", "NL", None, None),
            ("", "NL", None, None),
        ],
    )
    def test_both_ends_are_read(self, text, country, start, goal):
        found = ends_in(text, country=country)
        assert (found.start, found.goal) == (start, goal)

    @pytest.mark.parametrize(
        ("text", "is_told"),
        [
            ("ik zit in 4 tl", True),
            ("ik doe havo", True),
            ("my son is in mavo", True),
            ("havo", False),
            ("4 tl", False),
        ],
    )
    def test_to_name_a_school_is_not_to_say_that_one_is_there(self, text, is_told):
        assert ends_in(text, country="NL").is_told is is_told

    def test_what_is_closed_is_neither_start_nor_goal(self):
        found = ends_in("ik zit in 2a en mag niet naar doorstroom", country="BE")
        assert found.start == "so-1a"
        assert found.without == {"so-2-doorstroom", "so-3-doorstroom"}


class TestCodes:
    @pytest.mark.parametrize("one", [one for one in stations().values() if one.is_start], ids=lambda one: one.id)
    def test_every_start_can_be_asked_for_by_its_code(self, one):
        assert start_in(one.code, country=one.country) == one.code

    @pytest.mark.parametrize(
        ("text", "goal"), [("4", "mbo-4"), ("hbo", "hbo"), ("startkwalificatie", "startkwalificatie")]
    )
    def test_a_goal_is_a_code_or_a_level(self, text, goal):
        assert goal_in(text, country="NL") == goal

    def test_other_words_are_no_goal(self):
        assert goal_in("maan", country="NL") is None


class TestGoalOf:
    @pytest.mark.parametrize(
        ("level", "kind", "dossier", "goal"),
        [
            ("3", None, None, "mbo-3"),
            ("hbo", None, None, "hbo"),
            ("bachelor", "professional", None, "bachelor-prof"),
            ("bachelor", "academic", None, "bachelor-acad"),
            ("hbo-ma", None, None, "hbo-ma"),
            ("wo-ma", None, None, "wo-ma"),
            ("master", "academic", None, "master"),
            ("so-3", "TSO", "dubbel (doorstroom en arbeidsmarkt)", "so-3-dubbel"),
            ("so-1", None, None, None),
            (None, None, None, None),
        ],
    )
    def test_a_programme_leads_to_the_station_of_its_level(self, level, kind, dossier, goal):
        assert goal_of(Programme(level=level, kind=kind, dossier=dossier)) == goal


class TestWayThere:
    def test_what_one_asks_about_is_not_where_one_stands(self) -> None:
        assert not ends_in("wat is havo", country="NL").is_told
        assert ends_in("mijn dochter is havo 4", country="NL").is_told

    def test_a_stop_on_the_way_is_no_goal(self) -> None:
        ends = ends_in("kan ik met havo via het hbo naar de universiteit", country="NL")
        assert (ends.start, ends.goal, ends.via) == ("havo", "wo", {"hbo", "propedeuse"})

    def test_the_extra_year_can_be_left_out_in_flanders(self) -> None:
        assert "so-7" in ends_in("kan het zonder dat extra jaar?", country="BE").without
        assert not ends_in("kan het zonder dat extra jaar?", country="NL").without
