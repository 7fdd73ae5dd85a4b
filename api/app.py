"""Puts the API together: routes, guard, problems, background work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

import bot.encoder
import bot.language
import bot.signals
from api import health, problems, reference
from api.catalogue.door import catalogue_at
from api.catalogue.routes import router as catalogue
from api.chat.bus import bus
from api.chat.jobs import JOBS as CHAT_JOBS
from api.chat.routes import router as chat
from api.coaches.routes import router as coaches
from api.guard import Guard
from api.handoff.jobs import JOBS as HANDOFF_JOBS
from api.handoff.routes import router as handoff
from api.jobs import running
from api.privacy.jobs import JOBS as PRIVACY_JOBS
from api.privacy.routes import router as privacy
from api.results.routes import router as results
from api.services import Services
from api.sites.service import all_sites
from api.web.console.pages import router as console
from api.web.routes import router as web
from core.errors import Unavailable
from core.logging import get_logger
from core.settings import Settings

log = get_logger()

MAX_BODY_BYTES = 64 * 1024
"""The longest message, 2,000 characters, takes 24 kB when JSON escapes each of them."""


def load_understanding(settings: Settings) -> None:
    """Read the patterns, the models and the catalogue now, not in a child's first message."""
    bot.signals.load()
    if not bot.signals.has_classifier():
        log.warning("signal_classifier_missing")  # the patterns stand alone
    bot.language.load()
    try:
        bot.encoder.load()
    except bot.encoder.EncoderMissing:
        log.warning("encoder_missing")  # Rasa then encodes for itself
    try:
        catalogue_at(settings.catalogue_address)
    except Unavailable:
        log.warning("catalogue_missing")  # looked for again when somebody needs it


def create_app(settings: Settings) -> FastAPI:
    """The public app. Its services are at `app.state.services` once it has started."""
    services = Services.of(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        all_sites()  # a broken sites file stops the start, not a child's first message
        await asyncio.to_thread(load_understanding, settings)
        bus.open()
        async with running([*CHAT_JOBS, *HANDOFF_JOBS, *PRIVACY_JOBS], services):
            yield
        await services.close()

    app = FastAPI(
        title="Wegwijs",
        description="Study guidance for pupils, students and parents in the Netherlands and Flanders.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        # By default exception messages are recorded, and those quote what students type.
        telemetry={"logs": False, "tracing": False, "metrics": False},
    )
    app.state.services = services
    problems.install(app)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MAX_BODY_BYTES)
    app.add_middleware(Guard, own_origins=[settings.address], is_https=settings.cookie_secure)
    for router in (chat, privacy, results, coaches, handoff, catalogue, web, console, health.router, reference.router):
        app.include_router(router)
    return app
