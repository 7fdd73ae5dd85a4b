"""The messages just after one that worries us. Who told of a danger is not asked next which study appeals."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries
from api.chat.models import SeenSignal
from api.chat.said import Said, Voice
from api.chat.second_look import as_screened
from api.chat.storing import OpenTurn
from api.chat.thinking import EMPTY_ANSWERS, Thought
from api.signals_reply import TALK_TO_COACH, Way, is_personal, stay
from api.states import GRAVITY

LASTS = 3
"""After how many messages of the visitor the talk is as usual again; a new signal begins it anew."""

COACH = str(TALK_TO_COACH["payload"])
AGREES = "affirm"
LEAVES_IT = frozenset({"deny", "stop"})
SMALL_TALK = frozenset(
    {"repeat", "correction", "go_back", "more", "choice_doubt", "feedback_complaint", "parent_support"}
)
"""What "sorry", "I don't want anyone to know", "nobody does anything" and "my son is bullied" are taken for."""


@dataclass(frozen=True, slots=True)
class Wake:
    """What the visitor told of lately, about themselves or somebody near and not about school alone."""

    signal: SeenSignal  # the gravest, and of these the newest
    since: int  # the visitor's messages after that one, this one included; at least 1
    offers_coach: bool  # no coach has word yet


async def wake_of(session: AsyncSession, turn: OpenTurn) -> Wake | None:
    """The worry that this message goes on about, if it is not long ago."""
    lately = await queries.visitor_seqs_before(session, turn.conversation.id, turn.message.seq, limit=LASTS)
    since = {seq: ago for ago, seq in enumerate(lately, start=1)}
    seen = await queries.signals(session, turn.conversation.id)
    worries = [signal for signal in seen if signal.message_seq in since and is_personal(as_screened(signal))]
    if not worries:
        return None
    gravest = min(worries, key=lambda signal: (GRAVITY[signal.tier], since[signal.message_seq]))
    offers_coach = not await queries.has_running_case(session, turn.conversation.id)
    return Wake(gravest, since[gravest.message_seq], offers_coach)


async def agrees_to_coach(session: AsyncSession, turn: OpenTurn, thought: Thought) -> bool:
    """Whether a "ja" takes up the offer of a coach: it was made just before, and nothing else was asked after it."""
    if thought.intent != AGREES or await queries.has_running_case(session, turn.conversation.id):
        return False
    before = await queries.visitor_seqs_before(session, turn.conversation.id, turn.message.seq, limit=1)
    said = [one.body for one in (await queries.turn(session, turn.conversation.id, before[0]))[1:]] if before else []
    offers = [at for at, body in enumerate(said) if [one["payload"] for one in body["buttons"]] == [COACH]]
    return bool(offers) and not any("?" in body["text"] for body in said[offers[-1] + 1 :])


def goes_on(wake: Wake, thought: Thought, here: Sequence[SeenSignal]) -> bool:
    """Whether a message is no question of its own and tells of nothing as grave: it goes on about what was told."""
    as_grave = (
        GRAVITY[signal.tier] <= GRAVITY[wake.signal.tier] for signal in here if is_personal(as_screened(signal))
    )
    return is_small_talk(thought) and not any(as_grave)


def is_small_talk(thought: Thought) -> bool:
    """Whether the answer would pass over what was told."""
    return thought.intent in EMPTY_ANSWERS | SMALL_TALK | LEAVES_IT | {AGREES}


def stays(wake: Wake, thought: Thought, *, voice: Voice) -> Said:
    """A word to who goes on about it, or who wants to leave it at that; not the same twice in a row."""
    way: Way = "ask" if wake.since % 2 == 0 else "tell"
    if wake.since == 1 and thought.intent in LEAVES_IT:
        way = "leave"
    return stay(as_screened(wake.signal), way=way, offers_coach=wake.offers_coach, voice=voice)
