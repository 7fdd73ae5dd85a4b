"""What a message does to a questionnaire: an answer, a step back, a pause, a result. Decides; writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from api.questionnaires import asking, telling
from api.questionnaires.asking import Utterance
from api.questionnaires.kept import Asked, Kept
from api.questionnaires.payloads import read_payload
from api.questionnaires.suggesting import suggest
from api.states import Country, Language
from core.errors import Refused, Unavailable
from core.logging import get_logger
from programmes.catalogue import Catalogue
from questionnaires.answers import Act, read_act
from questionnaires.bank import IDS
from questionnaires.session import (
    Did,
    Session,
    Status,
    answer,
    back,
    change,
    hear,
    pause,
    put_again,
    resume,
    skip,
    start,
    stop,
    switch_language,
)

log = get_logger()

ENOUGH_BESIDE = 3
"""Messages in a row that are no answer: then somebody is busy with something else, and the item waits unasked."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to say, and the run to keep if it is said."""

    utterances: Sequence[Utterance]
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """One message in a conversation with questionnaires. What it needs of the catalogue blocks: use it in a thread."""

    asked: Asked
    language: Language
    country: Country
    now: datetime
    catalogue: Callable[[], Catalogue]
    slots: Mapping[str, Any] = field(default_factory=dict)

    def take(self, text: str, payload: str | None) -> Step | None:
        """What the message does; None when it is not for a questionnaire, and the bot answers it.

        Args:
            text: what was typed; of a button, what it said.
            payload: of a button.
        """
        if payload is None:
            return self._hear(text)
        wanted = read_payload(payload)
        return None if wanted is None else self._press(wanted)

    def again(self) -> Step | None:
        """What is said after an answer to something else: the item that waits, or once that one waits; else nothing."""
        kept = self.asked.current
        if kept is None or kept.session.status is not Status.RUNNING:
            return None
        if self.asked.is_put:
            return self._put_again(kept)
        if kept.is_reminded or not self.asked.is_calm or not kept.session.at:
            return None
        return Step([asking.reminder(kept)], replace(kept, is_reminded=True))

    def offer(self, of: str) -> Step:
        """The questionnaires, when a question asks for one.

        Args:
            of: the one that fits the question best.
        """
        if of == "interests":
            return Step([asking.choose(self.asked, of)])
        return Step([asking.menu(self.asked, first=of)])

    def last_result(self) -> Step:
        """The result of what was filled in last, or that nothing was."""
        filled_in = next((run for run in self.asked.runs if run.session.answers), None)
        return Step([telling.no_result()]) if filled_in is None else self._told(filled_in)

    @property
    def _seconds(self) -> float:
        return self.now.timestamp()

    def _put_again(self, kept: Kept) -> Step:
        session = put_again(self._spoken(kept), now=self._seconds)
        if kept.beside + 1 >= ENOUGH_BESIDE:
            rested = kept.moved(pause(session))
            return Step([asking.paused(rested)], rested)
        put = replace(kept, session=session, beside=kept.beside + 1)
        return Step([asking.item(put, "questionnaire.back_to")], put)

    def _hear(self, text: str) -> Step | None:
        kept = self.asked.current
        if kept is None:
            return None
        if self.asked.is_put:
            heard = hear(self._spoken(kept), text, now=self._seconds)
            return None if heard is None else self._after(kept.moved(heard[0]), heard[1])
        if self.asked.is_offered and read_act(text) is Act.RESUME:
            return self._go_on(kept)
        return None

    def _after(self, kept: Kept, did: Did) -> Step:
        if did is Did.PAUSED:
            return Step([asking.paused(kept)], kept)
        if kept.session.waiting is None:
            return self._told(kept)
        return Step([asking.item(kept)], kept)

    def _told(self, kept: Kept) -> Step:
        return Step([*telling.told(kept, country=self.country), *self._programmes(kept)], kept)

    def _programmes(self, kept: Kept, *, skip: int = 0) -> list[Utterance]:
        if kept.id != "interests" or not kept.session.answers:
            return []
        try:
            return suggest(kept, self.catalogue(), country=self.country, slots=self.slots, skip=skip)
        except Unavailable:
            log.warning("catalogue_unavailable")
            return [{"say": "questionnaire.no_catalogue", "buttons": [telling.COACH]}]

    def _go_on(self, kept: Kept) -> Step:
        if not kept.is_open:
            return Step([asking.over(kept)])
        going = kept.moved(_running(self._spoken(kept), self._seconds))
        return Step([asking.item(going, "questionnaire.back_to")], going)

    def _spoken(self, kept: Kept) -> Session:
        return switch_language(kept.session, self.language.value)

    def _press(self, wanted: Mapping[str, Any]) -> Step:
        """Do what a button says; one that leads nowhere any more shows the menu."""
        of = str(wanted.get("of"))
        if of not in IDS:
            return Step([asking.menu(self.asked)])
        if wanted["do"] in _WITHOUT_RUN:
            return _WITHOUT_RUN[wanted["do"]](self, of, wanted)
        kept = self.asked.of(of)
        if kept is None or wanted["do"] not in _WITH_RUN:
            return Step([asking.choose(self.asked, of)])
        return _WITH_RUN[wanted["do"]](self, kept, wanted)

    def _choose(self, of: str, wanted: Mapping[str, Any]) -> Step:
        return Step([asking.choose(self.asked, of, is_anew=wanted["do"] == "again")])

    def _start(self, of: str, wanted: Mapping[str, Any]) -> Step:
        before = self.asked.of(of)
        session = start(of, form=wanted["form"], language=self.language.value, now=self._seconds)
        kept = Kept(session, revision=before.revision if before else 0)
        return Step([asking.item(kept, "questionnaire.intro")], kept)

    def _answer(self, kept: Kept, wanted: Mapping[str, Any]) -> Step:
        if not kept.is_open:
            return Step([asking.over(kept)])
        session = _running(self._spoken(kept), self._seconds, stays=True)
        try:
            if session.waiting is not None and session.waiting.id == wanted["item"]:
                session = answer(session, wanted["value"], now=self._seconds)
            else:  # a button of an item that was answered before: the later answer counts
                session = put_again(change(session, wanted["item"], wanted["value"]), now=self._seconds)
        except Refused:  # of an item that was not put in this run
            session = put_again(session, now=self._seconds)
        return self._after(kept.moved(session), Did.ANSWERED)

    def _act(self, kept: Kept, wanted: Mapping[str, Any]) -> Step:
        """Skip or back; the button of an item that is past does nothing to the one that waits."""
        if not kept.is_open:
            return Step([asking.over(kept)])
        session = _running(self._spoken(kept), self._seconds, stays=True)
        if session.waiting is not None and session.waiting.id == wanted["item"]:
            session = (skip if wanted["do"] == "skip" else back)(session, now=self._seconds)
        return self._after(kept.moved(session), Did.ANSWERED)

    def _pause(self, kept: Kept, _wanted: Mapping[str, Any]) -> Step:
        session = self._spoken(kept)
        rested = kept.moved(pause(session) if session.status is Status.RUNNING else session)
        return Step([asking.paused(rested)], rested) if kept.is_open else Step([asking.over(kept)])

    def _stop(self, kept: Kept, _wanted: Mapping[str, Any]) -> Step:
        return self._told(kept.moved(stop(self._spoken(kept)))) if kept.is_open else self._told(kept)

    def _resume(self, kept: Kept, _wanted: Mapping[str, Any]) -> Step:
        return self._go_on(kept)

    def _result(self, kept: Kept, _wanted: Mapping[str, Any]) -> Step:
        return self._told(kept)

    def _less(self, kept: Kept, wanted: Mapping[str, Any]) -> Step:
        fewer = replace(kept, less_like=tuple(dict.fromkeys([*kept.less_like, str(wanted["id"])])))
        return Step(self._programmes(fewer) or [{"say": "questionnaire.none_left"}], fewer)

    def _more(self, kept: Kept, wanted: Mapping[str, Any]) -> Step:
        return Step(self._programmes(kept, skip=int(wanted["skip"])) or [{"say": "questionnaire.none_left"}], kept)

    def _tips(self, kept: Kept, wanted: Mapping[str, Any]) -> Step:
        return Step(telling.tips(kept, country=self.country, skip=int(wanted["skip"])), kept)

    def _ask_to_share(self, kept: Kept, _wanted: Mapping[str, Any]) -> Step:
        return Step([telling.sharing(kept)], kept)

    def _share(self, kept: Kept, wanted: Mapping[str, Any]) -> Step:
        changed = replace(kept, shared_at=self.now if wanted["do"] == "share_yes" else None)
        return Step([telling.shared(changed)], changed)


def _running(session: Session, now: float, *, stays: bool = False) -> Session:
    """The session with its item waiting again.

    Args:
        session: any that is not done.
        now: seconds since 1970.
        stays: what runs already keeps its clock: it is answered now, not asked anew.
    """
    if session.status is not Status.RUNNING:
        return resume(session, now=now)
    return session if stays else put_again(session, now=now)


_WITHOUT_RUN: Mapping[str, Callable[[Steps, str, Mapping[str, Any]], Step]] = {
    "choose": Steps._choose,
    "again": Steps._choose,
    "start": Steps._start,
}
_WITH_RUN: Mapping[str, Callable[[Steps, Kept, Mapping[str, Any]], Step]] = {
    "answer": Steps._answer,
    "skip": Steps._act,
    "back": Steps._act,
    "pause": Steps._pause,
    "stop": Steps._stop,
    "resume": Steps._resume,
    "result": Steps._result,
    "programmes": Steps._more,
    "less": Steps._less,
    "tips": Steps._tips,
    "share": Steps._ask_to_share,
    "share_yes": Steps._share,
    "share_no": Steps._share,
    "unshare": Steps._share,
}
