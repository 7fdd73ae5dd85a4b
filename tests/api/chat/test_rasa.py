"""The way to Rasa: replicas, silence, and what Rasa never gets to see. Against a double at the process border."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest

from api.chat.asking_rasa import TURNS_A_SESSION, harmless, needs_new_session, parse_payload, request_of
from api.chat.models import Conversation, Message
from api.chat.rasa import Rasa, RasaSilent
from api.chat.said import Said
from api.states import Author, Country, Language, Owner
from bot.encoder import DIMENSIONS
from core.errors import Refused
from tests.api.rasa_double import RasaDouble
from tests.api.serving import served

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9"


async def ask(addresses: list[str], conversation_id: UUID, *, timeout_s: float = 1.0):
    client = Rasa(addresses, secret="s3cret", timeout_s=timeout_s)
    try:
        return await client.ask(conversation_id, {"sender": "x"})
    finally:
        await client.close()


class TestAsk:
    async def test_the_secret_goes_along(self, rasa):
        reply = await ask([rasa.address], uuid4())
        assert rasa.secrets == {"s3cret"}
        assert reply.utterances[0]["say"] == "chat.share_worry"

    async def test_a_conversation_stays_with_its_replica(self, rasa):
        other = RasaDouble()
        async with served(other.app) as second:
            conversation = uuid4()
            for _ in range(4):
                await ask([rasa.address, second], conversation)
        assert sorted([len(rasa.requests), len(other.requests)]) == [0, 4]

    async def test_conversations_spread_over_the_replicas(self, rasa):
        other = RasaDouble()
        async with served(other.app) as second:
            for number in range(20):
                await ask([rasa.address, second], UUID(int=number))
        assert rasa.requests
        assert other.requests

    @pytest.mark.parametrize("number", range(4))
    async def test_a_replica_that_is_down_is_passed_over(self, rasa, number):
        await ask([NOBODY, rasa.address], UUID(int=number))
        assert len(rasa.requests) == 1

    async def test_a_replica_without_a_model_is_passed_over(self, rasa):
        broken = RasaDouble()
        broken.status = 503
        async with served(broken.app) as second:
            for number in range(6):
                await ask([second, rasa.address], UUID(int=number))
        assert len(rasa.requests) == 6
        assert broken.requests

    async def test_silence_ends_in_time(self, rasa):
        rasa.silent_s = 5
        with pytest.raises(RasaSilent):
            await ask([rasa.address], uuid4(), timeout_s=0.2)

    async def test_an_answer_that_is_none_counts_as_down(self, rasa):
        rasa.answer = lambda request: {"hello": "world"}
        with pytest.raises(RasaSilent):
            await ask([rasa.address], uuid4())

    async def test_forgetting_asks_every_replica(self, rasa):
        client = Rasa([rasa.address, NOBODY], secret="x", timeout_s=1)
        assert await client.forget(UUID(int=1)) is False
        assert rasa.erased == [str(UUID(int=1))]
        await client.close()


class TestHarmless:
    @pytest.mark.parametrize(
        "text",
        [
            "/restart",
            " /restart",
            "\u00a0/restart",
            "\n\t/restart",
            "//restart",
            "/ /restart",
            "\x1c/restart",
            "\u2003//\u00a0/restart",
        ],
    )
    def test_a_text_never_becomes_a_command(self, text):
        assert harmless(text) == "restart"

    def test_a_slash_within_stays(self):
        assert harmless("havo/vwo") == "havo/vwo"

    def test_nothing_but_slashes_is_still_a_message(self):
        assert harmless(" // ") == "-"


class TestParsePayload:
    def test_intent_and_entities_come_apart(self):
        assert parse_payload('/find_programme{"city": "Utrecht"}') == {
            "intent": "find_programme",
            "entities": {"city": "Utrecht"},
        }
        assert parse_payload("/greet") == {"intent": "greet", "entities": {}}

    @pytest.mark.parametrize("payload", ["greet", "/", "/a b", "/a{", '/a["x"]', "/a{} x", '/a{"x": }'])
    def test_anything_else_is_refused(self, payload):
        with pytest.raises(Refused):
            parse_payload(payload)


def make_turn(text: str = "hoi", **given) -> tuple[Conversation, Message]:
    conversation = Conversation(
        **{
            "id": uuid4(),
            "site": "demo-nl",
            "country": Country.NL,
            "language": Language.NL,
            "owner": Owner.BOT,
            "slots": {"level": "3"},
            "rasa_session": 0,
            "rasa_session_at": NOON,
            "turns": 3,
        }
        | given
    )
    message = Message(author=Author.USER, seq=2, body=Said(text).body(), sent_at=NOON)
    return conversation, message


async def request(text: str, *, session: int = 0):
    conversation, message = make_turn(text)
    return conversation, await request_of(conversation, message, language=Language.NL, signals=[], session=session)


class TestRequest:
    async def test_personal_data_does_not_reach_rasa(self):
        _, sent = await request("mail me op jan@voorbeeld.nl of bel 06-12345678")
        assert "jan" not in sent["text"]
        assert "12345678" not in sent["text"]

    async def test_a_slash_behind_personal_data_does_not_lead(self):
        _, sent = await request("\u00a0/restart")
        assert not sent["text"].strip().startswith("/")

    async def test_the_vector_goes_along_as_little_endian_floats(self):
        from bot.encoder import encode

        _, sent = await request("iets met dieren")
        vector = np.frombuffer(base64.b64decode(sent["metadata"]["vectors"]), "<f4")
        assert vector.shape == (DIMENSIONS,)
        np.testing.assert_allclose(vector, encode(["iets met dieren"])[0], rtol=1e-5)

    async def test_slots_come_along_only_into_a_new_session(self):
        conversation, sent = await request("hoi")
        assert (sent["sender"], sent["slots"]) == (f"{conversation.id}.0", None)
        conversation, sent = await request("hoi", session=1)
        assert (sent["sender"], sent["slots"]) == (f"{conversation.id}.1", {"level": "3"})

    @pytest.mark.parametrize(("turns", "hours", "expected"), [(3, 1, False), (TURNS_A_SESSION, 1, True), (3, 23, True)])
    def test_a_long_or_old_session_gives_way_to_a_new_one(self, turns, hours, expected):
        conversation, _ = make_turn(turns=turns)
        assert needs_new_session(conversation, now=NOON + timedelta(hours=hours)) is expected
