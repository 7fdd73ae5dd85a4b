"""Export and erasure over HTTP, from the panel."""

from http import HTTPStatus

from fastapi import APIRouter, Response

from api.chat.bus import bus
from api.chat.entering import CurrentVisitor
from api.dependencies import DbSession, Now, SharedServices
from api.privacy import service
from api.privacy.schemas import ConversationExport, Erased
from api.problems import responses
from core.logging import get_logger

log = get_logger()

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}", tags=["privacy"])


@router.get("/export", responses=responses(401, 404, 422, 503))
async def export_conversation(visitor: CurrentVisitor, session: DbSession) -> ConversationExport:
    """All that is kept about this conversation."""
    return await service.export(session, visitor.conversation_id)


@router.delete(
    "",
    status_code=HTTPStatus.NO_CONTENT,
    response_model=None,
    responses=responses(401, 404, 422, 503) | {200: {"model": Erased, "description": "Some of it must stay"}},
)
async def erase_conversation(visitor: CurrentVisitor, shared: SharedServices, now: Now) -> Response:
    """Erase this conversation, what Rasa remembers of it included."""
    async with shared.db.write() as session:
        kept = await service.erase(session, visitor.conversation_id, now=now)
    if not kept:
        shared.known.forget(visitor.conversation_id)
        bus.publish(visitor.conversation_id)  # open streams end
        log.info("conversation_erased", conversation_id=str(visitor.conversation_id))
        if not await service.erase_tracker(shared.db, shared.rasa, visitor.conversation_id):
            kept = [service.kept_tracker(visitor.voice)]
    if not kept:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return Response(Erased(kept=kept).model_dump_json(), HTTPStatus.OK, media_type="application/json")
