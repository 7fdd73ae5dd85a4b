"""Table of the questionnaires that somebody filled in: answers are ciphertext, like all that is said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.base import Base
from core.encryption import Encrypted


class Run(Base):
    """Somebody's latest run through one questionnaire. Goes with its conversation, whoever deletes that."""

    __tablename__ = "questionnaires_run"
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat_conversation.id", ondelete="CASCADE"), primary_key=True
    )
    questionnaire: Mapped[str] = mapped_column(String(16), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Encrypted)  # the session, and what belongs to it: kept.Kept
    revision: Mapped[int]  # grows with each change: two answers at once do not overwrite each other
    touched_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]  # when its result was shared with the school's coaches; None: it is not
