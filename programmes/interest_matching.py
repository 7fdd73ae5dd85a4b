"""Which programmes fit somebody's interests: a short list to look at, varied, explained, and of several levels.

A start for a talk, never a verdict: whoever asks for one level still sees others, and something higher among them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import Refused
from programmes.catalogue import Catalogue, newest_first
from programmes.interests import INTERESTS
from programmes.levels import GROUPS, LEVELS, MASTERS, fits
from programmes.models import Programme

LIMIT = 6
LEVELS_SHOWN = 3
OF_ONE_FAMILY = 2
"""Programmes for the same work in one list, each of another level."""
OF_WISHED_LEVEL = 2
"""Places in the list that the wished level has at least, where anything of it fits at all."""
WISHED_LEVEL, THERE = 0.3, 0.05
"""What the wished level and an offer in the wished town are worth, as correlation."""
ONLY_IF_ASKED = frozenset({"1", "buso", "so-1"}) | MASTERS
"""Levels that one is admitted to for want of a diploma, by a report, at twelve or after a bachelor: nobody is sent
there by a test."""
LEAST_FIT = 0.3
"""Correlation below which "this fits you" would not be honest."""
GUESSED = 0.02
"""What an estimated profile costs: between two that fit alike, the known one goes first."""
REPEATED, UNWANTED = 0.15, 0.6
"""What being about the same costs: as one that is in the list already, and as one that somebody wants less of."""


@dataclass(frozen=True)
class Match:
    """One programme to look at."""

    programme: Programme
    fit: float
    """Correlation of the interests, -1.0 to 1.0. Not a chance of success."""
    because: tuple[str, ...]
    """Interests that stand out in both, strongest first; never empty in a list."""
    is_estimated: bool
    also: tuple[str, ...] = ()
    """Ids of programmes for the same work, at other levels or under other names, that the list leaves out."""


@dataclass
class _Chosen:
    near: NDArray[np.float32]
    """How much each programme is about the same as one that is in the list already."""
    matches: list[Match] = field(default_factory=list)
    levels: set[str | None] = field(default_factory=set)
    of_family: dict[object, set[str | None]] = field(default_factory=lambda: defaultdict(set))
    """Family -> the levels of it that are in the list."""


def match_programmes(
    catalogue: Catalogue,
    person: Mapping[str, float],
    *,
    country: str,
    level: str | None = None,
    municipalities: Collection[str] = (),
    less_like: Sequence[str] = (),
    limit: int = LIMIT,
) -> list[Match]:
    """Programmes to look at for somebody with these interests.

    Args:
        person: all six interests, on any one scale.
        country: NL or BE.
        level: a wish (`levels.WISHES`); it moves programmes up and hides none.
        municipalities: codes of where somebody wants to go to school; moves programmes up and hides none.
        less_like: ids that were shown and that somebody wants less of.
    Returns:
        Best first, of at least three levels where the country has them, and with one above the wished level.
    Raises:
        Refused: an interest is missing, or they are all equal, so that no direction can be told.
    """
    missing = [name for name in INTERESTS if name not in person]
    if missing:
        raise Refused(f"Too little was answered about {', '.join(missing)}.", "Answer a few more questions.")
    if len({round(person[name], 6) for name in INTERESTS}) == 1:
        raise Refused("All interests are equally strong.", "Look at the programmes by subject instead.")
    matching = _Matching(catalogue, person, country=country, less_like=less_like)
    return matching.choose(level=level, municipalities=municipalities, limit=limit)


class _Matching:
    def __init__(
        self, catalogue: Catalogue, person: Mapping[str, float], *, country: str, less_like: Sequence[str]
    ) -> None:
        self._catalogue = catalogue
        self._person = person
        self._fits = catalogue.interest_index.fits(person)
        self._row = {id: row for row, id in enumerate(catalogue.kinship.ids)}
        unwanted = [id for id in less_like if id in catalogue.programmes]
        self._unwanted = catalogue.kinship.nearness(dict.fromkeys(unwanted, 1.0))
        self._family = {id: self._work_of(id) for id in self._fits if id in catalogue.programmes}
        out = {self._family.get(id) for id in unwanted}
        sharing = catalogue.interest_index.sharing(person)
        self._candidates = [
            id
            for id, family in self._family.items()
            if id in sharing
            and self._fits[id] >= LEAST_FIT
            and family not in out
            and catalogue.programmes[id].country == country
            and catalogue.group.get(id, id) == id
        ]

    def choose(self, *, level: str | None, municipalities: Collection[str], limit: int) -> list[Match]:
        """The best, one after the other; the places that variety of levels still needs are kept free for it."""
        there = self._catalogue.offers.programmes_at(municipalities) if municipalities else frozenset()
        able = [id for id in self._candidates if self._level(id) not in ONLY_IF_ASKED or self._is_of(id, level)]
        worth = {id: self._worth(id, level, there) for id in able}
        chosen = _Chosen(near=np.zeros(len(self._row), dtype=np.float32))
        for left in range(limit, 0, -1):
            open_ones = [id for id in able if self._may_follow(id, chosen)]
            pool = self._needed(open_ones, chosen, level, left) or open_ones
            if not pool:
                break
            self._take(max(pool, key=lambda id: (worth[id] - self._repeats(id, chosen), self._newest(id))), chosen)
        return self._with_also(chosen, able)

    def _worth(self, id: str, level: str | None, there: Collection[str]) -> float:
        return (
            self._fits[id]
            + WISHED_LEVEL * self._is_of(id, level)
            + THERE * (id in there)
            - GUESSED * self._catalogue.interests["programme", id].is_estimated
            - UNWANTED * float(self._unwanted[self._row[id]])
        )

    def _repeats(self, id: str, chosen: _Chosen) -> float:
        return REPEATED * float(chosen.near[self._row[id]])

    def _newest(self, id: str) -> tuple[int, str, str]:
        return newest_first(self._catalogue.programmes[id])

    def _level(self, id: str) -> str | None:
        return self._catalogue.programmes[id].level

    def _is_of(self, id: str, wish: str | None) -> bool:
        return wish is not None and fits(self._catalogue.programmes[id], wish)

    def _may_follow(self, id: str, chosen: _Chosen) -> bool:
        levels = chosen.of_family.get(self._family[id], set())
        return len(levels) < OF_ONE_FAMILY and self._level(id) not in levels

    def _needed(self, open_ones: Sequence[str], chosen: _Chosen, wish: str | None, left: int) -> list[str]:
        """What must come now, for else no place is left for it: the wished level, one above it, or another level."""
        higher = _above(wish) if wish else frozenset()
        wished = sum(self._is_of(match.programme.id, wish) for match in chosen.matches)
        missing = max(LEVELS_SHOWN - len(chosen.levels), 0)
        wanting = max(OF_WISHED_LEVEL - wished, 0) if wish else 0
        pools = []
        if wanting and left <= max(missing, 1) + wanting:
            pools.append([id for id in open_ones if self._is_of(id, wish)])
        if not chosen.levels & higher and left <= max(missing, 1):
            pools.append([id for id in open_ones if self._level(id) in higher])
        if left <= missing:
            pools.append([id for id in open_ones if self._level(id) not in chosen.levels])
        return next(filter(None, pools), [])

    def _take(self, id: str, chosen: _Chosen) -> None:
        programme = self._catalogue.programmes[id]
        because = self._catalogue.interest_index.shared(self._person, id)
        is_estimated = self._catalogue.interests["programme", id].is_estimated
        chosen.matches.append(Match(programme, round(self._fits[id], 3), because, is_estimated))
        chosen.near = np.maximum(chosen.near, self._catalogue.kinship.nearness({id: 1.0}))
        chosen.levels.add(programme.level)
        chosen.of_family[self._family[id]].add(programme.level)

    def _work_of(self, id: str) -> object:
        """What is equal for programmes that are for the same work: their occupations; of an estimate, its name."""
        profile = self._catalogue.interests["programme", id]
        return self._catalogue.programmes[id].name_nl.lower() if profile.is_estimated else profile.occupations

    def _with_also(self, chosen: _Chosen, able: Sequence[str]) -> list[Match]:
        shown = {match.programme.id for match in chosen.matches}
        others: dict[object, list[str]] = defaultdict(list)
        for id in able:
            if id not in shown:
                others[self._family[id]].append(id)
        return [replace(match, also=tuple(others[self._family[match.programme.id]])) for match in chosen.matches]


def _above(wish: str) -> frozenset[str]:
    """The levels above a wished one, in its own country."""
    return frozenset(_higher(wish))


def _higher(wish: str) -> Iterator[str]:
    wished = GROUPS.get(wish, frozenset({wish})) | ({wish} & set(LEVELS))
    for ladder in (LEVELS[: LEVELS.index("wo") + 1], LEVELS[LEVELS.index("buso") :]):
        places = [ladder.index(level) for level in wished if level in ladder]
        if places:
            yield from ladder[max(places) + 1 :]
