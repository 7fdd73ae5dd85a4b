"""Table of the links that open one result."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from api.base import Base


class Link(Base):
    """What opens one result, and nothing else of its conversation. Goes with the result."""

    __tablename__ = "results_link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "questionnaire"],
            ["questionnaires_run.conversation_id", "questionnaires_run.questionnaire"],
            name="fk_results_link_run",
            ondelete="CASCADE",
        ),
    )
    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(16), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256; the token itself is not kept
    made_at: Mapped[datetime]
