"""Tables of a conversation. Text is ciphertext; ids, times and states are not."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.base import Base
from api.states import Audience, Author, Country, Language, Owner, Tier
from core.encryption import Encrypted


class Conversation(Base):
    """One visitor's talk with a site. Anonymous: its token is its only key."""

    __tablename__ = "chat_conversation"
    __table_args__ = (
        CheckConstraint("(owner = 'coach') = (coach_id IS NOT NULL)", name="coach_owner_is_known"),
        Index("ix_chat_conversation_last_message_at", "last_message_at"),  # retention's question
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    site: Mapped[str] = mapped_column(String(64))
    country: Mapped[Country]
    language: Mapped[Language]
    language_is_chosen: Mapped[bool] = mapped_column(default=False)  # by the visible switch: none is detected
    audience: Mapped[Audience | None]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256; the token itself is not kept
    return_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # scrypt
    owner: Mapped[Owner] = mapped_column(default=Owner.BOT)
    owner_version: Mapped[int] = mapped_column(default=0)  # grows with each change of owner: the compare-and-set
    coach_id: Mapped[UUID | None]  # who owns it while `owner` is coach
    last_seq: Mapped[int] = mapped_column(default=0)  # of messages and state changes together
    rasa_session: Mapped[int] = mapped_column(default=0)  # part of Rasa's sender id; a new one starts a new tracker
    rasa_session_at: Mapped[datetime]  # when it began: Rasa forgets after a day
    turns: Mapped[int] = mapped_column(default=0)  # in this Rasa session
    slots: Mapped[dict[str, Any]] = mapped_column(Encrypted, default=dict)  # carried into a new Rasa session
    created_at: Mapped[datetime]
    last_message_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Message(Base):
    """One thing said. `seq` is its place in the conversation, shared with state changes."""

    __tablename__ = "chat_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),  # a retry never speaks twice
        Index("ix_chat_message_answered_at", "answered_at", "sent_at"),  # the sweep looks for turns left open
    )
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat_conversation.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[Author]
    language: Mapped[Language]
    body: Mapped[dict[str, Any]] = mapped_column(
        Encrypted
    )  # text, buttons, cards, sources; and say/with to say it anew
    client_message_id: Mapped[UUID | None]  # of the visitor's (and the coach's) own messages
    answers_seq: Mapped[int | None]  # the visitor's message that brought this one about
    answered_at: Mapped[datetime | None]  # of a visitor's message: when its turn was complete
    sent_at: Mapped[datetime]


class StateChange(Base):
    """The conversation's state as the panel shows it, kept so that a dropped stream can resume."""

    __tablename__ = "chat_state_change"
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat_conversation.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]


class OfferedPayload(Base):
    """A button that was shown here. Only these come back as Rasa payloads."""

    __tablename__ = "chat_offered_payload"
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("chat_conversation.id", ondelete="CASCADE"), primary_key=True
    )
    payload_hash: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256
    title: Mapped[str] = mapped_column(Encrypted)  # becomes the visitor's words when it is clicked


class SeenSignal(Base):
    """A risk signal in a message. Never shown to the person who wrote."""

    __tablename__ = "chat_signal"
    __table_args__ = (Index("ix_chat_signal_conversation_id", "conversation_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("chat_conversation.id", ondelete="CASCADE"))
    message_seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    tier: Mapped[Tier]
    score: Mapped[float]  # 0.0-1.0
    speaker: Mapped[str] = mapped_column(String(16))  # self, parent or friend
    because: Mapped[dict[str, Any]] = mapped_column(Encrypted)  # quotes a child: for the coach only
