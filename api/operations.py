"""For operators, on a loopback port of its own: how each dependency is, and the counts."""

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from api.health import database_answers
from api.metrics import registry
from api.services import Services
from bot import encoder, signals


class Dependencies(BaseModel):
    """How everything is that this process leans on."""

    database: bool
    rasa: dict[str, bool]  # address -> has a model loaded
    actions: bool
    journal_waiting: int  # acute answers that wait for the database
    signal_classifier: bool  # without it, or without encoders, patterns alone look for danger


def create_operations(services: Services) -> FastAPI:
    """The app on the loopback port; it shares the public app's services."""
    app = FastAPI(title="Wegwijs operations", docs_url=None, redoc_url=None, telemetry={"logs": False})

    @app.get("/health")
    async def dependencies(response: Response) -> Dependencies:
        """Each dependency by itself; 503 when one of them is not well."""
        found = Dependencies(
            database=await database_answers(services),
            rasa=await services.rasa.health(),
            actions=await services.rasa.answers(f"http://127.0.0.1:{services.settings.actions_port}/health"),
            journal_waiting=services.journal.count(),
            signal_classifier=signals.has_classifier() and encoder.is_there(),
        )
        if not (found.database and found.actions and all(found.rasa.values())):
            response.status_code = 503
        return found

    @app.get("/metrics")
    async def metrics() -> Response:
        """Counts for Prometheus."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return app
