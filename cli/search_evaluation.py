"""How well the search ranks, against two plain ways of doing it over the same names and words, in one run."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from programmes.catalogue import Catalogue
from programmes.levels import fits
from programmes.meaning import query_vector
from programmes.models import Byname
from programmes.search import search_programmes
from programmes.stems import stems
from programmes.wishes import Wishes

Query = Mapping[str, Any]
Ranking = Sequence[str]
"""Programmes, best first; each the head of its near-duplicates."""

AT = 10
K1, B = 1.2, 0.75
"""BM25 as textbooks have it."""


def ndcg(ranking: Ranking, grades: Mapping[str, int], *, at: int = AT) -> float:
    """Normalised discounted cumulative gain: 1.0 when the best come first; the gain of a grade is 2^grade - 1."""
    gained = sum((2 ** grades.get(id, 0) - 1) / math.log2(place + 2) for place, id in enumerate(ranking[:at]))
    best = sorted(grades.values(), reverse=True)[:at]
    most = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(best))
    return gained / most if most else 0.0


def reciprocal_rank(ranking: Ranking, grades: Mapping[str, int]) -> float:
    """One over the place of the first judged programme; 0.0 when there is none."""
    return next((1 / (place + 1) for place, id in enumerate(ranking) if id in grades), 0.0)


def search_report(catalogue: Catalogue, queries: Sequence[Query], *, names_weak: bool) -> Iterator[str]:
    """nDCG@10, MRR and the share of queries without any hit, of the search and of the baselines.

    Args:
        names_weak: also the queries that do worst; never of a set that nobody may tune on.
    """
    yield f"SEARCH, RANKED  {len(queries)} judged queries"
    ways: dict[str, Callable[[Query], Ranking]] = {
        "search": lambda query: _searched(catalogue, query),
        "BM25 with stems": PlainWords(catalogue).rank,
        "BM25, bynames too": PlainWords(catalogue, with_bynames=True).rank,
        "embeddings alone": PlainMeaning(catalogue).rank,
    }
    worst: list[tuple[float, str]] = []
    for name, rank in ways.items():
        scores: dict[str, list[float]] = defaultdict(list)
        first, empty = [], 0
        for query in queries:
            ranking, grades = rank(query), _grades(catalogue, query)
            score = ndcg(ranking, grades)
            for group in ("all", f"{query['language']} {query['country']}", query["kind"]):
                scores[group].append(score)
            first.append(reciprocal_rank(ranking, grades))
            empty += not ranking
            if name == "search":
                worst.append((score, query["query"]))
        figures = f"nDCG@{AT} {_mean(scores.pop('all')):.3f}  MRR {_mean(first):.3f}"
        yield f"  {name:<17} {figures}  nothing found {empty / len(queries):.1%}"
        if name == "search":
            yield "    " + "  ".join(f"{group} {_mean(some):.2f}" for group, some in sorted(scores.items()))
    if names_weak:
        yield from (f"    weak: {score:.2f} {text}" for score, text in sorted(worst)[:10])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _grades(catalogue: Catalogue, query: Query) -> dict[str, int]:
    """The judged grade of each group of near-duplicates: the best of its members."""
    grades: dict[str, int] = {}
    for one in query["judged"]:
        head = catalogue.group.get(one["id"], one["id"])
        grades[head] = max(grades.get(head, 0), one["grade"])
    return grades


def _searched(catalogue: Catalogue, query: Query) -> Ranking:
    wishes = Wishes(query=query["query"], level=query.get("level"), country=query["country"])
    hits = search_programmes(catalogue, wishes, limit=AT, country=query["country"]).hits
    return [catalogue.group[hit.programme.id] for hit in hits]


class _Baseline:
    """Ranks all programmes of the query's country and level, near-duplicates as one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def rank(self, query: Query) -> Ranking:
        """The ten best."""
        heads: dict[str, None] = {}
        scores = self.scores(query["query"], query["language"])
        for id in sorted(scores, key=lambda id: -scores[id]):
            programme = self.catalogue.programmes[id]
            level = query.get("level")
            if programme.country == query["country"] and (level is None or fits(programme, level)):
                heads[self.catalogue.group[id]] = None
            if len(heads) == AT:
                break
        return list(heads)

    def scores(self, text: str, language: str) -> Mapping[str, float]:
        """The score of each programme that has one."""
        raise NotImplementedError


class PlainWords(_Baseline):
    """BM25 over the stems of names and words in the query's language, without anything else."""

    def __init__(self, catalogue: Catalogue, *, with_bynames: bool = False) -> None:
        super().__init__(catalogue)
        self._bynames: dict[str, list[Byname]] = defaultdict(list)
        for byname in catalogue.bynames.values() if with_bynames else ():
            for id in (*byname.programmes, *byname.related):
                self._bynames[id].append(byname)
        self._counts = {
            language: {id: Counter(stems(self._texts(id, language), language)) for id in catalogue.programmes}
            for language in ("nl", "en")
        }

    def _texts(self, id: str, language: str) -> Sequence[str]:
        row = self.catalogue.programmes[id]
        themes = [self.catalogue.themes[theme] for theme in row.themes]
        if language == "en":
            called = [name for byname in self._bynames[id] for name in byname.names_en]
            return [row.name_en, *called, *(word for theme in themes for word in theme.words_en)]
        called = [name for byname in self._bynames[id] for name in byname.names_nl]
        words = [word for theme in themes for word in theme.words_nl]
        return [row.name_nl, *filter(None, (row.dossier, row.domain)), *called, *words]

    def scores(self, text: str, language: str) -> Mapping[str, float]:
        """Textbook BM25."""
        counts = self._counts[language]
        lengths = {id: sum(some.values()) for id, some in counts.items()}
        mean = sum(lengths.values()) / len(lengths)
        found: dict[str, float] = defaultdict(float)
        for term in set(stems([text], language)):
            holders = [id for id, some in counts.items() if term in some]
            rarity = math.log(1 + (len(counts) - len(holders) + 0.5) / (len(holders) + 0.5))
            for id in holders:
                times = counts[id][term]
                found[id] += rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[id] / mean))
        return found


class PlainMeaning(_Baseline):
    """The nearness in meaning of the query to the names, without words."""

    def scores(self, text: str, language: str) -> Mapping[str, float]:
        """The same in both languages; nothing without the encoders."""
        vector, meaning = query_vector(text), self.catalogue.meaning
        return {} if vector is None or meaning is None else meaning.nearness(vector)
