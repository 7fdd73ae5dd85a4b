"""The coach's console in a real browser, on the real API."""

import re
from uuid import uuid4

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from api.texts import KEYS
from bot.signals.book import CONTEXT_FILES, FOLDER

ACUTE = "Ik heb alles al klaarliggen, vanavond maak ik er een eind aan"
BULLIED = "Ik word elke dag gepest"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}


async def faults(page):
    found = (await Axe().run(page, options=RULES)).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


async def open_first(page):
    await page.locator(".list li a").first.click()
    await expect(page.locator("#case-title")).to_be_focused()


async def claimed(school, *texts, account=None, **options):
    """Let a visitor ask for a person, and a coach claim the case."""
    visit = await school.visitor(*(texts or (BULLIED, "/ask_human")))
    page = await school.console(account, **options)
    await open_first(page)
    await page.get_by_role("button", name="Neem deze zaak").click()
    await expect(page.locator("#reply")).to_be_focused()
    return visit, page


def test_every_kind_of_signal_has_a_name_in_words():
    kinds = {file.stem for file in FOLDER.glob("nl/*.yml")} - set(CONTEXT_FILES)
    assert kinds
    assert {f"console.kind.{kind}" for kind in kinds} <= KEYS


class TestSigningIn:
    async def test_a_wrong_password_is_said_and_the_address_stays(self, school):
        account = await school.coach()
        page = await school.page()
        await page.locator("#email").fill(account.email)
        await page.locator("#password").fill("not-this-one")
        await page.keyboard.press("Enter")

        await expect(page.get_by_role("alert").filter(has_text="horen niet bij elkaar")).to_be_visible()
        assert await page.locator("#email").input_value() == account.email
        await expect(page.locator("#password")).to_be_focused()

    async def test_signing_out_leaves_nothing_that_was_typed(self, school):
        _, page = await claimed(school)
        await page.locator("#reply").fill("Een half antwoord")
        await page.get_by_role("button", name="Log uit").click()

        await expect(page.locator("#email")).to_be_focused()
        assert await page.evaluate("Object.keys(sessionStorage)") == []

    async def test_a_lost_sign_in_keeps_what_was_typed(self, school):
        account = await school.coach()
        _, page = await claimed(school, account=account)
        await page.locator("#reply").fill("Dit mag niet weg")
        await page.context.clear_cookies()
        await page.keyboard.press("Enter")
        await expect(page.locator("#email")).to_be_visible()
        await page.locator("#email").fill(account.email)
        await page.locator("#password").fill(account.password)
        await page.keyboard.press("Enter")

        await expect(page.locator("#reply")).to_have_value("Dit mag niet weg")


class TestQueue:
    async def test_the_most_urgent_is_on_top_with_tier_and_time_in_words(self, school):
        await school.visitor(BULLIED, "/ask_human")
        await school.visitor(ACUTE)
        page = await school.console()

        first = page.locator(".list li").first
        await expect(first).to_contain_text("Acuut")
        await expect(first).to_contain_text("Zelfmoord")
        await expect(first).to_contain_text(re.compile(r"Antwoord vóór .*\((nog|nu|\d)"))

    async def test_a_new_case_waits_in_a_bar_while_the_pointer_is_in_the_list(self, school):
        await school.visitor(BULLIED, "/ask_human")
        page = await school.console()
        line = page.locator(".list li").first
        await line.hover()
        before = await line.bounding_box()

        await school.visitor(ACUTE)
        bar = page.get_by_role("button", name="1 nieuwe zaak")
        await expect(bar).to_be_visible()
        assert await page.locator(".list li").count() == 1
        assert await line.bounding_box() == before

        await bar.hover()
        await page.wait_for_timeout(200)  # who takes a moment on the way still finds it
        await bar.click()
        await expect(page.locator(".list li")).to_have_count(2)
        await expect(page.locator(".list li a").first).to_be_focused()

    async def test_a_new_case_comes_in_by_itself_when_nobody_is_in_the_list(self, school):
        page = await school.console()
        await expect(page.get_by_text("Er wacht niemand")).to_be_visible()
        await page.mouse.move(1000, 600)

        await school.visitor(ACUTE)

        await expect(page.locator(".list li")).to_have_count(1)
        await expect(page.locator("#status")).to_contain_text("Nieuwe zaak: Acuut")

    async def test_another_teams_cases_are_not_there(self, school):
        await school.visitor(BULLIED, "/ask_human", site="demo-be")
        page = await school.console()

        await expect(page.get_by_text("Er wacht niemand")).to_be_visible()


class TestClaiming:
    async def test_a_claim_that_lost_the_race_shows_the_next_case(self, school):
        await school.visitor(ACUTE)
        await school.visitor(BULLIED, "/ask_human")
        page = await school.console(await school.coach("Noor"))
        await open_first(page)
        other = await school.console(await school.coach("Samira"))
        await open_first(other)

        async def samira_is_first(route):
            await other.get_by_role("button", name="Neem deze zaak").click()
            await expect(other.locator("#reply")).to_be_visible()
            await route.continue_()

        await page.route("**/claim", samira_is_first)
        await page.get_by_role("button", name="Neem deze zaak").click()

        await expect(page.locator("#status")).to_contain_text("Samira was net eerder. Dit is de volgende zaak.")
        await expect(page.locator("#case-title")).to_contain_text("Pesten")


class TestConversation:
    async def test_enter_sends_shift_enter_breaks_and_the_visitor_reads_who_speaks(self, school):
        visit, page = await claimed(school)
        await page.keyboard.type("Dag, ik ben Samira.")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("Vertel eens.")
        await page.keyboard.press("Enter")

        said = page.locator(".message[data-from=coach]:not([data-waiting])")
        await expect(said).to_contain_text("Vertel eens.")
        await expect(said).to_contain_text("Samira, mentor")
        await expect(page.locator("#reply")).to_have_value("")
        messages = (await visit.get()).json()["messages"]
        assert [(one["author"], one["text"]) for one in messages[-1:]] == [
            ("coach", "Dag, ik ben Samira.\nVertel eens.")
        ]

    async def test_what_the_visitor_writes_appears_by_itself(self, school):
        visit, page = await claimed(school)
        await page.keyboard.type("Dag")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message[data-from=coach]:not([data-waiting])")).to_be_visible()

        await visit.say("Het is weer gebeurd")

        await expect(page.locator(".message[data-from=user]").last).to_contain_text("Het is weer gebeurd")

    async def test_a_lost_connection_loses_and_repeats_nothing(self, school):
        visit, page = await claimed(school)
        await page.context.set_offline(True)
        await page.keyboard.type("Dit gaat later weg")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message[data-waiting]")).to_contain_text("Nog niet verstuurd")

        await page.context.set_offline(False)

        await expect(page.locator(".message[data-from=coach]:not([data-waiting])")).to_have_count(1)
        said = [one["text"] for one in (await visit.get()).json()["messages"] if one["author"] == "coach"]
        assert said == ["Dit gaat later weg"]

    async def test_a_draft_outlives_a_reload(self, school):
        _, page = await claimed(school)
        await page.locator("#reply").fill("Nog niet af")
        await page.reload()

        await expect(page.locator("#reply")).to_have_value("Nog niet af")

    async def test_markup_in_a_message_is_shown_as_text(self, school):
        await school.visitor("<img src=x onerror=alert(1)> <b>hoi</b>", "/ask_human")
        page = await school.console()
        await open_first(page)

        await expect(page.locator(".log")).to_contain_text("<b>hoi</b>")
        assert await page.locator(".log img, .log b").count() == 0

    async def test_a_signal_is_said_in_words_and_leads_to_its_message(self, school):
        await school.visitor(ACUTE, *["Wat kost het mbo?"] * 5)
        page = await school.console()
        await open_first(page)
        signal = page.locator(".signals li").first
        await expect(signal).to_contain_text("Want: “")
        await signal.get_by_role("button", name="Toon in het gesprek").click()

        message = page.locator(".message:focus")
        await expect(message).to_contain_text(ACUTE)
        await expect(message).to_contain_text("Signaal: Zelfmoord, nu in gevaar")
        await expect(message).to_be_in_viewport()

    async def test_an_acute_signal_in_a_running_case_raises_an_alarm(self, school):
        visit, page = await claimed(school)
        await page.keyboard.type("Dag")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message[data-from=coach]:not([data-waiting])")).to_be_visible()

        await visit.say(ACUTE)

        alarm = page.locator("[role=alert] .alarm")
        await expect(alarm).to_contain_text("Nieuw acuut signaal in zaak")
        await expect(page.locator("#case-title")).to_contain_text("Acuut: Zelfmoord")
        await alarm.get_by_role("button", name="Gezien").click()
        await expect(alarm).to_have_count(0)


class TestActs:
    async def test_closing_asks_first_and_reopening_brings_it_back(self, school):
        _, page = await claimed(school)
        await page.locator(".menu summary").click()
        await page.get_by_role("button", name="Sluit de zaak").click()
        await page.get_by_role("button", name="Toch niet").click()
        await expect(page.locator("#reply")).to_be_visible()

        await page.locator(".menu summary").click()
        await page.get_by_role("button", name="Sluit de zaak").click()
        await page.locator("dialog").get_by_role("button", name="Sluit de zaak").click()
        await expect(page.locator("#status")).to_contain_text("gesloten")
        await expect(page.locator("#reply")).to_be_hidden()

        await page.get_by_role("button", name="Heropen de zaak").click()
        await expect(page.get_by_role("button", name="Neem deze zaak")).to_be_visible()

    async def test_a_case_is_handed_to_a_colleague(self, school):
        await school.coach("Noor", role="zorgcoördinator")
        _, page = await claimed(school)
        await page.locator(".menu summary").click()
        await page.get_by_role("button", name="Geef door").click()
        await page.get_by_label("Noor, zorgcoördinator").check()
        await page.locator("dialog").get_by_role("button", name="Geef door").click()

        await expect(page.locator(".case-status")).to_have_text("Noor heeft deze zaak")
        await expect(page.locator("#reply")).to_be_hidden()

    async def test_a_case_is_put_off(self, school):
        _, page = await claimed(school)
        await page.locator(".menu summary").click()
        await page.get_by_role("button", name="Stel uit").click()
        await page.get_by_label("Over een uur").check()
        await page.locator("dialog").get_by_role("button", name="Stel uit").click()

        await expect(page.locator(".case-due")).to_contain_text("Uitgesteld tot")
        await expect(page.get_by_role("heading", name="Uitgesteld (1)")).to_be_visible()

    async def test_a_note_is_for_colleagues_alone(self, school):
        visit, page = await claimed(school)
        secret = f"Overleg {uuid4().hex}"
        await page.locator("#note").fill(secret)
        await page.get_by_role("button", name="Bewaar notitie").click()

        await expect(page.locator(".notes li")).to_contain_text(secret)
        await expect(page.locator("#note")).to_have_value("")
        assert secret not in (await visit.get()).text


class TestForEverybody:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
    async def test_axe_finds_no_fault_and_nothing_is_cut_off(self, school, scheme, size):
        await school.visitor(ACUTE)
        page = await school.page(color_scheme=scheme, **size)
        await expect(page.locator("#email")).to_be_visible()
        assert await faults(page) == []
        await page.context.close()
        page = await school.console(color_scheme=scheme, **size)
        assert await faults(page) == []
        await open_first(page)
        await page.get_by_role("button", name="Neem deze zaak").click()
        await expect(page.locator("#reply")).to_be_focused()
        assert await faults(page) == []

        await page.locator(".menu summary").click()
        await page.get_by_role("button", name="Stel uit").click()
        assert await faults(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    async def test_the_whole_way_goes_by_keyboard(self, school):
        visit = await school.visitor(BULLIED, "/ask_human")
        page = await school.console()
        await page.locator(".list li a").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#case-title")).to_be_focused()
        for _ in range(8):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.dataset.do") == "claim":
                break
        await page.keyboard.press("Enter")
        await expect(page.locator("#reply")).to_be_focused()
        await page.keyboard.type("Dag")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message[data-from=coach]:not([data-waiting])")).to_be_visible()

        assert (await visit.get()).json()["state"] == "with_coach"

    async def test_the_switch_speaks_english_and_keeps_the_draft(self, school):
        _, page = await claimed(school)
        await page.locator("#reply").fill("Half a sentence")
        await page.locator("[data-language=en]").click()

        await expect(page.get_by_role("heading", name="Cases")).to_be_visible()
        await expect(page.locator("#reply")).to_have_value("Half a sentence")
        assert await page.evaluate("document.documentElement.lang") == "en"

    async def test_a_phone_shows_the_list_or_the_case_and_the_way_back(self, school):
        _, page = await claimed(school, **PHONE)
        await expect(page.locator(".queue")).to_be_hidden()
        await page.get_by_role("link", name="Naar de lijst").click()

        await expect(page.locator(".queue")).to_be_visible()
        await expect(page.locator(".list li a").first).to_be_focused()
