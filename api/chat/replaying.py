"""Brings what waits in the journal into the database; doing it twice changes nothing."""

from datetime import datetime
from uuid import UUID

from api.chat.hearing import Heard
from api.chat.journal import Entry
from api.chat.said import Said
from api.chat.storing import Incoming, store
from api.services import Services
from api.states import Language
from bot.signals import Signal
from core.errors import Conflict, NotFound
from core.logging import get_logger

log = get_logger()


async def replay_journal(services: Services) -> None:
    """Store every waiting message with its reply and its case; leaves the files where the database is still locked."""
    for file, entry in await services.journal.waiting():
        try:
            async with services.db.write() as session:
                await store(session, _incoming(entry), now=datetime.fromisoformat(entry.sent_at))
        except (NotFound, Conflict):
            log.warning("journal_entry_dropped", conversation_id=entry.conversation_id)  # erased or closed meanwhile
        else:
            log.info("journal_entry_replayed", conversation_id=entry.conversation_id)
        await services.journal.remove(file)


def _incoming(entry: Entry) -> Incoming:
    signals = tuple(Signal(**fields) for fields in entry.signals)
    return Incoming(
        conversation_id=UUID(entry.conversation_id),
        client_message_id=UUID(entry.client_message_id),
        said=Said(entry.text),
        heard=Heard(Language(entry.language), signals),
        crisis_reply=Said.from_body(entry.reply),
    )
