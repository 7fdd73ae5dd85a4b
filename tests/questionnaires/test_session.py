"""A run through a questionnaire: every step gives a new session, and nothing that was answered is lost."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Conflict, NotFound, Refused
from questionnaires import session as sessions
from questionnaires.bank import questionnaire
from questionnaires.session import Did, Session, Status

SAID = (
    "heel leuk",
    "meh",
    "niet echt",
    "4",
    "weet niet",
    "vorige",
    "pauze",
    "verder",
    "stop",
    "wat is bbl?",
    "nog eens",
)


def begun(form: str = "short") -> Session:
    return sessions.start("interests", form=form, language="nl", now=0.0)  # type: ignore[arg-type]


def told(session: Session, *messages: str, each_s: float = 4.0) -> Session:
    now = session.asked_at
    for message in messages:
        now += each_s
        heard = sessions.hear(session, message, now=now)
        session = heard[0] if heard else sessions.put_again(session, now=now)
    return session


class TestHear:
    def test_answers_lead_to_the_end(self) -> None:
        done = told(begun(), *["heel leuk"] * 18)

        assert (done.status, done.progress, done.waiting) == (Status.DONE, (18, 18), None)
        assert not sessions.result(done).is_partial

    def test_progress_counts_the_waiting_item(self) -> None:
        assert begun().progress == (1, 18)
        assert told(begun(), "4", "weet niet").progress == (3, 18)

    def test_a_question_in_between_changes_nothing(self) -> None:
        before = told(begun(), "4", "meh")

        assert sessions.hear(before, "wat is bbl?", now=99.0) is None
        assert sessions.put_again(before, now=99.0).waiting == before.waiting

    def test_going_back_keeps_the_answer_until_another_is_given(self) -> None:
        back = told(begun(), "4", "vorige")
        assert (back.progress[0], back.answers) == (1, {"r01": 4})

        assert told(back, "no way").answers == {"r01": 1}

    def test_back_at_the_first_item_stays_there(self) -> None:
        assert told(begun(), "vorige").progress == (1, 18)

    def test_skipping_an_item_that_had_an_answer_takes_it_back(self) -> None:
        again = told(begun(), "4", "vorige", "weet niet")

        assert (dict(again.answers), again.skipped) == ({}, {"r01"})
        assert told(again, "vorige", "5").skipped == frozenset()

    def test_a_pause_waits_and_goes_on_at_the_same_item(self) -> None:
        paused = told(begun(), "4", "pauze")
        assert (paused.status, paused.waiting) == (Status.PAUSED, None)
        assert sessions.hear(paused, "heel leuk", now=50.0) is None

        heard = sessions.hear(paused, "verder", now=9000.0)
        assert heard is not None
        assert (heard[1], heard[0].progress) == (Did.RESUMED, (2, 18))

    def test_stopping_gives_what_is_there_and_lets_one_go_on(self) -> None:
        stopped = told(begun(), *["5"] * 12, "stop")
        result = sessions.result(stopped)

        assert result.is_partial
        assert result.profile.is_complete  # two of three of every type
        assert told(stopped, "verder").progress == (13, 18)

    def test_a_done_questionnaire_hears_nothing(self) -> None:
        done = told(begun(), *["5"] * 18)

        assert sessions.hear(done, "4", now=99.0) is None
        assert sessions.hear(done, "verder", now=99.0) is None

    @given(st.lists(st.sampled_from(SAID), max_size=60))
    def test_any_talk_keeps_a_session_whole(self, messages: list[str]) -> None:
        session = told(begun(), *messages)

        assert (session.waiting is None) == (session.status is not Status.RUNNING)
        assert not session.skipped & session.answers.keys()
        assert 1 <= session.progress[0] <= session.progress[1] == 18
        assert 0 <= session.active_s <= sessions.LONGEST_THOUGHT_S * len(messages)
        assert Session.from_dict(json.loads(json.dumps(session.to_dict()))) == session


class TestTime:
    def test_a_break_or_a_question_in_between_does_not_count(self) -> None:
        answered = told(begun(), "4", "pauze")
        resumed = sessions.resume(answered, now=8000.0)

        assert told(resumed, "4").active_s == pytest.approx(8.0)

    def test_a_very_long_thought_counts_as_a_minute(self) -> None:
        assert sessions.answer(begun(), 4, now=7200.0).active_s == sessions.LONGEST_THOUGHT_S

    def test_a_clock_that_was_set_back_costs_nothing(self) -> None:
        assert sessions.answer(begun(), 4, now=-5.0).active_s == 0.0


class TestKeeping:
    def test_it_is_small_and_holds_no_words(self) -> None:
        done = told(begun("long"), *["heel leuk"] * 60)
        kept = json.dumps(done.to_dict())

        assert len(kept) < 1200
        assert "leuk" not in kept

    def test_what_a_newer_version_no_longer_asks_is_left_out(self) -> None:
        kept = told(begun(), "4", "meh").to_dict() | {"version": 0}
        kept["answers"] |= {"gone": 4, "i01": 9}
        read = Session.from_dict(kept)

        assert (read.answers, read.version) == ({"r01": 4}, questionnaire("interests").version)
        assert read.waiting is not None
        assert read.waiting.id == "i01"

    @pytest.mark.parametrize("kept", [{}, {"questionnaire": "interests"}, begun().to_dict() | {"answers": [1]}])
    def test_what_is_no_session_is_refused(self, kept: dict[str, object]) -> None:
        with pytest.raises(Refused, match="Start it again"):
            Session.from_dict(kept)

    def test_a_questionnaire_that_is_gone_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            Session.from_dict(begun().to_dict() | {"questionnaire": "horoscope"})


class TestRules:
    def test_the_language_changes_in_the_middle_and_answers_stay(self) -> None:
        half = told(begun(), "4", "meh")
        switched = sessions.switch_language(half, "en")

        assert (switched.language, switched.answers, switched.progress) == ("en", half.answers, half.progress)
        assert told(switched, "no way", "niet echt").progress == (5, 18)

    def test_an_answer_that_the_item_does_not_have_is_refused(self) -> None:
        with pytest.raises(Refused, match="no answer to r01"):
            sessions.answer(begun(), 6, now=1.0)

    def test_answering_what_is_paused_or_resuming_what_runs_is_a_conflict(self) -> None:
        with pytest.raises(Conflict):
            sessions.answer(sessions.pause(begun()), 3, now=1.0)
        with pytest.raises(Conflict):
            sessions.resume(begun(), now=1.0)

    def test_an_unknown_language_is_refused(self) -> None:
        with pytest.raises(Refused):
            sessions.switch_language(begun(), "fr")  # type: ignore[arg-type]

    def test_a_whole_run_gives_a_result_with_its_cautions(self, run_through: Callable[..., Session]) -> None:
        hasty = run_through("attitude", dict.fromkeys(questionnaire("attitude").items, 5), each_s=1.0)

        assert set(sessions.result(hasty).cautions) == {"straight_line", "contradictions", "too_fast"}
