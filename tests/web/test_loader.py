"""The one script on a school's page, seen from that page."""

import pytest
from playwright.sync_api import expect

from core.settings import get_settings

LAUNCHER = "Vragen over je studie?"
PANEL = "Jouw bericht"


@pytest.fixture
def embedding_allowed(site, tmp_path, monkeypatch):
    """The school's own origin is on the site's list."""
    sites = get_settings().sites_file.read_text().replace("allowed_origins: []", f'allowed_origins: ["{site.other}"]')
    file = tmp_path / "sites.yml"
    file.write_text(sites)
    monkeypatch.setenv("SITES_FILE", str(file))
    get_settings.cache_clear()
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


class TestBeforeItIsOpened:
    def test_it_asks_the_network_for_nothing_and_keeps_nothing(self, site, visit):
        asked = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.page.goto(f"{site.url}/demo/nl")
        visit.page.get_by_role("button", name=LAUNCHER).wait_for()
        visit.page.wait_for_timeout(300)

        ours = [url for url in asked if "/demo/" not in url and not url.endswith("/widget.js")]
        assert ours == []
        assert visit.page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
        assert site.talk.opened == 0

    def test_the_launcher_has_the_colour_of_the_school(self, site, visit):
        visit.page.goto(f"{site.url}/demo/be")
        round_part = visit.page.get_by_role("button", name=LAUNCHER).locator(".round")

        assert round_part.evaluate("part => getComputedStyle(part).backgroundColor") == "rgb(122, 59, 0)"

    def test_an_english_page_gets_an_english_launcher(self, site, visit):
        def in_english(route):
            html = route.fetch().text().replace('lang="nl"', 'lang="en"')
            route.fulfill(body=html, content_type="text/html")

        visit.page.route("**/demo/nl", in_english)
        visit.page.goto(f"{site.url}/demo/nl")

        assert visit.page.get_by_role("button", name="Questions about your studies?").is_visible()


class TestOnAnotherOrigin:
    @pytest.mark.usefixtures("embedding_allowed")
    def test_it_works_under_a_strict_policy_of_the_school(self, site, visit):
        frame = visit.open_widget(f"{site.other}/school")
        frame.get_by_label(PANEL).fill("hoi")
        frame.get_by_label(PANEL).press("Enter")

        frame.get_by_text("Je zei: hoi").wait_for()

    @pytest.mark.usefixtures("embedding_allowed")
    def test_no_script_of_the_school_can_read_the_chat(self, site, visit):
        visit.open_widget(f"{site.other}/school")

        seen = visit.page.locator("iframe").evaluate("frame => frame.contentDocument")
        assert seen is None

    @pytest.mark.usefixtures("embedding_allowed")
    def test_a_message_that_is_not_the_panels_is_not_obeyed(self, site, visit):
        visit.open_widget(f"{site.other}/school")
        visit.page.evaluate("postMessage({ wegwijs: 1, type: 'leave', address: 'https://example.org/' }, '*')")
        visit.page.evaluate("postMessage({ wegwijs: 1, type: 'close' }, '*')")
        visit.page.wait_for_timeout(200)

        assert visit.page.url.endswith("/school")
        assert visit.page.locator("iframe").is_visible()

    def test_a_page_that_is_not_on_the_list_cannot_show_the_panel(self, site, visit):
        visit.page.goto(f"{site.other}/school")
        visit.page.get_by_role("button", name=LAUNCHER).click()
        visit.page.wait_for_timeout(500)

        assert site.talk.opened == 0
        assert any("frame-ancestors" in complaint for complaint in visit.complaints)
        visit.complaints.clear()


class TestOpenAndClose:
    def test_focus_goes_in_and_comes_back_with_escape(self, site, visit):
        frame = visit.open_widget(f"{site.url}/demo/nl")
        assert frame.get_by_label(PANEL).evaluate("field => field === document.activeElement")

        visit.page.keyboard.press("Escape")
        launcher = visit.page.get_by_role("button", name=LAUNCHER)
        launcher.wait_for()
        assert launcher.evaluate("button => button === button.getRootNode().activeElement")
        assert not visit.page.locator("iframe").is_visible()

    def test_it_opens_by_keyboard_and_goes_on_where_it_was(self, site, visit):
        frame = visit.open_widget(f"{site.url}/demo/nl")
        frame.get_by_role("button", name="Sluiten").click()
        expect(visit.page.get_by_role("button", name=LAUNCHER)).to_be_focused()
        visit.page.keyboard.press("Enter")
        frame.get_by_text("computerprogramma en help").wait_for()

        assert site.talk.opened == 1

    def test_escape_closes_a_sheet_before_it_closes_the_panel(self, site, visit):
        frame = visit.open_widget(f"{site.url}/demo/nl")
        frame.get_by_role("button", name="Help nu").click()
        visit.page.keyboard.press("Escape")
        visit.page.wait_for_timeout(200)

        assert not frame.locator("#help").is_visible()
        assert frame.get_by_label(PANEL).is_visible()

    def test_news_while_it_is_closed_is_told_on_the_launcher(self, site, visit):
        frame = visit.open_widget(f"{site.url}/demo/nl")
        frame.get_by_role("button", name="Sluiten").click()
        visit.page.get_by_role("button", name=LAUNCHER).wait_for()
        site.talk.say("coach", "Ben je er nog?")

        visit.page.get_by_role("button", name="1 nieuw").click()
        frame.get_by_text("Ben je er nog?").wait_for()
        frame.get_by_role("button", name="Sluiten").click()
        expect(visit.page.get_by_role("button", name=LAUNCHER, exact=True)).to_be_visible()

    def test_on_a_phone_it_fills_the_screen_and_tab_stays_in_it(self, site, chromium, visit):
        visit.page.set_viewport_size({"width": 375, "height": 667})
        visit.open_widget(f"{site.url}/demo/nl")
        box = visit.page.locator("iframe").bounding_box()

        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 375, 667)
        assert visit.page.locator("dialog").evaluate("dialog => dialog.matches(':modal')")

    def test_larger_text_makes_the_panel_wider(self, site, visit):
        frame = visit.open_widget(f"{site.url}/demo/nl")
        before = visit.page.locator("iframe").bounding_box()["width"]
        frame.get_by_role("button", name="Groter").click()
        visit.page.wait_for_timeout(200)

        assert visit.page.locator("iframe").bounding_box()["width"] > before

    def test_leaving_quickly_shows_another_page_and_leaves_no_way_back(self, site, visit):
        visit.page.route("https://www.knmi.nl/**", lambda route: route.fulfill(body="Het weer"))
        frame = visit.open_widget(f"{site.url}/demo/nl")
        frame.get_by_role("button", name="Snel weg").click()
        visit.page.wait_for_url("https://www.knmi.nl/")
        visit.page.goto(f"{site.url}/demo/nl")

        assert visit.page.evaluate("sessionStorage.length") == 0
