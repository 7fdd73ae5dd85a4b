"""Shapes of the coaches' work, as the console sees them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from api.chat.models import SeenSignal
from api.chat.schemas import MAX_TEXT, MessageRead, has_words
from api.coaches.schemas import ColleagueRead
from api.questionnaires.schemas import SharedResult
from api.states import Audience, CaseReason, CaseStatus, ConversationState, Country, Language, Owner, Tier

Words = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), AfterValidator(has_words)]


class ReplyPost(BaseModel):
    """What a coach says to the visitor. The same id again: said once, the same answer."""

    model_config = ConfigDict(extra="forbid")
    client_message_id: UUID
    text: Words


class NotePost(BaseModel):
    """A note for colleagues; the visitor never sees it."""

    model_config = ConfigDict(extra="forbid")
    text: Words


class TransferPost(BaseModel):
    """Who takes over: a coach of the team, or with null whoever claims it from the queue."""

    model_config = ConfigDict(extra="forbid")
    coach_id: UUID | None = None


class SnoozePost(BaseModel):
    """When the case comes back to the queue."""

    model_config = ConfigDict(extra="forbid")
    until: AwareDatetime


class CaseSummary(BaseModel):
    """One line of the queue. Quotes nobody: words are in the case itself."""

    id: UUID
    state: CaseStatus
    tier: Tier
    reason: CaseReason
    route: str  # who else may be needed: school_coach, leerplicht, doorstroompunt or clb
    kinds: list[str]  # of the signals seen, gravest first
    country: Country
    language: Language
    audience: Audience | None
    site: str
    opened_at: datetime
    due_at: datetime
    snoozed_until: datetime | None
    closed_at: datetime | None
    coach: ColleagueRead | None
    owner: Owner  # who may speak to the visitor now
    last_seq: int  # grows when something is said
    last_message_at: datetime
    alarm_at: datetime | None  # an acute signal that the coach has not answered yet


class CaseList(BaseModel):
    """The queue, most urgent first."""

    items: list[CaseSummary]


class SignalRead(BaseModel):
    """Why we worry, for the coach only."""

    message_seq: int
    kind: str
    tier: Tier
    score: float
    speaker: str
    because: str

    @classmethod
    def of(cls, signal: SeenSignal) -> Self:
        """As it leaves the room."""
        return cls(
            message_seq=signal.message_seq,
            kind=signal.kind,
            tier=signal.tier,
            score=signal.score,
            speaker=signal.speaker,
            because=signal.because["text"],
        )


class NoteRead(BaseModel):
    """A coach's note."""

    id: UUID
    coach: ColleagueRead
    text: str
    written_at: datetime


class AuditRead(BaseModel):
    """Who did what, when."""

    at: datetime
    what: str
    actor: str  # "coach:<id>", "visitor", "bot" or "system"
    name: str | None  # the coach's first name


class CaseRead(CaseSummary):
    """Everything about one case on one page."""

    conversation_id: UUID
    conversation_state: ConversationState
    messages: list[MessageRead]
    results: list[SharedResult]  # of questionnaires, as far as the visitor shared them
    signals: list[SignalRead]
    notes: list[NoteRead]
    audit: list[AuditRead]
