"""Tables of the coaches' work: cases, notes, and the trail of who did what."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from api.base import Base
from api.states import CaseReason, CaseStatus, Tier
from core.encryption import Encrypted

RUNNING = text("status <> 'closed'")


class Case(Base):
    """One request for a human. Holds no message text: that lives, encrypted, in the conversation."""

    __tablename__ = "handoff_case"  # "case" is a reserved word in SQL
    __table_args__ = (
        CheckConstraint("(status <> 'claimed') OR (coach_id IS NOT NULL)", name="claimed_has_coach"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),
        Index("ix_handoff_case_queue", "team", "status", "due_at"),  # the console's first query
        # A conversation has at most one running case: a second signal raises its tier instead.
        Index(
            "uq_handoff_case_running", "conversation_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("chat_conversation.id", ondelete="CASCADE"))
    team: Mapped[str] = mapped_column(String(64))
    reason: Mapped[CaseReason]
    tier: Mapped[Tier]
    status: Mapped[CaseStatus] = mapped_column(default=CaseStatus.OPEN)
    route: Mapped[str] = mapped_column(String(40))  # school_coach, leerplicht, doorstroompunt, clb
    coach_id: Mapped[UUID | None] = mapped_column(ForeignKey("coaches_coach.id"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]  # UTC; what the visitor was promised, in office hours of the team
    snoozed_until: Mapped[datetime | None]
    last_coach_message_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class CaseNote(Base):
    """A coach's own note; the visitor never sees it."""

    __tablename__ = "handoff_case_note"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("handoff_case.id", ondelete="CASCADE"), index=True)
    coach_id: Mapped[UUID] = mapped_column(ForeignKey("coaches_coach.id"))
    body: Mapped[dict[str, Any]] = mapped_column(Encrypted)  # {"text": ...}
    written_at: Mapped[datetime]


class AuditEntry(Base):
    """Who did what, when: ids only. Outlives the case by a year, so it points without a foreign key."""

    __tablename__ = "handoff_audit"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(48))  # "coach:<id>", "visitor", "bot" or "system"
    what: Mapped[str] = mapped_column(String(40))  # case_opened, case_claimed, transcript_read, ...
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    conversation_id: Mapped[UUID | None]
