"""The words of the catalogue, and which of them a typed word may be: itself, a compound, two words in one, a slip."""

from collections.abc import Iterable, Mapping, Sequence, Set

from rapidfuzz import process
from rapidfuzz.distance import OSA

from programmes.stems import stem

PART_LETTERS = 5
"""Letters that two words must share to be called parts of one another: "paarden" in "paardenverzorger"."""
FIRST_LETTERS, LAST_LETTERS = 3, 4
"""Letters that the halves of a compound need at least: ict|beheer."""
TWO_SLIPS_LETTERS = 8
"""Letters a word needs before two slips in it are forgiven."""
JOINED_LETTERS = 7
"""Letters of a known word that may be written as two."""
LONGEST_WORD = 40
"""Longer ones are no words ("verpleegkundigeeeeeee..."), and cost time."""


class Vocabulary:
    """Folded words and their terms: a language and a stem each."""

    def __init__(self, terms_of: Mapping[str, Set[str]], *, fillers: Iterable[str] = ()) -> None:
        self._terms_of = terms_of
        self._long_fillers = [word for word in fillers if len(word) > PART_LETTERS]
        self._all_terms = {term for terms in terms_of.values() for term in terms}
        self._long_words = [word for word in terms_of if len(word) >= PART_LETTERS]
        self.words = frozenset(terms_of)

    @staticmethod
    def is_too_long(word: str) -> bool:
        """Whether this cannot be a word."""
        return len(word) > LONGEST_WORD

    def terms(self, word: str) -> Set[str]:
        """The terms of a known word."""
        return self._terms_of[word]

    def exactly(self, word: str) -> list[str]:
        """The terms of a word as it was typed, known or only inflected otherwise."""
        terms = (f"{language}:{stem(word, language)}" for language in ("nl", "en"))
        return [term for term in terms if term in self._all_terms]

    def halves(self, word: str) -> tuple[str, str] | None:
        """The two known words of a compound that nobody wrote down: auto|techniek, hond(en)|verzorging."""
        for at in range(len(word) - LAST_LETTERS, FIRST_LETTERS - 1, -1):
            left, right = word[:at], word[at:]
            if not self.exactly(right):
                continue
            for whole in (left, left.removesuffix("s"), left.removesuffix("en")):
                if len(whole) >= FIRST_LETTERS and self.exactly(whole):
                    return whole, right
        return None

    def joined(self, said: Sequence[str]) -> list[str]:
        """The words of a query, two of them as one where that is a known word: "lood gieter"."""
        found: list[str] = []
        for word in said:
            whole = found[-1] + word if found else word
            is_one = len(whole) >= JOINED_LETTERS and (
                whole in self.words or (not self.exactly(word) and self.meant(whole))
            )
            if found and is_one:
                found[-1] = whole
            else:
                found.append(word)
        return found

    def compounds(self, word: str) -> list[str]:
        """The known words that hold this one or its stem: "verpleegkunde" for "verpleeg"."""
        if len(word) < PART_LETTERS:
            return []
        root = min((stem(word, language) for language in ("nl", "en")), key=len)
        root = root if len(root) >= PART_LETTERS else word
        return [other for other in self._long_words if root in other]

    def parts(self, word: str) -> list[str]:
        """The known words that stand inside this one."""
        return [other for other in self._long_words if other in word]

    def is_filler(self, word: str) -> bool:
        """Whether this is a misspelt word that says nothing: "opleidng"."""
        return len(word) > PART_LETTERS and bool(self._near(word, self._long_fillers, self._long_fillers, most=1))

    def misspelt(self, word: str) -> list[str]:
        """The known words that are one slip away from a long one: surely meant."""
        return self._near(word, self._long_words, self._long_words, most=1) if len(word) >= TWO_SLIPS_LETTERS else []

    def meant(self, word: str) -> list[str]:
        """The known words that were probably meant, all equally near."""
        if len(word) < PART_LETTERS:
            return []
        # Only behind the same first letter: "bestellen" does not mean "herstellen", nor "kanker" a banker.
        near = self._near(word, self._long_words, self._long_words)
        return near or self._near(word, [name[: len(word)] for name in self._long_words], self._long_words)

    @staticmethod
    def _near(word: str, forms: list[str], names: list[str], *, most: int = 2) -> list[str]:
        slips = min(most, 1 if len(word) < TWO_SLIPS_LETTERS else 2)
        found = process.extract(word, forms, scorer=OSA.distance, score_cutoff=slips, limit=8)
        fitting = [(distance, names[at]) for form, distance, at in found if form[0] == word[0]]
        return [name for distance, name in fitting if distance == fitting[0][0]]
