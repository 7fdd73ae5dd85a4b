"""The door to Rasa: who may come in, what goes through it, and what stays behind."""

import base64
import sqlite3

import numpy as np
import pytest
from conftest import PLANTED, Server

from bot import encoder

MESSAGE = {"sender": "door.1", "text": "hoi", "payload": None, "metadata": {}, "slots": None}


def packed(text: str) -> str:
    """A text's vector as the API sends it."""
    return base64.b64encode(encoder.encode([text])[0].astype("<f4").tobytes()).decode()


def rows(server: Server) -> str:
    """Everything that the tracker store keeps, as one text."""
    with sqlite3.connect(server.tracker) as database:
        return "\n".join(database.iterdump())


class TestSecret:
    @pytest.mark.parametrize("secret", [None, "", "wrong"])
    @pytest.mark.parametrize(("method", "path"), [("POST", "message"), ("DELETE", "trackers/abc")])
    def test_who_does_not_know_it_gets_nothing(self, server, method, path, secret):
        assert server.request(method, path, MESSAGE, secret=secret) == (401, {"error": "unauthorized"})

    def test_rasas_own_doors_do_not_exist(self, server):
        for path in ("../rest/webhook", "../../model/parse", "../../conversations/door.1/tracker", "../../version"):
            assert server.request("POST", path, MESSAGE)[0] == 404

    def test_health_needs_none(self, server):
        assert server.request("GET", "health", secret=None) == (200, {"status": "ok"})


class TestRequest:
    @pytest.mark.parametrize(
        "change",
        [
            {"sender": ""},
            {"sender": "../etc.1"},
            {"text": None},
            {"text": "   "},
            {"text": "x" * 4001},
            {"text": 7},
            {"payload": {"intent": "greet"}},
            {"text": None, "payload": {"intent": "no_such_intent"}},
            {"text": None, "payload": {"intent": "restart"}},
            {"text": None, "payload": {"intent": "nlu_fallback"}},
            {"slots": ["x"]},
        ],
    )
    def test_what_breaks_the_contract_is_refused_without_being_quoted(self, server, change):
        status, answer = server.request("POST", "message", {**MESSAGE, **change})
        assert status == 422
        assert "etc" not in str(answer)

    def test_no_json_is_refused(self, server):
        assert server.request("POST", "message", b"{")[0] == 422


class TestTurn:
    def test_a_greeting_is_answered_with_keys_and_what_was_understood(self, server):
        answer = server.say("hallo daar")
        assert answer["intent"]["name"] == "greet"
        assert answer["ranking"][0]["intent"] == "greet"
        assert [said["say"] for said in answer["utterances"]] == ["talk.greet"]
        assert answer["active_form"] is None

    @pytest.mark.parametrize(
        "slash", ["/restart", "\u00a0/restart", "\n/restart", "//restart", '/greet{"city": "Ede"}']
    )
    def test_text_never_becomes_a_command(self, server, slash):
        sender = server.new_sender()
        server.say("hoi", sender=sender, slots={"current_programme": "nl-mbo-25180"})
        answer = server.say(slash, sender=sender)
        assert answer["slots"]["current_programme"] == "nl-mbo-25180"
        assert answer["intent"]["confidence"] < 1.0

    def test_a_button_is_taken_at_its_word(self, server):
        answer = server.say(payload={"intent": "ask_human", "entities": {}})
        assert answer["intent"] == {"name": "ask_human", "confidence": 1.0}
        assert answer["utterances"][0]["do"] == "open_case"

    def test_a_new_session_takes_over_known_slots_only(self, server):
        slots = {"wishes": {"level": "3"}, "no_such_slot": 1}
        assert server.say("hoi", slots=slots)["slots"] == {"wishes": {"level": "3"}}

    def test_a_vector_that_was_sent_along_is_used_instead_of_encoding(self, server):
        text = "ik wil met iemand praten"
        alone = server.say(text)["ranking"][0]
        other = server.say(text, metadata={"vectors": packed("what is the weather like tomorrow")})["ranking"][0]
        same = server.say(text, metadata={"vectors": packed(text)})["ranking"][0]
        assert same == alone
        assert other != alone

    @pytest.mark.parametrize(
        "vectors", ["", "?", base64.b64encode(b"abcd").decode(), base64.b64encode(np.full(896, np.nan, "<f4")).decode()]
    )
    def test_a_damaged_vector_is_replaced(self, server, vectors):
        assert server.say("hallo daar", metadata={"vectors": vectors})["intent"]["name"] == "greet"

    def test_offsets_are_those_of_the_text_that_was_sent(self, server):
        text = "  \n ik zoek een opleiding in Zwolle"
        found = next(one for one in server.say(text)["entities"] if one["entity"] == "city")
        assert text[found["start"] : found["end"]] == found["value"] == "Zwolle"

    def test_the_visitor_is_told_when_an_action_cannot_run(self, server):
        answer = server.say("ik wil iets met dieren in Zwolle")
        assert [said["say"] for said in answer["utterances"]] == ["talk.trouble"]
        assert answer["utterances"][0]["buttons"]

    def test_a_long_talk_goes_on(self, server):
        sender = server.new_sender()
        for _ in range(25):
            answer = server.say("dank je wel", sender=sender)
        assert answer["utterances"][0]["say"] == "talk.thanks"


class TestNothingIsLeftBehind:
    def test_no_word_of_a_message_reaches_log_or_tracker(self, server):
        sender = server.new_sender()
        for text in (f"hoi {PLANTED}", f"iets met {PLANTED}", f"/{PLANTED}", f"{PLANTED} asdf {PLANTED}"):
            server.say(text, sender=sender, metadata={"language": "nl", "vectors": packed(text)})
        server.request("POST", "message", {**MESSAGE, "sender": PLANTED + "!", "text": PLANTED})
        kept = rows(server)
        assert sender in kept
        assert PLANTED not in kept
        assert "vectors" not in kept
        assert PLANTED not in server.log.read_text()

    def test_the_trackers_of_one_conversation_go_and_no_other(self, server):
        server.say("hoi", sender="gone.1")
        server.say("hoi", sender="gone.2")
        server.say("hoi", sender="gone2.1")
        assert server.request("DELETE", "trackers/gone")[0] == 204
        kept = rows(server)
        assert "'gone.1'" not in kept
        assert "'gone.2'" not in kept
        assert "'gone2.1'" in kept

    def test_a_name_that_is_no_conversation_deletes_nothing(self, server):
        server.say("hoi", sender="stays.1")
        assert server.request("DELETE", "trackers/%25")[0] == 404
        assert "'stays.1'" in rows(server)
