"""What routes ask for: a database session, the clock, and what this process shares."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from api.services import Services
from core import clock


def services(request: Request) -> Services:
    """What this process shares."""
    found: Services = request.app.state.services
    return found


SharedServices = Annotated[Services, Depends(services)]


async def read_session(shared: SharedServices) -> AsyncIterator[AsyncSession]:
    """A session that only reads."""
    async with shared.db.read() as session:
        yield session


async def write_session(shared: SharedServices) -> AsyncIterator[AsyncSession]:
    """A session in one transaction. Commits before the answer leaves, or a failed commit would still say 200."""
    async with shared.db.write() as session:
        yield session


def address(request: Request) -> str:
    """Where the request comes from; uvicorn puts a trusted proxy's word in its place."""
    return request.client.host if request.client else "unknown"


DbSession = Annotated[AsyncSession, Depends(read_session, scope="function")]
WriteSession = Annotated[AsyncSession, Depends(write_session, scope="function")]
Address = Annotated[str, Depends(address)]
Now = Annotated[datetime, Depends(clock.now)]
