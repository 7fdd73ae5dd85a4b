"""Up or not: all that the public door tells about itself."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from api.chat.models import Conversation
from api.dependencies import SharedServices
from api.services import Services
from core.logging import get_logger

log = get_logger()

router = APIRouter(prefix="/health", tags=["operations"])


class Health(BaseModel):
    """One word."""

    status: str


@router.get("/live")
async def live() -> Health:
    """The process runs."""
    return Health(status="up")


@router.get("/ready", responses={503: {"model": Health}})
async def ready(shared: SharedServices, response: Response) -> Health:
    """The process can take messages. Rasa may be down: helplines and coaches still work, so it does not count here."""
    if await database_answers(shared):
        return Health(status="up")
    response.status_code = 503
    return Health(status="down")


async def database_answers(services: Services) -> bool:
    """Whether the conversations can be read; also False while their tables are missing."""
    try:
        async with services.db.read() as session:
            await session.execute(select(Conversation.id).limit(1))
    except DBAPIError as error:  # gone, locked, or without its tables
        log.warning("database_unavailable", exc_info=error)
        return False
    return True
