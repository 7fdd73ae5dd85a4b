"""`wegwijs purge`: the retention job, by hand."""

from api.privacy.service import Purged, purge
from core import clock
from core.db import Database
from core.settings import get_settings


async def purge_now() -> Purged:
    """Delete what is past its term."""
    database = Database(get_settings().conversations_url)
    try:
        return await purge(database, clock.now())
    finally:
        await database.close()
