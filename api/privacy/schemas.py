"""Shapes of what leaves and what stays."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from api.chat.schemas import MessageRead
from api.questionnaires.schemas import QuestionnaireExport
from api.states import Audience, CaseStatus, Country, Language


class CaseExport(BaseModel):
    """That a coach was asked, and when. The coach's notes are the school's to give."""

    status: CaseStatus
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None


class ConversationExport(BaseModel):
    """All that is kept about a conversation and may be shown to whoever wrote it."""

    id: UUID
    site: str
    country: Country
    language: Language
    audience: Audience | None
    created_at: datetime
    last_message_at: datetime
    kept_until: datetime | None  # None while a coach works on it
    remembered: dict[str, object]  # what the bot noted to understand a follow-up
    messages: list[MessageRead]
    questionnaires: list[QuestionnaireExport]
    cases: list[CaseExport]
    not_included: str


class Kept(BaseModel):
    """Something that stays for now."""

    what: str
    why: str
    until: str


class Erased(BaseModel):
    """What stays after an erasure."""

    kept: list[Kept]
