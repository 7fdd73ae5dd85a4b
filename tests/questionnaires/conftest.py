"""Strategies and sessions of the questionnaires."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import strategies as st

from questionnaires import session as sessions
from questionnaires.bank import IDS, Item, questionnaire
from questionnaires.session import Session


@st.composite
def answered(draw: st.DrawFn, id: str | None = None) -> tuple[str, dict[str, int]]:
    """A questionnaire with answers to some of its items."""
    chosen = id or draw(st.sampled_from(IDS))
    items = questionnaire(chosen).items
    given = draw(st.lists(st.sampled_from(list(items)), unique=True))
    return chosen, {key: draw(st.sampled_from([one.value for one in items[key].options])) for key in given}


def opposite(item: Item, answer: int) -> int:
    """The answer at the same distance from the other end."""
    return item.options[0].value + item.options[-1].value - answer


@pytest.fixture
def run_through() -> Callable[..., Session]:
    """Runs a questionnaire to its end, some seconds an item; what has no answer is skipped."""

    def run(id: str, answers: Mapping[str, int], *, form: str = "long", each_s: float = 4.0) -> Session:
        run = sessions.start(id, form=form, language="nl", now=0.0)  # type: ignore[arg-type]
        now = 0.0
        while run.waiting is not None:
            now += each_s
            value = answers.get(run.waiting.id)
            run = sessions.skip(run, now=now) if value is None else sessions.answer(run, value, now=now)
        return run

    return run
