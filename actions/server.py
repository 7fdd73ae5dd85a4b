"""The action server: rasa-sdk's executor behind a secret. Its own server knows none, and echoes requests in errors."""

import hmac
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action, ActionNotFoundException
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.admission_requirements import ActionAdmissionRequirements
from actions.affirm import ActionAffirm
from actions.ask_back import ActionAskBack
from actions.change_language import ActionChangeLanguage
from actions.choice_doubt import ActionChoiceDoubt
from actions.compare_programmes import ActionCompareProgrammes
from actions.correct import ActionCorrect
from actions.enrolment_deadlines import ActionEnrolmentDeadlines
from actions.find_programmes import ActionFindProgrammes
from actions.go_back import ActionGoBack
from actions.open_days import ActionOpenDays
from actions.plan_pathway import ActionPlanPathway
from actions.programme_details import ActionProgrammeDetails
from actions.remember import ActionRemember
from actions.repeat import ActionRepeat
from actions.show_more import ActionShowMore
from actions.stay_on_topic import ActionStayOnTopic
from actions.stop import ActionStop
from actions.tell_facts import ActionTellFacts
from actions.work_and_learn import ActionWorkAndLearn
from core.logging import get_logger

SECRET_HEADER = "X-Wegwijs-Secret"  # noqa: S105  (a header's name)

ACTIONS: tuple[type[Action], ...] = (
    ActionAdmissionRequirements,
    ActionAffirm,
    ActionAskBack,
    ActionChangeLanguage,
    ActionChoiceDoubt,
    ActionCompareProgrammes,
    ActionCorrect,
    ActionEnrolmentDeadlines,
    ActionFindProgrammes,
    ActionGoBack,
    ActionOpenDays,
    ActionPlanPathway,
    ActionProgrammeDetails,
    ActionRemember,
    ActionRepeat,
    ActionShowMore,
    ActionStayOnTopic,
    ActionStop,
    ActionTellFacts,
    ActionWorkAndLearn,
)

log = get_logger()


def executor() -> ActionExecutor:
    """All actions, by name."""
    known = ActionExecutor()
    for action in ACTIONS:
        known.register_action(action())
    return known


def build_app(secret: str, *, name: str = "wegwijs_actions") -> Sanic[Any, Any]:
    """The server. Without a secret it refuses to be built: it would answer anybody.

    Raises:
        ValueError: the secret is empty.
    """
    if not secret:
        raise ValueError("INTERNAL_SECRET is not set. Start with `make serve`, which generates it.")
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False)
    actions = executor()

    async def webhook(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return json({"error": "unauthorized"}, status=401)
        # The executor asks for the domain at its first call; no action of ours reads it.
        try:
            result = await actions.run({"domain": {}, **request.json})
        except ActionNotFoundException:
            return json({"error": "no such action"}, status=404)
        except Exception:
            log.exception("action_failed")  # core.logging keeps its type and place: the message may quote the visitor
            return json({"error": "action failed"}, status=500)
        return json(result.model_dump() if result else None)

    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    app.add_route(webhook, "/webhook", methods=["POST"])
    app.add_route(health, "/health", methods=["GET"])
    return app
