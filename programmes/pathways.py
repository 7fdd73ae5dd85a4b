"""A route planner for education: from where somebody stands to where they want to be, shortest and safest first.

It offers ways, never a verdict: what is uncertain is said, and so is what to do when a step does not work out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from programmes.admission import Rule, Surety, rules, selections, station, stations
from programmes.stems import fold

MOST_STEPS = 6
MOST = 4
"""Routes in one answer."""

RISK: Mapping[Surety, float] = {"right": 0, "decision": 1, "test": 2, "alone": 4}
"""What an uncertain step weighs beside its length, in years: who must pass a test may lose that time."""
LONGEST, SPARE = 1.75, 2.0
"""A route that weighs more than this times the best one, and these years, helps nobody."""
GRACE = 1
"""Years that somebody may be too young for a step: it can be planned for next year."""

GOALS: Mapping[str, frozenset[str]] = {
    "startkwalificatie": frozenset({"mbo-2", "mbo-3", "mbo-4", "havo", "vwo"}),
    "so-diploma": frozenset({"so-diploma", "so-3-doorstroom", "so-3-dubbel", "so-3-arbeidsmarkt"}),
}
"""Goals that more than one station reaches; every other goal is a station."""


@dataclass(frozen=True)
class Pathway:
    """The steps from a start to a goal, in order; at least one."""

    steps: tuple[Rule, ...]

    @property
    def years(self) -> float:
        """Usual length of the whole."""
        return sum(rule.years for rule in self.steps)

    @property
    def risk(self) -> float:
        """What its uncertain steps weigh, in years."""
        return sum(RISK[rule.surety] for rule in self.steps)

    @property
    def weight(self) -> float:
        """What the order goes by: length and risk together."""
        return self.years + self.risk

    @property
    def codes(self) -> tuple[str, ...]:
        """The steps by their codes."""
        return tuple(rule.step for rule in self.steps)

    @property
    def fallback(self) -> Mapping[str, str]:
        """What to do when it does not work out: of its first uncertain step, else of its last."""
        return next((rule for rule in self.steps if rule.is_uncertain), self.steps[-1]).fallback


def goals() -> tuple[str, ...]:
    """Every goal that a route can be asked for."""
    return tuple(dict.fromkeys([*GOALS, *(rule.gives for rule in rules() if "-21" not in rule.gives)]))


def plan(
    start: str,
    goal: str,
    *,
    country: str,
    age: int | None = None,
    about: str = "",
    without: Collection[str] = (),
    via: Collection[str] = (),
    most: int = MOST,
) -> list[Pathway]:
    """Find the sensible ways from a start to a goal.

    Args:
        start: code of a station where one can stand.
        goal: code of a station, or one of `GOALS`.
        country: of who asks; decides between two starts of one name.
        age: in years; unknown: as old as one usually is there.
        about: what is to be studied, in words; some studies select.
        without: steps that are closed or not wanted.
        via: steps of which the way must have one.
    Returns:
        Shortest and safest first, at most `most`; the safest of all is among them. Empty: no rule of ours leads there,
        or it is reached already.
    Raises:
        KeyError: no such start or goal.
    """
    begin = station(start, country=country)
    if begin is None:
        raise KeyError(start)
    ends = GOALS.get(goal, frozenset({goal}))
    if begin.id in ends:
        return []
    systems = frozenset({begin.country, stations()[goal].country})
    ways = _ways(begin.id, ends, systems, age if age is not None else begin.usual_age)
    said = fold(about)
    found = [_selected(way, begin.id, said) for way in ways if not any(rule.step in without for rule in way)]
    wanted = [way for way in found if not via or set(via) & set(way.codes[:-1])]
    return _best(_without_detours(wanted), most)


def _selected(way: tuple[Rule, ...], begin: str, about: str) -> Pathway:
    """The way with its last step as hard as the study that it leads to."""
    last, before = way[-1], way[-2].gives if len(way) > 1 else begin
    asked = next((one for one in selections() if one.applies(last, before=before, about=about)), None)
    if asked is None:
        return Pathway(way)
    return Pathway((*way[:-1], replace(last, surety=asked.surety, asks=asked.asks, source=asked.source)))


def _ways(begin: str, ends: frozenset[str], systems: frozenset[str], age: int | None) -> Iterator[tuple[Rule, ...]]:
    """All ways inside the school systems of both ends: nobody is sent across a border and back."""
    unfinished: list[tuple[str, tuple[Rule, ...]]] = [(begin, ())]
    while unfinished:
        here, so_far = unfinished.pop()
        been = {begin, *(rule.gives for rule in so_far)}
        for rule in _from(here):
            if rule.gives in been or rule.country not in systems or not _is_open(rule, so_far, ends, age):
                continue
            way = (*so_far, rule)
            if rule.gives in ends:
                yield way
            elif len(way) < MOST_STEPS:
                unfinished.append((rule.gives, way))


@cache
def _by_start() -> Mapping[str, tuple[Rule, ...]]:
    return {here: tuple(rule for rule in rules() if here in rule.starts) for here in stations()}


def _from(here: str) -> tuple[Rule, ...]:
    return _by_start()[here]


def _is_open(rule: Rule, so_far: tuple[Rule, ...], ends: frozenset[str], age: int | None) -> bool:
    if (rule.is_only_now and so_far) or (rule.heading and not rule.heading & ends):
        return False
    if age is None:
        return True
    then = age + sum(before.years for before in so_far)
    is_old_enough = rule.youngest is None or then + GRACE >= rule.youngest
    return is_old_enough and (rule.oldest is None or then <= rule.oldest)


def _without_detours(found: Iterable[Pathway]) -> list[Pathway]:
    """Drop a route that only adds steps to another one, unless it is shorter or safer for it."""
    all_found = list(found)
    return [one for one in all_found if not any(_is_detour(one, other) for other in all_found)]


def _is_detour(one: Pathway, other: Pathway) -> bool:
    if len(other.steps) >= len(one.steps) or not _is_within(other.codes, one.codes):
        return False
    return (other.years < one.years and other.risk <= one.risk) or (other.years <= one.years and other.risk < one.risk)


def _is_within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(code in rest for code in short)


def _best(found: list[Pathway], most: int) -> list[Pathway]:
    ranked = sorted(found, key=lambda way: (way.weight, way.risk, len(way.steps), way.codes))
    if not ranked:
        return []
    limit = ranked[0].weight * LONGEST + SPARE
    kept = [way for way in ranked if way.weight <= limit][:most]
    safest = min(ranked, key=lambda way: (way.risk, way.weight))
    if all(way.risk > safest.risk for way in kept):
        kept = [*kept[: most - 1], safest]
    return kept
