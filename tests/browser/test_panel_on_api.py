"""The panel in a real browser, on the real API: what a pupil sees on a school's website."""

import re

import pytest
from playwright.async_api import expect

ACUTE = "Ik heb alles al klaarliggen, vanavond maak ik er een eind aan"
FIELD = "Jouw bericht"


@pytest.fixture
async def visited(school):
    """A demo school with the chat opened: the page, and the frame."""
    page = await school.page()
    await page.goto(f"{school.address}/demo/nl")
    await page.get_by_role("button", name="Vragen over je studie?").click()
    frame = page.frame_locator("iframe")
    await expect(frame.get_by_text("Ik ben een computerprogramma")).to_be_visible()
    return page, frame


async def say(frame, text):
    await frame.get_by_label(FIELD).fill(text)
    await frame.get_by_label(FIELD).press("Enter")


class TestPupil:
    async def test_a_cry_for_help_shows_the_helplines_and_a_case_waits(self, visited):
        _page, frame = visited
        await say(frame, ACUTE)

        await expect(frame.locator("chat-log").get_by_role("link", name="Bel 113")).to_be_attached()
        await expect(frame.locator("chat-log .helpline").first).to_be_in_viewport()
        await expect(frame.locator("#speaks")).to_contain_text("Er is een begeleider gevraagd.")

    async def test_a_reload_and_a_switch_of_language_keep_the_conversation(self, visited):
        page, frame = visited
        await say(frame, "Ik zit ergens mee")
        await expect(frame.locator('[data-from="user"]:not([data-waiting])')).to_have_count(1)
        await page.reload()
        await page.get_by_role("button", name="Vragen over je studie?").click()
        await expect(frame.locator('[data-from="user"]')).to_have_text(re.compile("Ik zit ergens mee"))
        await frame.get_by_role("button", name="EN English").click()

        await expect(frame.get_by_text("I am a computer program")).to_be_visible()
        await expect(frame.locator('[data-from="user"]')).to_have_count(1)

    async def test_the_other_country_has_its_own_helplines(self, school):
        page = await school.page()
        await page.goto(f"{school.address}/panel/demo-be")
        await page.get_by_role("button", name="Help nu").click()

        await expect(page.get_by_role("link", name="Bel 1813")).to_be_visible()
        await expect(page.get_by_role("link", name="Bel 113", exact=True)).to_have_count(0)

    async def test_erasing_leaves_nothing_to_come_back_to(self, visited):
        page, frame = visited
        await say(frame, "Ik zit ergens mee")
        await frame.get_by_role("button", name="Later verder?").click()
        await frame.get_by_role("button", name="Geef mij een code").click()
        await expect(frame.locator("#code")).to_have_text(re.compile(r"^\w+-\w+-\w+$"))
        code = await frame.locator("#code").text_content()
        await page.keyboard.press("Escape")
        await frame.get_by_role("button", name="Wissen").click()
        await frame.get_by_role("button", name="Wis alles").click()
        await frame.get_by_role("button", name="Wis nu").click()
        await expect(frame.locator("#erased")).to_have_text("Alles is gewist.")
        await frame.get_by_role("button", name="Nieuw gesprek").click()
        await frame.get_by_role("button", name="Later verder?").click()
        await frame.get_by_label("Vul je code in").fill(code)
        await frame.get_by_role("button", name="Open mijn gesprek").click()

        await expect(frame.locator("#later-note")).to_contain_text("Deze code werkt niet.")


class TestPupilAndCoach:
    async def test_they_talk_by_name_and_then_the_bot_is_back(self, school, visited):
        _page, frame = visited
        await frame.get_by_role("button", name="Help nu").click()
        await frame.get_by_role("button", name="Praat met een begeleider").click()
        console = await school.console(await school.coach("Samira", "mentor"))
        await console.locator(".list li a").first.click()
        await console.get_by_role("button", name="Neem deze zaak").click()
        await console.locator("#reply").fill("Dag, waar zit je mee?")
        await console.locator("#reply").press("Control+Enter")

        await expect(frame.locator('[data-from="coach"]')).to_contain_text("Samira, mentor")
        await expect(frame.locator('[data-from="coach"]')).to_contain_text("Dag, waar zit je mee?")
        await expect(frame.locator("#speaks")).to_have_text("Je spreekt nu met Samira, mentor.")
        await say(frame, "Ik durf niet naar school")
        await expect(console.get_by_text("Ik durf niet naar school")).to_be_visible()
