"""Background work of the API: small jobs on a beat, each safe to run in several replicas at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from api.metrics import jobs_failed
from api.services import Services
from core.logging import get_logger

log = get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done again and again, the first time at start."""

    name: str
    every: timedelta
    run: Callable[[Services], Awaitable[None]]


@asynccontextmanager
async def running(jobs: Sequence[Job], services: Services) -> AsyncIterator[None]:
    """Run the jobs until the block ends."""
    tasks = [asyncio.create_task(_beat(job, services), name=job.name) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _beat(job: Job, services: Services) -> None:
    while True:
        try:
            await job.run(services)
        except Exception as error:  # a job that fails once must not be gone for good
            jobs_failed.labels(job.name).inc()
            log.warning("job_failed", job=job.name, exc_info=error)
        await asyncio.sleep(job.every.total_seconds())
