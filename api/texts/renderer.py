"""Fills a text in: the right form for who reads it, and the values in its places."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.states import Audience, Country, Language
from api.texts.dates import say_date, say_moment
from api.texts.store import DEFAULT, variants

PLACE = re.compile(r"\{(\w+)\}")
"""A place to fill in. Plain names only, so that no value can reach into another."""


def render(
    key: str,
    *,
    language: Language,
    country: Country,
    audience: Audience | None = None,
    values: Mapping[str, Any] | None = None,
) -> str:
    """Say one text.

    Args:
        key: topic first, `search.found`.
        language: the reader's.
        country: a text that names school things may have a form of its own for Flanders.
        audience: a parent is addressed more formally.
        values: name -> string, number, list, `{"date": ISO day}`, `{"at": ISO instant, "zone": name}`,
            `{"nl": text, "en": text}` for data that is there in both, or `{"say": key, "with": values}` for a text
            within the text.
    Raises:
        KeyError: the key, or a value that the text needs, is missing.
    """
    forms = variants(key, language)
    text = next(forms[form] for form in _preferred(country, audience) if form in forms)
    given = values or {}
    return PLACE.sub(
        lambda place: _said(given[place[1]], language=language, country=country, audience=audience), text
    )


def _preferred(country: Country, audience: Audience | None) -> list[str]:
    """Most fitting first. The country outranks the audience: a wrong school term misleads, a wrong tone does not."""
    both = [f"{country}.{audience}"] if audience else []
    return [*both, country, *([audience] if audience else []), DEFAULT]


def _said(value: Any, *, language: Language, country: Country, audience: Audience | None) -> str:
    """One value in words."""
    match value:
        case {"say": str(key), **rest}:
            inner = rest.get("with") or {}
            return render(key, language=language, country=country, audience=audience, values=inner)
        case {"date": str(day)}:
            return say_date(date.fromisoformat(day), language)
        case {"nl": str(dutch), "en": str(english)}:
            return dutch if language is Language.NL else english
        case {"at": str(moment), "zone": str(zone)}:
            return say_moment(datetime.fromisoformat(moment), ZoneInfo(zone), language)
        case str():
            return value
        case Sequence():
            return ", ".join(_said(part, language=language, country=country, audience=audience) for part in value)
        case float() if language is Language.NL:
            return f"{value:g}".replace(".", ",")
        case float():
            return f"{value:g}"
        case _:
            return str(value)
