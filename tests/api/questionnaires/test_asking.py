"""Filling in a questionnaire in the chat, over HTTP on both engines."""

import asyncio

import pytest

from tests.api.questionnaires.conftest import button, card, keys, said
from tests.api.rasa_double import says

ACUTE = "Ik heb alles al klaarliggen, vanavond maak ik er een eind aan"
WORRYING = "Ik word elke dag gepest op school"


async def begin(chat, **given):
    """A visitor before the first of eighteen questions."""
    visit = await chat.open(**given)
    offered = await visit.press("/questionnaires")
    chosen = await visit.press(button(offered, given.get("first", "Wat vind ik leuk?")))
    return visit, await visit.press(button(chosen, "Korte test"))


class TestBeginning:
    async def test_the_menu_offers_four_and_needs_no_rasa(self, chat, rasa):
        visit = await chat.open()
        (menu,) = said(await visit.press("/questionnaires"))
        assert [one["title"] for one in menu["buttons"]] == [
            "Wat vind ik leuk?",
            "Hoe sta ik tegenover school?",
            "Hoe pak ik leren aan?",
            "Wat vind ik belangrijk?",
        ]
        assert rasa.requests == []

    async def test_the_greeting_leads_to_the_interest_test(self, chat):
        visit = await chat.open()
        (greeting,) = visit.opened["messages"]
        chosen = await visit.press(keys(greeting)[1])
        assert [one["title"] for one in said(chosen)[0]["buttons"]] == [
            "Korte test: 18 vragen, 3 minuten",
            "Lange test: 60 vragen, 10 minuten",
            "Andere test",
        ]

    async def test_a_question_for_a_test_is_answered_with_it(self, chat, rasa):
        rasa.answer = lambda request: says(
            "questionnaire.menu",
            intent="start_study_skills_test",
            do="offer_questionnaires",
            **{"with": {"of": "attitude"}},
        )
        visit = await chat.open()
        (menu,) = said(await visit.say("heb je een test over leren?"))
        assert menu["buttons"][0]["title"] == "Hoe sta ik tegenover school?"

    async def test_an_item_is_a_card_with_five_faces(self, chat):
        _visit, first = await begin(chat)
        (message,) = said(first)
        shown = card(first, "question")
        assert (shown["questionnaire"], shown["item"], shown["of"]) == ("interests", 1, 18)
        assert [one["value"] for one in shown["scale"]] == [1, 2, 3, 4, 5]
        assert [one["title"] for one in message["buttons"][:5]] == [
            "😞 Helemaal niet leuk",
            "🙁 Niet zo leuk",
            "😐 Gaat wel",
            "🙂 Leuk",
            "😃 Heel leuk",
        ]
        assert shown["title"] == "Vraag 1 van 18"
        assert shown["text"].startswith("Hoe leuk lijkt je dit? ")

    async def test_a_parent_is_told_that_the_child_answers(self, chat):
        visit = await chat.open(audience="parent")
        (menu,) = said(await visit.press("/questionnaires"))
        assert "Laat uw kind zelf antwoorden" in menu["text"]


class TestAnswering:
    @pytest.mark.parametrize("words", ["heel leuk", "5", "meh", "😃", "nee"])
    async def test_number_words_and_faces_answer_without_rasa(self, chat, rasa, words):
        visit, _first = await begin(chat)
        second = await visit.say(words)
        assert card(second, "question")["item"] == 2
        assert rasa.requests == []

    async def test_a_button_answers(self, chat):
        visit, first = await begin(chat)
        assert card(await visit.press(button(first, "🙂")), "question")["item"] == 2

    async def test_a_button_that_is_tapped_twice_answers_one_item(self, chat):
        visit, first = await begin(chat)
        await visit.press(button(first, "🙂"))
        again = await visit.press(button(first, "😞"))
        assert card(again, "question")["item"] == 2
        back = await visit.say("vorige")
        assert (card(back, "question")["item"], card(back, "question")["chosen"]) == (1, 1)

    async def test_back_skip_pause_and_on(self, chat):
        visit, first = await begin(chat)
        second = await visit.press(button(first, "Sla over"))
        assert card(second, "question")["item"] == 2
        assert card(await visit.press(button(second, "Vorige vraag")), "question")["item"] == 1
        paused = await visit.say("pauze")
        assert said(paused)[0]["text"].startswith("Pauze.")
        assert card(await visit.say("ga verder"), "question")["item"] == 1

    async def test_stop_after_one_answer_knows_too_little_and_says_so_once(self, chat):
        visit, first = await begin(chat)
        await visit.press(button(first, "😃"))
        (told,) = said(await visit.say("stop"))
        assert told["text"].startswith("Er is nog te weinig ingevuld")

    async def test_stop_before_anything_says_so(self, chat):
        visit, _first = await begin(chat)
        assert "nog niets ingevuld" in said(await visit.say("stop"))[0]["text"]

    async def test_two_answers_at_once_both_count_once(self, chat):
        visit, first = await begin(chat)
        await asyncio.gather(visit.press(button(first, "🙂")), visit.press(button(first, "🙂")))
        assert card(await visit.say("vorige"), "question")["item"] == 1

    async def test_a_payload_that_was_not_offered_is_refused(self, chat):
        visit, _first = await begin(chat)
        forged = '/questionnaire{"do": "answer", "of": "interests", "item": "r02", "value": 5}'
        assert (await visit.post(payload=forged)).status_code == 409


class TestInterrupted:
    async def test_a_question_is_answered_and_the_item_is_put_again(self, chat, rasa):
        visit, _first = await begin(chat)
        await visit.say("leuk")
        answer = await visit.say("wat is BBL?")
        told, item = said(answer)
        assert told["text"].startswith("Vertel maar")
        assert item["text"] == "Nu weer verder met je test."
        assert card(answer, "question")["item"] == 2
        assert [request["text"] for request in rasa.requests] == ["wat is BBL?"]
        assert card(await visit.say("meh"), "question")["item"] == 3

    async def test_who_talks_on_about_something_else_is_not_pressed(self, chat):
        visit, _first = await begin(chat)
        await visit.say("leuk")
        for _ in range(2):
            assert card(await visit.say("wat is BBL?"), "question")["item"] == 2
        assert said(await visit.say("wat is BOL?"))[-1]["text"].startswith("Pauze.")
        assert len(said(await visit.say("wat is BOL?"))) == 1

    async def test_rasa_may_be_down(self, chat_on, sqlite_url, catalogue_url):
        async with chat_on(sqlite_url, CATALOGUE_URL=catalogue_url, RASA_URLS="http://127.0.0.1:9") as chat:
            visit, _first = await begin(chat)
            answer = await visit.say("wat is BBL?")
            assert card(answer, "question")["item"] == 1
            assert card(await visit.say("leuk"), "question")["item"] == 2

    async def test_the_language_may_change_in_the_middle(self, chat):
        visit, first = await begin(chat)
        await visit.press(button(first, "😃"))
        answer = await visit.press("/speak_english")
        assert card(answer, "question")["title"] == "Question 2 of 18"
        assert said(answer)[-1]["buttons"][4]["title"] == "😃 I'd love it"
        assert card(await visit.say("love it"), "question")["title"] == "Question 3 of 18"

    async def test_the_panels_switch_says_the_item_anew(self, chat):
        visit, _first = await begin(chat)
        read = (await visit.http.patch(visit.url, json={"language": "en"}, headers=visit.auth)).json()
        assert read["messages"][-1]["cards"][0]["title"] == "Question 1 of 18"
        assert card(await visit.say("not much"), "question")["title"] == "Question 2 of 18"


class TestWorried:
    async def test_danger_goes_first_and_a_no_to_it_is_no_answer(self, chat, rasa):
        visit, _first = await begin(chat)
        await visit.say("leuk")
        (reply,) = said(await visit.say(ACUTE))
        assert any(shown["type"] == "helpline" for shown in reply["cards"])
        after = await visit.say("nee")
        assert rasa.requests[-1]["text"] == "nee"
        assert not any(shown["type"] == "question" for message in said(after) for shown in message["cards"])

    async def test_the_test_is_kept_and_offered_once_when_it_is_calm(self, chat):
        visit, _first = await begin(chat)
        await visit.say("leuk")
        await visit.say(ACUTE)
        answers = [said(await visit.say("wat is BBL?")) for _ in range(5)]
        waiting = [at for at, answer in enumerate(answers) if "wacht nog op je" in answer[-1]["text"]]
        assert len(waiting) == 1
        assert waiting[0] >= 2
        goes_on = await visit.press(button({"messages": answers[waiting[0]]}, "Verder met de test"))
        assert card(goes_on, "question")["item"] == 2

    async def test_after_a_worrying_message_the_offer_of_a_coach_comes_last(self, chat):
        visit, _first = await begin(chat)
        answer = await visit.say(WORRYING)
        assert not any(shown["type"] == "question" for message in said(answer) for shown in message["cards"])
        assert "/ask_human" in keys(said(answer)[-1])


class TestLater:
    async def test_a_return_code_leads_back_to_the_item(self, chat):
        visit, first = await begin(chat)
        await visit.press(button(first, "😃"))
        code = (await visit.http.post(f"{visit.url}/return-code", headers=visit.auth)).json()["return_code"]
        back = (await visit.http.post("/api/v1/conversations/resume", json={"return_code": code})).json()
        assert back["messages"][-1]["cards"][0]["item"] == 2
        visit.auth = {"Authorization": f"Bearer {back['token']}"}
        assert card(await visit.say("gaat wel"), "question")["item"] == 3

    async def test_the_menu_knows_what_was_begun(self, chat):
        visit, first = await begin(chat)
        await visit.press(button(first, "😃"))
        await visit.say("pauze")
        menu = await visit.press("/questionnaires")
        assert "vraag 2 van 18" in said(menu)[0]["text"]
        assert card(await visit.press(button(menu, "Verder met de test")), "question")["item"] == 2
