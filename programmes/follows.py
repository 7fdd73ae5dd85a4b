"""What follows where somebody stands: after mbo 2 an mbo 3, after havo an hbo. Puts it first; leaves nothing out."""

from collections.abc import Iterable, Sequence

from programmes.admission import Station, rules, station, stations
from programmes.models import Programme
from programmes.standing import diploma_of, goal_of


def follows(start: str, *, country: str) -> frozenset[str]:
    """The stations one step on from a start; from a year of a school, one step on from its diploma as well.

    Args:
        start: code of a station where one can stand; nothing follows an unknown one.
        country: of who asks; decides between two starts of one name.
    """
    stands = {one.id: one for code in (start, diploma_of(start)) if (one := station(code, country=country))}
    steps = (rule for rule in rules() if not stands.keys().isdisjoint(rule.starts) and not rule.is_only_now)
    return frozenset(rule.gives for rule in steps if not _is_back(stations()[rule.gives], stands.values()))


def _is_back(step: Station, stands: Iterable[Station]) -> bool:
    """Whether one usually is younger after that step than before it: who has mbo 4 came past mbo 2."""
    ages = [one.usual_age for one in stands if one.usual_age]
    return any(step.id == one.id for one in stands) or bool(step.usual_age and ages and step.usual_age < max(ages))


def in_order[Found](found: Sequence[Found], programmes: Sequence[Programme], after: frozenset[str]) -> list[Found]:
    """What was found with what follows first, otherwise in the same order. Both sequences go side by side."""
    pairs = sorted(zip(found, programmes, strict=True), key=lambda pair: goal_of(pair[1]) not in after)
    return [one for one, _ in pairs]
