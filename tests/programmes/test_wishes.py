"""Wishes gather over messages, and every step can be taken back."""

from programmes.wishes import STEPS_BACK, Wishes


def found(**entities: str) -> list[dict[str, str]]:
    return [{"entity": entity, "value": value} for entity, value in entities.items()]


class TestRefine:
    def test_the_search_of_the_issue_is_refined_message_by_message(self) -> None:
        wishes = Wishes().refine(found(interest="techniek"), "iets met techniek")
        wishes = wishes.refine(found(city="Utrecht"), "in Utrecht")
        wishes = wishes.refine(found(level="niveau 3"), "niveau 3")
        wishes = wishes.refine(found(mode="BBL"), "en BBL?")

        assert wishes.chips == {"query": "techniek", "level": "3", "city": "Utrecht", "mode": "BBL"}

    def test_a_no_to_a_wish_takes_it_away_and_rules_nothing_out(self) -> None:
        wishes = Wishes(query="techniek", city="Utrecht").refine(found(city="Utrecht"), "nee, niet in Utrecht")

        assert (wishes.city, wishes.without) == (None, ())

    def test_a_no_to_what_was_not_wished_rules_it_out(self) -> None:
        wishes = Wishes(query="techniek").refine(found(city="Utrecht"), "maar niet in Utrecht")

        assert (wishes.city, wishes.without) == (None, ("Utrecht",))

    def test_a_no_to_one_thing_is_a_yes_to_the_other(self) -> None:
        wishes = Wishes(city="Utrecht").refine(
            [*found(city="Utrecht"), *found(city="Amersfoort")], "niet in Utrecht maar in Amersfoort"
        )

        assert (wishes.city, wishes.without) == ("Amersfoort", ())

    def test_one_place_instead_of_another_rules_nothing_out(self) -> None:
        wishes = Wishes().refine([*found(city="Zwolle"), *found(city="Deventer")], "Zwolle ipv Deventer")

        assert (wishes.city, wishes.without) == ("Zwolle", ())

    def test_a_whole_country_leaves_the_place_open(self) -> None:
        assert Wishes(city="Gent").refine(found(city="Vlaanderen"), "in Vlaanderen").city is None
        assert Wishes().refine(found(programme="midwife", city="Flanders"), "a midwife in Flanders").city is None

    def test_it_is_a_subject_behind_courses_in(self) -> None:
        assert Wishes().refine(found(level="bachelor"), "a bachelor, any courses in it?").query == "ICT"
        assert Wishes(query="kok").refine(found(level="bachelor"), "is there anything in it for me").query == "kok"

    def test_what_is_wished_again_is_ruled_out_no_more(self) -> None:
        wishes = Wishes(without=("Utrecht",)).refine(found(city="Utrecht"), "toch in Utrecht")

        assert (wishes.city, wishes.without) == ("Utrecht", ())

    def test_what_somebody_tells_about_himself_is_no_wish(self) -> None:
        heard = [*found(programme="verzorgende", level="niveau 3"), *found(programme="verpleegkundige")]
        wishes = Wishes().refine(heard, "ik ben verzorgende niveau 3 en wil verpleegkundige worden")

        assert wishes.chips == {"query": "verpleegkundige"}

    def test_words_without_a_known_name_become_the_query(self) -> None:
        assert Wishes().refine([], "met mijn handen werken").query == "met mijn handen werken"

    def test_a_level_that_the_bot_missed_is_read_from_the_words(self) -> None:
        wishes = Wishes(query="kok").refine([], "niveau 2 dan?")

        assert (wishes.query, wishes.level) == ("kok", "2")

    def test_a_postcode_is_the_place_and_no_word_of_the_query(self) -> None:
        wishes = Wishes().refine(found(interest="haar"), "iets met haar in de buurt van 3511")

        assert wishes.chips == {"query": "haar", "city": "3511"}
        assert wishes.refine([], "mijn postcode is 3811").chips == {"query": "haar", "city": "3811"}
        assert Wishes().refine([], "ik wil in 2027 kapper worden").city is None
        assert Wishes(country="BE").refine([], "kapper vlakbij 9000").city is None


class TestUndo:
    def test_goes_back_step_by_step_to_nothing(self) -> None:
        wishes = Wishes().refine(found(interest="dieren"), "dieren").refine(found(level="4"), "niveau 4")

        assert wishes.undo().chips == {"query": "dieren"}
        assert wishes.undo().undo().is_empty
        assert wishes.undo().undo().undo().is_empty

    def test_brings_back_what_was_ruled_out(self) -> None:
        wishes = Wishes(city="Utrecht").refine(found(city="Utrecht"), "niet in Utrecht").undo()

        assert (wishes.city, wishes.without) == ("Utrecht", ())

    def test_a_tapped_chip_can_be_brought_back(self) -> None:
        assert Wishes(city="Utrecht").drop("city").undo().city == "Utrecht"

    def test_a_message_that_changes_nothing_is_no_step(self) -> None:
        wishes = Wishes(level="3")

        assert wishes.refine(found(level="niveau 3"), "niveau 3") is wishes

    def test_remembers_a_few_steps_only(self) -> None:
        wishes = Wishes()
        for level in "1234" * 3:
            wishes = wishes.refine(found(level=level), level)

        assert len(wishes.past) == STEPS_BACK


class TestSlots:
    def test_wishes_survive_the_tracker(self) -> None:
        wishes = Wishes(language="en").refine(found(interest="horses", level="3"), "horses, level 3, not Utrecht")

        assert Wishes.from_slots(wishes.to_slots()) == wishes

    def test_empty_slots_are_no_wishes(self) -> None:
        assert Wishes.from_slots({"wishes": None, "language": None}).is_empty

    def test_language_and_country_come_from_slots_of_their_own(self) -> None:
        wishes = Wishes.from_slots({"wishes": {"query": "kok", "language": "nl"}, "language": "en", "country": "BE"})

        assert (wishes.query, wishes.language, wishes.country) == ("kok", "en", "BE")
