"""How long a programme takes: as its schools say, else the usual length of its level by the admission rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from programmes.admission import rules, stations
from programmes.models import Offering, Programme

MONTHS = 12


@dataclass(frozen=True)
class Length:
    """From `least` to `most` months. `is_usual`: not of this programme, but of most of its level."""

    least: int
    most: int
    is_usual: bool

    @property
    def years(self) -> str | None:
        """In whole years, "3" or "2-3"; None when it is no whole number of years."""
        if self.least % MONTHS or self.most % MONTHS:
            return None
        least, most = self.least // MONTHS, self.most // MONTHS
        return str(least) if least == most else f"{least}-{most}"


def length_of(programme: Programme, offers: Iterable[Offering]) -> Length | None:
    """How long it takes; None for a level of which no rule tells."""
    months = sorted({offer.duration_months for offer in offers if offer.duration_months})
    if months:
        return Length(months[0], months[-1], is_usual=False)
    usual = _usual_years().get((programme.country, programme.level or ""))
    return Length(usual * MONTHS, usual * MONTHS, is_usual=True) if usual else None


@cache
def _usual_years() -> dict[tuple[str, str], int]:
    """Country and level -> years for who comes straight from school: who has done a part of it elsewhere needs less."""
    longest: dict[tuple[str, str], int] = {}
    for rule in rules():
        one = stations().get(rule.gives)
        levels = (one.level, "bachelor" if rule.gives.startswith("bachelor") else None) if one else ()
        for level in filter(None, levels):
            at = (rule.country, level)
            longest[at] = max(longest.get(at, 0), int(rule.years))
    return longest
