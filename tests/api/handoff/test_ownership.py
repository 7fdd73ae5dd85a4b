"""Never a word of the bot while a coach owns the conversation, whatever happens in whatever order."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from api.chat import queries as chat
from api.chat.answering import answer
from api.chat.hearing import Heard
from api.chat.models import Message
from api.chat.opening import open_conversation
from api.chat.said import Said, Voice
from api.chat.storing import Incoming, Stored, store
from api.coaches.models import Coach
from api.coaches.service import add_coach
from api.handoff import service as handoff
from api.handoff.jobs import ABSENT
from api.handoff.models import Case
from api.services import Services
from api.signals_reply import reply
from api.states import Author, CaseStatus, Country, Language, Owner
from bot.signals import Signal
from core import clock
from core.errors import Conflict, NotFound, Refused
from tests.api.handoff.ownership import check_log, owner_after

DANGER = Signal("suicide_ideation", "acute", 0.9, "self", "test")
CRISIS_REPLY = reply([DANGER], voice=Voice(Language.NL, Country.NL), case_opens=True)
CLICK = "/affirm"
"""A button: its answer needs no sentence vector, so the races are about the owner and nothing slow."""


class Talk:
    """A conversation, two coaches, and every act that can meet another one. `now` only moves when told."""

    def __init__(self, services: Services, rasa: Any, coaches: tuple[Coach, Coach], conversation_id: UUID) -> None:
        self.services, self.rasa, self.coaches, self.id = services, rasa, coaches, conversation_id
        self.now = clock.now()
        self.thinking: list[asyncio.Task[Any]] = []

    async def visitor(self, signal: Signal | None = None) -> Stored:
        """Store what the visitor writes; an answer is yet to come."""
        said = Said("ik wil dood") if signal else Said("Ja", payload=CLICK)
        heard = Heard(Language.NL, (signal,) if signal else ())
        incoming = Incoming(self.id, uuid4(), said, heard, CRISIS_REPLY if signal else None)
        async with self.services.db.write() as session:
            return await store(session, incoming, now=self.now)

    async def danger(self) -> None:
        """Put the visitor in danger: help must be there at once, whoever owns the conversation."""
        stored = await self.visitor(DANGER)
        async with self.services.db.read() as session:
            _own, helped = await chat.turn(session, self.id, stored.seq)
        assert helped.body["cards"]
        assert helped.author in (Author.BOT, Author.SYSTEM)

    async def asks(self) -> None:
        """Let the bot start to think about a message; `speaks` lets it finish, after whatever comes between."""
        stored = await self.visitor()
        self.thinking.append(asyncio.create_task(answer(self.services, self.id, stored, now=self.now)))
        await asyncio.sleep(0.005)

    async def speaks(self) -> None:
        """All answers that the bot was thinking about are ready."""
        self.rasa.may_answer.set()
        done, self.thinking = self.thinking, []
        await asyncio.gather(*done)
        self.rasa.may_answer.clear()

    async def chats(self) -> None:
        """Let the bot answer a message as fast as it can."""
        self.rasa.may_answer.set()
        await answer(self.services, self.id, await self.visitor(), now=self.now)

    async def time(self) -> None:
        """Longer than a coach may stay away."""
        self.now += ABSENT + timedelta(minutes=1)

    async def act(self, what: str, who: int, **more: Any) -> None:
        """Something that a coach does; a refusal is an answer too."""
        async with self.services.db.read() as session:
            newest = select(Case.id).where(Case.conversation_id == self.id).order_by(Case.opened_at.desc()).limit(1)
            case_id = await session.scalar(newest)
        if case_id is None:
            return
        with suppress(Conflict, NotFound, Refused):
            async with self.services.db.write() as session:
                await getattr(handoff, what)(session, case_id, coach=self.coaches[who], now=self.now, **more)

    async def says(self, who: int) -> None:
        """Let a coach write to the visitor, having claimed the case or not."""
        await self.act("reply", who, text="Hoi", client_message_id=uuid4())

    async def job(self, what: str) -> None:
        """Do the background work that brings the bot or the case back."""
        async with self.services.db.write() as session:
            case = await session.scalar(select(Case).where(Case.conversation_id == self.id, Case.closed_at.is_(None)))
            if case is not None and what == "absence":
                await handoff.end_absence(session, case.id, before=self.now - ABSENT, now=self.now)
            elif case is not None:
                await handoff.wake(session, case.id, now=self.now)

    async def do(self, step: str) -> None:
        """One step by its name; a number says which coach."""
        name, _, who = step.partition(":")
        coach = int(who or 0)
        acts: dict[str, Callable[[], Any]] = {
            "danger": self.danger,
            "asks": self.asks,
            "speaks": self.speaks,
            "chats": self.chats,
            "time": self.time,
            "says": lambda: self.says(coach),
            "to_queue": lambda: self.act("transfer", coach, to=None),
            "to_colleague": lambda: self.act("transfer", coach, to=self.coaches[1 - coach].id),
            "snooze": lambda: self.act("snooze", coach, until=self.now + timedelta(minutes=20)),
            "absence": lambda: self.job("absence"),
            "wake": lambda: self.job("wake"),
        }
        await acts.get(name, lambda: self.act(name, coach))()

    async def check(self) -> list[Message]:
        """Hold the promise to the log, and that case and conversation agree about who speaks."""
        async with self.services.db.read() as session:
            messages = await check_log(session, self.id)
            cases = (await session.scalars(select(Case).where(Case.conversation_id == self.id))).all()
            conversation = await chat.found(session, self.id)
        running = [case for case in cases if case.status is not CaseStatus.CLOSED]
        assert len(running) <= 1
        if conversation.owner is Owner.COACH:
            assert [(case.status, case.coach_id) for case in running] == [(CaseStatus.CLAIMED, conversation.coach_id)]
        return messages


@pytest.fixture
async def talks(settings_for: Any, database_url: str, rasa: Any) -> Any:
    """Open talks in a fresh database; the bot's answers wait until `rasa.may_answer`."""
    rasa.may_answer = asyncio.Event()
    rasa.before_answer = rasa.may_answer.wait
    with settings_for(database_url, RASA_TIMEOUT_S="20") as given_settings:
        services = Services.of(given_settings)
        async with services.db.write() as session:
            coaches = [
                (
                    await add_coach(
                        session,
                        email=f"{name}@x.example",
                        first_name=name,
                        role="mentor",
                        team="demo-nl",
                        now=clock.now(),
                    )
                )[0]
                for name in ("Anke", "Bilal")
            ]

        @asynccontextmanager
        async def start() -> Any:
            async with services.db.write() as session:
                opened = await open_conversation(
                    session, site_id="demo-nl", language=None, audience=None, now=clock.now()
                )
            talk = Talk(services, rasa, (coaches[0], coaches[1]), opened.conversation.id)
            try:
                yield talk
            finally:
                await talk.speaks()

        yield start
        await services.close()


ACTS = [
    *("danger", "asks", "speaks", "time", "absence", "wake"),
    *(
        f"{act}:{who}"
        for act in ("claim", "says", "to_queue", "to_colleague", "snooze", "close", "reopen")
        for who in (0, 1)
    ),
]
LIKELY = ["asks", "speaks", "claim:0", "says:0", "close:0", "claim:1", "says:1"]
"""Drawn more often, or most runs would never get as far as a coach who speaks."""

slow = settings(
    deadline=None,
    max_examples=15,  # of each kind, on each engine
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes with a database behind each step
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example opens a talk of its own
)


class TestOwnership:
    @slow
    @given(steps=st.lists(st.sampled_from(ACTS + 3 * LIKELY), min_size=3, max_size=14))
    async def test_holds_after_every_step_in_any_order_and_ends_with_a_bot_that_speaks(self, talks, steps):
        async with talks() as talk:
            await talk.danger()
            for step in steps:
                await talk.do(step)
                await talk.check()
            await talk.speaks()
            await talk.check()
            for step in ("to_queue:0", "claim:0", "close:0"):
                await talk.do(step)
            await talk.chats()
            assert (await talk.check())[-1].author is Author.BOT, "the coach left and the bot stays silent"

    @slow
    @given(
        before=st.sampled_from([(), ("claim:0",), ("claim:0", "says:0"), ("claim:0", "says:0", "time")]),
        together=st.lists(st.sampled_from([*ACTS[6:], "chats", "danger", "absence", "wake"]), min_size=2, max_size=5),
    )
    async def test_holds_when_acts_meet_in_the_same_moment(self, talks, before, together):
        async with talks() as talk:
            await talk.danger()
            for step in before:
                await talk.do(step)
            await asyncio.gather(*(talk.do(step) for step in ("chats", *together)))
            await talk.check()


class TestReadingTheLog:
    """The check itself: it must see what it is there to see."""

    @staticmethod
    def log(*lines: tuple[Author, str | None]) -> list[Message]:
        return [
            Message(seq=seq, author=author, body={"utterance": key and {"say": key}})
            for seq, (author, key) in enumerate(lines, start=1)
        ]

    def test_a_bot_that_talks_over_a_coach_is_found(self):
        joined, coach = (Author.SYSTEM, "handoff.joined"), (Author.COACH, None)
        with pytest.raises(AssertionError, match="3: bot"):
            owner_after(self.log(joined, coach, (Author.BOT, "search.found")))

    def test_a_bot_that_is_back_may_speak(self):
        joined, back = (Author.SYSTEM, "handoff.joined"), (Author.BOT, "handoff.bot_back_closed")
        assert owner_after(self.log(joined, back, (Author.BOT, "search.found"))) is Owner.BOT
