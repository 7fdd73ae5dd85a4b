"""Which language somebody writes: Dutch, English, or another that we can only name.

Two stages. First every language: by its script, then by lingua, for a detector that knows only Dutch and English calls
German Dutch. Then Dutch or English, with the language of the talk so far as context. Frequent words of both
languages, dialect and street language among them, settle what lingua is unsure of in short messages.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

Code = Literal["nl", "en", "other"]

SPOKEN = {Language.DUTCH: "nl", Language.ENGLISH: "en"}
_FOREIGN = (
    Language.ALBANIAN, Language.CROATIAN, Language.FRENCH, Language.GERMAN, Language.HUNGARIAN, Language.INDONESIAN,
    Language.ITALIAN, Language.POLISH, Language.PORTUGUESE, Language.ROMANIAN, Language.SOMALI, Language.SPANISH,
    Language.TURKISH,
)  # fmt: skip
"""Latin-script languages of pupils here. Afrikaans and the Nordic ones are left out: they steal Dutch dialect."""

SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "uk", "GREEK": "el", "HEBREW": "he", "ETHIOPIC": "ti", "CJK": "zh", "HIRAGANA": "ja",
    "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "DEVANAGARI": "hi", "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
"""First word of a letter's Unicode name -> the likeliest language; Arabic and Cyrillic are looked at more closely."""

CERTAIN = 0.75
"""Share of the evidence from which a first message may set the language of the talk."""

SWITCH = 0.8
"""Share of the evidence from which the language of a running talk changes."""

FOREIGN_SURE = 0.75
"""Lingua's confidence from which a message without any Dutch or English word is in another language."""

PAIR_SURE = 0.9
"""The same for two words, where lingua guesses more."""

PAIR = 2
"""Words from which a message can be in another language at all: one says nothing."""

HALF = 0.5

_WORDS = yaml.safe_load(Path(__file__).with_name("language_words.yml").read_text(encoding="utf-8"))
_NEUTRAL, _DUTCH, _ENGLISH = (frozenset(_WORDS[side].split()) for side in ("neutral", "dutch", "english"))
_FOREIGN_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split()) for code, words in _WORDS["foreign"].items()
}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<\w+>")
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Detected:
    """What a message is written in."""

    code: Code
    certain: bool  # sure enough to say it, and to switch the talk
    name: str | None  # ISO 639-1 of another language, when `code` is "other" and we can tell


@cache
def _everything() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*SPOKEN, *_FOREIGN).build()


@cache
def _ours() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*SPOKEN).build()


def load() -> None:
    """Read the language models now rather than in the first message."""
    _everything().compute_language_confidence_values("welke opleiding is dit and what is it")
    _ours().compute_language_confidence_values("welke opleiding is dit and what is it")


def detect(text: str, *, before: str | None) -> Detected:
    """Tell the language of a message.

    Args:
        text: as typed.
        before: "nl" or "en", the language of the talk until now; None for a first message.
    """
    foreign = _by_script(text)
    if foreign:
        return Detected("other", certain=True, name=foreign)
    words = [
        _STRETCHED.sub(r"\1", word.lower().replace("’", "'")) for word in _WORD.findall(_NOT_LANGUAGE.sub(" ", text))
    ]
    telling = [word for word in words if word not in _NEUTRAL]
    if not telling:
        return _unsure(before, 1.0 if before != "en" else 0.0)
    dutch = sum(word in _DUTCH for word in telling)
    english = sum(word in _ENGLISH for word in telling)
    other = _other_language(telling, dutch + english)
    if other:
        return Detected("other", certain=True, name=other)
    share = _dutch_share(telling, dutch, english)
    if len(words) == 1:
        return _unsure(before, share)
    return _decide(share, before, heard=max(dutch, english))


def _by_script(text: str) -> str | None:
    """Name the likeliest language of a message that is mostly in another script."""
    letters = [letter for letter in text if letter.isalpha()]
    scripts = [unicodedata.name(letter, "LATIN").split()[0] for letter in letters]
    strange = [script for script in scripts if script in SCRIPTS]
    if len(strange) * 2 <= len(letters) or not strange:
        return None
    script = max(set(strange), key=strange.count)
    seen = set(text.lower())
    if script == "CYRILLIC":
        return "uk" if seen & set("іїєґ") else "ru" if seen & set("ыэъё") else "uk"
    if script == "ARABIC":
        return "fa" if seen & set("پچژگی") else "ar"
    return SCRIPTS[script]


def _other_language(words: list[str], ours: int) -> str | None:
    """Name a language that is neither of ours, when the words say so more clearly than they speak for ours."""
    counts = {code: sum(word in frequent for word in words) for code, frequent in _FOREIGN_WORDS.items()}
    code, most = max(counts.items(), key=lambda item: item[1])
    if most >= PAIR and most > ours + 1:
        return code
    if ours * 4 > len(words) or len(words) < PAIR:
        return None
    best = _everything().compute_language_confidence_values(" ".join(words))[0]
    needed = FOREIGN_SURE if len(words) > PAIR else PAIR_SURE
    if best.language in SPOKEN or best.value < needed:
        return None
    return str(best.language.iso_code_639_1.name).lower()


def _dutch_share(words: list[str], dutch: int, english: int) -> float:
    """Weigh how Dutch it is, 0.0-1.0: frequent words weigh most, lingua breaks ties."""
    by_letters = _ours().compute_language_confidence(" ".join(words), Language.DUTCH)
    weight = 1.0 + 0.1 * len(words)  # lingua's voice grows with the length of what it saw
    return (dutch + weight * by_letters) / (dutch + english + weight)


def _decide(share: float, before: str | None, *, heard: int) -> Detected:
    """Weigh it. Without one frequent word of either language it may be nothing but names: those never switch."""
    sure = max(share, 1 - share)
    code: Code = "nl" if share >= HALF else "en"
    if before in ("nl", "en") and code != before and (sure < SWITCH or not heard):
        return _unsure(before, share)
    return Detected(code, certain=sure >= CERTAIN, name=None)


def _unsure(before: str | None, share: float) -> Detected:
    """Keep the talk's language: one word, or none that tells, never switches."""
    if before in ("nl", "en"):
        return Detected("nl" if before == "nl" else "en", certain=False, name=None)
    return Detected("nl" if share >= HALF else "en", certain=False, name=None)
