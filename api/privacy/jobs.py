"""Retention that runs by itself."""

from datetime import timedelta

from api.jobs import Job
from api.privacy.service import erase_tracker, purge, trackers_to_erase
from api.services import Services
from core import clock
from core.logging import get_logger

log = get_logger()


async def purge_old(services: Services) -> None:
    """Delete what has been kept long enough."""
    purged = await purge(services.db, clock.now())
    if purged.conversations:
        log.info("conversations_purged", count=purged.conversations)


async def erase_trackers(services: Services) -> None:
    """Ask Rasa again to forget what was erased while it could not be reached."""
    async with services.db.read() as session:
        waiting = await trackers_to_erase(session)
    for conversation_id in waiting:
        await erase_tracker(services.db, services.rasa, conversation_id)


JOBS = (
    Job("purge", timedelta(hours=1), purge_old),
    Job("erase_trackers", timedelta(minutes=5), erase_trackers),
)
