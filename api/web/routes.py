"""Serves the widget, the panel and the demo schools."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.sites.service import get_site
from api.states import Country, Language
from api.texts import render
from api.web.assets import ASK_AGAIN, FOR_GOOD, TYPES, Asset, find_asset, sent, version
from api.web.colours import theme
from api.web.labels import labels, words
from api.web.pages import modules, page, policy
from api.web.widget import widget
from programmes.helplines import lines_for
from programmes.sources import all_sources

router = APIRouter(include_in_schema=False)

LEAVE_FOR = {Country.NL: "https://www.knmi.nl/", Country.BE: "https://www.meteo.be/"}
"""Where "leave quickly" goes: a page that anybody may have open, the national weather."""


@router.get("/")
async def front_door() -> Response:
    """Show a school's website with the chat on it."""
    return RedirectResponse("/demo/nl")


@router.get("/widget.js")
async def loader(request: Request) -> Response:
    """The one script that a school puts on its pages."""
    answer = sent(widget(), request, cache="public, max-age=600")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a school may pin the script with an integrity hash
    return answer


@router.get("/web/{asked}/{room}/{name}")
async def static_file(asked: str, room: str, name: str, request: Request) -> Response:
    """A script, style or picture; kept for good under its own version only."""
    found = find_asset(room, name)
    return sent(found, request, cache=FOR_GOOD if asked == version(room) else ASK_AGAIN)


@router.get("/panel/{site_id}")
async def panel(site_id: str, language: Annotated[Language | None, Query()] = None) -> HTMLResponse:
    """The chat, for the frame on a school's website. Helplines are in the page: they must not need the API."""
    site = get_site(site_id)
    return page(
        "chat/panel.html",
        csp=policy(frame_ancestors=("'self'", *site.allowed_origins), form_action="'none'", img_src="'self' data:"),
        site=site,
        language=language or site.default_language,
        labels={each.value: labels(each, site.country) for each in Language},
        helplines={each.value: lines_for(None, country=site.country, language=each.value) for each in Language},
        leave_for=LEAVE_FOR[site.country],
        modules=modules("chat"),
    )


@router.get("/panel/{site_id}/theme.css")
async def panel_theme(site_id: str, request: Request) -> Response:
    """The school's colours."""
    return sent(Asset.of(theme(get_site(site_id).accent).encode(), TYPES[".css"]), request, cache=ASK_AGAIN)


@router.get("/about/data")
async def about_data(language: Annotated[Language, Query()] = Language.NL) -> HTMLResponse:
    """Where all that we say was read, and what those sources ask us to show."""
    sources = list(all_sources().values())
    return page(
        "about/data.html",
        csp=policy(),
        language=language,
        say=partial(_about, language),
        sources=sources,
        statements=[source for source in sources if source.statement],
    )


@router.get("/result")
async def result(language: Annotated[Language, Query()] = Language.NL) -> HTMLResponse:
    """Show somebody's result, by its link. The page reads it itself: what stands behind the # never comes here."""
    return page(
        "result/result.html",
        csp=policy(form_action="'none'", img_src="'self' data:"),
        language=language,
        say=partial(_page_of_result, language),
        words={each.value: words("result.page.", each, Country.NL) for each in Language},
    )


def _page_of_result(language: Language, key: str) -> str:
    return render(f"result.page.{key}", language=language, country=Country.NL)


def _about(language: Language, key: str, **values: object) -> str:
    return render(f"about.{key}", language=language, country=Country.NL, values=values)


@router.get("/demo/{country}")
async def demo(country: Literal["nl", "be"]) -> HTMLResponse:
    """A school's website that embeds the chat as any school would."""
    return page(f"demo/{country}.html", csp=policy())
