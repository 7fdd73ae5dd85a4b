"""The kind reply to somebody who writes in a language that we do not speak."""

from collections.abc import Mapping
from typing import Any

from api.chat.own_payloads import TALK_TO_COACH

OWN_NAMES = {
    "ar": "العربية", "bg": "Български", "bn": "বাংলা", "cs": "Čeština", "da": "Dansk", "de": "Deutsch",
    "el": "Ελληνικά", "es": "Español", "et": "Eesti", "fa": "فارسی", "fi": "Suomi", "fr": "Français",
    "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "hy": "Հայերեն", "id": "Bahasa Indonesia",
    "it": "Italiano", "ja": "日本語", "ka": "ქართული", "ko": "한국어", "lt": "Lietuvių", "lv": "Latviešu",
    "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina",
    "so": "Soomaali", "sq": "Shqip", "sr": "Српски", "sv": "Svenska", "th": "ไทย", "ti": "ትግርኛ", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""What each language calls itself: the one word that its speaker is sure to recognise."""


def reply_to_other_language(code: str) -> Mapping[str, Any]:
    """Two lines, Dutch and English, after the language's own name; the two languages and a person as buttons."""
    buttons = [
        {"say": "button.speak_dutch", "payload": "/speak_dutch"},
        {"say": "button.speak_english", "payload": "/speak_english"},
        TALK_TO_COACH,
    ]
    name = OWN_NAMES.get(code)
    if name is None:
        return {"say": "chat.other_language_unnamed", "buttons": buttons}
    return {"say": "chat.other_language", "with": {"name": name}, "buttons": buttons}
