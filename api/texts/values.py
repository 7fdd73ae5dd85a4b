"""Says one value of a text: words, numbers, days, or a text within the text."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.states import Language
from api.texts.dates import say_date, say_moment


def say_value(value: object, language: Language, say_text: Callable[[str, object], str]) -> str:
    """Put a value in the reader's words.

    Args:
        value: see `render`.
        language: the reader's.
        say_text: says a text within the text: key, values.
    """
    match value:
        case str():
            return value
        case dict():
            return _say_meaning(value, language, say_text)
        case list() | tuple():
            return ", ".join(say_value(part, language, say_text) for part in value)
        case float():
            plain = f"{value:g}"
            return plain.replace(".", ",") if language is Language.NL else plain
        case _:
            return str(value)


def _say_meaning(value: dict[str, object], language: Language, say_text: Callable[[str, object], str]) -> str:
    """Say what is given by its meaning: a text, a day, an instant, or data that is there in both languages.

    Raises:
        KeyError: it is none of these.
    """
    match value:
        case {"say": str(key), **rest}:
            return say_text(key, rest.get("with"))
        case {"date": str(day)}:
            return say_date(date.fromisoformat(day), language)
        case {"nl": str(dutch), "en": str(english)}:
            return dutch if language is Language.NL else english
        case {"at": str(moment), "zone": str(zone)}:
            return say_moment(datetime.fromisoformat(moment), ZoneInfo(zone), language)
    raise KeyError(f"a value with {sorted(value)} cannot be said")
