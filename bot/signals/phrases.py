"""The small language of the pattern files, and how it becomes spaCy patterns.

ik ... wil|wou dood        words in this order; `a|b` is either; `x?` may be absent
..   ...                   up to 3 or up to 8 other words, within the sentence
zelfmoord*   *pillen       any word that begins or ends so
dood|niet_meer|weg         an alternative of several words
@mijn                      a class of words, from words.yml
a b & c d                  both, in any order, in one sentence
a b + c d                  both, anywhere in the message
a b - c d                  the first, in a sentence without the second
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise, product

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.signals.spelling import Words

GAPS = {"..": 3, "...": 8}
TokenPattern = dict[str, object]

_NOT_AN_END: TokenPattern = {"ORTH": {"NOT_IN": [".", "?", "!", "\n"]}}
_JOINTS = re.compile(r" ([&+-]) ")
MOST_SPANS = 6
"""Places of one part that are looked at in one message: more means a list, not a statement."""


class BadPhrase(ValueError):
    """A line of a pattern file that cannot be read."""


@dataclass(frozen=True, eq=False)
class Element:
    """One place in a part: the words that fit there."""

    words: frozenset[str]
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    runs: tuple[tuple[str, ...], ...] = ()  # alternatives of several words
    optional: bool = False

    def is_in(self, message: Words) -> bool:
        """Whether something in the message may fit here."""
        return (
            not self.words.isdisjoint(message.present)
            or not self.starts.isdisjoint(message.beginnings)
            or not self.ends.isdisjoint(message.endings)
            or any(message.present.issuperset(run) for run in self.runs)
        )

    def patterns(self) -> list[list[TokenPattern]]:
        """The element as spaCy patterns: one for all single words, one for each alternative of several."""
        made: list[list[TokenPattern]] = [[{"ORTH": word} for word in run] for run in self.runs]
        if self.starts or self.ends:
            choices = [re.escape(w) for w in sorted(self.words)]
            choices += [f"{re.escape(w)}.*" for w in sorted(self.starts)]
            choices += [f".*{re.escape(w)}" for w in sorted(self.ends)]
            made.append([{"ORTH": {"REGEX": f"^(?:{'|'.join(choices)})$"}}])
        elif self.words:
            made.append([{"ORTH": {"IN": sorted(self.words)}}])
        return [*made, []] if self.optional else made


class Part:
    """Words in a fixed order, with gaps."""

    def __init__(self, elements: tuple[Element | int, ...]) -> None:
        self._elements = elements
        self._made: Matcher | None = None

    @cached_property
    def needed(self) -> tuple[Element, ...]:
        """The elements without which this part cannot be in a message."""
        return tuple(e for e in self._elements if isinstance(e, Element) and not e.optional)

    def spans(self, doc: Doc) -> list[tuple[int, int]]:
        """Where it stands: for each beginning the shortest."""
        shortest: dict[int, int] = {}
        for _, start, end in self._matcher(doc.vocab)(doc):
            shortest[start] = min(end, shortest.get(start, end))
        return sorted(shortest.items(), key=lambda span: (span[1] - span[0], span[0]))[:MOST_SPANS]

    def _matcher(self, vocab: Vocab) -> Matcher:
        """Made when it is first needed: most parts never are, and making all takes seconds."""
        if self._made is None:
            self._made = Matcher(vocab)
            self._made.add("part", [list(chain(*choice)) for choice in product(*map(_token_patterns, self._elements))])
        return self._made


def _token_patterns(element: Element | int) -> list[list[TokenPattern]]:
    if isinstance(element, int):
        return [[_NOT_AN_END | {"OP": f"{{0,{element}}}"}]]
    return element.patterns()


@dataclass(frozen=True)
class Phrase:
    """One line of a pattern file: a main part, and what must or must not stand with it."""

    line: str
    main: Part
    beside: tuple[Part, ...] = ()  # in the same sentence
    anywhere: tuple[Part, ...] = ()
    without: tuple[Part, ...] = ()  # not in the same sentence

    @cached_property
    def needed(self) -> tuple[Element, ...]:
        """The elements without which this phrase cannot be in a message."""
        return tuple(e for part in (self.main, *self.beside, *self.anywhere) for e in part.needed)


class PhraseReader:
    """Reads lines of one language, knowing its word classes."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes: dict[str, tuple[str, ...]] = {}
        for name, words in classes.items():
            self._classes[name] = tuple(w for word in words.split() for w in self._choices(word))
        self._elements: dict[str, Element] = {}  # the same words are the same element: looked at once a message

    def read(self, line: str) -> Phrase:
        """Read one line.

        Raises:
            BadPhrase: an unknown class, an empty part, or a gap at an edge.
        """
        pieces = _JOINTS.split(" ".join(str(line).split()))
        parts: dict[str, list[Part]] = {"&": [], "+": [], "-": []}
        for joint, piece in pairwise(pieces):
            if joint in parts:
                parts[joint].append(self._part(piece, line))
        main = self._part(pieces[0], line)
        return Phrase(line, main, tuple(parts["&"]), tuple(parts["+"]), tuple(parts["-"]))

    def _part(self, text: str, line: str) -> Part:
        elements: list[Element | int] = [
            GAPS[word] if word in GAPS else self._element(word, line) for word in text.split()
        ]
        if not elements or isinstance(elements[0], int) or isinstance(elements[-1], int):
            raise BadPhrase(f"a part needs words at both ends: {line!r}")
        return Part(tuple(elements))

    def _element(self, written: str, line: str) -> Element:
        if written not in self._elements:
            self._elements[written] = self._new_element(written, line)
        return self._elements[written]

    def _new_element(self, written: str, line: str) -> Element:
        optional = written.endswith("?")
        choices = [choice for choice in self._choices(written.rstrip("?")) if choice]
        if not choices:
            raise BadPhrase(f"an empty word: {line!r}")
        return Element(
            words=frozenset(c for c in choices if "*" not in c and "_" not in c),
            starts=frozenset(c[:-1] for c in choices if c.endswith("*")),
            ends=frozenset(c[1:] for c in choices if c.startswith("*")),
            runs=tuple(tuple(c.split("_")) for c in choices if "_" in c),
            optional=optional,
        )

    def _choices(self, written: str) -> list[str]:
        choices: list[str] = []
        for choice in written.split("|"):
            if choice.startswith("@"):
                if choice[1:] not in self._classes:
                    raise BadPhrase(f"no class {choice}")
                choices += self._classes[choice[1:]]
            else:
                choices.append(choice)
        return choices
