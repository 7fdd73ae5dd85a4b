"""The words on buttons and headings; both languages go along, so that the switch needs no network."""

from functools import lru_cache

from api.states import Country, Language
from api.texts import KEYS, render

TOPIC = "panel."

FILLED_IN_BY_THE_PANEL = ("author", "count", "days", "name", "role", "seconds", "when", "year")
"""Places that only the browser can fill; they travel as places."""


@lru_cache
def labels(language: Language, country: Country) -> dict[str, str]:
    """Key without its topic -> label."""
    places = {name: f"{{{name}}}" for name in FILLED_IN_BY_THE_PANEL}
    return {
        key.removeprefix(TOPIC): render(key, language=language, country=country, values=places)
        for key in sorted(KEYS)
        if key.startswith(TOPIC)
    }
