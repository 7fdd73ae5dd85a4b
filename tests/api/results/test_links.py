"""One link opens one result, until it is ended: over HTTP, on both engines."""

from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import func, select

from api.results.models import Link
from tests.api.questionnaires.conftest import button, said
from tests.api.questionnaires.test_results import fill_in, interests
from tests.api.results.conftest import link_of


class TestLink:
    async def test_it_opens_the_result_and_no_answer(self, chat, reading):
        visit = await chat.open()
        await interests(visit)
        sheet = (await reading(await link_of(visit))).json()
        assert sheet["title"] == "Jouw uitslag: Wat vind ik leuk?"
        assert "Doen 100%" in sheet["pictures"][0]["text"]
        assert "r01" not in str(sheet)

    async def test_a_wrong_or_a_missing_token_opens_nothing(self, chat, reading):
        assert (await reading("nonsense")).status_code == 404
        assert (await chat.http.get("/api/v1/results")).status_code == 401

    async def test_there_is_none_without_a_result(self, chat):
        visit = await chat.open()
        refused = await visit.http.post(f"{visit.url}/results/values/link", headers=visit.auth)
        assert refused.status_code == 404
        assert "Fill it in first" in refused.json()["detail"]
        unknown = await visit.http.post(f"{visit.url}/results/stars/link", headers=visit.auth)
        assert unknown.status_code == 422

    async def test_a_new_one_ends_the_old_one(self, chat, reading):
        visit = await chat.open()
        await interests(visit)
        old, new = await link_of(visit), await link_of(visit)
        assert (await reading(old)).status_code == 404
        assert (await reading(new)).status_code == 200

    async def test_it_can_be_ended_and_the_result_stays(self, chat, reading):
        visit = await chat.open()
        await interests(visit)
        token = await link_of(visit)
        assert (await reading(token, "/link", method="DELETE")).status_code == 204
        assert (await reading(token)).status_code == 404
        assert (await visit.get("/export")).json()["questionnaires"]

    async def test_doing_it_again_ends_it(self, chat, reading):
        visit = await chat.open()
        answer = await interests(visit)
        token = await link_of(visit)
        again = await visit.press(button(answer, "Doe hem opnieuw"))
        await visit.press(said(again)[0]["buttons"][0]["payload"])
        assert (await reading(token)).status_code == 404

    async def test_it_goes_with_its_conversation(self, chat, reading):
        visit = await chat.open()
        await interests(visit)
        token = await link_of(visit)
        await visit.http.delete(visit.url, headers=visit.auth)
        assert (await reading(token)).status_code == 404
        async with chat.services.db.read() as session:
            assert await session.scalar(select(func.count()).select_from(Link)) == 0

    async def test_its_token_is_not_kept(self, chat):
        visit = await chat.open()
        await interests(visit)
        token = await link_of(visit)
        async with chat.services.db.read() as session:
            (link,) = await session.scalars(select(Link))
        assert token not in str(vars(link))


class TestSheet:
    async def test_programmes_with_why_where_they_stand_and_what_to_do_now(self, chat, reading):
        visit = await chat.open()
        await interests(visit)
        sheet = (await reading(await link_of(visit))).json()
        headings = [section["heading"] for section in sheet["sections"]]
        assert headings == [
            "In het kort",
            "Opleidingen om naar te kijken",
            "Waar dit staat",
            "Wat dit niet zegt",
            "En nu?",
        ]
        programmes = sheet["sections"][1]
        assert len(programmes["entries"]) == 6
        assert all("Dit past bij: " in entry["text"] for entry in programmes["entries"])
        assert any("DUO" in line for line in sheet["sections"][2]["lines"])

    async def test_it_is_read_in_the_other_language_too(self, chat, reading):
        visit = await chat.open(site="demo-be")
        await interests(visit)
        sheet = (await reading(await link_of(visit), language="en")).json()
        assert sheet["language"] == "en"
        assert sheet["sections"][-1]["lines"][-1].startswith("Talk about this sheet with your pupil counsellor")

    async def test_study_attitude_has_all_its_tips(self, chat, reading):
        visit = await chat.open()
        await fill_in(visit, "attitude", value=lambda item: 5 if item.is_reversed else 1)
        sheet = (await reading(await link_of(visit, "attitude"))).json()
        assert len(sheet["sections"][1]["entries"]) == 6

    async def test_without_a_catalogue_it_says_so(self, sqlite_chat):
        visit = await sqlite_chat.open()
        await interests(visit)
        headers = {"Authorization": f"Bearer {await link_of(visit)}"}
        sheet = (await sqlite_chat.http.get("/api/v1/results", headers=headers)).json()
        assert sheet["sections"][1]["lines"] == [
            "Opleidingen kan ik nu even niet opzoeken. Open deze pagina straks nog eens."
        ]


class TestParentsVersion:
    @pytest.mark.parametrize(("site", "whom"), [("demo-nl", "decaan"), ("demo-be", "CLB")])
    async def test_questions_to_ask_and_no_score(self, chat, reading, site, whom):
        visit = await chat.open(site=site)
        await interests(visit)
        token = await link_of(visit)
        for language, asks in (("nl", "Vragen die u kunt stellen"), ("en", "Questions that you can ask")):
            sheet = (await reading(token, version="parent", language=language)).json()
            assert sheet["sections"][1]["heading"] == asks
            assert len(sheet["sections"][1]["lines"]) == 3
            assert sheet["pictures"] == []
            assert "%" not in str(sheet)
            assert whom in str(sheet["sections"][4])

    async def test_it_prints_on_one_page(self, chat, reading):
        visit = await chat.open()
        await interests(visit)
        printed = await reading(await link_of(visit), "/pdf", version="parent")
        with pikepdf.open(BytesIO(printed.content)) as document:
            assert len(document.pages) == 1


class TestEraseOne:
    async def test_answers_result_and_what_was_said_of_them_go_and_the_rest_stays(self, chat, reading):
        visit = await chat.open()
        await fill_in(visit, "values", value=lambda item: 1)
        await interests(visit)
        token = await link_of(visit)
        gone = await visit.http.delete(f"{visit.url}/results/interests", headers=visit.auth)
        assert gone.status_code == 204
        assert (await reading(token)).status_code == 404
        export = (await visit.get("/export")).json()
        assert [kept["questionnaire"] for kept in export["questionnaires"]] == ["values"]
        cards = [card for message in export["messages"] for card in message["cards"]]
        shown = {card.get("questionnaire") for card in cards}
        assert "interests" not in shown
        assert "values" in shown
        assert (await visit.press("/questionnaires"))["messages"]

    async def test_a_message_that_worried_us_stays(self, chat):
        visit = await chat.open()
        answer = await visit.press('/questionnaire{"do": "choose", "of": "interests"}')
        await visit.press(said(answer)[0]["buttons"][0]["payload"])
        worrying = "ik ga er vanavond een eind aan maken"
        await visit.say(worrying)
        assert (await visit.http.delete(f"{visit.url}/results/interests", headers=visit.auth)).status_code == 204
        left = (await visit.get("/export")).json()["messages"]
        assert worrying in [message["text"] for message in left]
        assert "question" not in [card["type"] for message in left for card in message["cards"]]

    async def test_erasing_it_again_changes_nothing(self, chat):
        visit = await chat.open()
        for _ in range(2):
            assert (await visit.http.delete(f"{visit.url}/results/values", headers=visit.auth)).status_code == 204
