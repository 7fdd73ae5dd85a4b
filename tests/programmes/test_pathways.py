"""Ways through education: the cases that were worked out by hand before the planner, and what every way must keep."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from programmes.admission import rules, selections, station, stations
from programmes.pathway_cards import pathway_card
from programmes.pathways import GOALS, Pathway, goals, plan
from programmes.standing import ends_in

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "evaluation" / "pathways" / "cases.yml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 30)
ALL = 6
"""More than a chat shows: a case lists every route that a good counsellor would name."""


def ways_of(case) -> list[Pathway]:
    return plan(
        case["start"],
        case["goal"],
        country=case["country"],
        age=case.get("age"),
        about=case["asked"],
        without=ends_in(case["asked"], country=case["country"]).without,
        most=ALL,
    )


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ("ik heb vmbo-tl, kan ik via de havo naar het hbo", {"havo"}),
        ("from vmbo-tl to university through hbo", {"hbo", "propedeuse"}),
    ],
)
def test_every_way_goes_by_the_step_that_was_named(said, steps):
    ends = ends_in(said, country="NL")
    ways = plan(ends.start, ends.goal, country="NL", via=ends.via)

    assert ways
    assert all(steps & set(way.codes[:-1]) for way in ways)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
class TestCases:
    def test_every_route_of_a_good_counsellor_is_there_and_no_other_that_is_wrong(self, case):
        found = [list(way.codes) for way in ways_of(case)]
        for route in case["must"]:
            assert route in found if route else not found
        for route in case.get("never", ()):
            assert route not in found

    def test_the_shortest_and_safest_stands_on_top(self, case):
        ways = ways_of(case)
        allowed = [case["first"]] if "first" in case else case.get("first_any", [])
        assert not allowed or (list(ways[0].codes) if ways else []) in allowed

    def test_what_is_no_right_is_called_uncertain(self, case):
        uncertain = {rule.step for way in ways_of(case) for rule in way.steps if rule.is_uncertain}
        assert set(case.get("uncertain", ())) <= uncertain

    def test_it_takes_as_long_as_was_worked_out(self, case):
        years = {" > ".join(way.codes): way.years for way in ways_of(case)}
        for route, expected in (case.get("years") or {}).items():
            assert years.get(route, expected) == expected

    def test_what_a_step_asks_is_said(self, case):
        asked = {rule.step: rule.asks for way in ways_of(case) for rule in way.steps}
        for step in case.get("requires") or {}:
            assert asked[step]


class TestRules:
    def test_every_rule_leads_from_and_to_a_station(self):
        known = set(stations())
        for rule in rules():
            assert {*rule.starts, rule.gives} <= known

    def test_ids_are_unique(self):
        ids = [rule.id for rule in rules()]
        assert len(ids) == len(set(ids))

    def test_every_rule_has_a_source_and_a_validity_and_speaks_both_languages(self):
        for rule in rules():
            assert rule.source.publisher
            assert rule.valid
            for text in (*rule.asks, rule.fallback, rule.title):
                assert text["nl"]
                assert text["en"]

    def test_what_is_uncertain_says_what_is_asked(self):
        assert [rule.id for rule in rules() if rule.is_uncertain and not rule.asks] == []
        assert all(one.asks for one in selections())

    def test_every_start_leads_somewhere_or_is_named_here(self):
        """From OV1 and OV2 no rule of ours leads on; the bot says so and names a person."""
        nowhere = {
            one.id
            for one in stations().values()
            if one.is_start and not any(plan(one.code, goal, country=one.country) for goal in goals())
        }
        assert nowhere == {"buso-ov1"}

    @pytest.mark.parametrize("start", [one.code for one in stations().values() if one.is_start])
    def test_no_way_from_anywhere_comes_back_to_where_it_was(self, start):
        for goal in goals():
            for way in plan(start, goal, country="NL", most=ALL):
                been = [start, *(rule.gives for rule in way.steps)]
                assert len(been) == len(set(been))


class TestPlan:
    def test_who_is_there_already_needs_no_way(self):
        assert plan("havo", "startkwalificatie", country="NL") == []
        assert "havo" in GOALS["startkwalificatie"]

    def test_the_safest_is_shown_even_when_it_is_long(self):
        ways = plan("none", "hbo", country="NL", age=23)
        assert min(way.risk for way in ways) == 0

    @pytest.mark.parametrize(("age", "is_open"), [(18, False), (20, True), (30, True)])
    def test_the_21_plus_test_is_for_who_is_old_enough(self, age, is_open):
        steps = {code for way in plan("none", "hbo", country="NL", age=age) for code in way.codes}
        assert ("toelatingsonderzoek-21" in steps) is is_open

    def test_nobody_is_sent_across_a_border_and_back(self):
        for way in plan("mbo-4", "wo", country="NL", most=50):
            assert {rule.country for rule in way.steps} == {"NL"}

    def test_a_study_that_selects_makes_its_last_step_uncertain(self):
        plain = plan("vwo", "wo", country="NL")[0]
        medicine = plan("vwo", "wo", country="NL", about="Geneeskunde")[0]
        assert not plain.steps[-1].is_uncertain
        assert medicine.steps[-1].is_uncertain

    def test_what_is_closed_is_left_out(self):
        ways = plan("so-1a", "bachelor-prof", country="BE", without={"so-2-doorstroom", "so-3-doorstroom"})
        assert ways
        assert all("doorstroom" not in code for way in ways for code in way.codes)

    def test_an_unknown_start_or_goal_is_an_error(self):
        for ends in (("hogwarts", "hbo"), ("havo", "hogwarts")):
            with pytest.raises(KeyError):
                plan(*ends, country="NL")


class TestCard:
    def card(self, start="vmbo-tl", goal="hbo", at=0):
        return pathway_card(plan(start, goal, country="NL")[at], station(start, country="NL"), today=TODAY)

    def test_only_the_first_step_has_a_date(self):
        first, *later = self.card()["steps"]
        assert first["deadline"]["date"] == "2027-04-01"
        assert first["deadline"]["days_left"] == 122
        assert all(step["deadline"] is None for step in later)

    def test_what_was_not_checked_is_said_with_a_caution(self):
        assert self.card()["caution"] is None
        assert self.card("vmbo-kb", "havo")["caution"] == {"say": "card.pathway.unverified"}

    def test_every_step_says_what_to_do_when_it_does_not_work_out(self):
        assert all(step["fallback"]["nl"] and step["fallback"]["en"] for step in self.card()["steps"])

    def test_its_sources_are_those_of_its_steps(self):
        assert {source["publisher"] for source in self.card()["sources"]} == {"Graafschap College", "Rijksoverheid"}
