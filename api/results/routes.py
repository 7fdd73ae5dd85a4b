"""A result over HTTP: the chat asks for a link, and the page behind that link reads it."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.security import HTTPAuthorizationCredentials

from api.catalogue.door import catalogue_at
from api.chat.entering import CurrentVisitor, bearer, unhurried
from api.dependencies import DbSession, Now, SharedServices, WriteSession
from api.problems import responses
from api.results import queries, service
from api.results.queries import Opened
from api.results.schemas import LinkMade, Sheet
from api.results.sheet import Reader, own_sheet, parent_sheet
from api.services import Services
from api.states import Language
from core.errors import Unauthorised, Unavailable
from core.logging import get_logger
from questionnaires.bank import QuestionnaireId

log = get_logger()

router = APIRouter(prefix="/api/v1", tags=["results"], dependencies=[Depends(unhurried)])

PAGE = "/result"
"""The page that a link opens; the token stands behind the #, so that it is in no log."""


def link_token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    """The token of a link.

    Raises:
        Unauthorised: there is none.
    """
    if credentials is None:
        raise Unauthorised("A result is opened by its link.", "Open the whole link, up to its last letter.")
    return credentials.credentials


LinkToken = Annotated[str, Depends(link_token)]


async def opened(token: LinkToken, session: DbSession) -> Opened:
    """What the link opens."""
    return await queries.opened(session, token)


async def asked_sheet(
    found: Annotated[Opened, Depends(opened)],
    shared: SharedServices,
    now: Now,
    language: Annotated[Language | None, Query()] = None,
    version: Annotated[Literal["own", "parent"], Query(description="For whom it is written")] = "own",
) -> Sheet:
    """The sheet that is asked for."""
    reader = Reader.of(found, language=language, now=now)
    if version == "parent":
        return parent_sheet(found.kept, reader)
    return await asyncio.to_thread(_sheet, found, reader, shared)


AskedSheet = Annotated[Sheet, Depends(asked_sheet)]


@router.post(
    "/conversations/{conversation_id}/results/{questionnaire}/link",
    status_code=HTTPStatus.CREATED,
    responses=responses(401, 404, 422, 429, 503),
)
async def make_link(
    visitor: CurrentVisitor, questionnaire: QuestionnaireId, session: WriteSession, now: Now
) -> LinkMade:
    """A link to one result, for a page that prints, another device or somebody at home. The one before it ends."""
    token = await service.make_link(session, visitor.conversation_id, questionnaire, now=now)
    log.info("result_link_made", conversation_id=str(visitor.conversation_id), questionnaire=questionnaire)
    return LinkMade(address=f"{PAGE}#{token}")


@router.delete(
    "/conversations/{conversation_id}/results/{questionnaire}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=responses(401, 404, 422, 429, 503),
)
async def erase_result(visitor: CurrentVisitor, questionnaire: QuestionnaireId, session: WriteSession) -> None:
    """Erase one questionnaire: answers, result, link, and every message of the conversation that tells of them."""
    await service.erase_result(session, visitor.conversation_id, questionnaire)
    log.info("result_erased", conversation_id=str(visitor.conversation_id), questionnaire=questionnaire)


@router.get("/results", responses=responses(401, 404, 422, 429, 503))
async def read_result(sheet: AskedSheet) -> Sheet:
    """The result behind the link, in words and pictures."""
    return sheet


@router.get("/results/pdf", responses=responses(401, 404, 422, 429, 503), response_class=Response)
async def print_result(sheet: AskedSheet, shared: SharedServices) -> Response:
    """The same as a tagged PDF of one or two pages."""
    name = {"Content-Disposition": f'attachment; filename="{sheet.file_name}"'}
    return Response(await shared.press.print(sheet), media_type="application/pdf", headers=name)


@router.delete("/results/link", status_code=HTTPStatus.NO_CONTENT, responses=responses(401, 422, 429, 503))
async def end_link(token: LinkToken, session: WriteSession) -> None:
    """Let the link open nothing any more; the result stays in the chat."""
    await service.end_link(session, token)


def _sheet(found: Opened, reader: Reader, shared: Services) -> Sheet:
    slots: dict[str, Any] = found.conversation.slots
    try:
        catalogue = catalogue_at(shared.settings.catalogue_address)
    except Unavailable:
        log.warning("catalogue_unavailable")
        catalogue = None
    return own_sheet(found.kept, reader, catalogue=catalogue, slots=slots)
