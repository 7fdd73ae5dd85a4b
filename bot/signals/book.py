"""The pattern files of one language: which of their lines stand in this message, and where."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import spacy
import yaml
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc

from bot.signals.phrases import Element, Phrase, PhraseReader
from bot.signals.signal import Tier
from bot.signals.spelling import Normaliser, Words

FOLDER = Path(__file__).parent / "patterns"
CONTEXT_FILES = ("words", "spelling", "context")


@dataclass(frozen=True)
class Line:
    """A line of a pattern file and what it stands for."""

    label: str  # a kind, or a context
    group: str  # "firm", "phrases", "topic", or a tier that it raises or lowers to
    phrase: Phrase


@dataclass(frozen=True)
class Hit:
    """A line that stands in a message; `start` and `end` count words of its main part."""

    line: Line
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]  # of all parts


@dataclass(frozen=True)
class Kind:
    """What a pattern file says about its kind beside its lines."""

    name: str
    tier: Tier
    found: tuple[str, ...]
    quiet: tuple[str, ...]


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


class Book:
    """All patterns of one language. A line is tried only when each of its words is there: most never are."""

    def __init__(self, language: str) -> None:
        folder = FOLDER / language
        self.nlp: Language = spacy.blank(language)
        # Shapes, clusters and the like of every new word would take most of the time, and no pattern asks for them.
        self.nlp.vocab.lex_attr_getters = {NORM: self.nlp.vocab.lex_attr_getters[NORM]}  # type: ignore[attr-defined]
        self._reader = PhraseReader(_read(folder / "words.yml"))
        self.kinds: dict[str, Kind] = {}
        self._lines: list[Line] = []
        for label, lines in _read(folder / "context.yml").items():
            self._add(label, {"context": lines})
        for path in sorted(folder.glob("*.yml")):
            if path.stem not in CONTEXT_FILES:
                self._add_kind(path.stem, _read(path))
        self._index()
        self.normalise = Normaliser(self.nlp, _read(folder / "spelling.yml"), self._vocabulary)

    def _add_kind(self, name: str, content: Mapping[str, Any]) -> None:
        examples = content["examples"]
        self.kinds[name] = Kind(name, content["tier"], tuple(examples["found"]), tuple(examples["quiet"]))
        self._add(name, {group: content.get(group, ()) for group in ("firm", "phrases", "topic")})
        self._add(name, content.get("tiers", {}))

    def _add(self, label: str, groups: Mapping[str, Iterable[str]]) -> None:
        for group, lines in groups.items():
            self._lines += [Line(label, group, self._reader.read(line)) for line in lines]

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for line in self._lines for element in line.phrase.needed for word in _words_of(element))

    def _index(self) -> None:
        """File each line under its rarest element, so that a message opens few of them."""
        use = Counter(element for line in self._lines for element in set(line.phrase.needed))
        words = Counter(word for element in use for word in _words_of(element))
        self._by_word: dict[str, list[Line]] = defaultdict(list)
        self._by_beginning: dict[str, list[Line]] = defaultdict(list)
        self._by_ending: dict[str, list[Line]] = defaultdict(list)

        def commonness(element: Element) -> int:
            return sum(words[word] for word in _words_of(element)) + 50 * (len(element.starts) + len(element.ends))

        for line in self._lines:
            rarest = min(line.phrase.needed, key=commonness)
            for stem in rarest.starts:
                self._by_beginning[stem].append(line)
            for stem in rarest.ends:
                self._by_ending[stem].append(line)
            for word in _words_of(rarest):
                self._by_word[word].append(line)

    def hits(self, words: Words) -> Iterator[Hit]:
        """The lines that stand in this message, each at its shortest places."""
        doc = Doc(self.nlp.vocab, words=list(words.words))
        fitting: dict[Element, bool] = {}

        def is_there(element: Element) -> bool:
            if element not in fitting:
                fitting[element] = element.is_in(words)
            return fitting[element]

        candidates = {
            id(line): line
            for index, keys in (
                (self._by_word, words.present),
                (self._by_beginning, words.beginnings),
                (self._by_ending, words.endings),
            )
            for key in index.keys() & keys
            for line in index[key]
        }
        for line in candidates.values():
            if all(map(is_there, line.phrase.needed)):
                yield from _hits_of(line, doc, words)


def _words_of(element: Element) -> frozenset[str]:
    """Its words and the first word of each of its runs: one of them is in every message that it fits."""
    return element.words | {run[0] for run in element.runs}


def _hits_of(line: Line, doc: Doc, words: Words) -> Iterator[Hit]:
    phrase = line.phrase
    main = phrase.main.spans(doc)
    if not main:
        return
    anywhere = [part.spans(doc) for part in phrase.anywhere]
    beside = [part.spans(doc) for part in phrase.beside]
    if not all(anywhere) or not all(beside):
        return
    without = {words.sentences[start] for part in phrase.without for start, _ in part.spans(doc)}
    for start, end in main:
        sentence = words.sentences[start]
        here = [[span for span in spans if words.sentences[span[0]] == sentence] for spans in beside]
        if all(here) and sentence not in without:
            yield Hit(line, start, end, ((start, end), *(spans[0] for spans in (*here, *anywhere))))
