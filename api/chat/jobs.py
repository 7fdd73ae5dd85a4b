"""The chat's background work: what was cut off or could not be stored is finished."""

from datetime import timedelta

from api.chat import queries
from api.chat.answering import HelpNotStored, answer
from api.chat.replaying import replay_journal
from api.chat.storing import Stored
from api.jobs import Job
from api.services import Services
from core import clock
from core.logging import get_logger

log = get_logger()

CUT_OFF = timedelta(seconds=10)
"""After this a turn is no longer under way: Rasa is given up after 3 s."""

SWEPT_AT_ONCE = 50


async def finish_cut_off_turns(services: Services) -> None:
    """Answer the messages whose process was killed before it could; one that cannot be stored yet stops no other."""
    async with services.db.read() as session:
        before = clock.now() - CUT_OFF
        turns = await queries.unanswered(session, sent_before=before, limit=SWEPT_AT_ONCE)
    for conversation_id, seq in turns:
        try:
            await answer(services, conversation_id, Stored(seq), now=clock.now())
        except HelpNotStored:  # the database is locked: the next sweep answers it
            log.error("help_not_stored", conversation_id=str(conversation_id), seq=seq)


JOBS = (
    Job("replay_journal", timedelta(seconds=3), replay_journal),
    Job("finish_cut_off_turns", timedelta(seconds=5), finish_cut_off_turns),
)
