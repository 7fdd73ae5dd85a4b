"""What is kept of questionnaires, as values, and what of it a message can reach."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from questionnaires.session import Session, Status


@dataclass(frozen=True, slots=True)
class Kept:
    """One run through a questionnaire, with what the conversation has to remember beside it."""

    session: Session
    less_like: tuple[str, ...] = ()
    """Ids of programmes that were shown for it and waved away."""
    beside: int = 0
    """Messages in a row that were no answer."""
    is_reminded: bool = False
    """It was said that it still waits; once is enough."""
    shared_at: datetime | None = None
    revision: int = 0
    """0: it was not stored yet."""

    @property
    def id(self) -> str:
        """Which questionnaire."""
        return self.session.questionnaire

    @property
    def is_open(self) -> bool:
        """Whether something is left to answer."""
        return self.session.status is not Status.DONE

    @property
    def is_fresh(self) -> bool:
        """Whether nothing happened in it yet."""
        return not (self.session.at or self.session.answers or self.session.skipped)

    def moved(self, session: Session) -> Self:
        """After something was done with it."""
        return replace(self, session=session, beside=0, is_reminded=False)

    def body(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "session": self.session.to_dict(),
            "less_like": list(self.less_like),
            "beside": self.beside,
            "is_reminded": self.is_reminded,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any], *, revision: int, shared_at: datetime | None) -> Self:
        """As it was stored.

        Raises:
            NotFound: there is no such questionnaire any more.
            Refused: it is no run.
        """
        return cls(
            session=Session.from_dict(body["session"]),
            less_like=tuple(body["less_like"]),
            beside=int(body["beside"]),
            is_reminded=bool(body["is_reminded"]),
            shared_at=shared_at,
            revision=revision,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked in a conversation until now."""

    runs: tuple[Kept, ...] = ()
    """The one that was touched last comes first."""
    last_said: Mapping[str, Any] | None = None
    """The utterance behind what was said last, by whomever but the visitor."""
    is_calm: bool = True
    """Nothing worried us lately."""

    @property
    def current(self) -> Kept | None:
        """The run that a message may be about."""
        return self.runs[0] if self.runs else None

    def of(self, questionnaire: str) -> Kept | None:
        """The run through this questionnaire."""
        return next((run for run in self.runs if run.id == questionnaire), None)

    @property
    def is_put(self) -> bool:
        """Whether the waiting item of the current run was said last: then a word may be its answer.

        After anything else, a helpline or a coach's words, "ja" and "nee" are answers to that, and no item hears them.
        """
        waiting = self.current.session.waiting if self.current else None
        return waiting is not None and self._mark == (self.current and self.current.id, waiting.id)

    @property
    def is_offered(self) -> bool:
        """Whether it was said last that the current run can go on."""
        return self.current is not None and self.current.is_open and self._mark == (self.current.id, None)

    @property
    def _mark(self) -> tuple[str, str | None] | None:
        mark = (self.last_said or {}).get("questionnaire")
        return (mark["of"], mark["item"]) if isinstance(mark, Mapping) else None
