"""WCAG 2.2 AA as far as a machine can see it: axe on every page and sheet, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.scripted import COMPARISON, DEADLINE, HELPLINE, JOINED, PATHWAYS, PROGRAMME, SOURCE, WAITING

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
NARROW = {"width": 320, "height": 568}
ZOOMED = {"width": 320, "height": 256}
"""1280 by 1024 pixels at 400 %."""


def faults(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


@pytest.fixture(params=["light", "dark"])
def full_panel(site, chromium, request):
    """A panel with every kind of message and card in it."""
    visit = Visit(chromium, viewport={"width": 400, "height": 700}, color_scheme=request.param, reduced_motion="reduce")
    visit.page.goto(f"{site.url}/panel/demo-nl")
    visit.page.get_by_text("computerprogramma en help").wait_for()
    site.talk.say("user", "Iets met dieren")
    site.talk.say(
        "bot", "Ik vond dit.", cards=[PROGRAMME, DEADLINE, COMPARISON, *PATHWAYS, HELPLINE, WAITING], sources=[SOURCE]
    )
    site.talk.say("system", "Je spreekt nu met Samira, mentor.", cards=[JOINED])
    site.talk.say("coach", "Kijk op https://www.kiesmbo.nl/ eens.")
    visit.page.get_by_text("eens.").wait_for()
    yield visit.page
    visit.context.close()


class TestPanel:
    def test_a_full_conversation_has_no_fault(self, full_panel):
        full_panel.get_by_text("Meer hierover").click()

        assert faults(full_panel) == []

    @pytest.mark.parametrize("opener", ["Help nu", "Wissen", "Later verder?"])
    def test_a_sheet_has_no_fault_and_gives_the_focus_back(self, full_panel, opener):
        full_panel.get_by_role("button", name=opener).click()
        expect(full_panel.locator("dialog[open]")).to_be_visible()
        assert faults(full_panel) == []

        full_panel.keyboard.press("Escape")
        expect(full_panel.get_by_role("button", name=opener)).to_be_focused()

    @pytest.mark.parametrize("size", [NARROW, ZOOMED], ids=["320 px", "400 %"])
    @pytest.mark.parametrize("is_larger", [False, True], ids=["usual text", "larger text"])
    def test_nothing_is_cut_off_at_the_side(self, full_panel, size, is_larger):
        full_panel.set_viewport_size(size)
        if is_larger:
            full_panel.get_by_role("button", name="Groter").click()

        wide = full_panel.evaluate(
            """[document.documentElement, document.querySelector('chat-log')]
              .map(part => part.scrollWidth - part.clientWidth)"""
        )
        assert wide == [0, 0]

    def test_every_target_is_large_enough_for_a_thumb(self, full_panel):
        small = full_panel.evaluate(
            """[...document.querySelectorAll('button, summary, .helpline a, textarea')]
              .filter(target => target.checkVisibility())
              .map(target => [target.textContent.trim(), target.getBoundingClientRect()])
              .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
        )
        assert small == []

    def test_the_log_is_announced_and_can_be_scrolled_by_keyboard(self, full_panel):
        log = full_panel.get_by_role("log", name="Gesprek")

        expect(log).to_have_attribute("tabindex", "0")
        expect(log).not_to_have_attribute("aria-live", "off")  # it was, while the conversation was put in

    def test_one_can_go_through_it_with_tab_alone(self, full_panel):
        full_panel.get_by_label("Jouw bericht").focus()
        reached = []
        for _step in range(24):
            full_panel.keyboard.press("Shift+Tab")
            reached.append(full_panel.evaluate("document.activeElement.textContent.trim()"))

        assert any("Meer hierover" in name for name in reached)
        assert any("Bel 0800-0113" in name for name in reached)


class TestPages:
    @pytest.mark.parametrize("country", ["nl", "be"])
    @pytest.mark.parametrize("width", [1280, 320])
    def test_a_demo_school_has_no_fault_and_fits(self, site, visit, country, width):
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.goto(f"{site.url}/demo/{country}")
        visit.page.get_by_role("button", name="Vragen over je studie?").wait_for()

        assert faults(visit.page) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0

    def test_the_open_widget_on_a_school_page_has_no_fault(self, site, visit):
        visit.open_widget(f"{site.url}/demo/nl")

        assert faults(visit.page) == []
