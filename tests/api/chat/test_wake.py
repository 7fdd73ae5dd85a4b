"""What somebody hears who goes on about a danger, or who says yes or no to the coach that was offered."""

import pytest

from tests.api.rasa_double import says

ACUTE = "ik ga er vanavond een eind aan maken"
URGENT = "soms wil ik er niet meer zijn"
SMALL_TALK = "talk.goodbye"


def payloads(message: dict) -> list[str]:
    return [button["payload"] for button in message["buttons"]]


@pytest.fixture
def taken_for(rasa):
    """Lets Rasa take the next messages for an intent, with small talk as the answer."""

    def take(intent: str, **more) -> None:
        rasa.answer = lambda request: says(SMALL_TALK, intent, **more)

    return take


class TestYes:
    @pytest.mark.parametrize("told", [URGENT, "ik word elke dag gepest"])
    async def test_to_the_offer_brings_a_coach(self, chat, taken_for, told):
        visit = await chat.open()
        taken_for("choice_doubt")
        await visit.say(told)
        taken_for("affirm")
        answer = await visit.say("ja graag")
        assert answer["state"] == "waiting_for_coach"
        assert [card["type"] for card in answer["messages"][-1]["cards"]] == ["handoff"]
        assert "Tot ziens" not in str(answer)

    async def test_to_something_else_brings_nobody(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        button = {"title": "Meer", "payload": "/more"}
        taken_for("find_programme", buttons=[button, {"title": "Een mens", "payload": "/ask_human"}])
        await visit.say("iets met dieren")
        taken_for("affirm")
        assert (await visit.say("ja"))["state"] == "bot"

    async def test_is_heard_behind_the_facts_that_were_asked_for_too(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        taken_for("truancy_law")
        assert len((await visit.say(URGENT))["messages"]) == 3
        taken_for("affirm")
        assert (await visit.say("ja is goed"))["state"] == "waiting_for_coach"

    async def test_when_a_coach_has_word_already_opens_nothing_anew(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        await visit.say(ACUTE)
        taken_for("affirm")
        answer = await visit.say("ja")
        assert len(answer["messages"]) == 2
        assert "krijgt bericht" in answer["messages"][1]["text"]


class TestGoingOn:
    @pytest.mark.parametrize("intent", ["choice_doubt", "repeat", "nlu_fallback", "feedback_complaint"])
    async def test_about_a_danger_is_not_met_with_small_talk(self, sqlite_chat, taken_for, intent):
        visit = await sqlite_chat.open()
        await visit.say(URGENT)
        taken_for(intent)
        answer = await visit.say("niemand mag het weten")
        (said,) = answer["messages"][1:]
        assert "Jij kiest aan wie je het zegt" in said["text"]
        assert payloads(said) == ["/ask_human"]

    @pytest.mark.parametrize(
        ("text", "intent", "phrase"),
        [
            ("ik word elke dag gepest", "choice_doubt", "niet jouw schuld"),
            ("mijn zoon wordt gepest op school", "parent_support", "school moet"),
        ],
    )
    async def test_of_a_bullied_one_hears_no_small_talk_beside_the_offer(
        self, sqlite_chat, taken_for, text, intent, phrase
    ):
        visit = await sqlite_chat.open()
        taken_for(intent)
        (said,) = (await visit.say(text))["messages"][1:]
        assert phrase in said["text"]

    async def test_is_said_otherwise_the_next_time_and_ends(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        await visit.say(URGENT)
        taken_for("choice_doubt")
        said = [(await visit.say(f"weet niet {n}"))["messages"][1]["text"] for n in range(4)]
        assert said[0] != said[1] != said[2]
        assert "hulplijn" in said[2]
        assert "hulplijn" not in said[3], "then the talk is as usual again"

    async def test_who_leaves_it_twice_hears_something_else(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        await visit.say(URGENT)
        taken_for("deny")
        once, again = [(await visit.say(text))["messages"][1]["text"] for text in ("nee", "ik durf niet")]
        assert "Jij bepaalt" in once
        assert "Jij bepaalt" not in again

    async def test_after_something_acute_keeps_the_numbers_in_sight(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        await visit.say(ACUTE)
        taken_for("deny")
        (said,) = (await visit.say("laat maar"))["messages"][1:]
        assert "Jij bepaalt" in said["text"]
        assert said["cards"][0]["type"] == "helpline"

    async def test_a_question_about_study_is_answered_as_ever(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        await visit.say(URGENT)
        taken_for("find_programme")
        answer = await visit.say("iets met dieren")
        assert "hulplijn" not in answer["messages"][1]["text"]

    async def test_after_a_worry_about_school_alone_is_small_talk_as_ever(self, sqlite_chat, taken_for):
        visit = await sqlite_chat.open()
        taken_for("find_programme")
        await visit.say("ik spijbel elke week")
        taken_for("choice_doubt")
        answer = await visit.say("weet niet")
        assert "hulplijn" not in str(answer)
