"""Helplines by kind of signal: `data/helplines.yml`.

Loaded at import and without a database, so that they are there when all else is down.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from programmes.sources import DATA

GENERAL = "general"
LISTENING = "listening"
"""The route of every kind that has none of its own."""
ADULT_AGE = 18
ENGLISH_IN_BELGIUM = "be-chs"
CRISIS_KINDS = frozenset({"suicide_acute", "suicide_ideation", "self_harm", "severe_distress"})
"""Where Belgium's English crisis line helps."""


@dataclass(frozen=True)
class Helpline:
    """A line that somebody can call or chat with now. Opening hours are left out: none were verified."""

    id: str
    country: str
    name: dict[str, str]
    purpose: dict[str, str]
    phone: str | None
    tel: str | None
    chat_url: str | None
    ages: tuple[int, int] | None
    languages: tuple[str, ...]
    is_free: bool
    is_anonymous: bool
    is_around_the_clock: bool
    is_verified: bool
    source: str
    last_checked: date
    rung_on: date | None

    def as_card(self) -> dict[str, Any]:
        """As the contract writes it; the words around the data are text keys."""
        way = "both" if self.phone and self.chat_url else "phone" if self.phone else "chat"
        return {
            "type": "helpline",
            "id": self.id,
            "country": self.country,
            "phone": self.phone,
            "tel": f"tel:{self.tel}" if self.tel else None,
            "chat_url": self.chat_url,
            "for": {"say": "card.helpline.for", "with": {"purpose": self.purpose}},
            "title": {"say": "card.helpline.title", "with": {"name": self.name}},
            "text": {
                "say": f"card.helpline.{way}",
                "with": {"purpose": self.purpose, "phone": self.phone or "", "chat": self.chat_url or ""},
            },
        }


def _loaded() -> tuple[dict[str, Helpline], dict[str, dict[str, tuple[str, ...]]]]:
    raw = yaml.safe_load((DATA / "helplines.yml").read_text(encoding="utf-8"))
    lines = {}
    for id, own in raw["lines"].items():
        row = raw["defaults"] | own
        lines[id] = Helpline(
            id=id,
            country=row["country"],
            name=row["name"],
            purpose=row["for"],
            phone=row.get("phone"),
            tel=row.get("tel"),
            chat_url=row.get("chat_url"),
            ages=tuple(row["ages"]) if "ages" in row else None,
            languages=tuple(row["languages"]),
            is_free=row["free"],
            is_anonymous=row["anonymous"],
            is_around_the_clock=row.get("around_the_clock", False),
            is_verified=row["verified"],
            source=row["source"],
            last_checked=row["last_checked"],
            rung_on=row["rung_on"],
        )
    routes = {country: {kind: tuple(ids) for kind, ids in kinds.items()} for country, kinds in raw["routes"].items()}
    return lines, routes


LINES, _ROUTES = _loaded()


def lines_for(kind: str | None, *, country: str, speaker: str = "self", language: str = "nl") -> list[Helpline]:
    """The lines for a kind of signal, the first one first.

    Args:
        kind: None for the general list: who to call when nobody knows yet what is wrong.
        country: the site's; another country's lines are never given.
        speaker: "self", "parent" or "friend"; a parent gets no line that is for children only.
        language: someone who reads English gets lines that speak it before others, after the emergency number.
    """
    routes = _ROUTES[country]
    found = [LINES[id] for id in routes.get(kind or GENERAL, routes[LISTENING])]
    if speaker == "parent":
        grown_up = [line for line in found if line.ages is None or line.ages[1] > ADULT_AGE]
        found = grown_up or [LINES[id] for id in routes[LISTENING] if LINES[id].ages is None]
    if country == "BE" and language == "en" and kind in CRISIS_KINDS:
        at = sum(1 for line in found if line.id.endswith("-112"))
        found.insert(at, LINES[ENGLISH_IN_BELGIUM])
    return found
