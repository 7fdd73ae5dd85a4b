"""How easily a text reads, 0 to 100: Flesch for English (1948), Flesch-Douma for Dutch (1960).

Syllables are counted by hyphenation, which misses some, so a figure is a little kind. It sees long words and long
sentences; whether a text is clear, only a reader knows.
"""

import re
from collections.abc import Iterable

from pyphen import Pyphen

_HYPHENS = {"nl": Pyphen(lang="nl_NL", left=1, right=1), "en": Pyphen(lang="en_US", left=1, right=1)}
_WEIGHTS = {"nl": (206.84, 0.93, 77.0), "en": (206.835, 1.015, 84.6)}
"""Where it begins, and what a word in a sentence and a syllable in a word take off."""


def reading_ease(texts: Iterable[str], language: str) -> float:
    """The ease of some texts taken together; 60 is plain language, B1 at most."""
    sentences = [part for text in texts for part in re.split(r"[.!?:;\n]+", text) if re.search(r"\w", part)]
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    syllables = sum(len(_HYPHENS[language].positions(word)) + 1 for word in words)
    start, of_words, of_syllables = _WEIGHTS[language]
    return start - of_words * len(words) / len(sentences) - of_syllables * syllables / len(words)
