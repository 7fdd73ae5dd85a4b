"""The panel against everything that the contract lets the server answer."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.web.scripted import HELPLINE, JOINED, LONG, SOURCE, problem

FIELD = "Jouw bericht"
GREETING = "computerprogramma en help"


def say(page, text):
    page.get_by_label(FIELD).fill(text)
    page.get_by_label(FIELD).press("Enter")


def said_by(page, author):
    return page.locator(f'chat-message[data-from="{author}"]:not([data-waiting])')


class TestTalking:
    def test_words_and_answer_appear_once_and_focus_stays_in_the_field(self, panel, site):
        say(panel, "hoi")
        expect(panel.get_by_text("Je zei: hoi")).to_have_count(1)
        panel.wait_for_timeout(300)  # the same messages come through the events as well

        expect(said_by(panel, "user")).to_have_count(1)
        expect(said_by(panel, "bot")).to_have_count(2)
        expect(panel.get_by_label(FIELD)).to_be_focused()

    def test_a_button_says_its_title_and_sends_its_payload(self, panel, site):
        panel.get_by_role("button", name="Ik zoek een opleiding").click()
        panel.get_by_text("Je zei: /find_programme").wait_for()

        assert [post.get("payload") for post in site.talk.posts] == ["/find_programme"]

    def test_markup_is_shown_as_it_was_typed(self, panel):
        say(panel, "<img src=x onerror=alert(1)><b>dik</b>")

        expect(said_by(panel, "user")).to_contain_text("<b>dik</b>")
        expect(panel.locator("chat-log img, chat-log b")).to_have_count(0)

    def test_shift_and_enter_breaks_the_line(self, panel, site):
        panel.get_by_label(FIELD).press_sequentially("een")
        panel.get_by_label(FIELD).press("Shift+Enter")
        panel.get_by_label(FIELD).press_sequentially("twee")
        panel.get_by_label(FIELD).press("Enter")
        panel.get_by_text("Je zei:").wait_for()

        assert site.talk.posts[0]["text"] == "een\ntwee"

    def test_too_long_is_told_before_it_is_sent(self, panel, site):
        say(panel, "a" * 2003)

        expect(panel.locator("#count")).to_have_text("Je bericht is 3 tekens te lang. Maak het korter.")
        assert site.talk.posts == []

    def test_a_long_answer_is_read_from_its_beginning(self, panel):
        say(panel, "lang")
        panel.get_by_text("Deel 2.").wait_for()

        expect(said_by(panel, "user")).to_be_in_viewport()
        expect(panel.get_by_text("Deel 2.")).not_to_be_in_viewport()

    def test_a_helpline_is_in_sight_even_after_a_long_answer(self, panel):
        say(panel, "help")

        expect(panel.locator("chat-log .helpline")).to_be_in_viewport(ratio=1)

    def test_a_helpline_comes_into_sight_and_stays_when_messages_arrive_one_by_one(self, panel, site):
        say(panel, "lang")
        panel.get_by_text("Deel 2.").wait_for()
        site.talk.say("system", "Bel iemand.", cards=[HELPLINE])
        expect(panel.locator("chat-log .helpline")).to_be_in_viewport(ratio=1)

        site.talk.say("bot", f"Deel 3. {LONG}")
        panel.get_by_text("Deel 3.").wait_for()
        expect(panel.locator("chat-log .helpline")).to_be_in_viewport(ratio=1)

    def test_who_reads_back_is_told_of_news_and_not_torn_away(self, panel, site):
        say(panel, "lang")
        panel.get_by_text("Deel 2.").wait_for()
        panel.locator("chat-log").evaluate("log => log.scrollTop = 0")
        site.talk.say("coach", "Ik ben er.")
        panel.get_by_text("Ik ben er.").wait_for(state="attached")
        expect(panel.get_by_text("Ik ben er.")).not_to_be_in_viewport()

        panel.get_by_role("button", name="Meer hieronder").click()
        expect(panel.get_by_text("Ik ben er.")).to_be_in_viewport()

    def test_who_read_to_the_end_sees_what_comes_and_is_not_taken_back(self, panel, site):
        say(panel, "lang")
        panel.get_by_text("Deel 2.").wait_for()
        panel.get_by_role("button", name="Meer hieronder").click()
        site.talk.say("coach", "Ik ben er.")

        expect(panel.get_by_text("Ik ben er.")).to_be_in_viewport()


class TestCards:
    def test_a_programme_opens_in_place_with_its_source_and_year(self, panel):
        say(panel, "dieren")
        card = panel.locator(".programme")
        expect(card).to_contain_text("mbo niveau 3 · BOL · BBL · 3 jaar")
        card.get_by_text("Meer hierover").click()

        expect(card).to_contain_text("Demo College, Utrecht (start 2026)")
        expect(card.locator(".source")).to_have_text(
            re.compile(r"Bron: DUO, Overzicht crebo.*geldt voor 2026-2027; nagekeken op 22 november 2026")
        )
        expect(panel.locator("chat-message .sources")).to_have_count(0)  # the card says it already

    def test_a_source_is_named_once_and_a_list_with_the_day_of_its_state(self, panel, site):
        dated = SOURCE | {"valid": "2026-06-11"}
        site.talk.say("bot", "Dit staat er.", sources=[dated, dated])

        expect(panel.locator(".source")).to_have_count(1)
        expect(panel.locator(".source")).to_contain_text("van 11 juni 2026")

    def test_an_address_that_is_not_of_the_web_becomes_no_link(self, panel):
        say(panel, "dieren")
        panel.locator(".programme").get_by_text("Meer hierover").click()

        expect(panel.locator('a[href^="javascript"]')).to_have_count(0)
        expect(panel.get_by_text("Naar de website")).to_have_count(0)

    def test_a_helpline_can_be_read_called_and_chatted_with(self, panel):
        say(panel, "hulp")
        card = panel.locator("chat-log .helpline")

        expect(card.get_by_role("link", name="Bel 0800-0113")).to_have_attribute("href", "tel:08000113")
        expect(card.get_by_role("link", name="Chat online")).to_have_attribute("href", "https://www.113.nl/")

    def test_a_deadline_says_how_many_days_are_left(self, panel):
        say(panel, "datum")

        expect(panel.locator(".deadline")).to_contain_text("1 april 2027 Nog 12 dagen")

    def test_programmes_stand_side_by_side_in_a_table_with_heads(self, panel):
        say(panel, "vergelijk")
        table = panel.locator(".comparison")
        expect(table.get_by_role("columnheader")).to_have_text(["Kok", "Bakker"])
        expect(table.get_by_role("row", name="Hoe lang")).to_contain_text("niet bekend")

    def test_a_route_is_a_picture_with_words_and_a_list_of_its_steps(self, panel):
        say(panel, "route")
        expect(panel.locator(".pathway")).to_have_count(2)
        safest, other = panel.locator(".pathway").all()
        picture = safest.get_by_role("img", name="De stappen: mbo niveau 4 (3 jaar), hbo-bachelor (4 jaar).")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.naturalWidth") > 0
        expect(safest.get_by_role("list")).to_have_count(0)
        safest.get_by_text("Wat vraagt elke stap?").click()

        expect(safest.locator("ol.steps > li")).to_have_count(2)
        expect(safest).to_contain_text("1 april 2027 (nog 12 dagen)")
        expect(safest.get_by_role("link", name="agenda")).to_have_attribute("href", re.compile("nl-mbo-2027"))
        other.get_by_text("Wat vraagt elke stap?").click()
        expect(other).to_contain_text("Dit is niet zeker: de school beslist.")

    def test_a_route_without_a_picture_is_told_in_words(self, panel, site):
        site.talk.say("bot", "Kijk", cards=[{"type": "pathway", "title": "Zo", "text": "Eerst mbo.", "steps": []}])

        expect(panel.locator(".pathway")).to_contain_text("Eerst mbo.")
        expect(panel.locator(".pathway img")).to_have_count(0)

    def test_an_open_day_says_when_and_where_and_goes_into_a_calendar(self, panel, site):
        ics = "/api/v1/open-days.ics?id=25pt-2027-02-06-1&language=nl"
        day = {"type": "open_day", "title": "Open dag", "text": "Van 10:00 uur.", "starts_on": "2027-02-06"}
        site.talk.say("bot", "Kijk", cards=[day | {"place": "Alkmaar", "ics": ics, "url": "javascript:alert(1)"}])
        card = panel.locator(".open-day")

        expect(card).to_contain_text("6 februari 2027 Alkmaar")
        to_calendar = card.get_by_role("link", name="Zet in je agenda")
        expect(to_calendar).to_have_attribute("href", re.compile(r"open-days\.ics"))
        expect(card.get_by_text("Naar de website")).to_have_count(0)

    def test_a_card_of_a_kind_not_known_yet_shows_its_title_and_text(self, panel, site):
        site.talk.say("bot", "Kijk", cards=[{"type": "constructor", "title": "Route", "text": "Eerst dit, dan dat."}])

        expect(panel.locator("chat-log .card")).to_have_text(re.compile(r"Route\s+Eerst dit, dan dat."))


class TestNothingIsLost:
    @pytest.mark.parametrize("status", [503, 500])
    def test_a_message_that_fails_waits_and_goes_again_with_the_same_id(self, panel, site, status):
        site.talk.failures = [problem(status, "Bel 112 bij gevaar.")]
        say(panel, "hoi")
        expect(panel.locator("[data-waiting]")).to_contain_text("Bel 112" if status == 503 else "opnieuw")
        panel.get_by_text("Je zei: hoi").wait_for()

        assert len({post["client_message_id"] for post in site.talk.posts}) == 1
        assert len(site.talk.posts) == 2
        expect(said_by(panel, "user")).to_have_count(1)

    def test_without_internet_messages_wait_with_a_clock_and_go_later_in_order(self, panel, site):
        panel.context.set_offline(True)
        say(panel, "een")
        say(panel, "twee")
        expect(panel.locator("#speaks")).to_contain_text("Geen internet")
        expect(panel.locator("[data-waiting]")).to_have_count(2)
        expect(panel.locator("[data-waiting]").first).to_contain_text("Wacht op verbinding")
        panel.context.set_offline(False)
        panel.get_by_text("Je zei: twee").wait_for()

        assert [message["text"] for message in site.talk.messages if message["author"] == "user"] == ["een", "twee"]

    def test_who_goes_too_fast_is_told_and_a_next_message_is_not_held_up(self, panel, site):
        site.talk.failures = [problem(429, retry_after_s=3)]
        say(panel, "snel")
        expect(panel.locator("[data-waiting]")).to_contain_text("Je gaat snel. Je bericht gaat over 3 seconden weg.")
        say(panel, "ik wil niet meer")
        panel.get_by_text("Je zei: ik wil niet meer").wait_for()

        panel.get_by_text("Je zei: snel").wait_for()

    def test_refused_words_come_back_to_the_field(self, panel, site):
        site.talk.failures = [problem(422)]
        say(panel, "vreemde tekst")

        expect(panel.locator("#trouble")).to_contain_text("Je tekst staat weer in het veld")
        expect(panel.get_by_label(FIELD)).to_have_value("vreemde tekst")

    def test_a_button_that_is_refused_says_what_to_do(self, panel, site):
        site.talk.failures = [problem(409)]
        panel.get_by_role("button", name="Ik zoek een opleiding").click()

        expect(panel.locator("#trouble")).to_contain_text("Kies een andere, of typ je vraag.")

    def test_a_reload_goes_on_where_it_was_and_hears_only_what_is_new(self, panel, site):
        say(panel, "hoi")
        panel.get_by_text("Je zei: hoi").wait_for()
        panel.reload()
        panel.get_by_text("Je zei: hoi").wait_for()
        panel.wait_for_timeout(300)

        assert site.talk.opened == 1
        assert site.talk.resumed_from[-1] == 3
        expect(panel.locator("chat-message")).to_have_count(3)

    def test_a_broken_line_is_taken_up_without_loss_or_repetition(self, panel, site):
        site.talk.is_down = True
        panel.wait_for_timeout(300)
        site.talk.is_down = False
        site.talk.say("coach", "Gezegd terwijl de lijn weg was.")
        panel.get_by_text("Gezegd terwijl").wait_for()

        expect(panel.locator("chat-message")).to_have_count(2)
        assert site.talk.resumed_from == [1, 1]

    def test_only_a_key_stays_in_the_browser(self, panel):
        say(panel, "geheim")
        panel.get_by_text("Je zei: geheim").wait_for()
        kept = panel.evaluate("[JSON.stringify(sessionStorage), localStorage.length, document.cookie]")

        assert json.loads(json.loads(kept[0])["wegwijs:demo-nl"]) == {"id": "talk", "token": "secret-1"}
        assert kept[1:] == [0, ""]

    def test_a_conversation_that_is_gone_makes_room_for_a_new_one(self, panel, site):
        panel.goto("about:blank")  # or the open page might hear of it first, and begin anew before the reload
        site.talk.is_erased = True
        panel.goto(f"{site.url}/panel/demo-nl")
        panel.locator("#trouble", has_text="verlopen").wait_for()

        expect(panel.get_by_text(GREETING)).to_have_count(1)
        assert site.talk.opened == 2


class TestWhenTheServerIsDown:
    def test_the_chat_says_so_and_the_helplines_are_there(self, visit, site):
        site.talk.is_down = True
        visit.page.goto(f"{site.url}/panel/demo-nl")
        expect(visit.page.locator("#trouble")).to_contain_text("De chat start nu niet.")
        visit.page.get_by_role("button", name="Help nu").click()
        expect(visit.page.get_by_role("link", name="Bel 112")).to_be_visible()
        visit.page.keyboard.press("Escape")

        site.talk.is_down = False
        visit.page.get_by_role("button", name="Probeer opnieuw").click()
        expect(visit.page.get_by_text(GREETING)).to_be_visible()


class TestWhoSpeaks:
    def test_a_coach_is_introduced_by_name_and_the_bot_comes_back(self, panel, site):
        panel.get_by_role("button", name="Help nu").click()
        panel.get_by_role("button", name="Praat met een begeleider").click()
        expect(panel.locator("#speaks")).to_contain_text("Er is een begeleider gevraagd.")
        expect(panel.locator("chat-log .card")).to_contain_text("Een coach van school leest dit.")

        site.talk.say("system", "Je spreekt nu met Samira, mentor.", cards=[JOINED])
        site.talk.become("with_coach")
        site.talk.say("coach", "Dag, ik ben Samira.")
        expect(panel.locator("#speaks")).to_have_text("Je spreekt nu met Samira, mentor.")
        expect(said_by(panel, "coach").locator(".author")).to_contain_text("Samira, mentor")
        site.talk.typing()
        expect(panel.locator("#typing")).to_have_text("Samira, mentor typt")

        site.talk.become("bot")
        expect(panel.locator("#speaks")).to_have_text("Je praat met een computerprogramma.")

    def test_a_closed_conversation_offers_a_new_one(self, panel, site):
        site.talk.become("closed")
        expect(panel.get_by_role("button", name="Stuur")).to_be_disabled()
        say(panel, "nog iets")

        expect(panel.get_by_label(FIELD)).to_have_value("nog iets")  # nothing typed is lost
        panel.get_by_role("button", name="Nieuw gesprek").click()
        expect(panel.get_by_text(GREETING)).to_be_visible()


class TestLanguage:
    def test_the_switch_says_everything_anew_and_no_more(self, panel, site):
        panel.get_by_role("button", name="EN English").click()
        expect(panel.get_by_text("I am a computer program.")).to_have_count(1)

        expect(panel.get_by_label("Your message")).to_be_visible()
        expect(panel.locator("html")).to_have_attribute("lang", "en")
        expect(panel.get_by_role("button", name="EN English")).to_have_attribute("aria-pressed", "true")
        panel.get_by_role("button", name="Help now").click()
        expect(panel.get_by_role("link", name="Call 112")).to_be_visible()

    def test_it_works_before_there_is_a_conversation(self, visit, site):
        site.talk.is_down = True
        visit.page.goto(f"{site.url}/panel/demo-nl")
        visit.page.get_by_role("button", name="EN English").click()

        expect(visit.page.locator("#trouble")).to_contain_text("The chat does not start now.")


class TestReadingAloud:
    def test_what_others_say_is_read_in_their_language_until_it_is_switched_off(self, site, visit):
        visit.page.add_init_script("heard = []; speechSynthesis.speak = ({ lang, text }) => heard.push([lang, text])")
        visit.page.goto(f"{site.url}/panel/demo-nl")
        visit.page.get_by_text(GREETING).wait_for()
        visit.page.get_by_role("button", name="Lees voor").click()
        say(visit.page, "hulp")
        visit.page.get_by_text("Bel iemand.").wait_for()
        visit.page.get_by_role("button", name="Lees voor").click()
        say(visit.page, "hoi")
        visit.page.get_by_text("Je zei: hoi").wait_for()

        heard = visit.page.evaluate("heard")
        assert [lang for lang, _text in heard] == ["nl-NL", "nl-NL"]
        assert GREETING in heard[0][1]
        assert heard[1][1] == "Bel iemand.\n113 Zelfmoordpreventie\nDag en nacht, gratis en anoniem."


class TestErasing:
    def test_it_asks_waits_and_then_says_that_all_is_gone(self, panel, site):
        say(panel, "hoi")
        panel.get_by_role("button", name="Wissen").click()
        panel.get_by_role("button", name="Wis alles").click()
        expect(panel.locator("#countdown")).to_contain_text("gewist")
        assert not site.talk.is_erased
        panel.get_by_role("button", name="Wis nu").click()
        expect(panel.locator("#erased")).to_have_text("Alles is gewist.")

        assert site.talk.is_erased
        assert panel.evaluate("sessionStorage.length") == 0
        expect(panel.locator("chat-message")).to_have_count(0)
        panel.get_by_role("button", name="Nieuw gesprek").click()
        expect(panel.get_by_text(GREETING)).to_be_visible()

    @pytest.mark.parametrize("way_back", ["button", "Escape"])
    def test_within_the_wait_it_can_be_taken_back(self, panel, site, way_back):
        panel.get_by_role("button", name="Wissen").click()
        panel.get_by_role("button", name="Wis alles").click()
        if way_back == "button":
            panel.get_by_role("button", name="Toch bewaren").click()
        else:
            panel.keyboard.press("Escape")
        panel.wait_for_timeout(1500)

        assert not site.talk.is_erased
        expect(panel.get_by_text(GREETING)).to_be_visible()

    def test_who_closes_the_page_within_the_wait_is_erased(self, panel, site):
        panel.get_by_role("button", name="Wissen").click()
        panel.get_by_role("button", name="Wis alles").click()
        panel.goto("about:blank")
        panel.wait_for_timeout(500)

        assert site.talk.is_erased

    def test_what_must_stay_is_named_with_its_end(self, panel, site):
        site.talk.kept = [{"what": "De melding", "why": "Een coach kijkt ernaar.", "until": "2027-01-18"}]
        panel.get_by_role("button", name="Wissen").click()
        panel.get_by_role("button", name="Wis alles").click()
        panel.get_by_role("button", name="Wis nu").click()

        expect(panel.locator("#kept")).to_have_text("De melding: Een coach kijkt ernaar. Tot 18 januari 2027.")

    def test_a_copy_can_be_kept_first(self, panel):
        panel.get_by_role("button", name="Wissen").click()
        with panel.expect_download() as download:
            panel.get_by_role("button", name="Bewaar eerst een kopie").click()

        assert GREETING in download.value.path().read_text()


class TestLater:
    def test_a_code_is_given_and_can_be_copied(self, panel):
        panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
        panel.get_by_role("button", name="Later verder?").click()
        panel.get_by_role("button", name="Geef mij een code").click()
        panel.get_by_role("button", name="Kopieer de code").click()
        expect(panel.locator("#later-note")).to_have_text("Gekopieerd")

        assert panel.evaluate("navigator.clipboard.readText()") == "lusab-tofim-gadur"

    def test_a_code_leads_back_and_is_replaced(self, panel):
        panel.get_by_role("button", name="Later verder?").click()
        panel.get_by_label("Vul je code in").fill("Lusab tofim gadur")
        panel.get_by_role("button", name="Open mijn gesprek").click()

        expect(panel.locator("#code")).to_have_text("nieuw-nieuw-nieuw")

    def test_a_wrong_code_is_told_kindly(self, panel):
        panel.get_by_role("button", name="Later verder?").click()
        panel.get_by_label("Vul je code in").fill("fout-fout-fout")
        panel.get_by_role("button", name="Open mijn gesprek").click()

        expect(panel.locator("#later-note")).to_contain_text("Deze code werkt niet.")
