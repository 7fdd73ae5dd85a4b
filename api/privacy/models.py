"""Table of erasures: ids only, so that a restored backup can be cleaned again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from api.base import Base


class Erasure(Base):
    """A conversation that its visitor erased."""

    __tablename__ = "privacy_erasure"
    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(index=True)  # kept as long as backups are
    tracker_gone: Mapped[bool] = mapped_column(default=False)  # until then the job asks Rasa again
