"""The words on buttons and headings; both languages go along, so that the switch needs no network."""

from functools import lru_cache

from api.states import Country, Language
from api.texts import KEYS, render

TOPIC = "panel."

FILLED_IN_BY_THE_PANEL = ("author", "count", "days", "name", "role", "seconds", "when", "year")
"""Places that only the browser can fill; they travel as places."""


def labels(language: Language, country: Country) -> dict[str, str]:
    """Those of the panel: key without its topic -> label."""
    return words(TOPIC, language, country)


@lru_cache
def words(topic: str, language: Language, country: Country) -> dict[str, str]:
    """All texts of a topic that a page writes itself: key without the topic -> label."""
    places = {name: f"{{{name}}}" for name in FILLED_IN_BY_THE_PANEL}
    return {
        key.removeprefix(topic): render(key, language=language, country=country, values=places)
        for key in sorted(KEYS)
        if key.startswith(topic)
    }
