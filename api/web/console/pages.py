"""Serves the console's page. The page holds no data: whoever is not signed in sees a form."""

from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.states import Language
from api.texts import KEYS, variants
from api.texts.store import DEFAULT
from api.web.assets import ASK_AGAIN, TYPES, Asset, sent
from api.web.colours import theme
from api.web.pages import modules, page, policy

router = APIRouter(include_in_schema=False)

TOPIC = "console."
ACCENT = "#2f5d8a"
"""Calm blue. Coaches of every school see the same console, so it wears no school's colour."""


@lru_cache
def labels(language: Language) -> dict[str, str]:
    """Key without its topic -> label; the browser fills the places in."""
    return {key.removeprefix(TOPIC): variants(key, language)[DEFAULT] for key in sorted(KEYS) if key.startswith(TOPIC)}


@router.get("/coach")
async def console(request: Request) -> HTMLResponse:
    """Show the console. It starts in the browser's language and remembers the switch."""
    wants_english = request.headers.get("accept-language", "").lower().startswith("en")
    return page(
        "console/console.html",
        csp=policy(form_action="'none'"),
        language=Language.EN if wants_english else Language.NL,
        labels={each.value: labels(each) for each in Language},
        modules=modules("console"),
    )


@router.get("/coach/theme.css")
async def console_theme(request: Request) -> Response:
    """Give the console its colours."""
    return sent(Asset.of(theme(ACCENT).encode(), TYPES[".css"]), request, cache=ASK_AGAIN)
