"""When the bot brings a person in: a case is opened, and the visitor hears who answers and when."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries
from api.chat.models import Conversation, SeenSignal
from api.chat.said import Said, Voice
from api.chat.second_look import as_screened
from api.chat.service import record_state
from api.chat.speaking import speak
from api.chat.storing import OpenTurn
from api.handoff import service as handoff
from api.signals_reply import offer
from api.sites.service import get_site
from api.states import GRAVITY, CaseReason, Tier
from bot.signals import takes_back

ASK_HUMAN = "/ask_human"
"""The button that asks for a coach."""

JUST_SAID = 12
"""How many messages, ours and changes of state included, may lie between a message and what takes it back."""

OFFER_AGAIN = 3
"""Every third message that worries us renews the offer: not a nag, not a thing said once."""


async def bring_in_coach(session: AsyncSession, conversation: Conversation, *, now: datetime) -> Said:
    """Open a case on the visitor's request and say the promise.

    A signal that was seen since the last case decides how soon; else it is a plain wish for a person.
    """
    tier = gravest(await _signals_since_last_case(session, conversation))
    worried = tier is not Tier.INFORMATION
    site = get_site(conversation.site)
    reason = CaseReason.SIGNAL if worried else CaseReason.ASKED
    case = await handoff.open_case(session, conversation, reason=reason, tier=tier, site=site, now=now)
    await record_state(session, conversation, now)
    return speak(handoff.promise_utterance(case, site=site, now=now), Voice.of(conversation))


async def offer_coach(
    session: AsyncSession, conversation: Conversation, here: Sequence[SeenSignal], *, stands_alone: bool
) -> Said | None:
    """Help and the offer of a coach after a worrying message.

    Args:
        here: the signals of this message.
        stands_alone: nothing else will be said to it, so the help comes even if it came before.

    Returns:
        None when nothing worries, it was offered lately, or a coach is asked already.
    """
    tier = gravest(here)
    if tier not in (Tier.URGENT, Tier.CONCERN):
        return None
    if stands_alone or await _is_due(session, conversation, tier):
        return offer([as_screened(signal) for signal in here], voice=Voice.of(conversation))
    return None


async def _is_due(session: AsyncSession, conversation: Conversation, tier: Tier) -> bool:
    """Whether an offer is not a nag: no coach is asked yet, and it is the first such message or the third."""
    if await queries.has_running_case(session, conversation.id):
        return False
    seen = await _signals_since_last_case(session, conversation)
    so_far = {signal.message_seq for signal in seen if GRAVITY[signal.tier] <= GRAVITY[tier]}
    return len(so_far) == 1 or len(so_far) % OFFER_AGAIN == 0


async def taken_back_now(session: AsyncSession, turn: OpenTurn) -> SeenSignal | None:
    """The acute or urgent signal that this message takes back, if it does nothing but that; the latest such one."""
    text = turn.message.body["text"]
    if turn.message.body["payload"] or gravest(turn.signals) is not Tier.INFORMATION:
        return None
    before = await queries.signals(session, turn.conversation.id)
    grave = [seen for seen in before if seen.tier in (Tier.ACUTE, Tier.URGENT)]
    if not grave or turn.message.seq - grave[-1].message_seq > JUST_SAID:
        return None
    return grave[-1] if await asyncio.to_thread(takes_back, text) else None


def gravest(signals: Sequence[SeenSignal]) -> Tier:
    """The tier that decides."""
    return min((signal.tier for signal in signals), key=GRAVITY.__getitem__, default=Tier.INFORMATION)


async def _signals_since_last_case(session: AsyncSession, conversation: Conversation) -> Sequence[SeenSignal]:
    closed_at = await queries.last_case_closed_at(session, conversation.id)
    return await queries.signals(session, conversation.id, since=closed_at)
