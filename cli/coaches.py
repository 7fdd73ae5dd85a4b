"""The first people who can sign in: without them a case would wait for nobody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.coaches.models import Coach
from api.coaches.service import add_coach
from api.sites.service import all_sites
from core import clock
from core.db import Database
from core.errors import Refused
from core.settings import get_settings


async def first_coaches(session: AsyncSession, now: datetime) -> list[tuple[str, str]]:
    """Make one coach for each team, if there is no coach at all; gives (e-mail, password) of those made."""
    if await session.scalar(select(Coach.id).limit(1)) is not None:
        return []
    made = []
    for team in sorted({site.team for site in all_sites()}):
        coach, password = await add_coach(
            session, email=f"coach@{team}.example", first_name="Noor", role="mentor", team=team, now=now
        )
        made.append((coach.email, password))
    return made


async def add(email: str, *, first_name: str, team: str, role: str) -> str:
    """Add one coach to this installation; gives the password.

    Raises:
        Refused: no site has that team, or the address is no address.
        Conflict: that address is taken.
    """
    teams = {site.team for site in all_sites()}
    if team not in teams:
        raise Refused(
            f"No site has the team {team}.", f"Choose one of {', '.join(sorted(teams))}, or add it to sites.yml."
        )
    database = Database(get_settings().conversations_url)
    try:
        async with database.write() as session:
            _coach, password = await add_coach(
                session, email=email, first_name=first_name, role=role, team=team, now=clock.now()
            )
    finally:
        await database.close()
    return password
