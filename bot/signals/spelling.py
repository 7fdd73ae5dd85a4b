"""From what a child types to words that a pattern can name: accents, stretched letters, clitics, slips of the thumb."""

import gzip
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import spacy_lookups_data
from spacy.language import Language

SHORTEST_MENDED = 5
"""Letters from which an unknown word may be a slip: shorter ones have too many neighbours."""

SHORTEST_CHANGED = 7
"""Letters from which a wrong, missing or extra letter is mended; below it only two letters that changed places."""

_STRETCHED = re.compile(r"(.)\1{2,}")
_LETTERS = re.compile(r"^[a-z]+$")
_JOINED = re.compile(r"(?<=\w)[.,!?;:/](?=\w\w)|(?<=\w)[*@$](?=\w)")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|<[\w-]+>")
_ENDLESS = re.compile(r"(\S{30})(\S+)")  # no word is longer, and patterns take seconds over thousands of letters
_FULL_STOPS = re.compile(r"^[.?!…\n]+$")


@dataclass(frozen=True)
class Words:
    """A message as normalised words, each with its place in the original and the number of its sentence."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    original: str

    @cached_property
    def present(self) -> frozenset[str]:
        """The different words."""
        return frozenset(self.words)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Each beginning of each word, the whole word included."""
        return frozenset(word[:end] for word in self.present for end in range(1, len(word) + 1))

    @cached_property
    def endings(self) -> frozenset[str]:
        """Each ending of each word."""
        return frozenset(word[start:] for word in self.present for start in range(len(word)))

    def quote(self, start: int, end: int) -> str:
        """The original text of the words from `start` up to `end`."""
        return self.original[self.spans[start][0] : self.spans[end - 1][1]]


def fold(text: str) -> str:
    """Lower case, without accents, letters said three times or more said once."""
    plain = text.lower().replace("`", "'")
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain.replace("’", "'").replace("‘", "'"))
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _STRETCHED.sub(r"\1", plain)


@cache
def real_words() -> frozenset[str]:
    """Words of both languages that are no slip of another word, from spaCy's lookup tables."""
    folder = Path(spacy_lookups_data.__file__).parent / "data"
    known: set[str] = set()
    for language in ("nl", "en"):
        with gzip.open(folder / f"{language}_lemma_lookup.json.gz", "rt", encoding="utf-8") as file:
            table = json.load(file)
        known.update(word if word.isascii() else fold(word) for word in table if len(word) >= SHORTEST_MENDED)
    return frozenset(known)


class Slips:
    """Finds the pattern word that an unknown word was meant to be: one slip away, first letter right."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._targets: dict[str, list[str]] = {}
        self._near: dict[str, str] = {}
        for word in targets:
            if len(word) >= SHORTEST_MENDED and _LETTERS.match(word):
                self._remember(word)
        self._known = real_words()

    def _remember(self, word: str) -> None:
        """Index a word under each spelling that lacks one letter: two words one slip apart share such a spelling."""
        for at in range(1, len(word)):
            self._targets.setdefault(word[:at] + word[at + 1 :], []).append(word)
        self._targets.setdefault(word, []).append(word)

    def mend(self, word: str) -> str:
        """The word that was meant, or the word itself."""
        if len(word) < SHORTEST_MENDED or word in self._known or not _LETTERS.match(word):
            return word
        spellings = [word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))]
        candidates = {target for spelling in spellings for target in self._targets.get(spelling, ())}
        if word in candidates:
            return word
        fitting = sorted(target for target in candidates if _is_slip(word, target))
        return fitting[0] if fitting else word


def _is_slip(written: str, meant: str) -> bool:
    if written[0] != meant[0]:
        return False
    if len(written) == len(meant):
        wrong = [at for at, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:  # noqa: PLR2004 - two neighbours
            return written[wrong[0]] == meant[wrong[1]] and written[wrong[1]] == meant[wrong[0]]
        return len(wrong) == 1 and len(meant) >= SHORTEST_CHANGED
    return abs(len(written) - len(meant)) == 1 and len(meant) >= SHORTEST_CHANGED


class Normaliser:
    """Turns a message into words for the patterns of one language."""

    def __init__(self, nlp: Language, spellings: Mapping[str, str], vocabulary: Collection[str]) -> None:
        self._nlp = nlp
        self._spellings = {fold(str(written)): str(meant).split() for written, meant in spellings.items()}
        self._vocabulary = frozenset(vocabulary) | frozenset(self._spellings)
        self._slips = Slips(vocabulary)

    def __call__(self, text: str) -> Words:
        """Normalise a message. Links and addresses say nothing."""
        short = _ENDLESS.sub(lambda match: match[1] + " " * len(match[2]), text)
        plain = _JOINED.sub(_apart, _LINK.sub(_blank, short))
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        sentences: list[int] = []
        sentence = 0
        for token in self._nlp.make_doc(plain):
            if token.is_space and "\n" not in token.text:
                continue
            for word in self._meant(fold(token.norm_)) if not token.is_space else ("\n",):
                words.append(word)
                spans.append((token.idx, token.idx + len(token.text)))
                sentences.append(sentence)
            sentence += bool(_FULL_STOPS.match(words[-1])) if words else 0
        return Words(tuple(words), tuple(spans), tuple(sentences), text)

    def _meant(self, word: str) -> Iterable[str]:
        if word in self._spellings:
            return self._spellings[word]
        if _FULL_STOPS.match(word):
            return (word[0],)
        if word in self._vocabulary:
            return (word,)
        bare = word.strip("'-_~\"")
        if bare in self._spellings:
            return self._spellings[bare]
        return (self._slips.mend(bare) or word,)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _apart(match: re.Match[str]) -> str:
    """A mark between two words becomes a space; one that hides a letter (s*icide) stays."""
    return match.group() if match.group() in "*@$" else " "
