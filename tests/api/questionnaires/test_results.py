"""What comes of a questionnaire: a picture, words, programmes of several levels, tips; over HTTP on both engines."""

import pytest
from sqlalchemy import func, select

from api.questionnaires.models import Run
from core import clock
from questionnaires.bank import questionnaire
from tests.api.handoff.conftest import desk, desk_in, waiting
from tests.api.questionnaires.conftest import button, card, keys, said
from tests.api.rasa_double import says

__all__ = ["desk", "desk_in", "waiting"]

LIKES = {"realistic": 5, "investigative": 4, "conventional": 3}


async def fill_in(visit, id, form="long", *, value=lambda item: 3):
    """Answer every item; the answer to the last."""
    menu = await visit.press("/questionnaires")
    chosen = await visit.press(button(menu, questionnaire(id).name[visit.opened["language"]]))
    first = next(key for key in keys(said(chosen)[0]) if f'"form": "{form}"' in key)
    answer = await visit.press(first)
    for item in questionnaire(id).order(form):
        wanted = f'"value": {value(questionnaire(id).items[item])}}}'
        payload = next(key for key in keys(said(answer)[-1]) if key.endswith(wanted))
        answer = await visit.press(payload)
    return answer


async def interests(visit, likes=LIKES):
    return await fill_in(visit, "interests", "short", value=lambda item: likes.get(item.scale, 1))


def kinds(case):
    return {shown["type"] for message in case["messages"] for shown in message["cards"]}


def levels(message):
    return {shown["level"] for shown in message["cards"] if shown["type"] == "programme"}


class TestInterests:
    async def test_a_picture_words_and_what_it_does_not_say(self, chat):
        answer = await interests(await chat.open())
        shown = card(answer, "result")
        assert shown["svg"].startswith("<svg")
        assert {one["scale"]: one["value"] for one in shown["scores"]}["realistic"] == 1.0
        assert "Doen 100%" in shown["text"]
        assert "niet wetenschappelijk getest" in shown["limits"]
        assert said(answer)[0]["text"].startswith("Jij bent vooral een doener")
        assert [one["title"] for one in said(answer)[0]["buttons"]] == [
            "Doe hem opnieuw",
            "Andere test",
            "Deel met een begeleider",
            "Praat met een begeleider",
        ]

    @pytest.mark.parametrize("site", ["demo-nl", "demo-be"])
    async def test_three_programmes_of_three_levels_and_why(self, chat, site):
        _result, programmes = said(await interests(await chat.open(site=site)))
        assert len(levels(programmes)) == 3
        assert all(shown["why"].startswith("Dit past bij: ") for shown in programmes["cards"])
        assert programmes["sources"]
        assert len(programmes["buttons"]) == 4

    async def test_less_like_this_takes_it_away_and_ranks_again(self, chat):
        visit = await chat.open()
        answer = await interests(visit)
        before = [shown["id"] for shown in said(answer)[1]["cards"]]
        (fewer,) = said(await visit.press(button(answer, "Minder zoals")))
        after = [shown["id"] for shown in fewer["cards"]]
        assert before[0] not in after
        assert after
        more = await visit.press(button({"messages": [fewer]}, "Toon er meer"))
        assert not {shown["id"] for shown in said(more)[0]["cards"]} & {before[0], *after}

    async def test_all_the_same_says_that_nothing_stands_out(self, chat):
        (told,) = said(await fill_in(await chat.open(), "interests", "short"))
        assert told["text"].startswith("Er springt niets echt uit")
        assert any("hetzelfde antwoord" in caution for caution in told["cards"][0]["cautions"])

    async def test_stopped_half_way_is_partial(self, chat):
        visit = await chat.open()
        answer = await visit.press(button(await visit.press(keys(visit.opened["messages"][0])[1]), "Korte test"))
        for words in ["heel leuk", "meh", "nee", "4", "2", "1", "5", "3"]:
            answer = await visit.say(words)
        told = await visit.press(button(answer, "Stop"))
        assert any("nog niet alles ingevuld" in caution for caution in card(told, "result")["cautions"])
        assert card(await visit.press(button(told, "Verder met de test")), "question")["item"] == 9

    async def test_without_a_catalogue_the_result_is_told_all_the_same(self, sqlite_chat):
        result, honest = said(await interests(await sqlite_chat.open()))
        assert result["cards"][0]["type"] == "result"
        assert honest["text"].startswith("Opleidingen kan ik nu even niet opzoeken")

    async def test_it_is_said_anew_in_the_other_language(self, chat):
        visit = await chat.open()
        await interests(visit)
        read = (await visit.http.patch(visit.url, json={"language": "en"}, headers=visit.auth)).json()
        result = read["messages"][-2]
        assert result["text"].startswith("What stands out most: doer")
        assert "Doing 100%" in result["cards"][0]["text"]


class TestStudying:
    @pytest.mark.parametrize("id", ["attitude", "method"])
    async def test_strengths_first_then_two_tips_for_each_low_scale(self, chat, id):
        high = next(iter(questionnaire(id).scales))
        answer = await fill_in(
            await chat.open(), id, value=lambda item: 5 if (item.scale == high) != item.is_reversed else 1
        )
        result, tips = said(answer)
        assert result["text"] == f"Dit gaat bij jou het best: {questionnaire(id).scales[high].name['nl']}."
        assert [shown["type"] for shown in tips["cards"]] == ["tip", "tip"]
        assert all("\n2. " in shown["text"] for shown in tips["cards"])
        assert "mentor" in tips["text"]
        assert "/ask_human" in keys(tips)

    async def test_more_tips_follow(self, chat):
        visit = await chat.open()
        answer = await fill_in(visit, "attitude", value=lambda item: 5 if item.is_reversed else 1)
        shown = [one["title"] for one in said(answer)[1]["cards"]]
        more = await visit.press(button(answer, "Meer tips"))
        assert not set(shown) & {one["title"] for one in said(more)[0]["cards"]}

    async def test_no_score_becomes_a_signal(self, chat):
        visit = await chat.open()
        answer = await fill_in(visit, "attitude", value=lambda item: 5 if item.is_reversed else 1)
        assert answer["state"] == "bot"


class TestValues:
    async def test_what_counts_most_in_words(self, chat):
        (told,) = said(await fill_in(await chat.open(), "values", value=lambda item: 1))
        assert told["text"].startswith("Dit telt voor jou het meest: ")
        assert card({"messages": [told]}, "result")["svg"]


class TestAskedAfterwards:
    async def test_without_a_test_the_bot_says_so(self, chat, rasa):
        rasa.answer = lambda request: says("questionnaire.no_result", intent="test_result_question", do="show_result")
        (told,) = said(await (await chat.open()).say("wat was mijn uitslag?"))
        assert told["text"].startswith("Je hebt hier nog geen test gedaan")

    async def test_the_last_result_is_shown_again(self, chat, rasa):
        visit = await chat.open()
        await interests(visit)
        rasa.answer = lambda request: says("questionnaire.no_result", intent="test_result_question", do="show_result")
        assert card(await visit.say("wat was mijn uitslag?"), "result")["questionnaire"] == "interests"


class TestPrivacy:
    async def test_a_coach_sees_no_answer_and_no_result_unasked(self, chat, desk):
        visit = await chat.open()
        await interests(visit)
        await visit.press(button(await visit.press(keys(visit.opened["messages"][0])[1]), "Lange test"))
        answer = await visit.say("heel leuk")
        await visit.press("/ask_human")
        (line,) = await desk.queue()
        read = await desk.reads(line["id"])
        shown = [message["text"] for message in read["messages"]]
        assert read["results"] == []
        assert not {"heel leuk", "😃 Heel leuk", "😞 Helemaal niet leuk"} & set(shown)
        assert not {"question", "result", "programme"} & kinds(read)
        assert card(answer, "question")

    async def test_a_coach_sees_a_result_that_was_shared_until_it_is_taken_back(self, chat, desk):
        visit = await chat.open()
        answer = await interests(visit)
        asked = await visit.press(button(answer, "Deel met een begeleider"))
        assert said(asked)[0]["text"].endswith("Wil je dat?")
        shared = await visit.press(button(asked, "Ja, deel"))
        await visit.press("/ask_human")
        (line,) = await desk.queue()
        read = await desk.reads(line["id"])
        (result,) = read["results"]
        assert "Doen 100%" in result["text"]
        assert "result" in kinds(read)
        assert "question" not in kinds(read)
        await visit.press(button(shared, "Stop met delen"))
        assert (await desk.reads(line["id"]))["results"] == []

    async def test_doing_it_again_is_not_shared(self, chat, desk):
        visit = await chat.open()
        answer = await interests(visit)
        await visit.press(button(await visit.press(button(answer, "Deel met")), "Ja, deel"))
        await interests(visit)
        await visit.press("/ask_human")
        (line,) = await desk.queue()
        assert (await desk.reads(line["id"]))["results"] == []

    async def test_a_worrying_message_is_always_shown(self, chat, desk):
        visit = await chat.open()
        await visit.press(button(await visit.press(keys(visit.opened["messages"][0])[1]), "Korte test"))
        await visit.say("Ik heb alles al klaarliggen, vanavond maak ik er een eind aan")
        (line,) = await desk.queue()
        assert any("klaarliggen" in message["text"] for message in (await desk.reads(line["id"]))["messages"])

    async def test_under_a_coach_no_item_is_put(self, chat, desk, waiting):
        visit, case = await waiting(chat, desk)
        first = await visit.press(button(await visit.press(keys(visit.opened["messages"][0])[1]), "Korte test"))
        assert card(first, "question")
        await desk.does(case, "claim")
        await desk.says(case, "Dag, waar zit je mee?")
        answer = await visit.say("leuk")
        assert [message["author"] for message in answer["messages"]] == ["user"]
        assert (await desk.reads(case))["messages"][-1]["text"] == "leuk"

    async def test_export_and_erasure(self, chat):
        visit = await chat.open()
        await interests(visit)
        (kept,) = (await visit.get("/export")).json()["questionnaires"]
        assert len(kept["answers"]) == 18
        assert kept["scores"]["realistic"] == 1.0
        assert kept["shared_with_coaches_at"] is None
        await visit.http.delete(visit.url, headers=visit.auth)
        async with chat.services.db.read() as session:
            assert await session.scalar(select(func.count()).select_from(Run)) == 0

    async def test_answers_are_ciphertext(self, chat):
        visit = await chat.open()
        await interests(visit)
        async with chat.services.db.engine.connect() as connection:
            from sqlalchemy import text

            body = (await connection.execute(text("SELECT body FROM questionnaires_run"))).scalar()
        assert b"r01" not in bytes(body)

    async def test_it_goes_with_its_conversation(self, chat):
        from datetime import timedelta

        from api.privacy.service import purge

        await interests(await chat.open())
        await purge(chat.services.db, clock.now() + timedelta(days=8))
        async with chat.services.db.read() as session:
            assert await session.scalar(select(func.count()).select_from(Run)) == 0
