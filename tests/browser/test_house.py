"""The whole house in one run, on real components: a Dutch pupil, an English-speaking parent and a coach in Chromium.

Then each process is killed in mid-conversation, and at the end every file is searched for what people wrote.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from playwright.async_api import Browser, FrameLocator, Page, async_playwright, expect

from tests.browser.conftest import CHROMIUM
from tests.house import House

SECRET_WORD = "zeldzaamwoordje"
"""In messages of every kind below; it may stand in no file."""
ANSWER_MS = 20_000

expect.set_options(timeout=ANSWER_MS)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all of these tests: starting Rasa takes a while."""
    with House(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


class Person:
    """Somebody at a school's page with the chat open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.chat: FrameLocator = page.frame_locator("iframe")

    @classmethod
    async def at(cls, browser: Browser, address: str) -> "Person":
        """Open the page and the chat, as a visitor does."""
        context = await browser.new_context(locale="nl-NL", viewport={"width": 1200, "height": 900})
        page = await context.new_page()
        page.set_default_timeout(ANSWER_MS)
        await page.goto(address)
        person = cls(page)
        await person.open()
        return person

    async def open(self) -> None:
        """Press the launcher."""
        await self.page.get_by_role("button", name="Vragen over je studie?").click()
        await self.chat.locator("chat-message").first.wait_for()  # before the panel's scripts run, Enter sends nothing

    async def say(self, text: str) -> None:
        """Type and press Enter, then wait until the answer to it is there."""
        before = await self.chat.locator("chat-message[data-from]:not([data-waiting])").count()
        await self.chat.locator("#words").fill(text)
        await self.chat.locator("#words").press("Enter")
        await expect(self.chat.locator("chat-message[data-from=user]", has_text=text[:40]).last).to_be_visible()
        await expect(self.chat.locator("chat-message[data-waiting]")).to_have_count(0)
        await expect(self.chat.locator("chat-message[data-from]").nth(before)).to_be_visible()

    async def sees(self, text: str) -> None:
        """Wait for words in the log; without them the failure shows the end of the talk."""
        try:
            await expect(self.chat.get_by_role("log").get_by_text(text).last).to_be_visible()
        except AssertionError:
            log = await self.chat.get_by_role("log").inner_text()
            raise AssertionError(f"{text!r} was not said; the talk ended with:\n{log[-900:]}") from None


class Visitor:
    """Somebody who talks to the API without a browser."""

    def __init__(self, house: House, site: str = "demo-nl") -> None:
        self._conversations = f"{house.url}/api/v1/conversations"
        self.talk: dict[str, Any] = httpx2.post(self._conversations, json={"site": site}, timeout=20).json()
        self._mine = f"{self._conversations}/{self.talk['id']}"
        self._headers = {"Authorization": f"Bearer {self.talk['token']}"}

    def say(self, text: str, *, id: str | None = None) -> list[dict[str, Any]]:
        """Say something; a dropped connection is tried again with the same id, as the panel does."""
        body = {"client_message_id": id or str(uuid4()), "text": text}
        until = time.monotonic() + 120
        while True:
            try:
                answer = httpx2.post(f"{self._mine}/messages", json=body, headers=self._headers, timeout=20)
            except httpx2.HTTPError:
                assert time.monotonic() < until, "the API did not come back"
                time.sleep(0.3)
                continue
            answer.raise_for_status()
            messages: list[dict[str, Any]] = answer.json()["messages"]
            return messages

    def all_messages(self) -> list[dict[str, Any]]:
        """What the conversation holds now."""
        messages: list[dict[str, Any]] = httpx2.get(self._mine, headers=self._headers, timeout=20).json()["messages"]
        return messages


async def sign_in(browser: Browser, house: House) -> Page:
    """The coach's console of the Dutch demo school."""
    email, password = house.coach("demo-nl")
    page = await (await browser.new_context(locale="nl-NL", viewport={"width": 1366, "height": 900})).new_page()
    page.set_default_timeout(ANSWER_MS)
    await page.goto(f"{house.url}/coach")
    await page.locator("#email").fill(email)
    await page.locator("#password").fill(password)
    await page.keyboard.press("Enter")
    await expect(page.locator("#password")).to_be_hidden()
    return page


async def test_a_pupil_a_parent_and_a_coach_in_one_run(house: House, browser: Browser) -> None:
    pupil = await Person.at(browser, f"{house.url}/demo/nl")
    await pupil.sees("computerprogramma")
    await pupil.say(f"ik wil iets met techniek {SECRET_WORD}")
    await expect(pupil.chat.locator(".card").first).to_be_visible()
    await pupil.say("in Utrecht")
    await pupil.sees("Utrecht ×")
    await pupil.say("niveau 3")
    await pupil.sees("niveau 3 ×")
    await pupil.say("en BBL?")
    await pupil.sees("BBL ×")
    await pupil.say("terug")
    await expect(pupil.chat.locator("chat-message").last).not_to_contain_text("BBL ×")

    await pupil.chat.get_by_role("button", name="EN English").click()
    await pupil.say("what do I need for mbo level 4?")
    await pupil.sees("Vmbo-basis is not enough")
    await pupil.chat.get_by_role("button", name="NL Nederlands").click()

    await pupil.page.reload()
    if not await pupil.chat.locator("#words").is_visible():
        await pupil.open()
    await pupil.sees("niveau 3 ×")

    parent = await Person.at(browser, f"{house.url}/demo/nl")
    await parent.say(f"Hello, my daughter wants to become an electrician {SECRET_WORD}")
    await expect(parent.chat.locator(".card").first).to_be_visible()
    await parent.say("When is the deadline to apply?")
    await parent.sees("1 April 2027")

    console = await sign_in(browser, house)
    before = await console.locator(".list li").count()
    await pupil.say("kan ik met iemand praten?")
    await expect(console.locator(".list li")).to_have_count(before + 1)  # live, without a reload
    await console.locator(".list li a").last.click()
    await console.get_by_role("button", name="Neem deze zaak").click()
    await expect(console.locator("#reply")).to_be_focused()
    await console.locator("#reply").fill(f"Hoi, ik ben er. {SECRET_WORD}")
    await console.keyboard.press("Enter")
    await pupil.sees("Hoi, ik ben er.")
    await pupil.sees("Noor")

    await pupil.say(f"wat is bbl? {SECRET_WORD}")
    await expect(console.get_by_text("wat is bbl?")).to_be_visible()
    await asyncio.sleep(2)
    last = pupil.chat.locator("chat-message").last
    assert await last.get_attribute("data-from") == "user", "the bot spoke while a coach owned the conversation"

    await console.locator(".menu summary").click()
    await console.get_by_role("button", name="Sluit de zaak").first.click()
    await console.locator("dialog").get_by_role("button", name="Sluit de zaak").click()
    await pupil.sees("de bot")
    await pupil.say("bedankt")
    await pupil.sees("Graag gedaan")


async def test_an_acute_message_gets_help_at_once_and_a_case_on_top(house: House, browser: Browser) -> None:
    console = await sign_in(browser, house)
    child = await Person.at(browser, f"{house.url}/demo/nl")
    await child.say(f"ik ga er vanavond een eind aan maken {SECRET_WORD}")

    await expect(child.chat.locator("a[href='tel:113']").first).to_be_visible()
    await expect(child.chat.locator("a[href='tel:112']").first).to_be_visible()
    await expect(console.locator(".list li").first).to_contain_text("Acuut")


def test_two_coaches_claim_and_one_is_told_so(house: House) -> None:
    visitor = Visitor(house)
    visitor.say("ik wil een mens spreken")
    email, password = house.coach("demo-nl")
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(httpx2.Client(base_url=f"{house.url}/api/v1", timeout=20)) for _ in range(2)
        )
        for client in (first, second):
            client.post("/coach/sign-in", json={"email": email, "password": password}).raise_for_status()
        case = next(one for one in first.get("/cases").json()["items"] if one["state"] == "open")

        assert first.post(f"/cases/{case['id']}/claim").status_code == 200
        refused = second.post(f"/cases/{case['id']}/claim")

    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_without_rasa_or_actions_people_are_told_and_danger_is_answered(house: House, name: str) -> None:
    visitor = Visitor(house)
    house.kill(name)

    told = visitor.say(f"ik zoek een opleiding met paarden {SECRET_WORD}")
    assert len(told) > 1, "nothing was said"
    assert not any(message["cards"] for message in told if message["author"] == "bot")
    acute = visitor.say(f"ik heb net heel veel pillen geslikt {SECRET_WORD}")
    assert any("112" in message["text"] for message in acute[1:])

    house.wait_until_ready()
    again = Visitor(house)
    assert any(message["cards"] for message in again.say("ik zoek een opleiding met paarden"))
    texts = [message["text"] for message in visitor.all_messages() if message["author"] == "user"]
    assert len(texts) == 2


def test_a_killed_api_loses_and_doubles_nothing(house: House) -> None:
    visitor = Visitor(house)
    visitor.say("hallo")
    house.kill("api")

    id = str(uuid4())
    first = visitor.say("ik wil iets met kinderen doen", id=id)
    assert visitor.say("ik wil iets met kinderen doen", id=id) == first
    house.wait_until_ready()

    messages = visitor.all_messages()
    assert [message["text"] for message in messages if message["author"] == "user"] == [
        "hallo",
        "ik wil iets met kinderen doen",
    ]
    assert [message["seq"] for message in messages] == sorted({message["seq"] for message in messages})
    assert any(message["cards"] for message in first)


def test_nothing_that_people_wrote_stands_in_any_file(house: House) -> None:
    metrics = httpx2.get(f"{house.operations}/metrics", timeout=10).text
    assert SECRET_WORD not in metrics
    files = [path for path in house.data_dir.rglob("*") if path.is_file()]
    assert {"tracker.db", "conversations.db", "api.log", "rasa.log", "actions.log"} <= {path.name for path in files}
    told = [str(path) for path in files if SECRET_WORD.encode() in path.read_bytes()]
    assert told == []
