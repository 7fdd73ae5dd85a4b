"""Tables of the people who coach, and of their sign-ins."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.base import Base


class Coach(Base):
    """A person at a school who answers pupils."""

    __tablename__ = "coaches_coach"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case; the sign-in name
    first_name: Mapped[str] = mapped_column(String(80))  # what the pupil sees
    role: Mapped[str] = mapped_column(String(80))  # "mentor": what the pupil sees beside it
    team: Mapped[str] = mapped_column(String(64))  # sees the cases of this team only
    password_hash: Mapped[str] = mapped_column(String(255))  # Argon2id
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class SignIn(Base):
    """A signed-in browser. The cookie holds an opaque key; this row can be revoked."""

    __tablename__ = "coaches_sign_in"
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of the cookie's value
    coach_id: Mapped[UUID] = mapped_column(ForeignKey("coaches_coach.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
