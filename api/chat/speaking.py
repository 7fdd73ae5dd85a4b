"""Makes a message of an utterance: Rasa and the rooms say *what*, the texts say *how*."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from api.chat.said import Said, Voice
from api.pictures.pathway import draw_pathway
from api.pictures.questionnaire_result import picture_of
from api.states import Language
from api.texts import KEYS, render

SAFE_SCHEMES = frozenset({"http", "https"})


def speak(utterance: Mapping[str, Any], voice: Voice) -> Said:
    """Render an utterance for its reader.

    Args:
        utterance: `{"say": key | None, "with": {}, "cards": [], "buttons": [], "sources": []}`; all but `say` optional.
        voice: language, country and audience of the reader.
    Raises:
        KeyError: a text or a value that it needs does not exist.
    """
    cards = tuple(_card(card, voice) for card in utterance.get("cards") or ())
    key = utterance.get("say")
    # Cards alone still need words: a screen reader announces the message's text first.
    text = _text(key, utterance.get("with"), voice) if key else "\n".join(str(card["text"]) for card in cards)
    return Said(
        text=text,
        buttons=tuple(_button(button, voice) for button in utterance.get("buttons") or ()),
        cards=cards,
        sources=tuple(source for source in utterance.get("sources") or () if _is_web_address(source.get("url"))),
        utterance=utterance,
    )


def _text(key: str, values: Mapping[str, Any] | None, voice: Voice) -> str:
    return render(key, language=voice.language, country=voice.country, audience=voice.audience, values=values or {})


def _button(button: Mapping[str, Any], voice: Voice) -> dict[str, Any]:
    title = button.get("title") or _text(button["say"], button.get("with"), voice)
    return {"title": title, "payload": button["payload"]}


def _card(card: Mapping[str, Any], voice: Voice) -> dict[str, Any]:
    """A card with all its sentences said. `title` and `text` may be left to `card.<type>.title` and `.text`."""
    shown: dict[str, Any] = {name: _inner(value, voice) for name, value in card.items() if _may_show(name, value)}
    if card["type"] == "result":
        shown |= _pictured(card, voice)
    for part in ("title", "text"):
        if not shown.get(part):
            key = f"card.{card['type']}.{part}"
            shown[part] = _text(key, shown, voice) if key in KEYS else shown.get("title", "")
    if card["type"] == "pathway":
        shown["svg"] = draw_pathway(shown["title"], shown["text"], shown["start"], shown["steps"])
    return shown


def _pictured(card: Mapping[str, Any], voice: Voice) -> dict[str, str]:
    """A result's picture, and the same in words."""
    scores = {score["scale"]: score["value"] for score in card["scores"]}
    made = picture_of(card["questionnaire"], scores, language=voice.language, country=voice.country)
    return {"title": made.title, "text": made.text, "svg": made.svg}


def _inner(value: object, voice: Voice) -> object:
    """A part of a card: sentences are said, addresses that are no web address are dropped, data stays."""
    match value:
        case {"say": str(key), **rest}:
            values = rest.get("with")
            return _text(key, values if isinstance(values, dict) else None, voice)
        case {"nl": str(dutch), "en": str(english)}:
            return dutch if voice.language is Language.NL else english
        case dict():
            return {name: _inner(part, voice) for name, part in value.items() if _may_show(name, part)}
        case list() | tuple():
            return [_inner(part, voice) for part in value]
        case _:
            return value


def _may_show(name: str, value: object) -> bool:
    return not (name == "url" or name.endswith("_url")) or value is None or _is_web_address(value)


def _is_web_address(value: object) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in SAFE_SCHEMES
