"""One run through a questionnaire, as values: every step gives a new session. Who keeps it, keeps `to_dict` encrypted.

It holds answers and times, no text of anybody and no name; the clock is passed in as seconds since 1970.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self, cast, get_args

from core.errors import Conflict, Refused
from questionnaires.answers import Act, read_act, read_answer
from questionnaires.bank import Form, Item, Language, Questionnaire, questionnaire
from questionnaires.checks import Caution, cautions
from questionnaires.scoring import Profile, score

LONGEST_THOUGHT_S = 60.0
"""Seconds that count for one item: who takes longer was away, or asked the bot something in between."""


class Status(StrEnum):
    """Where somebody is."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    """Ended by hand; what was answered gives a partial result, and going on stays possible."""
    DONE = "done"


class Did(StrEnum):
    """What a message did."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    WENT_BACK = "went_back"
    PAUSED = "paused"
    STOPPED = "stopped"
    RESUMED = "resumed"
    REPEATED = "repeated"
    """Nothing changed: say the waiting item again."""


@dataclass(frozen=True)
class Session:
    """Where somebody is in a questionnaire."""

    questionnaire: str
    version: int
    """Of the item bank when it began."""
    form: Form
    language: Language
    status: Status = Status.RUNNING
    at: int = 0
    """Place of the waiting item in the order of asking; behind the last one when all were asked."""
    answers: Mapping[str, int] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    asked_at: float = 0.0
    """When the waiting item was put."""
    active_s: float = 0.0

    @property
    def bank(self) -> Questionnaire:
        """The questionnaire that it runs through."""
        return questionnaire(self.questionnaire)

    @property
    def order(self) -> tuple[str, ...]:
        """Ids in the order of asking."""
        return self.bank.order(self.form)

    @property
    def waiting(self) -> Item | None:
        """The item that waits for an answer; None when it does not run."""
        return self.bank.items[self.order[self.at]] if self.status is Status.RUNNING else None

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the waiting item, and of how many: 7, 18."""
        of = len(self.order)
        return min(self.at + 1, of), of

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON knows it."""
        return {
            "questionnaire": self.questionnaire,
            "version": self.version,
            "form": self.form,
            "language": self.language,
            "status": self.status.value,
            "at": self.at,
            "answers": dict(self.answers),
            "skipped": sorted(self.skipped),
            "asked_at": self.asked_at,
            "active_s": round(self.active_s, 1),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """The session that was kept. What an older version of the item bank asked and this one does not, is left out.

        Raises:
            NotFound: there is no such questionnaire or form any more.
            Refused: it is no session.
        """
        try:
            read = cls(
                questionnaire=str(kept["questionnaire"]),
                version=int(kept["version"]),
                form=kept["form"],
                language=_language(kept["language"]),
                status=Status(kept["status"]),
                at=int(kept["at"]),
                answers={str(id): int(value) for id, value in kept["answers"].items()},
                skipped=frozenset(kept["skipped"]),
                asked_at=float(kept["asked_at"]),
                active_s=float(kept["active_s"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused("This is no questionnaire that we kept.", "Start it again.") from error
        return read._fitted()

    def _fitted(self) -> Self:
        order = self.order
        known = {id: value for id, value in self.answers.items() if id in order and _fits(self.bank.items[id], value)}
        passed = self.skipped & set(order)
        if self.version == self.bank.version and 0 <= self.at <= len(order):
            return replace(self, answers=known, skipped=passed)._ended()
        open_ones = (at for at, id in enumerate(order) if id not in known and id not in passed)
        at = next(open_ones, len(order))
        return replace(self, version=self.bank.version, answers=known, skipped=passed, at=at)._ended()

    def _ended(self) -> Self:
        """Done when nothing is left to ask, so that there is always an item while it runs."""
        return replace(self, status=Status.DONE) if self.at >= len(self.order) else self


@dataclass(frozen=True)
class Result:
    """What came of a run, also of one that was stopped half way."""

    profile: Profile
    cautions: tuple[Caution, ...]
    is_partial: bool
    """Not everything was asked."""


def start(id: str, *, form: Form, language: Language, now: float) -> Session:
    """Begin a questionnaire.

    Raises:
        NotFound: there is no such questionnaire, or it has no such form.
    """
    bank = questionnaire(id)
    bank.order(form)
    return Session(id, bank.version, form, language, asked_at=now)


def hear(session: Session, text: str, *, now: float) -> tuple[Session, Did] | None:
    """Take a message as an answer or a wish about the questionnaire.

    Returns:
        The session after it and what happened; None: the message is not for the questionnaire, so the bot answers it
        and the waiting item is put again (`put_again`).
    """
    item = session.waiting
    if item is None:
        goes_on = read_act(text) is Act.RESUME and session.status in {Status.PAUSED, Status.STOPPED}
        return (resume(session, now=now), Did.RESUMED) if goes_on else None
    meant = read_answer(text, item)
    if meant is None:
        return None
    if isinstance(meant, Act):
        step, did = _STEPS[meant]
        return step(session, now), did
    return answer(session, meant, now=now), Did.ANSWERED


def answer(session: Session, value: int, *, now: float) -> Session:
    """Answer the waiting item.

    Raises:
        Conflict: none waits.
        Refused: the item has no such answer.
    """
    item = _waiting(session)
    if not _fits(item, value):
        raise Refused(f"{value} is no answer to {item.id}.", "Choose one of its options.")
    answers = {**session.answers, item.id: value}
    took = min(max(now - session.asked_at, 0.0), LONGEST_THOUGHT_S)
    moved = replace(session, answers=answers, skipped=session.skipped - {item.id}, active_s=session.active_s + took)
    return _move(moved, session.at + 1, now=now)


def change(session: Session, id: str, value: int) -> Session:
    """Answer an item that was asked before, once more; the waiting one goes on waiting.

    Raises:
        Refused: it was not asked yet, or has no such answer.
    """
    if id not in session.order[: session.at] or not _fits(session.bank.items[id], value):
        raise Refused(f"{value} is no answer to {id} now.", "Answer the item that waits.")
    return replace(session, answers={**session.answers, id: value}, skipped=session.skipped - {id})


def skip(session: Session, *, now: float) -> Session:
    """Pass over the waiting item; an answer that it had goes.

    Raises:
        Conflict: none waits.
    """
    item = _waiting(session)
    kept = {id: value for id, value in session.answers.items() if id != item.id}
    return _move(replace(session, answers=kept, skipped=session.skipped | {item.id}), session.at + 1, now=now)


def back(session: Session, *, now: float) -> Session:
    """One item back, also from the end; its answer stays until another one is given."""
    return _move(replace(session, status=Status.RUNNING), max(session.at - 1, 0), now=now)


def pause(session: Session) -> Session:
    """Rest; nothing is lost.

    Raises:
        Conflict: it does not run.
    """
    _waiting(session)
    return replace(session, status=Status.PAUSED)


def resume(session: Session, *, now: float) -> Session:
    """Go on where it was paused or stopped.

    Raises:
        Conflict: it runs, or is done.
    """
    if session.status not in {Status.PAUSED, Status.STOPPED}:
        raise Conflict("This questionnaire is not paused.", "Answer the item that waits, or start again.")
    return _move(replace(session, status=Status.RUNNING), session.at, now=now)


def stop(session: Session) -> Session:
    """End it here; what was answered gives a partial result.

    Raises:
        Conflict: it is done.
    """
    if session.status is Status.DONE:
        raise Conflict("This questionnaire is done.", "See its result.")
    return replace(session, status=Status.STOPPED)


def put_again(session: Session, *, now: float) -> Session:
    """The waiting item is said again, after something else: the time in between does not count."""
    return replace(session, asked_at=now)


def switch_language(session: Session, language: Language) -> Session:
    """Go on in the other language; answers stay, for they hold no words."""
    return replace(session, language=_language(language))


def result(session: Session) -> Result:
    """The result so far; of a run that is not done it is a partial one."""
    order = session.order
    return Result(
        profile=score(session.bank, session.answers, asked=order),
        cautions=cautions(
            session.bank,
            session.answers,
            asked=order,
            skipped=len(session.skipped),
            active_s=session.active_s,
        ),
        is_partial=session.status is not Status.DONE,
    )


def _waiting(session: Session) -> Item:
    if session.waiting is None:
        raise Conflict("No item waits for an answer.", "Resume the questionnaire, or start again.")
    return session.waiting


def _move(session: Session, at: int, *, now: float) -> Session:
    return replace(session, at=at, asked_at=now)._ended()


def _fits(item: Item, value: int) -> bool:
    return any(option.value == value for option in item.options)


def _language(value: object) -> Language:
    if value not in get_args(Language):
        raise Refused(f"There are no questionnaires in {value}.", "Choose nl or en.")
    return cast(Language, value)


_STEPS: Mapping[Act, tuple[Callable[[Session, float], Session], Did]] = {
    Act.SKIP: (lambda session, now: skip(session, now=now), Did.SKIPPED),
    Act.BACK: (lambda session, now: back(session, now=now), Did.WENT_BACK),
    Act.PAUSE: (lambda session, _now: pause(session), Did.PAUSED),
    Act.STOP: (lambda session, _now: stop(session), Did.STOPPED),
    Act.REPEAT: (lambda session, now: put_again(session, now=now), Did.REPEATED),
    Act.RESUME: (lambda session, now: put_again(session, now=now), Did.REPEATED),
}
