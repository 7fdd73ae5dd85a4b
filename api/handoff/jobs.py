"""The coaches' background work: who is waited for in vain, and what comes back."""

from datetime import timedelta

from api.handoff import queries, service
from api.jobs import Job
from api.services import Services
from core import clock
from core.logging import get_logger

log = get_logger()

ABSENT = timedelta(minutes=30)
"""After this without a word from the coach the bot is back: a lesson takes longer, and a child would be alone."""


async def end_absences(services: Services) -> None:
    """Bring the bot back where the coach went away."""
    now = clock.now()
    async with services.db.read() as session:
        alone = await queries.left_alone(session, before=now - ABSENT)
    for case_id in alone:
        async with services.db.write() as session:
            if await service.end_absence(session, case_id, before=now - ABSENT, now=now):
                log.info("coach_absent", case_id=str(case_id))


async def wake_snoozed(services: Services) -> None:
    """Put snoozed cases back in the queue when their time has come."""
    now = clock.now()
    async with services.db.read() as session:
        due = await queries.to_wake(session, now=now)
    for case_id in due:
        async with services.db.write() as session:
            if await service.wake(session, case_id, now=now):
                log.info("case_woken", case_id=str(case_id))


JOBS = (
    Job("end_absences", timedelta(seconds=30), end_absences),
    Job("wake_snoozed", timedelta(seconds=30), wake_snoozed),
)
