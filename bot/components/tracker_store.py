"""Rasa's conversation state in a SQL database, without what people said, and not for long."""

import json
import time
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine.url import make_url

KEPT_FOR = timedelta(hours=24)
"""After its last message a conversation's tracker goes."""

KEPT_METADATA = ("language", "country", "site", "audience")


def driver_for_rasa(address: str) -> str:
    """The same database through a driver that SQLAlchemy 1.4 knows; the other processes use newer ones."""
    url = make_url(address)
    drivers = {"postgresql": "postgresql+psycopg2", "sqlite": "sqlite"}
    return str(url.set(drivername=drivers[url.get_backend_name()]).render_as_string(hide_password=False))


def without_text(event: dict[str, Any]) -> dict[str, Any]:
    """An event as it may be stored.

    Of a visitor's message stay the intents; of what the bot said stay the keys and the intents of its buttons,
    because "ja" and "zeg dat nog eens" refer to them.
    """
    if event.get("event") == "user":
        parsed = event.get("parse_data") or {}
        metadata = event.get("metadata") or {}
        kept = {"intent": parsed.get("intent") or {}, "intent_ranking": parsed.get("intent_ranking") or []}
        return {
            **event,
            "text": "",
            "metadata": {key: metadata[key] for key in KEPT_METADATA if key in metadata},
            "parse_data": {**kept, "entities": [], "text": ""},
        }
    if event.get("event") == "bot":
        said = (event.get("data") or {}).get("custom") or {}
        offers = [{"payload": str(b.get("payload", "")).split("{")[0]} for b in said.get("buttons") or []]
        return {**event, "text": None, "data": {"custom": {"say": said.get("say"), "buttons": offers}}, "metadata": {}}
    return event


class TextlessTrackerStore(SQLTrackerStore):
    """Stores events after `without_text`; forgets by age and by conversation."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str = "sqlite://",
        event_broker: EventBroker | None = None,
        **_settings: Any,
    ) -> None:
        super().__init__(domain=domain, host=driver_for_rasa(host), event_broker=event_broker)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _tune_sqlite)
            self.engine.dispose()  # connections made before the listener would stay untuned

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new."""
        with self.session_scope() as session:
            for event in self._additional_events(session, tracker):
                data = without_text(event.as_dict())
                session.add(
                    self.SQLEvent(
                        sender_id=tracker.sender_id,
                        type_name=event.type_name,
                        timestamp=data.get("timestamp"),
                        intent_name=(data.get("parse_data") or {}).get("intent", {}).get("name"),
                        action_name=data.get("name"),
                        data=json.dumps(data),
                    )
                )
            session.commit()

    def forget_conversation(self, conversation_id: str) -> int:
        """Delete all sessions of a conversation; their senders are `<conversation id>.<session>`."""
        sender = self.SQLEvent.sender_id
        return self._delete(
            sa.or_(sender == conversation_id, sender.startswith(f"{conversation_id}.", autoescape=True))
        )

    def forget_old(self, *, now: float | None = None) -> int:
        """Delete trackers whose last event is older than `KEPT_FOR`; returns the number of events."""
        before = (time.time() if now is None else now) - KEPT_FOR.total_seconds()
        # A whole tracker or nothing: half of one would come back with its slots wrong.
        old = (
            sa.select(self.SQLEvent.sender_id)
            .group_by(self.SQLEvent.sender_id)
            .having(sa.func.max(self.SQLEvent.timestamp) < before)
        )
        return self._delete(self.SQLEvent.sender_id.in_(old))

    def _delete(self, condition: Any) -> int:
        with self.session_scope() as session:
            deleted = session.execute(
                sa.delete(self.SQLEvent).where(condition), execution_options={"synchronize_session": False}
            )
            session.commit()
            return int(deleted.rowcount)


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=2000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
