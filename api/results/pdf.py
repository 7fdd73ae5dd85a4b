"""Prints a sheet: a tagged PDF (PDF/UA-1) that a screen reader can read, made by Typst."""

import asyncio
from functools import cache
from pathlib import Path

import ttf_opensans
import typst

from api.results.schemas import Sheet
from core.errors import Unavailable
from core.logging import get_logger

log = get_logger()

TEMPLATE = Path(__file__).with_name("sheet.typ")
AT_ONCE = 2
"""Sheets that are printed at the same time: a class that prints leaves the chat some of the machine."""
PATIENCE_S = 10
"""How long one waits for its turn: then a class that prints all together has to be patient."""


class Press:
    """Prints some at a time, away from the event loop; Typst lets go of Python's lock while it works."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def print(self, sheet: Sheet) -> bytes:
        """The sheet as a PDF.

        Raises:
            Unavailable: too many wait for one, or it could not be made.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Unavailable("Many PDFs are being made just now.", "Try again in a moment.") from error
        try:
            return await asyncio.to_thread(compiled, sheet)
        except typst.TypstError as error:
            log.error("pdf_failed", exc_info=error)
            raise Unavailable("The PDF could not be made.", "Print the page instead.") from error
        finally:
            self._turns.release()


def compiled(sheet: Sheet) -> bytes:
    """Compile a sheet. Blocks.

    Raises:
        TypstError: the sheet breaks a rule of PDF/UA, or a letter is in no font of ours.
    """
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"sheet": sheet.model_dump_json()},
        pdf_standards=["ua-1"],
    )
    return made


@cache
def _fonts() -> typst.Fonts:
    """Our own letters, and those in Typst for a sign that they lack: on every machine the same sheet."""
    folder = Path(ttf_opensans.__file__).parent / "ttf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
