"""Shapes of the chat's edge, as the contract has them."""

import unicodedata
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from api.chat.models import Message
from api.states import Audience, Author, ConversationState, Language

MAX_TEXT = 2000
"""Characters in one message."""

MAX_PAYLOAD = 1000


def has_words(text: str) -> str:
    """Refuse what looks empty: spaces, line breaks, control characters, invisible marks."""
    if all(unicodedata.category(character)[0] in "ZC" for character in text):
        raise ValueError("This message is empty. Write something first.")
    return text


class ConversationStart(BaseModel):
    """Opens a conversation on a school's website."""

    model_config = ConfigDict(extra="forbid")
    site: str = Field(max_length=64, examples=["demo-nl"])
    language: Language | None = None
    audience: Audience | None = None


class ConversationChange(BaseModel):
    """The visible switches of the panel."""

    model_config = ConfigDict(extra="forbid")
    language: Language | None = None
    audience: Audience | None = None


class MessagePost(BaseModel):
    """What a visitor says: words, or a button that was shown."""

    model_config = ConfigDict(extra="forbid")
    client_message_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT), AfterValidator(has_words)] | None = None
    payload: Annotated[str, Field(min_length=2, max_length=MAX_PAYLOAD, pattern="^/")] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.payload is None):
            raise ValueError("Send either `text` or `payload`.")
        return self


class ReturnCode(BaseModel):
    """The three words that lead back to a conversation."""

    model_config = ConfigDict(extra="forbid")
    return_code: str = Field(min_length=5, max_length=80, examples=["lusab-tofim-gadur"])


class MessageRead(BaseModel):
    """One message, as the panel shows it."""

    seq: int
    author: Author
    language: Language
    text: str
    buttons: list[dict[str, Any]]
    cards: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    sent_at: datetime
    client_message_id: UUID | None = None

    @classmethod
    def of(cls, message: Message) -> Self:
        """As it leaves the room: without the payload behind a click and what it was rendered from."""
        return cls(
            seq=message.seq,
            author=message.author,
            language=message.language,
            text=message.body["text"],
            buttons=message.body["buttons"],
            cards=message.body["cards"],
            sources=message.body["sources"],
            sent_at=message.sent_at,
            client_message_id=message.client_message_id,
        )


class ConversationRead(BaseModel):
    """A conversation with all that was said."""

    id: UUID
    language: Language
    state: ConversationState
    messages: list[MessageRead]


class ConversationOpened(ConversationRead):
    """A conversation and its key; the token is told only here."""

    token: str


class ConversationResumed(ConversationOpened):
    """A conversation found back. The code that was used is spent; here is the next."""

    return_code: str


class Answer(BaseModel):
    """The visitor's own message and all that it brought about."""

    messages: list[MessageRead]
    state: ConversationState
    language: Language


class StateRead(BaseModel):
    """The conversation's state from here on."""

    seq: int
    state: ConversationState
    changed_at: datetime


class TypingRead(BaseModel):
    """Somebody is typing; worth a few seconds."""

    author: Author
