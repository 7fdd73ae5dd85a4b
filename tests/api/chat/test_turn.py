"""One message, start to end, over HTTP on both engines."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import select

from api.chat.models import SeenSignal
from api.handoff.models import Case
from bot.encoder import encode
from bot.signals import Signal
from tests.api.rasa_double import says


def texts(answer: dict) -> list[str]:
    return [message["text"] for message in answer["messages"]]


def authors(answer: dict) -> list[str]:
    return [message["author"] for message in answer["messages"]]


def payloads(message: dict) -> list[str]:
    return [button["payload"] for button in message["buttons"]]


class TestGreeting:
    async def test_it_says_what_it_is_and_who_sees_what(self, sqlite_chat):
        opened = (await sqlite_chat.open()).opened
        assert (opened["language"], opened["state"]) == ("nl", "bot")
        (greeting,) = opened["messages"]
        assert "computerprogramma" in greeting["text"]
        assert "begeleider" in greeting["text"]
        assert len(greeting["text"].split()) <= 60
        assert [one["title"] for one in greeting["buttons"]] == [
            "Ik zoek een opleiding",
            "Doe de interessetest",
            "Ik zit ergens mee",
        ]

    async def test_it_speaks_the_language_that_was_asked_for(self, sqlite_chat):
        opened = (await sqlite_chat.open(language="en", site="demo-be")).opened
        assert opened["language"] == "en"
        assert "computer program" in opened["messages"][0]["text"]


class TestAnswer:
    async def test_own_message_first_then_all_it_brought_about_in_order(self, chat, rasa):
        reply = says("chat.share_worry")
        reply["utterances"].append({"say": "chat.helplines"})
        rasa.answer = lambda request: reply
        visit = await chat.open()
        answer = await visit.say("ik zoek iets met dieren")
        assert authors(answer) == ["user", "bot", "bot"]
        assert [message["seq"] for message in answer["messages"]] == [2, 3, 4]
        assert texts(answer)[0] == "ik zoek iets met dieren"
        assert (answer["state"], answer["language"]) == ("bot", "nl")

    async def test_rasa_hears_where_and_for_whom(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open(site="demo-be", audience="parent")
        await visit.say("mijn dochter zoekt een opleiding in de zorg")
        (request,) = rasa.requests
        metadata = request["metadata"]
        assert request["sender"] == f"{visit.id}.0"
        assert {name: metadata[name] for name in ("language", "country", "site", "audience", "signals")} == {
            "language": "nl",
            "country": "BE",
            "site": "demo-be",
            "audience": "parent",
            "signals": [],
        }

    async def test_the_same_message_again_gets_the_same_answer_and_happens_once(self, chat, rasa):
        visit = await chat.open()
        message_id = str(uuid4())
        first = await visit.say("hoi daar", client_message_id=message_id)
        await visit.say("en nog iets")
        again = await visit.say("hoi daar", client_message_id=message_id)
        assert again == first
        assert len(rasa.requests) == 2
        assert len((await visit.get()).json()["messages"]) == 5

    async def test_a_button_that_was_offered_goes_to_rasa_as_a_payload(self, chat, rasa):
        buttons = [{"title": "Utrecht", "payload": '/find_programme{"city": "Utrecht"}'}]
        rasa.answer = lambda request: says("chat.share_worry", buttons=buttons)
        visit = await chat.open()
        await visit.say("waar kan ik koken leren")
        answer = await visit.press('/find_programme{"city": "Utrecht"}')
        assert texts(answer)[0] == "Utrecht", "the visitor's words are what the button said"
        assert rasa.requests[1]["text"] is None
        assert rasa.requests[1]["payload"] == {"intent": "find_programme", "entities": {"city": "Utrecht"}}

    async def test_the_encoders_run_once_a_message_also_when_two_cross(self, sqlite_chat, rasa, monkeypatch):
        encoded: list[str] = []

        def counted(texts):
            encoded.extend(texts)
            return encode(texts)

        monkeypatch.setattr("api.chat.asking_rasa.encode", counted)
        rasa.silent_s = 0.2
        visit = await sqlite_chat.open()
        await asyncio.gather(visit.say("iets met dieren"), visit.say("in de buurt van Utrecht"))

        assert sorted(encoded) == ["iets met dieren", "in de buurt van Utrecht"]
        assert all(sent["metadata"]["vectors"] for sent in rasa.requests)

    async def test_a_text_with_a_slash_is_a_text(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open()
        answer = await visit.say("\u00a0/restart")
        assert texts(answer)[0] == "\u00a0/restart", "the visitor sees what was typed"
        assert (rasa.requests[0]["text"], rasa.requests[0]["payload"]) == ("restart", None)

    async def test_slots_move_into_a_new_session_after_sixty_turns(self, sqlite_chat, rasa):
        from sqlalchemy import update

        from api.chat.models import Conversation

        visit = await sqlite_chat.open()
        await visit.say("hoi daar")
        async with sqlite_chat.services.db.write() as session:
            await session.execute(update(Conversation).values(turns=60))
        await visit.say("niveau 3 graag")
        await visit.say("en in Utrecht")
        assert [request["sender"] for request in rasa.requests] == [f"{visit.id}.{n}" for n in (0, 1, 1)]
        assert [request["slots"] for request in rasa.requests] == [None, {"level": "3"}, None]


class TestRasaDown:
    @pytest.mark.parametrize("how", ["silent", "broken", "nonsense", "unknown text"])
    async def test_the_visitor_is_told_honestly_and_a_person_is_near(self, chat_on, sqlite_url, rasa, how):
        if how == "silent":
            rasa.silent_s = 3
        elif how == "broken":
            rasa.status = 500
        elif how == "nonsense":
            rasa.answer = lambda request: {"x": 1}
        else:
            rasa.answer = lambda request: says("nobody.wrote_this")
        async with chat_on(sqlite_url, RASA_TIMEOUT_S="1") as chat:
            visit = await chat.open()
            answer = await visit.say("ik zoek iets met dieren")
        assert authors(answer) == ["user", "bot"]
        assert "bewaard" in texts(answer)[1]
        assert payloads(answer["messages"][1]) == ["/ask_human", "/show_helplines"]

    async def test_helplines_and_coach_work_without_rasa(self, sqlite_chat, rasa):
        rasa.status = 500
        visit = await sqlite_chat.open()
        lines = await visit.press("/show_helplines")
        assert {card["type"] for card in lines["messages"][1]["cards"]} == {"helpline"}
        asked = await visit.press("/ask_human")
        assert asked["state"] == "waiting_for_coach"
        assert rasa.requests == []


class TestLanguage:
    async def test_it_follows_a_visitor_who_changes_language(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open()
        answer = await visit.say("I would like to know which study programmes there are for nursing")
        assert answer["language"] == "en"
        assert {message["language"] for message in answer["messages"]} == {"en"}
        assert rasa.requests[0]["metadata"]["language"] == "en"

    async def test_one_telling_word_sets_the_language_only_as_the_first_message(self, sqlite_chat):
        visit = await sqlite_chat.open()
        assert (await visit.say("nursing"))["language"] == "en"
        assert (await visit.say("bedankt"))["language"] == "en"

    async def test_a_visible_switch_wins_over_what_is_detected(self, sqlite_chat):
        visit = await sqlite_chat.open()
        switched = await visit.http.patch(visit.url, json={"language": "nl"}, headers=visit.auth)
        assert switched.json()["language"] == "nl"
        answer = await visit.say("I would like to know which study programmes there are for nursing")
        assert answer["language"] == "nl"

    async def test_a_switch_while_the_bot_thinks_wins_over_what_was_thought(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open()

        async def switch():
            await visit.http.patch(visit.url, json={"language": "en"}, headers=visit.auth)

        rasa.before_answer = switch
        answer = await visit.say("ik zoek een opleiding in de techniek")

        assert answer["messages"][-1]["language"] == "en"
        rasa.before_answer = None
        assert (await visit.http.get(visit.url, headers=visit.auth)).json()["language"] == "en"

    async def test_a_worry_is_never_answered_with_knowing_nothing(self, sqlite_chat, rasa):
        rasa.answer = lambda request: says("talk.out_of_scope", "out_of_scope")
        visit = await sqlite_chat.open()
        await visit.say("ik word gepest")
        again = await visit.say("ik word elke dag gepest")

        said = again["messages"][1:]
        assert [payloads(message) for message in said] == [["/ask_human"]]

    async def test_after_a_switch_all_that_was_said_is_said_anew(self, sqlite_chat):
        visit = await sqlite_chat.open()
        await visit.say("ik zoek iets met dieren")
        switched = (await visit.http.patch(visit.url, json={"language": "en"}, headers=visit.auth)).json()
        said = [message["text"] for message in switched["messages"]]
        assert "computer program" in said[0]
        assert said[1] == "ik zoek iets met dieren", "a visitor's own words stay"
        assert "I am a program" in said[2]
        assert (await visit.get()).json() == switched

    async def test_rasa_may_switch_and_the_confirmation_is_in_that_language(self, sqlite_chat, rasa):
        rasa.answer = lambda request: says("chat.language_switched", "change_language", do="switch_language") | {}
        rasa.answer = lambda request: says(
            "chat.language_switched", "change_language", do="switch_language", **{"with": {"language": "en"}}
        )
        visit = await sqlite_chat.open()
        answer = await visit.say("kan het ook in het Engels?")
        assert answer["language"] == "en"
        assert "English" in texts(answer)[1]

    async def test_another_language_gets_a_kind_reply_without_rasa(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open()
        answer = await visit.say("Üniversiteye gitmek istiyorum ama nasıl başvuracağımı bilmiyorum")
        assert "Türkçe" in texts(answer)[1]
        assert len(texts(answer)[1].splitlines()) == 2
        assert payloads(answer["messages"][1]) == ["/speak_dutch", "/speak_english", "/ask_human"]
        assert rasa.requests == []
        switched = await visit.press("/speak_english")
        assert switched["language"] == "en"


class TestSignals:
    ACUTE = "ik ga er vanavond een eind aan maken"
    URGENT = "soms wil ik er niet meer zijn"

    async def test_an_acute_message_is_answered_at_once_without_rasa_and_opens_a_case(self, chat, rasa):
        visit = await chat.open()
        answer = await visit.say(self.ACUTE)
        assert authors(answer) == ["user", "bot"]
        assert answer["state"] == "waiting_for_coach"
        assert answer["messages"][1]["cards"][0]["type"] == "helpline"
        assert rasa.requests == []

    async def test_the_helplines_are_those_of_the_sites_country(self, sqlite_chat):
        cards = {}
        for site in ("demo-nl", "demo-be"):
            visit = await sqlite_chat.open(site=site)
            cards[site] = {card["phone"] for card in (await visit.say(self.ACUTE))["messages"][1]["cards"]}
        assert "113" in str(cards["demo-nl"])
        assert "1813" in str(cards["demo-be"])
        assert "1813" not in str(cards["demo-nl"])

    async def test_the_writer_never_sees_the_signal(self, sqlite_chat):
        visit = await sqlite_chat.open()
        answer = await visit.say(self.ACUTE)
        everything = str(answer) + (await visit.get()).text + (await visit.get("/export")).text
        for secret in ("suicide_acute", "because", "score", "acute"):
            assert secret not in everything

    async def test_help_comes_before_facts_when_it_is_urgent(self, sqlite_chat, rasa):
        rasa.answer = lambda request: says("chat.share_worry", "find_programme")
        visit = await sqlite_chat.open()
        answer = await visit.say(self.URGENT)
        assert len(answer["messages"]) == 3
        assert payloads(answer["messages"][1]) == ["/ask_human"]
        assert answer["messages"][1]["cards"], "the helpline"
        assert answer["state"] == "bot", "nothing is opened without a yes"
        assert rasa.requests[0]["metadata"]["signals"] == ["suicide_ideation"]

    @pytest.mark.parametrize("intent", ["choice_doubt", "greet", "out_of_scope", "nlu_fallback"])
    async def test_nothing_stands_beside_the_help_that_is_no_fact(self, sqlite_chat, rasa, intent):
        rasa.answer = lambda request: says("chat.share_worry", intent)
        visit = await sqlite_chat.open()
        for _ in range(3):
            answer = await visit.say(self.URGENT)
            assert authors(answer) == ["user", "bot"]
            assert "/ask_human" in payloads(answer["messages"][1])

    async def test_after_the_yes_the_case_has_the_tier_of_the_signal(self, sqlite_chat):
        visit = await sqlite_chat.open()
        await visit.say(self.URGENT)
        answer = await visit.press("/ask_human")
        assert answer["state"] == "waiting_for_coach"
        async with sqlite_chat.services.db.read() as session:
            case = (await session.scalars(select(Case))).one()
            signal = (await session.scalars(select(SeenSignal))).first()
        assert (case.tier, case.reason) == (signal.tier, "signal")

    async def test_the_offer_beside_facts_does_not_nag(self, sqlite_chat, rasa):
        rasa.answer = lambda request: says("chat.share_worry", "find_programme")
        visit = await sqlite_chat.open()
        offered = []
        for _ in range(4):
            answer = await visit.say(self.URGENT)
            offered.append(len(answer["messages"]) == 3)
        assert offered == [True, False, True, False]


class TestSecondLook:
    """What the classifier sees once the vector is there; here a stand-in votes, so that each vote is known."""

    VEILED = "zeg tegen mama dat ik van haar hou"
    ACUTE = Signal("suicide_acute", "acute", 0.7, "self", "≈ an example")
    CONCERN = Signal("truancy", "concern", 0.6, "self", "≈ an example")

    @pytest.fixture
    def votes(self, monkeypatch):
        """Decides what both detectors agree on."""

        def agree(*signals: Signal) -> None:
            monkeypatch.setattr("api.chat.second_look.reconsider", lambda text, vector: list(signals))

        return agree

    async def seen(self, chat) -> list[tuple[str, str]]:
        async with chat.services.db.read() as session:
            return [(one.kind, one.tier) for one in (await session.scalars(select(SeenSignal))).all()]

    async def test_danger_that_no_pattern_saw_gets_the_reviewed_reply_and_a_case(self, chat, votes):
        votes(self.ACUTE)
        visit = await chat.open()
        answer = await visit.say(self.VEILED)
        assert authors(answer) == ["user", "bot"]
        assert answer["messages"][1]["cards"][0]["type"] == "helpline"
        assert answer["state"] == "waiting_for_coach"
        assert await self.seen(chat) == [("suicide_acute", "acute")]

    async def test_it_comes_at_once_although_rasa_is_silent(self, sqlite_chat, rasa, votes):
        votes(self.ACUTE)
        rasa.silent_s = 5
        visit = await sqlite_chat.open()
        answer = await asyncio.wait_for(visit.say(self.VEILED), 3)
        assert answer["messages"][1]["cards"][0]["type"] == "helpline"

    async def test_the_same_message_again_opens_no_second_case(self, chat, votes):
        votes(self.ACUTE)
        visit = await chat.open()
        id = str(uuid4())
        first = await visit.say(self.VEILED, client_message_id=id)
        assert await visit.say(self.VEILED, client_message_id=id) == first
        async with chat.services.db.read() as session:
            assert len((await session.scalars(select(Case))).all()) == 1

    async def test_a_concern_brings_the_offer_after_the_answer(self, sqlite_chat, rasa, votes):
        votes(self.CONCERN)
        rasa.answer = lambda request: says("chat.share_worry", "find_programme")
        visit = await sqlite_chat.open()
        answer = await visit.say("iets met dieren")
        assert len(answer["messages"]) == 3
        assert payloads(answer["messages"][2]) == ["/ask_human"]
        assert await self.seen(sqlite_chat) == [("truancy", "concern")]

    async def test_a_wording_that_was_none_is_taken_back(self, sqlite_chat, rasa, votes):
        votes()
        rasa.answer = lambda request: says("chat.share_worry", "find_programme")
        visit = await sqlite_chat.open()
        answer = await visit.say(TestSignals.URGENT)
        assert authors(answer) == ["user", "bot"]
        assert await self.seen(sqlite_chat) == []

    async def test_a_fault_of_the_classifier_leaves_the_patterns_signals(self, sqlite_chat, monkeypatch):
        def fails(text, vector):
            raise ValueError("broken")

        monkeypatch.setattr("api.chat.second_look.reconsider", fails)
        visit = await sqlite_chat.open()
        answer = await visit.say(TestSignals.URGENT)
        assert "/ask_human" in payloads(answer["messages"][1])


class TestTakenBack:
    @pytest.mark.parametrize("text", ["haha grapje", "nee zo bedoel ik dat niet", "just kidding", "I didn't mean it"])
    async def test_a_joke_is_taken_kindly_and_erases_nothing(self, sqlite_chat, text):
        visit = await sqlite_chat.open()
        await visit.say(TestSignals.ACUTE)
        answer = await visit.say(text)
        assert authors(answer) == ["user", "bot"]
        assert answer["messages"][1]["cards"][0]["type"] == "helpline", "the numbers stay"
        assert answer["state"] == "waiting_for_coach"
        async with sqlite_chat.services.db.read() as session:
            assert (await session.scalars(select(Case))).one().closed_at is None
            assert [seen.tier for seen in (await session.scalars(select(SeenSignal))).all()] == ["acute"]

    async def test_without_anything_grave_before_it_is_an_ordinary_message(self, sqlite_chat, rasa):
        visit = await sqlite_chat.open()
        await visit.say("haha grapje")
        assert len(rasa.requests) == 1
        assert rasa.requests[0]["text"] == "haha grapje"
        assert "serieus" not in str((await visit.get()).json())

    async def test_a_joke_that_goes_on_is_no_joke(self, sqlite_chat):
        visit = await sqlite_chat.open()
        await visit.say(TestSignals.ACUTE)
        answer = await visit.say("grapje, ik wil gewoon niet meer leven")
        assert "/ask_human" in payloads(answer["messages"][-1]) or answer["messages"][-1]["cards"]


class TestAskHuman:
    async def test_rasa_may_ask_for_a_coach_and_the_promise_is_said(self, chat, rasa):
        rasa.answer = lambda request: says("chat.share_worry", "ask_human", do="open_case")
        visit = await chat.open()
        answer = await visit.say("kan ik met iemand praten?")
        assert answer["state"] == "waiting_for_coach"
        card = answer["messages"][-1]["cards"][0]
        assert card["type"] == "handoff"
        assert card["due_at"]

    async def test_the_bot_still_answers_while_a_coach_is_awaited(self, sqlite_chat):
        visit = await sqlite_chat.open()
        await visit.press("/ask_human")
        answer = await visit.say("ik zoek ondertussen iets met dieren")
        assert authors(answer) == ["user", "bot"]
        assert answer["state"] == "waiting_for_coach"
