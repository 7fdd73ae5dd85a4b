"""The PDF of a result as a screen reader finds it: tags, language, title, headings, words of the picture."""

import asyncio
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from api.results import pdf
from api.results.pdf import Press, compiled
from api.results.schemas import Drawing, Entry, Section, Sheet
from core.errors import Unavailable
from tests.api.questionnaires.test_results import fill_in, interests
from tests.api.results.conftest import link_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><title>x</title></svg>'


def elements(node: Any) -> Iterator[Any]:
    """Every element of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K"))


def tags(document: pikepdf.Pdf) -> list[str]:
    """Which tags it has."""
    return [str(one.S) for one in elements(document.Root.StructTreeRoot.K)]


def words_of_pictures(document: pikepdf.Pdf) -> list[str]:
    """What is said in the place of pictures."""
    return [str(one.Alt) for one in elements(document.Root.StructTreeRoot.K) if "/Alt" in one]


def sheet(**given: Any) -> Sheet:
    """A sheet of our own making."""
    plain = {
        "language": "nl",
        "title": "Jouw uitslag",
        "made": "Gemaakt op 1 december 2026.",
        "pictures": [Drawing(title="Uitslag", text="Doen 80%.", svg=SVG)],
        "sections": [Section(heading="In het kort", lines=["Jij bent een doener."])],
        "closing": "Geen advies.",
        "file_name": "wegwijs-interests.pdf",
    }
    return Sheet(**(plain | given))


class TestPrinted:
    @pytest.mark.parametrize(
        ("site", "language", "title"),
        [
            ("demo-nl", "nl", "Jouw uitslag: Wat vind ik leuk?"),
            ("demo-be", "en", "Your result: What do I like?"),
        ],
    )
    async def test_interests_are_tagged_and_told(self, chat, reading, site, language, title):
        visit = await chat.open(site=site)
        await interests(visit)
        printed = await reading(await link_of(visit), "/pdf", language=language)
        assert printed.headers["content-type"] == "application/pdf"
        assert printed.headers["cache-control"] == "no-store"
        with pikepdf.open(BytesIO(printed.content)) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang).partition("-")[0] == language
            assert document.Root.ViewerPreferences.DisplayDocTitle
            with document.open_metadata() as metadata:
                assert metadata["dc:title"] == title
                assert metadata["pdfuaid:part"] == "1"
            assert tags(document).count("/H1") == 1
            assert tags(document).count("/H2") == 5
            assert tags(document).count("/H3") == 6
            assert any("100%" in words for words in words_of_pictures(document))
            assert 1 <= len(document.pages) <= 2

    @pytest.mark.parametrize("id", ["attitude", "method", "values"])
    async def test_every_questionnaire_fits_on_two_pages(self, chat, reading, id):
        visit = await chat.open()
        await fill_in(visit, id, value=lambda item: 5 if item.is_reversed else 1)
        printed = await reading(await link_of(visit, id), "/pdf")
        with pikepdf.open(BytesIO(printed.content)) as document:
            assert 1 <= len(document.pages) <= 2
            assert words_of_pictures(document)

    async def test_a_link_that_is_over_says_what_to_do(self, reading):
        refused = await reading("over", "/pdf")
        assert refused.status_code == 404
        assert "Make a new one in the chat" in refused.json()["detail"]


class TestCompiled:
    def test_no_text_becomes_markup(self):
        tricky = '#panic("x") *a* $x$ \\ " <b> = @a {ë}'
        made = compiled(
            sheet(title=tricky, sections=[Section(heading=tricky, entries=[Entry(title=tricky, text=tricky)])])
        )
        with pikepdf.open(BytesIO(made)) as document, document.open_metadata() as metadata:
            assert metadata["dc:title"] == tricky

    def test_every_letter_of_the_texts_is_in_the_font(self):
        letters = "áàâäãåçéèêëíìîïñóòôöõúùûüÿœæÁÉËÏÖÜ€–—“”‘’…•→ij"
        made = compiled(sheet(sections=[Section(heading="In het kort", lines=[letters])]))
        assert made.startswith(b"%PDF")  # PDF/UA refuses a letter without a shape


class TestPress:
    async def test_at_most_two_are_printed_at_once(self, monkeypatch):
        import threading

        running, most, lock, begun, go = 0, 0, threading.Lock(), threading.Semaphore(0), threading.Event()

        def slow(_sheet: Sheet) -> bytes:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            begun.release()
            go.wait(5)
            with lock:
                running -= 1
            return b"%PDF"

        monkeypatch.setattr(pdf, "compiled", slow)
        press = Press()
        jobs = [asyncio.create_task(press.print(sheet())) for _ in range(5)]
        for _ in range(pdf.AT_ONCE):
            assert await asyncio.to_thread(begun.acquire, timeout=5)
        go.set()
        assert await asyncio.gather(*jobs) == [b"%PDF"] * 5
        assert most == pdf.AT_ONCE

    async def test_who_waits_too_long_is_told_to_try_again(self, monkeypatch):
        monkeypatch.setattr(pdf, "PATIENCE_S", 0.01)
        press = Press()
        for _ in range(pdf.AT_ONCE):
            await press._turns.acquire()
        with pytest.raises(Unavailable, match="Try again in a moment"):
            await press.print(sheet())

    async def test_a_sheet_that_cannot_be_printed_says_so_and_frees_its_place(self):
        press = Press()
        broken = sheet(pictures=[Drawing(title="x", text="x", svg="no picture")])
        for _ in range(pdf.AT_ONCE + 1):
            with pytest.raises(Unavailable, match="Print the page instead"):
                await press.print(broken)
