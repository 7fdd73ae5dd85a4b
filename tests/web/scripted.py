"""The chat's HTTP shapes with a script behind them: the panel meets every answer that the contract allows."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from api import problems
from api.chat.said import Voice
from api.chat.speaking import speak
from api.states import Country, Language
from api.web.routes import router as web
from programmes.admission import stations
from programmes.pathway_cards import pathway_card
from programmes.pathways import plan

SOURCE = {
    "title": "Overzicht crebo",
    "publisher": "DUO",
    "url": "https://duo.nl/open_onderwijsdata/",
    "valid": "2026-2027",
    "checked": "2026-11-22",
    "verified": True,
}
PROGRAMME = {
    "type": "programme",
    "id": "nl-mbo-25180",
    "title": "Dierverzorger recreatiedieren",
    "text": "Je zorgt voor dieren op een kinderboerderij of in een dierentuin.",
    "level": "3",
    "level_name": "mbo niveau 3",
    "modes": ["BOL", "BBL"],
    "duration_months": 36,
    "places": [{"institution": "Demo College", "place": "Utrecht", "cohort": "2026"}],
    "why": "past bij dieren",
    "caution": "Niet elke school heeft elk jaar plek.",
    "url": "javascript:alert(1)",
    "sources": [SOURCE],
}
HELPLINE = {
    "type": "helpline",
    "id": "113",
    "country": "NL",
    "title": "113 Zelfmoordpreventie",
    "text": "Dag en nacht, gratis en anoniem.",
    "phone": "0800-0113",
    "chat_url": "https://www.113.nl/",
}
DEADLINE = {
    "type": "deadline",
    "title": "Aanmelden voor het mbo",
    "text": "Meld je voor deze dag aan.",
    "date": "2027-04-01",
    "days_left": 12,
    "ics": None,
}
PATHWAYS = [
    dict(card)
    for card in speak(
        {
            "say": None,
            "cards": [
                pathway_card(way, stations()["vmbo-tl"], today=date(2027, 3, 20))
                for way in plan("vmbo-tl", "hbo", country="NL")
            ],
        },
        Voice(Language.NL, Country.NL),
    ).cards
]
COMPARISON = {
    "type": "comparison",
    "title": "Naast elkaar: Kok, Bakker",
    "text": "Niveau: mbo niveau 2, mbo niveau 3.",
    "programmes": [{"id": "nl-mbo-25180", "name": "Kok"}, {"id": "nl-mbo-25181", "name": "Bakker"}],
    "rows": [
        {"field": "level", "label": "Niveau", "values": ["mbo niveau 2", "mbo niveau 3"]},
        {"field": "duration", "label": "Hoe lang", "values": ["24 maanden", "niet bekend"]},
    ],
    "sources": [SOURCE],
}
JOINED = {
    "type": "handoff",
    "handoff": "joined",
    "name": "Samira",
    "role": "mentor",
    "title": "Samira is er",
    "text": "Je spreekt nu met Samira, mentor.",
}
WAITING = {
    "type": "handoff",
    "handoff": "waiting",
    "title": "Een coach komt",
    "text": "Een coach van school leest dit.",
    "due_at": "2026-11-24T11:00:00Z",
}
GREETING = {
    "nl": "Hoi. Ik ben een computerprogramma en help je met vragen over je studie.",
    "en": "Hi. I am a computer program.",
}


@dataclass
class Talk:
    """One conversation, and what a test wants to go wrong with it."""

    language: str = "nl"
    state: str = "bot"
    entries: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: list[Response] = field(default_factory=list)
    resumed_from: list[int] = field(default_factory=list)
    opened: int = 0
    is_down: bool = False
    is_erased: bool = False
    kept: list[dict[str, Any]] = field(default_factory=list)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was said."""
        return [entry for kind, entry in self.entries if kind == "message"]

    def say(self, author: str, text: str, **more: Any) -> dict[str, Any]:
        """Add a message."""
        message = {
            "seq": len(self.entries) + 1,
            "author": author,
            "language": self.language,
            "text": text,
            "buttons": [],
            "cards": [],
            "sources": [],
            "sent_at": datetime.now(UTC).isoformat(),
            "client_message_id": None,
            **more,
        }
        self.entries.append(("message", message))
        return message

    def become(self, state: str) -> None:
        """Change who speaks."""
        self.state = state
        self.entries.append(
            ("state", {"seq": len(self.entries) + 1, "state": state, "changed_at": "2026-11-23T09:00:00Z"})
        )

    def typing(self) -> None:
        """Let the coach type."""
        self.entries.append(("typing", {"author": "coach"}))

    def read(self) -> dict[str, Any]:
        """The transcript."""
        return {"id": "talk", "language": self.language, "state": self.state, "messages": self.messages}


def problem(status: int, detail: str = "", *, retry_after_s: int = 0) -> Response:
    """An answer that refuses."""
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
    return JSONResponse({"title": "problem", "status": status, "detail": detail}, status, headers=headers)


LONG = "Een lange zin over studeren. " * 40
ANSWERS: dict[str, list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]] = {
    "dieren": [("Ik vond 1 opleiding.", [PROGRAMME], [SOURCE])],
    "datum": [("Dit is de datum.", [DEADLINE], [])],
    "vergelijk": [("Hier staan ze.", [COMPARISON], [])],
    "route": [("Zo kan het.", PATHWAYS, [])],
    "hulp": [("Bel iemand.", [HELPLINE], [])],
    "lang": [(f"Deel {part}. {LONG}", [], []) for part in range(3)],
    "help": [(LONG, [], []), ("Bel iemand.", [HELPLINE], []), (LONG, [], [])],
    "/ask_human": [("Ik vraag een begeleider.", [WAITING], [])],
}


def answer(talk: Talk, said: str) -> None:
    """Say what the script has for it."""
    if said == "/ask_human":
        talk.become("waiting_for_coach")
    for text, cards, sources in ANSWERS.get(said, [(f"Je zei: {said}", [], [])]):
        talk.say("bot", text, cards=cards, sources=sources)


def entering(talk: Talk) -> APIRouter:
    """The contract's routes into a conversation."""
    router = APIRouter(prefix="/api/v1/conversations")

    @router.post("")
    async def begin(request: Request) -> Response:
        if talk.is_down:
            return problem(503)
        asked = await request.json()
        talk.opened += 1
        talk.language, talk.is_erased = asked["language"], False
        talk.entries.clear()
        buttons = [
            {"title": "Ik zoek een opleiding", "payload": "/find_programme"},
            {"title": "Doe de interessetest", "payload": "/choice_doubt"},
            {"title": "Ik zit ergens mee", "payload": "/share_worry"},
        ]
        talk.say("bot", GREETING[talk.language], buttons=buttons)
        return JSONResponse(talk.read() | {"token": f"secret-{talk.opened}"}, 201)

    @router.get("/talk")
    async def read() -> Response:
        return problem(404, "gone") if talk.is_erased else JSONResponse(talk.read())

    @router.post("/talk/return-code")
    async def return_code() -> dict[str, str]:
        return {"return_code": "lusab-tofim-gadur"}

    @router.post("/resume")
    async def resume(request: Request) -> Response:
        if (await request.json())["return_code"] != "lusab-tofim-gadur":
            return problem(404)
        return JSONResponse(talk.read() | {"token": "secret-again", "return_code": "nieuw-nieuw-nieuw"})

    return router


def talking(talk: Talk) -> APIRouter:
    """The contract's routes within a conversation."""
    router = APIRouter(prefix="/api/v1/conversations")

    @router.patch("/talk")
    async def switch(request: Request) -> dict[str, Any]:
        talk.language = (await request.json())["language"]
        talk.messages[0] |= {"language": talk.language, "text": GREETING[talk.language]}
        return talk.read()

    @router.post("/talk/messages")
    async def post(request: Request) -> Response:
        asked = await request.json()
        talk.posts.append(asked)
        if talk.is_down:
            return problem(503)
        if talk.failures:
            return talk.failures.pop(0)
        key = asked["client_message_id"]
        if key not in talk.answered:
            first = len(talk.entries)
            talk.say("user", asked.get("text") or asked["payload"], client_message_id=key)
            answer(talk, asked.get("text") or asked["payload"])
            said = [entry for kind, entry in talk.entries[first:] if kind == "message"]
            talk.answered[key] = {"messages": said, "state": talk.state, "language": talk.language}
        return JSONResponse(talk.answered[key])

    @router.get("/talk/events")
    async def events(last_event_id: Annotated[int, Header()] = 0) -> Response:
        if talk.is_erased or talk.is_down:
            return problem(404 if talk.is_erased else 503)
        talk.resumed_from.append(last_event_id)
        return StreamingResponse(_stream(talk, last_event_id), media_type="text/event-stream")

    return router


def leaving(talk: Talk) -> APIRouter:
    """The contract's routes out of a conversation."""
    router = APIRouter(prefix="/api/v1/conversations")

    @router.get("/talk/export")
    async def export() -> dict[str, Any]:
        return talk.read()

    @router.delete("/talk")
    async def erase() -> Response:
        talk.is_erased = True
        return JSONResponse({"kept": talk.kept}) if talk.kept else Response(status_code=204)

    return router


async def _stream(talk: Talk, after: int) -> AsyncIterator[str]:
    sent = after
    while not talk.is_erased and not talk.is_down:
        for kind, entry in talk.entries[sent:]:
            sent += 1
            number = f"id: {sent}\n" if kind != "typing" else ""
            yield f"{number}event: {kind}\ndata: {json.dumps(entry)}\n\n"
        await asyncio.sleep(0.05)


def school(origin: str) -> APIRouter:
    """A school's page on another origin, with a policy of its own and the one script."""
    router = APIRouter()

    @router.get("/school")
    async def page() -> HTMLResponse:
        html = (
            '<!doctype html><html lang="nl"><title>School</title><h1>Een school</h1><p>' + "tekst " * 400 + "</p>"
            f'<button id="own">Eigen knop</button><script src="{origin}/widget.js" data-site="demo-nl" async></script>'
        )
        strict = f"default-src 'none'; script-src {origin}; frame-src {origin}; style-src 'none'"
        return HTMLResponse(html, headers={"Content-Security-Policy": strict})

    return router


def app(talk: Talk, origin: str = "") -> FastAPI:
    """Pages, static files and the script."""
    made = FastAPI()
    problems.install(made)
    for router in (entering(talk), talking(talk), leaving(talk), web, school(origin)):
        made.include_router(router)
    return made
