"""Chooses the facts that answer a question, by its words and by what it means."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.encoder import EncoderMissing
from core.logging import get_logger
from programmes.facts import Fact
from programmes.lexical import Field, LexicalIndex
from programmes.meaning import MeaningIndex, Vectors, query_vector
from programmes.stems import words

MEANING_SHARE = 0.6
"""What meaning weighs beside words: questions are asked in other words than rules are written in."""
NEAR = 0.48
"""Nearness from which a fact answers a question. With many ways to ask for each fact, everything is nearer: of 75
questions about something else ("hoeveel verdient een kapper") 40 stay below it, of 75 that a fact answers none."""
BESIDE = 0.85
"""Share of the best one's nearness that a second fact needs to be told beside it: on average 1.3 facts are told."""
NEAR_BY_WORDS = 0.4
"""The same without an encoder: words alone are never as near as words and meaning together."""
SURE = 0.58
"""Nearness from which a fact answers a message of which nothing else is clear: of the same 75 about other things
13 reach it, of the 75 that a fact answers 72."""
KINDS = frozenset({"mbo", "ho", "so"})
"""Kinds of school, as `Fact.only_about` calls them: half of all facts are about the one that somebody talks about."""
NAMES_THE_PLACE = 1.15
"""What nearness is worth of a fact that names the town in the question: of rules that differ, that is the one."""
OF_IT, OF_ANOTHER = 1.3, 0.6
"""What nearness is worth of a fact about the very study that the talk is about, and of one about other studies only."""
ELSEWHERE = 0.75
"""What is left of nearness outside the topics of a question: what it is about is itself a guess."""
FAR, SAME = 0.35, 0.9
"""Cosines of a question with a text about something else, and with the same question in other words."""
STRANGE = 6.0
"""What a word that stands in no fact would have scored: about as much as one that stands in a single fact."""
FEW = 12.0
"""What a question's words could score at least: "wanneer" or "mbo 4" alone says too little to be sure of a fact."""

WEIGHT = 1.5
"""What a word of a fact is worth: it is one of many, which the index counts as two thirds of a whole name."""

ABROAD = {
    "BE": re.compile(r"\b(?:belgi\w*|belgium|vlaanderen|vlaamse?|flanders|flemish)\b", re.IGNORECASE),
    "NL": re.compile(r"\b(?:nederland|(?:the )?netherlands|holland)\b", re.IGNORECASE),
}
"""Words that name a country. "Nederlands" and "Dutch" name a language more often."""

log = get_logger()


@dataclass(frozen=True)
class Near:
    """A fact, and how near it is to the question, 0 to 1."""

    fact: Fact
    nearness: float

    @property
    def is_sure(self) -> bool:
        """Whether it most probably is what was asked."""
        return self.nearness >= SURE


class FactChoice:
    """The facts with indexes over them. Safe to use from several threads."""

    def __init__(self, facts: Sequence[Fact], *, cache: Path) -> None:
        """Read the vectors from `cache`, or make them (once, some 90 s); without an encoder words alone choose."""
        self._facts = tuple(facts)
        self._lexical = LexicalIndex({fact.id: _fields(fact) for fact in facts})
        self._meaning: MeaningIndex | None = None
        try:
            self._meaning = MeaningIndex(texts_of(facts), cache=cache)
        except EncoderMissing:
            log.warning("encoder_missing", where="facts")

    def choose(
        self,
        text: str,
        *,
        country: str,
        topics: Collection[str],
        vector: Vectors | None = None,
        least: float = NEAR,
        study: str = "",
        place: str = "",
    ) -> list[Near]:
        """The facts that answer a question, the nearest first; none when nothing is near.

        Args:
            text: as it was asked, in either language.
            country: the visitor's; facts of the other one are chosen only when the text names it.
            topics: what the question seems to be about; facts on anything else must be nearer.
            vector: the text's, when it is known already; else it is made here, in about 50 ms.
            least: the nearness that a fact needs.
            place: a town that the text names, as it is called in Dutch.
            study: what is talked about, in folded words, where the text does not say it: "is daar een examen voor?".
        """
        ranked = self.ranked(text, country=country, topics=topics, vector=vector, study=study, place=place)
        enough = least if self._meaning else min(least, NEAR_BY_WORDS)
        needed = max(enough, BESIDE * ranked[0].nearness) if ranked else enough
        return [one for one in ranked if one.nearness >= needed]

    def ranked(
        self,
        text: str,
        *,
        country: str,
        topics: Collection[str],
        vector: Vectors | None = None,
        study: str = "",
        place: str = "",
    ) -> list[Near]:
        """All facts of the country, the nearest first; arguments as in `choose`."""
        countries = {country} | {abroad for abroad, named in ABROAD.items() if named.search(text)}
        by_words = self._by_words(text)
        by_meaning = self._by_meaning(text, vector)
        share = MEANING_SHARE if by_meaning else 0.0

        def nearness(fact: Fact) -> float:
            near = (1 - share) * by_words.get(fact.id, 0.0) + share * by_meaning.get(fact.id, 0.0)
            near *= _of_the_study(fact, study) * (NAMES_THE_PLACE if place and place in fact.nl else 1.0)
            return near if fact.topic in topics else near * ELSEWHERE

        found = [Near(fact, nearness(fact)) for fact in self._facts if fact.country in countries]
        return sorted(found, key=lambda one: one.nearness, reverse=True)

    def _by_words(self, text: str) -> dict[str, float]:
        """The share of the question's words that stand in each fact, rare words counting more."""
        scores: dict[str, float] = defaultdict(float)
        most = 0.0
        for word in dict.fromkeys(words(text)):
            found = self._lexical.search(self._lexical.read(word))
            most += max((one.score for one in found.values()), default=STRANGE)
            for id, one in found.items():
                scores[id] += one.score
        return {id: score / max(most, FEW) for id, score in scores.items()}

    def _by_meaning(self, text: str, vector: Vectors | None) -> dict[str, float]:
        if self._meaning is None:
            return {}
        vector = query_vector(text) if vector is None else vector
        near = {} if vector is None else self._meaning.nearness(vector)
        return {id: min(max((value - FAR) / (SAME - FAR), 0.0), 1.0) for id, value in near.items()}


def _of_the_study(fact: Fact, study: str) -> float:
    if not study or fact.only_about is None:
        return 1.0
    found = fact.only_about.search(study)
    if found is None:
        return OF_ANOTHER
    return 1.0 if found.group() in KINDS else OF_IT


def _fields(fact: Fact) -> Iterator[Field]:
    for language in ("nl", "en"):
        yield Field("statement", language, WEIGHT, (fact.text(language),), is_name=True)
        yield Field("asked", language, WEIGHT, fact.asked[language], is_name=True)


def texts_of(facts: Sequence[Fact]) -> dict[str, tuple[str, ...]]:
    """Id of a fact -> the texts that tell what it is about."""
    return {fact.id: (fact.nl, fact.en, *fact.asked["nl"], *fact.asked["en"]) for fact in facts}
