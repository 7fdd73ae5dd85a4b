"""Text to stems, in Dutch and in English; the same on every database, because no database does it."""

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache
from threading import Lock

from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+(?:'s)?")
_AND = re.compile(r"\b([a-z])\s?&\s?([a-z])\b")
"""Initials: "N&T", "E&O"."""
_SPACE = re.compile(r"[\s,;/]+")
_STEMMERS = {"nl": stemmer("dutch"), "en": stemmer("english")}
_lock = Lock()  # a Snowball stemmer keeps the word it works on


def fold(text: str) -> str:
    """Lower case without accents, apostrophes alike."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a text, folded; a plural or genitive 's is taken off."""
    return [word.removesuffix("'s") for word in _WORD.findall(_AND.sub(r"\1\2", fold(text)))]


def content(text: str, fillers: Container[str]) -> list[str]:
    """The folded words of a text that say something, in order. What a hyphen joins does: "make-up", "e-commerce"."""
    return [
        word for part in _SPACE.split(text) for word in words(part) if "-" in part.strip("-") or word not in fillers
    ]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    with _lock:
        return str(_STEMMERS[language].stemWord(word))


def stems(texts: Iterable[str], language: str) -> list[str]:
    """The stems of all words of some texts."""
    return [stem(word, language) for text in texts for word in words(text)]
