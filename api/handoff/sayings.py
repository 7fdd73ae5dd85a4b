"""What the visitor is told about who speaks and who will: utterances, the words of which are in handoff.yml."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from api.coaches.models import Coach
from api.handoff.hours import Promise
from api.sites.service import Site
from api.states import Tier

Why = Literal["closed", "absent", "quiet", "transferred", "snoozed"]
"""Why the bot is back."""

HELPLINES = {"say": "button.helplines", "payload": "/show_helplines"}
COACH = {"say": "button.talk_to_coach", "payload": "/ask_human"}


def waiting(site: Site, tier: Tier, promised: Promise, *, due_at: datetime, now: datetime) -> dict[str, Any]:
    """Who answers and when; the truth when nobody is there, or when a promise was broken."""
    due = _moment(due_at, site)
    values = {"school": site.name, "due": due, "opening": _opening(promised, site)}
    duty = "on_duty" if promised.on_duty else "off_duty"
    if tier is Tier.ACUTE:
        key, text = f"promise_acute_{duty}", "waiting_text_soon" if promised.on_duty else "waiting_text_first"
    elif due_at < now:
        key, text = "promise_overdue", "waiting_text_soon"
    else:
        key, text = f"promise_{duty}", "waiting_text"
    card = _card("waiting", title="waiting_title", text=text, values={"due": due}) | {"due_at": due_at.isoformat()}
    return _utterance(key, values, [card], [] if key == "promise_on_duty" else [HELPLINES])


def joined(coach: Coach) -> dict[str, Any]:
    """A person speaks from here on: first name and role."""
    values = {"name": coach.first_name, "role": coach.role}
    card = _card("joined", title="joined_title", text="joined_text", values=values) | values
    return _utterance("joined", values, [card])


def bot_back(why: Why) -> dict[str, Any]:
    """The bot speaks from here on."""
    card = _card("left", title="left_title", text="left_text", values={})
    return _utterance(f"bot_back_{why}", {}, [card], [HELPLINES] if why == "absent" else [])


def closed_unmet() -> dict[str, Any]:
    """The case was closed, though no coach spoke here."""
    return _utterance("closed_unmet", {}, [], [COACH])


def _opening(promised: Promise, site: Site) -> dict[str, Any]:
    if promised.opens_at is None:
        return {"say": "handoff.opens_unknown"}
    return {"say": "handoff.opens", "with": {"opens": _moment(promised.opens_at, site)}}


def _moment(at: datetime, site: Site) -> dict[str, str]:
    return {"at": at.isoformat(), "zone": site.time_zone.key}


def _card(what: str, *, title: str, text: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "handoff",
        "handoff": what,
        "title": {"say": f"handoff.{title}", "with": dict(values)},
        "text": {"say": f"handoff.{text}", "with": dict(values)},
    }


def _utterance(
    key: str, values: Mapping[str, Any], cards: list[dict[str, Any]], buttons: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    return {"say": f"handoff.{key}", "with": dict(values), "cards": cards, "buttons": buttons or []}
