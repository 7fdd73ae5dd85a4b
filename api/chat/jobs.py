"""The chat's background work: what was cut off or could not be stored is finished."""

from datetime import timedelta

from api.chat import queries
from api.chat.answering import answer
from api.chat.replaying import replay_journal
from api.chat.storing import Stored
from api.jobs import Job
from api.services import Services
from core import clock

CUT_OFF = timedelta(seconds=10)
"""After this a turn is no longer under way: Rasa is given up after 3 s."""

SWEPT_AT_ONCE = 50


async def finish_cut_off_turns(services: Services) -> None:
    """Answer the messages whose process was killed before it could."""
    async with services.db.read() as session:
        before = clock.now() - CUT_OFF
        turns = await queries.unanswered(session, sent_before=before, limit=SWEPT_AT_ONCE)
    for conversation_id, seq in turns:
        await answer(services, conversation_id, Stored(seq), now=clock.now())


JOBS = (
    Job("replay_journal", timedelta(seconds=3), replay_journal),
    Job("finish_cut_off_turns", timedelta(seconds=5), finish_cut_off_turns),
)
