"""Shows what was noted about the visitor, once, with a way to take it back: "Ik onthoud: 17 jaar, vmbo-basis"."""

from collections.abc import Mapping
from typing import Any

from programmes.admission import station

NOTED = ("age", "standing")
"""Slots that say something of the visitor: codes, set by `actions.remember`."""


def noted(before: Mapping[str, Any] | None, after: Mapping[str, Any], *, country: str) -> dict[str, Any] | None:
    """What to say of slots that changed in this turn; None when none did.

    Args:
        before: the slots until now.
        after: the slots after the turn.
        country: the visitor's; some names of schools exist in both countries.
    """
    was = before or {}
    changed = [name for name in NOTED if after.get(name) is not None and after.get(name) != was.get(name)]
    shown = [(name, said) for name in changed if (said := _said(name, after[name], country))]
    if not shown:
        return None
    buttons = [
        {"say": "talk.button.forget", "with": {"what": said}, "payload": f'/correction{{"forget": "{name}"}}'}
        for name, said in shown
    ]
    return {"say": "talk.noted", "with": {"what": [said for _, said in shown]}, "buttons": buttons}


def _said(name: str, value: Any, country: str) -> Any:
    if name == "age":
        return {"say": "talk.years", "with": {"age": value}}
    one = station(str(value), country=country)
    return one.title if one else None
