"""Shapes of questionnaires outside the conversation itself."""

from datetime import datetime

from pydantic import BaseModel


class SharedResult(BaseModel):
    """A result that a visitor shared, as a coach reads it: scores in words, no answers."""

    questionnaire: str
    title: str
    text: str


class QuestionnaireExport(BaseModel):
    """All that is kept of one questionnaire, for whoever filled it in."""

    questionnaire: str
    answers: dict[str, int]  # item -> answer
    scores: dict[str, float]  # scale -> 0.0-1.0
    status: str
    touched_at: datetime
    shared_with_coaches_at: datetime | None
