"""Two real processes on one PostgreSQL, the same moment: what must happen once happens once."""

from collections import Counter
from uuid import uuid4

import pytest
from sqlalchemy import select

from api.handoff.models import AuditEntry
from api.states import Author, CaseStatus, Owner, Tier
from tests.api.handoff.ownership import check_log, owner_after

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROUNDS = 24


async def test_of_two_claims_at_the_same_moment_exactly_one_wins(cluster):
    winners = Counter()
    for _ in range(ROUNDS):
        case = await cluster.waiting_case()
        results = await cluster.together(
            *({"do": "claim", "case": str(case.id), "coach": str(coach.id)} for coach in cluster.coaches)
        )
        won = [result["did"] for result in results if "did" in result]
        assert len(won) == 1, results
        assert {"refused": "Conflict"} in results
        (now,) = await cluster.cases(case.conversation_id)
        assert (now.status, str(now.coach_id)) == (CaseStatus.CLAIMED, won[0])
        async with cluster.services.db.read() as session:
            claims = select(AuditEntry).where(AuditEntry.case_id == case.id, AuditEntry.what == "case_claimed")
            assert [entry.actor for entry in await session.scalars(claims)] == [f"coach:{won[0]}"]
        winners[won[0]] += 1
    assert len(winners) == 2, "one process was always first: this was no race"


async def test_no_answer_of_the_bot_comes_after_the_coachs_first_message(cluster):
    coach, outcomes = cluster.coaches[0], Counter()
    for number in range(ROUNDS):
        case = await cluster.waiting_case(claimed_by=coach)
        seq = await cluster.question(case.conversation_id)
        # From a coach who is 20 ms early to one who comes 60 ms late: the bot's turn takes about 30 ms.
        late_s = -0.02 + 0.08 * number / ROUNDS
        answered, replied = await cluster.together(
            {"do": "answer", "conversation": str(case.conversation_id), "seq": seq},
            {
                "do": "reply",
                "case": str(case.id),
                "coach": str(coach.id),
                "client_message_id": str(uuid4()),
                "late_s": late_s,
            },
        )
        assert "did" in answered
        assert "did" in replied
        async with cluster.services.db.read() as session:
            messages = await check_log(session, case.conversation_id)
        assert owner_after(messages) is Owner.COACH
        outcomes[any(message.answers_seq == seq for message in messages)] += 1
    assert set(outcomes) == {True, False}, f"the bot was always first, or never: {outcomes}"


async def test_an_answer_that_meets_the_end_of_the_talk_keeps_the_order(cluster):
    coach = cluster.coaches[0]
    for number in range(ROUNDS // 2):
        case = await cluster.waiting_case(claimed_by=coach)
        reply = {"do": "reply", "case": str(case.id), "coach": str(coach.id), "client_message_id": str(uuid4())}
        seq = await cluster.question(case.conversation_id)
        await cluster.together(reply, {"do": "answer", "conversation": str(case.conversation_id), "seq": seq})
        seq = await cluster.question(case.conversation_id)
        _answered, closed = await cluster.together(
            {"do": "answer", "conversation": str(case.conversation_id), "seq": seq},
            {"do": "close", "case": str(case.id), "coach": str(coach.id), "late_s": 0.002 * number},
        )
        assert closed == {"did": "closed"}
        async with cluster.services.db.read() as session:
            messages = await check_log(session, case.conversation_id)
        assert owner_after(messages) is Owner.BOT


async def test_a_reply_that_was_sent_to_two_processes_is_said_once(cluster):
    coach = cluster.coaches[0]
    for _ in range(ROUNDS // 2):
        case = await cluster.waiting_case(claimed_by=coach)
        order = {"do": "reply", "case": str(case.id), "coach": str(coach.id), "client_message_id": str(uuid4())}
        first, second = await cluster.together(order, order)
        assert first == second
        assert "did" in first
        async with cluster.services.db.read() as session:
            messages = await check_log(session, case.conversation_id)
        assert [message.author for message in messages].count(Author.COACH) == 1


async def test_two_signals_at_the_same_moment_open_one_case_as_urgent_as_the_graver(cluster):
    for _ in range(ROUNDS // 2):
        conversation_id = await cluster.conversation()
        first, second = await cluster.together(
            *({"do": "open_case", "conversation": str(conversation_id), "tier": tier} for tier in ("concern", "acute"))
        )
        assert first == second
        (case,) = await cluster.cases(conversation_id)
        assert case.tier is Tier.ACUTE
