"""Alembic's entry: connects, and runs the revisions in one transaction."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator, create_engine, text

import api.chat.models
import api.coaches.models
import api.handoff.models
import api.privacy.models
import api.questionnaires.models
import api.results.models  # noqa: F401
from api.base import Base
from api.migrations import blocking_url
from core.settings import get_settings

ONE_AT_A_TIME = 7_365_927
"""A number that is ours: replicas that start together wait for each other under it."""


def _plain(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our column types as what the database sees: a revision must not change when our code does."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # A migration that waits for a table behind a long read would stop every chat behind itself.
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=_plain,
        render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by copying it
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


url = context.config.attributes.get("url") or blocking_url(get_settings().conversations_url)
engine = create_engine(url)
with engine.begin() as opened:
    _run(opened)
engine.dispose()
