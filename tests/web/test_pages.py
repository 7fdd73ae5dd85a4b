"""What leaves the server: small, strict, and without help from elsewhere."""

import gzip
import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from api.states import Country, Language
from api.texts import KEYS
from api.web.assets import FOLDER, assets, version
from api.web.labels import labels
from programmes.sources import all_sources
from tests.web.scripted import Talk, app

LOADER_BYTES = 5 * 1024
PANEL_BYTES = 40 * 1024
PAGES = [
    "/panel/demo-nl",
    "/panel/demo-be",
    "/demo/nl",
    "/demo/be",
    "/about/data",
    "/about/data?language=en",
    "/result",
]


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(app(Talk())) as client:
        yield client


class TestSizes:
    def test_the_loader_is_at_most_5_kilobytes_as_it_travels(self, client):
        travelled = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})

        assert travelled.headers["Content-Encoding"] == "gzip"
        assert len(gzip.compress(travelled.content, 9)) <= LOADER_BYTES

    def test_the_panel_is_at_most_40_kilobytes_as_it_travels(self, client):
        page = client.get("/panel/demo-nl").content
        theme = client.get("/panel/demo-nl/theme.css").content
        files = sum(len(asset.gzipped) for asset in assets("chat").values())

        assert len(gzip.compress(page, 9)) + len(gzip.compress(theme, 9)) + files <= PANEL_BYTES


class TestPolicy:
    @pytest.mark.parametrize("address", PAGES)
    def test_a_page_allows_only_our_own_files(self, client, address):
        policy = client.get(address).headers["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy

    @pytest.mark.parametrize("address", PAGES)
    def test_a_page_holds_no_script_no_style_and_no_file_from_elsewhere(self, client, address):
        html = client.get(address).text
        scripts = re.findall(r"<script[^>]*>", html)

        assert [tag for tag in scripts if "src=" not in tag and "application/json" not in tag] == []
        assert re.search(r"<style|\sstyle=|\son\w+=", html) is None
        assert re.search(r'(?:src|<link[^>]*href)="(?!/)', html) is None

    def test_only_the_schools_own_pages_may_frame_the_panel(self, client):
        assert "frame-ancestors 'self'" in client.get("/panel/demo-nl").headers["Content-Security-Policy"]

    def test_the_demo_pages_may_not_be_framed(self, client):
        assert "frame-ancestors 'none'" in client.get("/demo/nl").headers["Content-Security-Policy"]

    def test_no_script_of_ours_makes_markup_of_text(self):
        scripts = [*FOLDER.glob("chat/*.js"), *FOLDER.glob("loader/*.js")]

        makes_markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(")
        assert [file.name for file in scripts if makes_markup.search(file.read_text())] == []

    def test_every_script_is_checked_for_its_types(self):
        scripts = [*FOLDER.glob("*/*.js")]

        assert [file.name for file in scripts if not file.read_text().startswith("// @ts-check")] == []


class TestPanelPage:
    def test_a_site_that_nobody_registered_has_no_panel(self, client):
        assert client.get("/panel/nobody").status_code == 404

    def test_the_helplines_of_the_country_are_in_the_page_in_both_languages(self, client):
        dutch, flemish = client.get("/panel/demo-nl").text, client.get("/panel/demo-be").text

        assert 'href="tel:112"' in dutch
        assert 'href="tel:113"' in dutch
        assert 'href="tel:1813"' in flemish
        assert 'href="tel:113"' not in flemish
        assert '<div data-in lang="en" hidden>' in dutch

    def test_the_language_of_the_address_is_the_language_of_the_page(self, client):
        assert '<html lang="en">' in client.get("/panel/demo-nl?language=en").text

    def test_the_settings_cannot_end_their_script(self, client):
        html = client.get("/panel/demo-nl").text
        found = re.search(r'<script type="application/json" id="settings">(.*?)</script>', html, re.DOTALL)

        assert json.loads(found[1])["site"] == "demo-nl"
        assert "<" not in found[1]


class TestLoader:
    def test_the_schools_colours_travel_inside_it(self, client):
        assert '"demo-nl":["nl","#0b5c8a","#ffffff"]' in client.get("/widget.js").text

    def test_a_school_may_pin_it_with_an_integrity_hash(self, client):
        assert client.get("/widget.js").headers["Access-Control-Allow-Origin"] == "*"


class TestStaticFiles:
    def test_a_file_is_kept_for_good_under_its_own_version_only(self, client):
        known = client.get(f"/web/{version('chat')}/chat/panel.js")
        old = client.get("/web/0ld/chat/panel.js")

        assert "immutable" in known.headers["Cache-Control"]
        assert old.headers["Cache-Control"] == "no-cache"

    def test_a_file_that_the_browser_has_is_not_sent_again(self, client):
        address = f"/web/{version('chat')}/chat/panel.js"
        etag = client.get(address).headers["ETag"]

        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    @pytest.mark.parametrize("file", ["chat/panel.html", "chat/..%2froutes.py", "loader/widget.js", "nothing/a.js"])
    def test_nothing_but_scripts_styles_and_pictures_leaves(self, client, file):
        assert client.get(f"/web/x/{file}").status_code == 404


class TestLabels:
    def test_every_label_that_the_panel_asks_for_exists(self):
        sources = "\n".join(file.read_text() for file in [*FOLDER.glob("chat/*.js"), FOLDER / "chat" / "panel.html"])
        asked = set(re.findall(r'(?:say\(|data-label=|label\(|labels\[\w+\]\[)"([a-z_.]+)"', sources))

        assert len(asked) > 60
        assert {key for key in asked if f"panel.{key}" not in KEYS} == set()

    @pytest.mark.parametrize("language", list(Language))
    def test_labels_are_short_enough_for_a_phone(self, language):
        said = labels(language, Country.NL)
        tools = ("help_now", "larger", "aloud", "erase", "leave")

        assert [said[key] for key in tools if len(said[key]) > 10] == []


class TestAboutOurData:
    def test_every_source_is_named_with_its_licence(self, client):
        html = unescape(client.get("/about/data").text)
        for source in all_sources().values():
            assert source.title in html
            assert source.licence in html

    def test_what_a_licence_asks_for_is_shown_word_for_word(self, client):
        html = unescape(client.get("/about/data?language=en").text)
        asked = [source.statement for source in all_sources().values() if source.statement]
        assert "This service uses the ESCO classification of the European Commission." in asked
        assert any("O*NET 29.3 Database" in statement and "CC BY 4.0" in statement for statement in asked)
        assert all(statement in html for statement in asked)

    def test_a_language_that_we_do_not_speak_is_refused(self, client):
        assert client.get("/about/data?language=fr").status_code == 422
