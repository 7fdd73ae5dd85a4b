"""From a visitor who asks for a person to the bot that is back: over HTTP, on both engines."""

from uuid import uuid4

from tests.api.rasa_double import says


def authors(messages: list[dict]) -> list[str]:
    return [message["author"] for message in messages]


def handoffs(messages: list[dict]) -> list[str]:
    return [card["handoff"] for message in messages for card in message["cards"] if card["type"] == "handoff"]


class TestAskingForAPerson:
    async def test_the_visitor_hears_who_answers_and_by_when_and_the_bot_goes_on(self, chat, desk, rasa):
        visit = await chat.open()
        answer = await visit.press("/ask_human")
        assert answer["state"] == "waiting_for_coach"
        (card,) = answer["messages"][-1]["cards"]
        (line,) = await desk.queue()
        assert (card["type"], card["handoff"]) == ("handoff", "waiting")
        assert card["title"]
        assert "Het Vuurbaken" in answer["messages"][-1]["text"]
        assert line["due_at"][:16] == card["due_at"][:16]
        assert (line["state"], line["tier"], line["reason"], line["route"]) == (
            "open",
            "information",
            "asked_for_person",
            "school_coach",
        )
        rasa.answer = lambda request: says("chat.share_worry")
        assert authors((await visit.say("en intussen?"))["messages"]) == ["user", "bot"], "waiting silences nobody"

    async def test_asking_twice_keeps_one_case(self, chat, desk):
        visit = await chat.open()
        await visit.press("/ask_human")
        await visit.press("/ask_human")
        assert len(await desk.queue()) == 1


class TestCoachSpeaks:
    async def test_the_first_message_shows_who_speaks_and_silences_the_bot(self, chat, desk, waiting, rasa):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        assert (await visit.get()).json()["state"] == "waiting_for_coach", "a claim alone silences nobody"
        await desk.says(case, "Hoi, met Samira. Vertel eens?")

        read = (await visit.get()).json()
        assert read["state"] == "with_coach"
        joined, spoken = read["messages"][-2:]
        assert (joined["author"], joined["cards"][0]["name"], joined["cards"][0]["role"]) == (
            "system",
            "Samira",
            "mentor",
        )
        assert "Samira, mentor" in joined["text"]
        assert (spoken["author"], spoken["text"]) == ("coach", "Hoi, met Samira. Vertel eens?")

        heard = len(rasa.requests)
        answer = await visit.say("ik weet niet of ik wil blijven")
        assert authors(answer["messages"]) == ["user"]
        assert len(rasa.requests) == heard, "what is said to a person is not sent to the bot"
        await desk.says(case, "Dat snap ik.")
        assert handoffs((await visit.get()).json()["messages"]).count("joined") == 1

    async def test_the_same_reply_again_is_said_once(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        message_id = str(uuid4())
        first = await desk.says(case, "Hoi!", client_message_id=message_id)
        again = await desk.says(case, "Hoi!", client_message_id=message_id)
        assert again == first
        assert authors((await visit.get()).json()["messages"]).count("coach") == 1

    async def test_a_bot_answer_that_was_being_made_is_dropped(self, chat, desk, waiting, rasa):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")

        async def coach_is_faster():
            rasa.before_answer = None
            await desk.says(case, "Ik ben er.")

        rasa.before_answer = coach_is_faster
        answer = await visit.say("is daar iemand")
        assert authors(answer["messages"]) == ["user"]
        assert authors((await visit.get()).json()["messages"])[-3:] == ["user", "system", "coach"]

    async def test_who_has_not_claimed_cannot_speak(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        response = await desk.act(case, "reply", text="Hoi", client_message_id=str(uuid4()))
        assert response.status_code == 409
        assert (await visit.get()).json()["state"] == "waiting_for_coach"


class TestComingBack:
    async def test_closing_brings_the_bot_back_and_it_says_so(self, chat, desk, waiting, rasa):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.says(case, "Tot ziens!")
        closed = await desk.does(case, "close")
        assert (closed["state"], closed["owner"]) == ("closed", "bot")
        read = (await visit.get()).json()
        assert read["state"] == "bot"
        assert read["messages"][-1]["author"] == "bot"
        assert "De bot is terug" in read["messages"][-1]["text"]
        assert handoffs(read["messages"])[-1] == "left"
        rasa.answer = lambda request: says("chat.share_worry")
        assert authors((await visit.say("dank je"))["messages"]) == ["user", "bot"]

    async def test_closing_without_a_word_is_told_to_the_visitor(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "close")
        last = (await visit.get()).json()["messages"][-1]
        assert "zonder hier te antwoorden" in last["text"]
        assert [button["payload"] for button in last["buttons"]] == ["/ask_human"]

    async def test_a_reopened_case_waits_in_the_queue_again(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "claim")
        await desk.does(case, "close")
        assert await desk.queue() == []
        assert [line["id"] for line in await desk.queue(state="closed")] == [case]
        reopened = await desk.does(case, "reopen")
        assert (reopened["state"], reopened["coach"], reopened["closed_at"]) == ("open", None, None)
        assert (await visit.get()).json()["state"] == "waiting_for_coach"

    async def test_a_case_cannot_be_reopened_beside_a_newer_one(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        await desk.does(case, "close")
        await visit.press("/ask_human")
        assert (await desk.act(case, "reopen")).status_code == 409
