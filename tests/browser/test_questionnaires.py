"""The interest test as a pupil does it, in a real browser on the real API."""

import re

import pytest
from playwright.async_api import expect

from tests.api.questionnaires.conftest import catalogue_door, catalogue_url
from tests.browser.test_panel_on_api import ACUTE, say

__all__ = ["catalogue_door", "catalogue_url"]

ITEMS = 18


@pytest.fixture
async def sqlite_chat(chat_on, sqlite_url, catalogue_url):
    """The app with programmes to show."""
    async with chat_on(sqlite_url, CATALOGUE_URL=catalogue_url) as running:
        yield running


def item(frame, number, said="Vraag {} van {}"):
    """The item that waits."""
    return frame.locator("chat-message:not([data-past]) .question h3").filter(has_text=said.format(number, ITEMS))


async def open_chat(page, school):
    await page.goto(f"{school.address}/demo/nl")
    await page.get_by_role("button", name="Vragen over je studie?").click()
    return page.frame_locator("iframe")


async def answer(frame, words):
    await frame.locator("chat-message:not([data-past]) .answers").get_by_role("button", name=words).click()


async def test_a_pupil_does_the_interest_test_with_all_that_may_come_between(school):
    page = await school.page()
    frame = await open_chat(page, school)
    await frame.get_by_role("button", name="Doe de interessetest").click()
    await frame.get_by_role("button", name="Korte test").click()
    await expect(item(frame, 1)).to_be_visible()
    await expect(frame.locator("chat-message:not([data-past]) .answers button")).to_have_count(5)
    await answer(frame, "😃 Heel leuk")
    await expect(item(frame, 2)).to_be_visible()

    # A question in between is answered, and the item is put again.
    await say(frame, "wat is BBL?")
    await expect(frame.get_by_text("Nu weer verder met je test.")).to_be_visible()
    await say(frame, "4")
    await expect(item(frame, 3)).to_be_visible()

    # One back, and what was answered is marked.
    await frame.get_by_role("button", name="Vorige vraag").last.click()
    await expect(frame.locator('.answers button[aria-pressed="true"]').last).to_have_text("🙂 Leuk")
    await answer(frame, "😞 Helemaal niet leuk")
    await expect(item(frame, 3)).to_be_visible()

    # Another language, and the page loaded anew.
    await frame.get_by_role("button", name="EN English").click()
    await expect(item(frame, 3, "Question {} of {}")).to_be_visible()
    await answer(frame, "I'd love it")
    await expect(item(frame, 4, "Question {} of {}")).to_be_visible()
    await frame.get_by_role("button", name="NL Nederlands").click()
    frame = await open_chat(page, school)
    await expect(item(frame, 4)).to_be_visible()

    # Danger goes first; the test is kept, and goes on when it is asked for.
    await say(frame, ACUTE)
    await expect(frame.locator("chat-log .helpline").first).to_be_in_viewport()
    await expect(frame.locator("chat-message:not([data-past]) .question")).to_have_count(0)
    await frame.get_by_role("button", name="Testen").click()
    await frame.get_by_role("button", name="Verder met de test").last.click()
    for number in range(4, ITEMS + 1):
        await expect(item(frame, number)).to_be_visible()
        await answer(frame, "😃 Heel leuk" if number % 3 else "🙁 Niet zo leuk")

    picture = frame.locator(".result img")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_attribute("alt", re.compile("Doen \\d+%"))
    await expect(frame.locator(".programme")).to_have_count(3)
    await frame.get_by_role("button", name="Minder zoals").first.click()
    await expect(frame.get_by_text("Oké, minder daarvan.")).to_be_visible()
