"""A search over several messages: refining, undoing, more, and what may be kept of it."""

import json

import pytest

from actions.catalogue import catalogue
from actions.wishing import known_words
from programmes.cards import programme_card

FIND = "action_find_programmes"


def says(said):
    return [utterance["say"] for utterance in said]


def cards(said):
    return [card for utterance in said for card in utterance["cards"]]


async def test_without_a_wish_it_asks_for_one(talk):
    said = await talk().hear(FIND, "ik zoek een opleiding")
    assert says(said) == ["search.ask"]
    assert len(said[0]["buttons"]) == 4


async def test_three_cards_come_with_reason_source_and_chips(talk):
    said = await talk().hear(FIND, "ik wil iets met paarden", interest="paarden")
    assert says(said) == ["search.understood", "search.found"] or says(said) == [
        "search.understood",
        "search.found_all",
    ]
    assert said[0]["buttons"][0]["payload"] == '/find_programme{"without": "query"}'
    assert 0 < len(cards(said)) <= 3
    assert all(card["why"] and card["sources"] for card in cards(said))
    assert said[1]["sources"]


@pytest.mark.parametrize(
    ("standing", "country", "level"), [("mbo-2", "NL", "3"), ("havo-4", "NL", "hbo"), ("so-2-dubbel", "BE", "so-3")]
)
async def test_what_follows_on_what_was_told_comes_first(talk, standing, country, level):
    one = talk(country=country)
    one.slots["standing"] = standing
    said = await one.hear(FIND, "iets met computers", interest="computers")
    levels = [catalogue().find(id).level for id in one.slots["found_programmes"]]
    assert says(said)[-1] == "search.found_after"
    assert level in levels[:3]
    assert "1" not in levels[:3]


async def test_what_the_message_says_of_where_somebody_stands_goes_before_what_was_told(talk):
    one = talk()
    one.slots["standing"] = "mbo-2"
    said = await one.hear(FIND, "havo 4, iets met computers", interest="computers")
    assert said[-1]["with"]["standing"]["nl"] == "havo"


async def test_a_level_that_is_asked_for_is_what_comes(talk):
    one = talk()
    one.slots["standing"] = "havo-4"
    said = await one.hear(FIND, "iets met computers, niveau 2", interest="computers", level="niveau 2")
    assert says(said)[-1] != "search.found_after"
    assert catalogue().find(one.slots["found_programmes"][0]).level == "2"


async def test_after_a_way_was_shown_which_there_are_is_asked_of_its_end(talk):
    one = talk()
    await one.hear("action_plan_pathway", "ik doe havo en wil naar het hbo", intent="transition_other")
    await one.hear(FIND, "welke opleidingen zijn er in de ict?", interest="ict")
    assert one.slots["wishes"]["level"] == "hbo"

    alone = talk()
    await alone.hear(FIND, "welke opleidingen zijn er in de ict?", interest="ict")
    assert alone.slots["wishes"]["level"] is None


async def test_what_somebody_would_rather_do_is_what_a_place_is_asked_for(talk):
    one = talk()
    await one.hear("action_tell_facts", "ik wil van zorg naar koken", intent="switch_study", interest="koken")
    await one.hear(FIND, "en wat is er dan in Utrecht?", city="Utrecht")
    assert (one.slots["wishes"]["query"], one.slots["wishes"]["city"]) == ("koken", "Utrecht")


async def test_wishes_add_up_are_tapped_away_and_are_undone(talk):
    one = talk()
    await one.hear(FIND, "iets met techniek", interest="techniek")
    await one.hear(FIND, "in Utrecht", city="Utrecht")
    await one.hear(FIND, "niveau 3", level="niveau 3")
    wishes = one.slots["wishes"]
    assert (wishes["query"], wishes["city"], wishes["level"]) == ("techniek", "Utrecht", "3")

    await one.hear(FIND, without="city")
    assert one.slots["wishes"]["city"] is None
    await one.hear("action_go_back", "terug", intent="go_back")
    assert one.slots["wishes"]["city"] == "Utrecht"
    await one.hear("action_go_back", "terug", intent="go_back")
    assert one.slots["wishes"]["level"] is None


async def test_of_a_postcode_only_the_municipality_is_kept(talk):
    one = talk()
    await one.hear(FIND, "kapper worden, mijn postcode is 3511", interest="kapper")
    wishes = one.slots["wishes"]
    assert (wishes["query"], wishes["city"]) == ("kapper", "Utrecht")
    assert "3511" not in json.dumps(one.slots)

    await one.hear(FIND, "toch in de buurt van 6641")
    assert one.slots["wishes"]["city"] == "Beuningen"
    assert "6641" not in json.dumps(one.slots)


async def test_in_flanders_four_digits_are_not_placed_in_the_netherlands(talk):
    one = talk(country="BE")
    await one.hear(FIND, "kapper in de buurt van 9001", interest="kapper")
    assert one.slots["wishes"]["city"] is None


async def test_a_denied_place_is_left_out(talk):
    one = talk()
    await one.hear(FIND, "iets met techniek in Utrecht", interest="techniek", city="Utrecht")
    said = await one.hear(FIND, "niet in Utrecht", city="Utrecht")
    assert one.slots["wishes"]["city"] is None
    assert one.slots["wishes"]["without"] == []  # it was only taken back
    said = await one.hear(FIND, "niet in Amersfoort", city="Amersfoort")
    assert one.slots["wishes"]["without"] == ["Amersfoort"]
    assert any("without" in button["payload"] for button in said[0]["buttons"])


async def test_bbl_is_explained_where_nothing_is_searched(talk):
    said = await talk().hear("action_work_and_learn", "en BBL?", intent="work_and_learn", mode="BBL")
    assert says(said) == ["study.work_and_learn"]


async def test_more_goes_on_until_there_is_no_more(talk):
    one = talk()
    shown = [card["id"] for card in cards(await one.hear(FIND, "techniek", interest="techniek"))]
    for _ in range(12):
        said = await one.hear("action_show_more", "meer", intent="more")
        if says(said) == ["search.no_more"]:
            break
        shown += [card["id"] for card in cards(said)]
    assert says(said) == ["search.no_more"]
    assert len(shown) == len(set(shown)) > 6


async def test_more_and_back_without_a_search_say_so(talk):
    assert says(await talk().hear("action_show_more", "meer", intent="more")) == ["search.nothing_to_show"]
    assert says(await talk().hear("action_go_back", "terug", intent="go_back")) == ["search.nothing_to_undo"]


async def test_a_place_where_nobody_proved_an_offer_gets_an_honest_answer(talk):
    said = await talk().hear(FIND, "kapper in Den Helder", programme="kapper", city="Den Helder")
    assert any(key.startswith("search.place.") for key in says(said))
    assert all(not card["places"] for card in cards(said))


async def test_in_flanders_it_finds_flemish_programmes_and_says_that_it_knows_no_places(talk):
    said = await talk(country="BE").hear(FIND, "kapster in Gent", interest="kapster", city="Gent")
    assert "search.place.no_source" in says(said)
    assert {card["country"] for card in cards(said)} == {"BE"}
    assert "buso" not in {card["level"] for card in cards(said)}


async def test_over_the_border_only_when_nothing_is_found_at_home(talk):
    said = await talk(country="BE").hear(FIND, "25655", programme="25655")  # a Dutch code
    assert "search.found_abroad" in says(said)
    assert {card["country"] for card in cards(said)} == {"NL"}


async def test_a_list_says_once_that_part_of_it_may_have_ended(talk):
    said = await talk().hear(FIND, "psychologie aan de universiteit", interest="psychologie", level="universiteit")
    assert [bool(card.get("caution")) for card in cards(said)].count(True) == 1


async def test_a_correction_changes_the_search(talk):
    one = talk()
    await one.hear(FIND, "kapper in Utrecht", programme="kapper", city="Utrecht")
    await one.hear("action_correct", "nee, Zwolle", intent="correction", city="Zwolle")
    assert one.slots["wishes"]["city"] == "Zwolle"
    said = await one.hear("action_correct", "nee dat klopt niet", intent="correction")
    assert says(said) == ["search.what_is_wrong"]


async def test_stop_forgets_the_search(talk):
    one = talk()
    await one.hear(FIND, "kapper", programme="kapper")
    said = await one.hear("action_stop", "stop", intent="stop")
    assert said[0]["do"] == "forget_search"
    assert not any(one.slots.values())


class TestWhatIsKept:
    @pytest.mark.parametrize(
        "text", ["ik zoek zwijgplant in mijn dorp", "zwijgplanttechniek bij mij thuis", "iets met zwijgplant"]
    )
    async def test_a_word_that_is_none_of_ours_reaches_no_slot(self, talk, text):
        one = talk()
        await one.hear(FIND, text)
        await one.hear(FIND, text, interest=text.split()[-1])
        await one.hear(FIND, text, city="Zwijgplant")
        assert "zwijgplant" not in json.dumps(one.slots).casefold()

    @pytest.mark.parametrize(("text", "kept"), [("iets met paarden", "paarden"), ("verpleegkudne", "verpleegkunde")])
    def test_our_own_words_are_kept_and_put_right(self, text, kept):
        assert kept in known_words(text, catalogue())


def test_every_programme_of_the_catalogue_has_a_card():
    known = catalogue()
    for programme in known.programmes.values():
        card = programme_card(programme, (), known)
        assert card["text"]["with"]["level"]
        assert card["sources"]


class TestUnsure:
    async def test_without_a_search_it_asks_what_is_meant(self, talk):
        said = await talk().hear(
            "action_ask_back",
            "en in Utrecht?",
            intent="nlu_fallback",
            ranking=("find_programme", "open_days"),
            city="Utrecht",
        )
        assert said[0]["say"] == "ask_back.which"
