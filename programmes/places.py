"""Places as people say them: which municipality is meant, and how far another one is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import process
from rapidfuzz.distance import OSA

from programmes.models import Municipality, Place, Postcode
from programmes.postcodes import postcode_of
from programmes.stems import words

EARTH_RADIUS_KM = 6371.0
LONG_NAME = 6
"""Letters a place's name needs before one slip is forgiven."""


@dataclass(frozen=True)
class LinkedPlace:
    """A town, municipality or province that was meant."""

    name: str
    municipalities: frozenset[str]
    """Codes; several when it is a province, or when two towns share the name."""
    is_province: bool = False


def distance_km(one: Municipality, other: Municipality) -> float | None:
    """As the crow flies between the middles of the schools of two municipalities; None where we know no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    angle = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(angle))


class Places:
    """All places of the catalogue, ready to be looked up."""

    def __init__(
        self, municipalities: Iterable[Municipality], places: Iterable[Place], postcodes: Iterable[Postcode] = ()
    ) -> None:
        self._postcodes = {one.postcode4: one.municipality_code for one in postcodes}
        self.municipalities = {municipality.code: municipality for municipality in municipalities}
        towns: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            towns[_key(place.name)].append(place)
        provinces: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, set[str]] = defaultdict(set)
        for municipality in self.municipalities.values():
            provinces[municipality.province].add(municipality.code)
            self._called[_key(municipality.name)].add(municipality.code)
        self._known = {
            _key(name): LinkedPlace(name, frozenset(codes), is_province=True) for name, codes in provinces.items()
        }
        # A town goes before the province of its name (Utrecht, Groningen); Zeeland the village does not.
        self._known |= {key: self._linked(key, found) for key, found in towns.items() if key != "zeeland"}
        self.longest = max((key.count(" ") + 1 for key in self._known), default=1)
        self.names = sorted({linked.name for linked in self._known.values()})

    def _linked(self, key: str, towns: list[Place]) -> LinkedPlace:
        # Of two towns with one name, people mean the municipality that is called so (Hoorn, not Hoorn on Terschelling;
        # Beuningen, although its town is registered as "Beuningen Gld"); where there is none, both are meant.
        codes = self._called.get(key) or {town.municipality_code for town in towns}
        return LinkedPlace(towns[0].name, frozenset(codes))

    def link(self, name: str, *, country: str = "NL") -> LinkedPlace | None:
        """The place of that name or postcode, with one slip forgiven in a long name; None when we know none.

        Args:
            country: where the visitor is: four digits are a Dutch postcode in the Netherlands only.
        """
        if digits := postcode_of(name, country=country):
            return self.at_postcode(digits)
        key = _key(name)
        if key not in self._known and f"{key}n" in self._known:
            key = f"{key}n"  # as it is said: "Leuve", "Nijmege"
        if key in self._known or len(key) < LONG_NAME:
            return self._known.get(key)
        best = process.extractOne(key, self._known.keys(), scorer=OSA.distance, score_cutoff=1)
        return self._known[best[0]] if best else None

    def exactly(self, name_words: Iterable[str]) -> LinkedPlace | None:
        """The place whose name is exactly these folded words."""
        return self._known.get(" ".join(name_words))

    def at_postcode(self, digits: str) -> LinkedPlace | None:
        """The municipality in which a Dutch postcode lies; None for a post box, and for one that we do not know."""
        code = self._postcodes.get(digits)
        return LinkedPlace(self.municipalities[code].name, frozenset([code])) if code else None

    def within(self, place: LinkedPlace, within_km: float) -> frozenset[str]:
        """The codes of all municipalities that lie that near."""
        return frozenset(
            code for code in self.municipalities if (km := self.km_to(place, code)) is not None and km <= within_km
        )

    def km_to(self, place: LinkedPlace, code: str) -> float | None:
        """Kilometres from a place to a municipality; 0 within the place, None where we know no coordinates."""
        if code in place.municipalities:
            return 0.0
        there = self.municipalities[code]
        ways = (distance_km(self.municipalities[here], there) for here in place.municipalities)
        return min((km for km in ways if km is not None), default=None)


def _key(name: str) -> str:
    return " ".join(words(name))
