"""The rules of a case. Each act settles its race in the database and leaves an audit row in the same transaction.

Who touches a conversation and its case locks the conversation first: two acts then never wait for each other.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries as chat
from api.chat.models import Conversation, Message
from api.chat.said import Said, Voice
from api.chat.service import append, record_state
from api.chat.speaking import speak
from api.coaches import queries as coaches
from api.coaches.models import Coach
from api.handoff import audit, owning, queries, sayings
from api.handoff.hours import promise
from api.handoff.models import Case, CaseNote
from api.handoff.referral import route
from api.sites.service import Site, get_site
from api.states import GRAVITY, Author, CaseReason, CaseStatus, Owner, Tier
from core.errors import Conflict, NotFound, Refused

LONGEST_SNOOZE = timedelta(days=30)
"""A case that sleeps longer should be closed with a note."""


async def open_case(
    session: AsyncSession, conversation: Conversation, *, reason: CaseReason, tier: Tier, site: Site, now: datetime
) -> Case:
    """Ask for a coach. A running case is kept: its tier rises and its due time moves up, never the other way.

    An acute signal wakes a snoozed case, and raises an alarm where a coach is at work already. Says nothing itself.
    """
    # Held even if the caller forgot to: two signals at once must not open two cases.
    await session.execute(select(Conversation.id).where(Conversation.id == conversation.id).with_for_update())
    due_at = promise(site, tier, now).due_at
    seen = [signal.kind for signal in await chat.signals(session, conversation.id)]
    leads_to = route(seen, country=site.country, age=_age(conversation))
    case = await queries.running(session, conversation.id)
    if case is None:
        case = Case(
            conversation_id=conversation.id,
            team=site.team,
            reason=reason,
            tier=tier,
            route=leads_to,
            opened_at=now,
            due_at=due_at,
        )
        session.add(case)
        await session.flush()
        audit.record(session, case, "case_opened", actor=audit.VISITOR, now=now)
        return case
    _raise(session, case, reason=reason, tier=tier, due_at=due_at, now=now)
    case.route = leads_to
    await session.flush()
    return case


def _raise(
    session: AsyncSession, case: Case, *, reason: CaseReason, tier: Tier, due_at: datetime, now: datetime
) -> None:
    """Make a running case as urgent as the newest reason for it."""
    case.due_at = min(case.due_at, due_at)
    if reason is CaseReason.SIGNAL:
        case.reason = reason
    if GRAVITY[tier] < GRAVITY[case.tier]:
        case.tier = tier
        audit.record(session, case, "tier_raised", actor=audit.SYSTEM, now=now)
    if tier is Tier.ACUTE and case.status is not CaseStatus.OPEN:
        audit.record(session, case, audit.ALARM, actor=audit.SYSTEM, now=now)
        if case.status is CaseStatus.SNOOZED:
            _back_to_queue(case)


def promise_utterance(case: Case, *, site: Site, now: datetime) -> dict[str, Any]:
    """What to tell the visitor: who answers and by when, and whether somebody is there now."""
    return sayings.waiting(site, case.tier, promise(site, case.tier, now), due_at=case.due_at, now=now)


async def claim(session: AsyncSession, case_id: UUID, *, coach: Coach, now: datetime) -> Case:
    """Take a waiting case. Of all who try, the database lets one win.

    Raises:
        NotFound: another team's, or none.
        Conflict: another coach was first, or the case is closed.
    """
    won = await session.scalar(
        update(Case)
        .where(Case.id == case_id, Case.team == coach.team, Case.status.in_([CaseStatus.OPEN, CaseStatus.SNOOZED]))
        .values(status=CaseStatus.CLAIMED, coach_id=coach.id, snoozed_until=None)
        .returning(Case.id)
        .execution_options(synchronize_session=False)
    )
    if won is None:
        case = await queries.of_team(session, case_id, team=coach.team)
        if case.status is CaseStatus.CLOSED:
            raise Conflict("This case is closed.", "Reopen it first.")
        raise Conflict("Another coach claimed this case.", "Pick the next one in the queue.")
    case = await session.get_one(Case, case_id, populate_existing=True)
    audit.record(session, case, "case_claimed", actor=audit.coach_actor(coach), now=now)
    return case


async def reply(
    session: AsyncSession, case_id: UUID, *, coach: Coach, text: str, client_message_id: UUID, now: datetime
) -> Message:
    """Say something to the visitor. The first message makes the coach the owner, in the same transaction.

    Sent again with the same id: the message that was stored the first time, nothing happens twice.

    Raises:
        NotFound: another team's, or none.
        Conflict: the coach has not claimed the case, or the conversation has ended.
    """
    case, conversation = await _held(session, case_id, coach)
    known = await chat.message_by_client_id(session, conversation.id, client_message_id)
    if known is not None:
        if known.author is not Author.COACH:
            raise Conflict("This id belongs to another message.", "Make a new one.")
        return known
    if case.status is not CaseStatus.CLAIMED or case.coach_id != coach.id:
        raise Conflict("You have not claimed this case.", "Claim it, then answer.")
    if conversation.ended_at is not None:
        raise Conflict("This conversation has ended.", "Close the case.")
    if await owning.take_over(session, conversation, coach, now=now):
        audit.record(session, case, "coach_joined", actor=audit.coach_actor(coach), now=now)
    message = await append(
        session, conversation, author=Author.COACH, said=Said(text), now=now, client_message_id=client_message_id
    )
    case.last_coach_message_at = now
    audit.record(session, case, "coach_replied", actor=audit.coach_actor(coach), now=now)
    await session.flush()
    return message


async def note(session: AsyncSession, case_id: UUID, *, coach: Coach, text: str, now: datetime) -> CaseNote:
    """Write something down for colleagues; any coach of the team may, also after closing."""
    case = await queries.of_team(session, case_id, team=coach.team)
    written = CaseNote(case_id=case.id, coach_id=coach.id, body={"text": text}, written_at=now)
    session.add(written)
    audit.record(session, case, "note_written", actor=audit.coach_actor(coach), now=now)
    await session.flush()
    return written


async def transfer(session: AsyncSession, case_id: UUID, *, coach: Coach, to: UUID | None, now: datetime) -> Case:
    """Hand a case to a colleague, or back to the queue. Until the next coach speaks, the bot does.

    Any coach of the team may: the one who claimed it can be ill.

    Raises:
        NotFound: another team's, or none.
        Conflict: the case is closed.
        Refused: nobody of the team has that id.
    """
    case, conversation = await _held(session, case_id, coach)
    _refuse_closed(case)
    if to is not None and await coaches.colleague(session, to, team=coach.team) is None:
        raise Refused("Nobody in your team has this id.", "Choose a colleague from the list.")
    await owning.give_back(session, conversation, why="transferred", now=now)
    if to is None:
        _back_to_queue(case)
    else:
        case.status, case.coach_id, case.snoozed_until = CaseStatus.CLAIMED, to, None
    audit.record(session, case, "case_transferred", actor=audit.coach_actor(coach), now=now)
    await record_state(session, conversation, now)
    return case


async def snooze(session: AsyncSession, case_id: UUID, *, coach: Coach, until: datetime, now: datetime) -> Case:
    """Put a case aside; it comes back to the queue by itself, or at once when an acute signal comes.

    Raises:
        NotFound: another team's, or none.
        Conflict: the case is closed, or another coach's, or somebody in danger has had no answer yet.
        Refused: `until` is past or too far away.
    """
    case, conversation = await _held(session, case_id, coach)
    if not now < until <= now + LONGEST_SNOOZE:
        raise Refused("That moment is past, or more than 30 days away.", "Choose a nearer one.")
    _refuse_closed(case)
    _refuse_others(case, coach)
    if case.tier is Tier.ACUTE and await queries.is_unanswered(session, case):
        raise Conflict("This visitor may be in danger and has had no answer.", "Answer first, or hand the case over.")
    await owning.give_back(session, conversation, why="snoozed", now=now)
    case.status, case.coach_id, case.snoozed_until = CaseStatus.SNOOZED, coach.id, until
    audit.record(session, case, "case_snoozed", actor=audit.coach_actor(coach), now=now)
    await record_state(session, conversation, now)
    return case


async def close(session: AsyncSession, case_id: UUID, *, coach: Coach, now: datetime) -> Case:
    """Finish a case. The bot is back and says so; if no coach spoke, the visitor hears that instead.

    Raises:
        NotFound: another team's, or none.
        Conflict: it is closed already, or another coach's.
    """
    case, conversation = await _held(session, case_id, coach)
    _refuse_closed(case)
    _refuse_others(case, coach)
    is_back = await owning.give_back(session, conversation, why="closed", now=now)
    if not is_back and case.last_coach_message_at is None and conversation.ended_at is None:
        said = speak(sayings.closed_unmet(), Voice.of(conversation))
        await append(session, conversation, author=Author.BOT, said=said, now=now)
    case.status, case.closed_at, case.snoozed_until = CaseStatus.CLOSED, now, None
    audit.record(session, case, "case_closed", actor=audit.coach_actor(coach), now=now)
    await record_state(session, conversation, now)
    return case


async def reopen(session: AsyncSession, case_id: UUID, *, coach: Coach, now: datetime) -> Case:
    """Put a closed case back in the queue, due anew.

    Raises:
        NotFound: another team's, or none.
        Conflict: it runs, or the conversation has a newer case that runs.
    """
    case, conversation = await _held(session, case_id, coach)
    if case.status is not CaseStatus.CLOSED:
        raise Conflict("This case is not closed.", "Claim it in the queue.")
    if await queries.running(session, conversation.id) is not None:
        raise Conflict("This conversation has a newer case.", "Go on with that one.")
    case.due_at = promise(get_site(conversation.site), case.tier, now).due_at
    case.closed_at = None
    _back_to_queue(case)
    audit.record(session, case, "case_reopened", actor=audit.coach_actor(coach), now=now)
    await record_state(session, conversation, now)
    return case


async def return_to_bot(
    session: AsyncSession, conversation: Conversation, case: Case, *, why: sayings.Why, now: datetime
) -> bool:
    """Let the bot speak again while the case goes on; False when it does already."""
    if not await owning.give_back(session, conversation, why=why, now=now):
        return False
    audit.record(session, case, f"bot_back_{why}", actor=audit.SYSTEM, now=now)
    await record_state(session, conversation, now)
    return True


async def end_absence(session: AsyncSession, case_id: UUID, *, before: datetime, now: datetime) -> bool:
    """Bring the bot back where the coach has said nothing since `before`; looks again under the lock.

    If the visitor waits for an answer, the case goes back to the queue: a colleague can see it there.
    """
    seen = await session.get(Case, case_id)
    conversation = None if seen is None else await chat.locked(session, seen.conversation_id)
    if conversation is None or conversation.owner is not Owner.COACH:
        return False
    case = await queries.locked(session, case_id)
    if (case.last_coach_message_at or case.opened_at) >= before:
        return False
    is_waited_for = await queries.visitor_spoke_last(session, conversation.id)
    if is_waited_for:
        _back_to_queue(case)
    return await return_to_bot(session, conversation, case, why="absent" if is_waited_for else "quiet", now=now)


async def wake(session: AsyncSession, case_id: UUID, *, now: datetime) -> bool:
    """Bring a snoozed case back to the queue; False when somebody was faster."""
    woken = await session.scalar(
        update(Case)
        .where(Case.id == case_id, Case.status == CaseStatus.SNOOZED, Case.snoozed_until <= now)
        .values(status=CaseStatus.OPEN, coach_id=None, snoozed_until=None)
        .returning(Case.id)
        .execution_options(synchronize_session=False)
    )
    if woken is None:
        return False
    case = await session.get_one(Case, case_id, populate_existing=True)
    audit.record(session, case, "case_woken", actor=audit.SYSTEM, now=now)
    return True


async def _held(session: AsyncSession, case_id: UUID, coach: Coach) -> tuple[Case, Conversation]:
    """A case of the coach's team and its conversation, both held until the transaction ends."""
    seen = await queries.of_team(session, case_id, team=coach.team)
    conversation = await chat.locked(session, seen.conversation_id)
    if conversation is None:
        raise NotFound("There is no such case in your team.", "Look in the queue.")
    return await queries.locked(session, case_id), conversation


def _refuse_closed(case: Case) -> None:
    if case.status is CaseStatus.CLOSED:
        raise Conflict("This case is closed.", "Reopen it first.")


def _refuse_others(case: Case, coach: Coach) -> None:
    if case.status is CaseStatus.CLAIMED and case.coach_id != coach.id:
        raise Conflict("Another coach claimed this case.", "Take it over with a transfer to yourself.")


def _back_to_queue(case: Case) -> None:
    case.status, case.coach_id, case.snoozed_until = CaseStatus.OPEN, None, None


def _age(conversation: Conversation) -> int | None:
    """The age that the visitor told, if any."""
    age = conversation.slots.get("age")
    return int(age) if isinstance(age, int | str) and str(age).isdecimal() else None
