"""A result outside the chat, in a real browser on the real API: from the panel to paper, and gone again."""

import re
from io import BytesIO

import pikepdf
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.api.questionnaires.conftest import catalogue_door, catalogue_url
from tests.api.questionnaires.test_results import interests
from tests.api.results.conftest import link_of
from tests.browser.test_questionnaires import answer, item, open_chat, sqlite_chat
from tests.web.test_accessibility import RULES

__all__ = ["catalogue_door", "catalogue_url", "sqlite_chat"]

PHONE = {"width": 360, "height": 740}


async def faults(page):
    found = (await Axe().run(page, options=RULES)).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


@pytest.fixture
async def link(school):
    """The address of somebody's interests."""
    visit = await school.chat.open()
    await interests(visit)
    return f"{school.address}/result#{await link_of(visit)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_of_a_result_has_no_fault_and_fits_a_phone(school, link, scheme):
    page = await school.page(viewport=PHONE, color_scheme=scheme)
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1, name="Jouw uitslag")).to_be_visible()
    await expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Doen 100%"))
    assert await faults(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await page.get_by_role("button", name="Voor ouders").click()
    await expect(page.get_by_role("heading", name="Vragen die u kunt stellen")).to_be_visible()
    assert await faults(page) == []


async def test_by_keyboard_it_is_read_in_english_taken_along_and_ended(school, link):
    page = await school.page()
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1, name="Jouw uitslag")).to_be_visible()
    await page.get_by_role("button", name="English").press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Your result")).to_be_visible()
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="PDF").press("Enter")
    saved = await (await coming.value).path()
    with pikepdf.open(BytesIO(saved.read_bytes())) as document:
        assert document.Root.MarkInfo.Marked

    await page.get_by_role("button", name="Stop this link").press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).not_to_be_empty()
    await page.reload()
    await expect(page.get_by_role("heading", level=1, name="Jouw uitslag: ")).to_have_count(0)


async def test_from_the_panel_a_pupil_opens_a_result_and_erases_it(school):
    page = await school.page()
    frame = await open_chat(page, school)
    await frame.get_by_role("button", name="Doe de interessetest").click()
    await frame.get_by_role("button", name="Korte test").click()
    for number in range(1, 19):
        await expect(item(frame, number)).to_be_visible()
        await answer(frame, "😃 Heel leuk" if number % 3 else "🙁 Niet zo leuk")
    await frame.get_by_role("button", name="Print of bewaar").click()
    async with page.context.expect_page() as opened:
        await frame.locator(".result .act a").click()
    result = await opened.value
    await expect(result.get_by_role("heading", level=1, name="Jouw uitslag")).to_be_visible()

    await frame.locator('.result button[data-erase="interests"]').click()
    await frame.get_by_role("button", name="Ja").last.click()
    await expect(frame.locator(".result")).to_have_count(0)
    await result.reload()
    await expect(result.get_by_role("status")).not_to_be_empty()
    await expect(result.get_by_role("img")).to_have_count(0)
