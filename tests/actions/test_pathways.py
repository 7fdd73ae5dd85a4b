"""The ways from here to there, in the chat: both ends in one message, one by one, and for my own situation."""

import pytest


def says(said):
    return [utterance["say"] for utterance in said]


class TestPlanPathway:
    @pytest.mark.parametrize(
        ("text", "country", "codes"),
        [
            ("ik zit in 4 tl en wil naar het hbo", "NL", ["mbo-4", "hbo"]),
            ("no diploma, 23, how do I get into hbo", "NL", ["toelatingsonderzoek-21", "hbo"]),
            ("bso gedaan, hoe kom ik in een professionele bachelor", "BE", ["graduaat", "bachelor-prof"]),
        ],
    )
    async def test_both_ends_in_one_message_bring_the_ways_with_sources(self, talk, text, country, codes):
        one = talk(country=country)
        said = await one.hear("action_plan_pathway", text, intent="transition_other")
        assert says(said)[-1] == "study.pathway.found"
        assert said[-1]["cards"][0]["codes"] == codes
        assert 1 < len(said[-1]["cards"]) <= 3
        assert said[-1]["sources"]

    async def test_a_fact_that_answers_the_words_comes_before_the_ways(self, talk):
        said = await talk().hear("action_plan_pathway", "mag ik van havo naar vwo", intent="transition_havo_vwo")
        assert says(said) == ["study.facts.near", "study.pathway.found"]
        assert said[0]["cards"][0]["id"] == "nl-havo-vwo"

    async def test_a_programme_that_is_called_just_so_is_the_one_that_is_meant(self, talk):
        said = await talk(language="en").hear(
            "action_plan_pathway", "can I study medicine after vwo", intent="transition_other", programme="medicine"
        )
        assert "Medicine" in str(said[-1])
        assert "Pharmacy" not in str(said[-1])

    async def test_of_a_long_way_the_fact_about_it_is_told_and_not_one_about_another_school(self, talk):
        said = await talk().hear(
            "action_plan_pathway", "hoe kom ik van vmbo-tl naar het hbo?", intent="transition_other"
        )
        ids = [card.get("id") for utterance in said for card in utterance["cards"] if card["type"] == "fact"]
        assert says(said)[-1] == "study.pathway.found"
        assert ids == ["nl-hbo-admission"]

    @pytest.mark.parametrize(
        ("text", "country"),
        [
            ("ik zit in vmbo-tl 4 en wil iets met techniek", "NL"),
            ("I'm in 4 TSO and want something with computers", "BE"),
        ],
    )
    async def test_who_names_what_they_like_and_no_end_gets_programmes(self, talk, text, country):
        liked = "techniek" if country == "NL" else "computers"
        said = await talk(country=country).hear("action_plan_pathway", text, intent="transition_other", interest=liked)
        assert says(said)[0] == "search.understood"
        assert {card["type"] for utterance in said for card in utterance["cards"]} == {"programme"}

    async def test_where_somebody_stands_is_remembered(self, talk):
        one = talk()
        await one.hear("action_plan_pathway", "ik zit in 4 tl en wil naar het hbo", intent="transition_other")
        said = await one.hear("action_plan_pathway", "en naar havo?", intent="transition_other")
        assert says(said)[-1] == "study.pathway.only"
        assert said[-1]["cards"][0]["codes"] == ["havo"]

    async def test_without_a_start_it_tells_what_it_knows_and_asks(self, talk):
        one = talk()
        said = await one.hear("action_plan_pathway", "hoe kom ik op het hbo", intent="transition_mbo_hbo")
        assert says(said)[-1] == "study.pathway.ask_start"
        assert said[0]["cards"][0]["type"] == "fact"
        assert all('"goal": "hbo"' in button["payload"] for button in said[1]["buttons"])

    async def test_a_button_with_both_ends_needs_no_words(self, talk):
        said = await talk().hear("action_plan_pathway", intent="transition_other", start="mbo-3", goal="hbo")
        assert said[0]["cards"][0]["codes"] == ["mbo-4", "hbo"]

    async def test_who_asks_for_a_way_without_a_diploma_stands_there(self, talk):
        one = talk(language="en")
        said = await one.hear("action_plan_pathway", "I'm 23, any way into hbo?", intent="no_diploma_options", age="23")
        assert said[-1]["cards"][0]["codes"] == ["toelatingsonderzoek-21", "hbo"]
        assert "standing" not in one.slots  # it was not said

    async def test_who_has_no_diploma_hears_of_the_region_of_a_town_that_was_said(self, talk):
        one = talk(slots={"wishes": {"city": "Rotterdam"}})
        said = await one.hear("action_plan_pathway", "ik heb geen diploma", intent="no_diploma_options")
        card = said[0]["cards"][-1]

        assert card["text"]["with"] == {"place": "Rotterdam", "region": "Rijnmond", "year": "2015"}
        assert [source["verified"] for source in said[0]["sources"] if source["valid"] == "2015"] == [False]

    @pytest.mark.parametrize(
        ("country", "wishes"),
        [("NL", {}), ("BE", {"city": "Rotterdam"}), ("NL", {"city": "Zuid-Holland"}), ("NL", {"city": "Nijmegen"})],
    )
    async def test_a_region_is_named_only_where_it_is_one(self, talk, country, wishes):
        one = talk(country=country, slots={"wishes": wishes})
        said = await one.hear("action_plan_pathway", "ik heb geen diploma", intent="no_diploma_options")

        assert not [card for card in said[0]["cards"] if card["id"].startswith("nl-rmc")]

    async def test_what_a_step_usually_leads_to_is_not_where_one_stands(self, talk):
        said = await talk().hear("action_plan_pathway", "ik doe vwo en wil dokter worden", intent="transition_havo_vwo")
        assert says(said)[-1] == "study.pathway.ask_goal"

    async def test_without_a_goal_it_offers_those_that_can_be_reached(self, talk):
        said = await talk().hear("action_plan_pathway", "ik zit op praktijkonderwijs", intent="transition_other")
        assert says(said)[1] == "study.pathway.ask_goal"
        assert 0 < len(said[1]["buttons"]) <= 4

    async def test_a_programme_is_the_last_step(self, talk):
        said = await talk().hear(
            "action_plan_pathway", "ik doe havo", intent="transition_other", programme_id="nl-mbo-25180"
        )
        card = said[-1]["cards"][0]
        assert card["steps"][-1]["title"]["say"] == "study.pathway.programme"

    async def test_where_no_rule_leads_it_gives_no_verdict_but_a_person(self, talk):
        said = await talk(country="BE").hear(
            "action_plan_pathway", intent="transition_other", start="buso-ov1", goal="bachelor-prof"
        )
        assert says(said) == ["study.pathway.none"]
        assert any("ask_human" in button["payload"] for button in said[0]["buttons"])

    async def test_who_is_there_already_hears_so(self, talk):
        said = await talk().hear(
            "action_plan_pathway", intent="transition_other", start="havo", goal="startkwalificatie"
        )
        assert says(said) == ["study.pathway.there"]


class TestMySituation:
    async def test_another_programme_of_my_level_is_open(self, talk):
        about = {"start": "mbo-2", "programme_id": "nl-mbo-25180"}
        said = await talk().hear("action_plan_pathway", intent="transition_other", **about)
        assert says(said) == ["study.pathway.same_level"]

    async def test_requirements_come_with_the_way_from_where_i_am(self, talk):
        said = await talk().hear(
            "action_admission_requirements",
            "kan ik met kader naar mbo 4",
            intent="admission_requirements",
            level="mbo 4",
        )
        assert says(said) == ["study.admission.of_level", "study.pathway.only"]
        assert said[1]["cards"][0]["codes"] == ["mbo-4"]

    async def test_without_a_situation_the_rule_is_enough(self, talk):
        said = await talk().hear(
            "action_admission_requirements", "mbo 4", intent="admission_requirements", level="mbo 4"
        )
        assert says(said) == ["study.admission.of_level"]
