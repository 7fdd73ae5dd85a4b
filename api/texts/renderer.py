"""Fills a text in: the right form for who reads it, and the values in its places."""

import re
from collections.abc import Mapping
from typing import Any

from api.states import Audience, Country, Language
from api.texts.store import DEFAULT, variants
from api.texts.values import say_value

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
            `{"nl": text, "en": text}` for data that is there in both, `{"pupil": value, "parent": value}` for what is
            said to a parent in other words, or `{"say": key, "with": values}` for a text within the text.
    Raises:
        KeyError: the key, or a value that the text needs, is missing.
    """
    forms = variants(key, language)
    text = next(forms[form] for form in _preferred(country, audience) if form in forms)
    given = values or {}

    def say_inner(inner: str, its_values: object) -> str:
        needs = its_values if isinstance(its_values, dict) else {}
        return render(inner, language=language, country=country, audience=audience, values=needs)

    return PLACE.sub(lambda place: say_value(_addressed(given[place[1]], audience), language, say_inner), text)


def _addressed(value: object, audience: Audience | None) -> object:
    """The value for this reader, where it is said to a parent in other words."""
    match value:
        case {"pupil": to_pupil, "parent": to_parent}:
            return to_parent if audience is Audience.PARENT else to_pupil
    return value


def _preferred(country: Country, audience: Audience | None) -> list[str]:
    """Most fitting first. The country outranks the audience: a wrong school term misleads, a wrong tone does not."""
    both = [f"{country}.{audience}"] if audience else []
    return [*both, country, *([audience] if audience else []), DEFAULT]
