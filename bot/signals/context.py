"""What the words around a hit make of it: denied, a saying, a game, a lesson, long past; and who is speaking."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.signals.book import Hit
from bot.signals.signal import Speaker
from bot.signals.spelling import Words

NEGATORS = {
    "nl": frozenset(["niet", "ni", "nie", "nooit", "geen", "gene", "niemand", "niks", "nergens", "zonder"]),
    "en": frozenset(["not", "never", "no", "nobody", "none", "without", "neither"]),
}
NOT_NEGATED = frozenset(
    {"weet", "weten", "durf", "durven", "stoppen", "stop", "alleen", "enkel", "meer", "helpt", "gelooft", "wie"}
    | {"waarom", "kan", "zeggen", "vertellen"}
    | {"know", "knows", "tell", "told", "only", "just", "help", "helps", "believes", "why"}
)
"""Words beside a negator that leave the rest standing: nobody knows that ..., I can't stop ..."""

BEFORE = 2
"""How many words before a hit a negator still denies it."""

SELF = {
    "nl": frozenset(["ik", "mij", "me", "mezelf", "mijzelf", "'k", "ikzelf", "mn"]),
    "en": frozenset(["i", "me", "myself", "mine"]),
}
NEAR = 3
"""How many words before a hit its subject may stand."""

FRAMES = ("fiction", "lesson", "news", "career", "helping", "joke")


@dataclass(frozen=True)
class Context:
    """Everything that one language's context file finds in a message, asked hit by hit."""

    language: str
    words: Words
    hits: tuple[Hit, ...]

    @cached_property
    def _by_label(self) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            found[hit.line.label].append(hit)
        return found

    def has(self, *labels: str) -> bool:
        """Whether one of these contexts stands anywhere in the message."""
        return any(label in self._by_label for label in labels)

    def beside(self, hit: Hit, *labels: str) -> bool:
        """Whether one of these contexts stands in the sentence of the hit."""
        sentence = self.words.sentences[hit.start]
        return any(self.words.sentences[other.start] == sentence for label in labels for other in self._by_label[label])

    def is_idiom(self, hit: Hit) -> bool:
        """Whether a saying covers some of the hit's words."""
        return any(_overlap(span, (idiom.start, idiom.end)) for idiom in self._by_label["idiom"] for span in hit.spans)

    def is_denied(self, hit: Hit) -> bool:
        """Whether a negator stands inside the hit or just before it, and the line itself has none."""
        negators = NEGATORS[self.language]
        own = {word for element in hit.line.phrase.needed for word in (*element.words, *chain(*element.runs))}
        if own & negators:
            return False
        return self._is_called_untrue(hit) or any(
            self.words.words[at] in negators and not self._leaves_standing(at)
            for at in range(self._reach(hit.start), hit.end)
        )

    def _is_called_untrue(self, hit: Hit) -> bool:
        """Whether the sentence began by saying that this was not said or meant."""
        sentence = self.words.sentences[hit.start]
        return any(
            self.words.sentences[other.start] == sentence and other.end <= hit.start
            for other in self._by_label["denied"]
        )

    def _reach(self, start: int) -> int:
        """How far before a hit a negator counts: a few words, not beyond a comma or a full stop."""
        at = start
        while (
            at > 0
            and start - at < BEFORE
            and self.words.words[at - 1] not in {",", ";", ":", "-", ".", "?", "!", "maar", "but"}
        ):
            at -= 1
        return at

    def _leaves_standing(self, at: int) -> bool:
        around = self.words.words[max(0, at - 2) : at + 3]
        return not NOT_NEGATED.isdisjoint(around)

    def is_resolved(self, hit: Hit) -> bool:
        """Whether it is past and over: it says so, and nothing says that it still works on."""
        return self.has("resolved") and not self.beside(hit, "still")

    def is_explained(self, hit: Hit) -> bool:
        """Whether a game, a lesson, the news or an ambition explains a word that says nothing of the writer."""
        return self.beside(hit, *FRAMES) or self.has("fiction", "lesson", "news")

    def speaker(self, hits: Iterable[Hit]) -> Speaker:
        """Who it is about, seen from the writer."""
        chosen = list(hits)
        if self.has("child"):
            return "parent"
        if self.has("peer") and not any(self._is_own(hit) for hit in chosen):
            return "friend"
        return "self"

    def _is_own(self, hit: Hit) -> bool:
        """Whether the hit, or the words just before it, speak of the writer."""
        own = SELF[self.language]
        last = max(end for _, end in hit.spans)
        return not own.isdisjoint(self.words.words[max(0, hit.start - NEAR) : min(last, hit.end + 1)])


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
