"""The real app with a temporary database, visitors who write to it, and coaches who look at it with Chromium."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from api.coaches.service import add_coach
from core import clock
from tests.api.conftest import chat_on, databases, rasa, settings_for, sqlite_chat, sqlite_url

__all__ = ["chat_on", "databases", "rasa", "settings_for", "sqlite_chat", "sqlite_url"]

CHROMIUM = os.environ.get("WEGWIJS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
READY_MS = 30_000
"""How long a browser may take on a machine that does other work as well; a test that passes never waits for it."""

expect.set_options(timeout=READY_MS)


@dataclass
class Account:
    """A coach and how they sign in."""

    id: str
    email: str
    password: str


@dataclass
class School:
    """What a test may do: let visitors write, hire coaches, open their consoles."""

    chat: Any
    address: str
    browser: Browser
    stack: AsyncExitStack

    async def visitor(self, *texts: str, **given: Any) -> Any:
        """Let a visitor say these things; what starts with a slash is a button."""
        visit = await self.chat.open(**given)
        for text in texts:
            await (visit.press(text) if text.startswith("/") else visit.say(text))
        return visit

    async def coach(self, first_name: str = "Samira", role: str = "mentor", team: str = "demo-nl") -> Account:
        """Hire a coach."""
        async with self.chat.services.db.write() as session:
            coach, password = await add_coach(
                session,
                email=f"{uuid4().hex}@school.example",
                first_name=first_name,
                role=role,
                team=team,
                now=clock.now(),
            )
        return Account(str(coach.id), coach.email, password)

    async def page(self, **options: Any) -> Page:
        """Open a console that nobody is signed in to; a script error or a broken content policy fails the test."""
        given = {"viewport": {"width": 1366, "height": 768}, "locale": "nl-NL", "reduced_motion": "reduce"} | options
        context = await self.browser.new_context(**given)
        self.stack.push_async_callback(context.close)
        page = await context.new_page()
        page.set_default_timeout(READY_MS)
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: "Content Security Policy" in said.text and faults.append(said.text))
        self.stack.callback(lambda: _assert_none(faults))
        await page.goto(f"{self.address}/coach")
        return page

    async def console(self, account: Account | None = None, **options: Any) -> Page:
        """Open a console and sign in."""
        account = account or await self.coach()
        page = await self.page(**options)
        await page.locator("#email").fill(account.email)
        await page.locator("#password").fill(account.password)
        await page.keyboard.press("Enter")
        await expect(page.locator(".list > *").first).to_be_visible()
        return page


def _assert_none(faults: list[str]) -> None:
    assert faults == []


@pytest.fixture
async def school(sqlite_chat: Any) -> AsyncIterator[School]:
    """Start the app, and a browser beside it."""
    async with async_playwright() as playwright, AsyncExitStack() as stack:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        stack.push_async_callback(browser.close)
        yield School(sqlite_chat, str(sqlite_chat.http.base_url).rstrip("/"), browser, stack)
