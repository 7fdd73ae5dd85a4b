"""What the buttons of a questionnaire send.

For example `/questionnaire{"do": "answer", "of": "interests", "item": "r01", "value": 4}`.
An item's buttons name their item, so that an old one, or one that was tapped twice, answers nothing else.
"""

import json
from collections.abc import Mapping
from typing import Any

from api.chat.asking_rasa import parse_payload

MENU = "/questionnaires"
"""The panel's own button: which questionnaires there are."""
INTENT = "questionnaire"


def payload(do: str, of: str, **more: Any) -> str:
    """What a button sends."""
    return f"/{INTENT}{json.dumps({'do': do, 'of': of, **more}, ensure_ascii=False)}"


def button(key: str, do: str, of: str, values: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A button with a text of ours."""
    return {"say": f"questionnaire.button.{key}", "with": dict(values or {}), "payload": payload(do, of, **more)}


def read_payload(given: str) -> Mapping[str, Any] | None:
    """What a button asks; None when it is not one of these."""
    if given == MENU:
        return {"do": "menu", "of": ""}
    if not given.startswith(f"/{INTENT}{{"):
        return None
    asked: Mapping[str, Any] = parse_payload(given)["entities"]
    return asked
