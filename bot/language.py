"""Which language somebody writes: Dutch, English, or another that we can only name.

Two stages. First every language: by its script, then by lingua, for a detector that knows only Dutch and English calls
German Dutch. Then Dutch or English, with the language of the talk so far as context: by who uses these words in our
examples (`vocabulary`), dialect, street language and school terms among them, and a little by their letters (lingua).
"""

import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from bot.vocabulary import leanings, words_of

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

CERTAIN = 2.5
"""Evidence, as log odds, from which a message may set the language of the talk: 12 to 1."""

TELLING = 2.0
"""Leaning from which a word is hardly ever used by who writes the other language: 7 to 1."""

STRONGEST = 4.0
"""The most that one word weighs, so that a Dutch "de" in an English sentence does not outvote two of its words."""

LETTERS = 0.35
"""What lingua's log odds weigh beside the words; compared on the examples, each fifth by the others."""

FOREIGN_SURE = 0.75
"""Lingua's confidence from which a message without any Dutch or English word is in another language."""

PAIR_SURE = 0.9
"""The same for two words, where lingua guesses more."""

PAIR = 2
"""Words from which a message can be in another language at all: one says nothing."""

_FOREIGN_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in yaml.safe_load(Path(__file__).with_name("foreign_words.yml").read_text(encoding="utf-8")).items()
}


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
    """Read the language models and the examples' words now rather than in the first message."""
    _everything().compute_language_confidence_values("welke opleiding is dit and what is it")
    _ours().compute_language_confidence_values("welke opleiding is dit and what is it")
    leanings()


def detect(text: str, *, before: str | None, begins: bool = False) -> Detected:
    """Tell the language of a message.

    Args:
        text: as typed.
        before: "nl" or "en", the language of the talk until now, or of the page; None when nothing is known.
        begins: nothing was said yet, so `before` is the page's language only, and one telling word may change it.
    """
    foreign = _by_script(text)
    if foreign:
        return Detected("other", certain=True, name=foreign)
    words = words_of(text)
    leaning = [leanings().get(word, 0.0) for word in words]
    other = _other_language(words, {word for word, one in zip(words, leaning, strict=True) if abs(one) >= TELLING})
    if other:
        return Detected("other", certain=True, name=other)
    return _decide(_evidence(words, leaning), leaning, before, begins=begins)


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


def _other_language(words: list[str], ours: set[str]) -> str | None:
    """Name a language that is neither of ours, when the words say so more clearly than they speak for ours."""
    theirs = {code: [word for word in words if word in frequent] for code, frequent in _FOREIGN_WORDS.items()}
    code, most = max(theirs.items(), key=lambda item: len(item[1]))
    against = sum(word in ours for word in words if word not in most)
    # "will" is German and English: it speaks for German only beside a word that is German alone.
    if len(most) >= PAIR and set(most) - ours and len(most) > against + 1:
        return code
    if against * 4 > len(words) or len(words) < PAIR:
        return None
    best = _everything().compute_language_confidence_values(" ".join(words))[0]
    needed = FOREIGN_SURE if len(words) > PAIR else PAIR_SURE
    if best.language in SPOKEN or best.value < needed:
        return None
    return str(best.language.iso_code_639_1.name).lower()


def _evidence(words: list[str], leaning: list[float]) -> float:
    """Weigh how Dutch it is, as log odds: above zero for Dutch."""
    if not words:
        return 0.0
    share = _ours().compute_language_confidence(" ".join(words), Language.DUTCH)
    by_letters = math.log((share + 0.02) / (1 - share + 0.02))  # lingua says 0 or 1 of long messages
    return sum(max(-STRONGEST, min(STRONGEST, one)) for one in leaning) + LETTERS * by_letters


def _decide(evidence: float, leaning: list[float], before: str | None, *, begins: bool) -> Detected:
    """Keep the talk's language unless the words tell otherwise: one never switches it, nor do names alone."""
    code: Code = "nl" if evidence >= 0 else "en"
    tells = max((one if code == "nl" else -one for one in leaning), default=0.0) >= TELLING
    is_certain = abs(evidence) >= CERTAIN and tells and (len(leaning) > 1 or begins or before is None)
    if before in ("nl", "en") and not is_certain:
        return Detected(
            "nl" if before == "nl" else "en", certain=code == before and abs(evidence) >= CERTAIN, name=None
        )
    return Detected(code, certain=is_certain, name=None)
