"""A server with a scripted conversation, and a Chromium to look at it with."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from tests.web.scripted import Talk, app

READY_MS = 30_000
"""How long a browser may take on a machine that does other work as well; a test that passes never waits for it."""


@dataclass(frozen=True)
class Site:
    """Where the pages are; `other` is the same server under another origin."""

    url: str
    other: str
    talk: Talk


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of its own for every test."""
    talk = Talk()
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = uvicorn.Server(uvicorn.Config(app(talk, url), log_level="error", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield Site(url, f"http://localhost:{port}", talk)
    talk.is_erased = True  # ends the event streams
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for this folder: closed before other tests need an event loop of their own."""
    path = os.environ.get("WEGWIJS_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        expect.set_options(timeout=READY_MS)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """One visitor's tab. Whatever the browser complains about is an error of ours."""

    def __init__(self, browser: Browser, **options: object) -> None:
        self.context = browser.new_context(locale="nl-NL", **options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(READY_MS)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda line: self.complaints.append(line.text) if "Security Policy" in line.text else None
        )

    def open_widget(self, address: str) -> FrameLocator:
        """Press the launcher and wait for the chat."""
        self.page.goto(address)
        self.page.get_by_role("button", name="Vragen over je studie?").click()
        frame = self.page.frame_locator("iframe")
        frame.get_by_text("computerprogramma en help").wait_for()
        return frame


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A desktop visitor."""
    visit = Visit(chromium, viewport={"width": 1200, "height": 800})
    yield visit
    visit.context.close()
    assert visit.complaints == []


@pytest.fixture
def panel(site: Site, visit: Visit) -> Page:
    """The panel by itself, with a conversation begun."""
    visit.page.goto(f"{site.url}/panel/demo-nl")
    visit.page.get_by_text("computerprogramma en help").wait_for()
    return visit.page
