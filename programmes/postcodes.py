"""Dutch postcodes in a text: the four digits of one, where they cannot well be a year, a price or a code."""

import re
from dataclasses import dataclass

_DIGITS = r"(?<![\w€.,-])(?P<digits>[1-9]\d{3})"
_LETTERS = (
    r"(?:(?!(?i:eu|kb|kg|km|mb))[A-Za-z]{2}"
    r"|\s(?!SA|SD|SS|EU|KM|KG|NL|BE|TV|OV|PK|EC|EN|OF|IN|OP|OM|TE|NA|IS|AL|IK|DE|WO)[A-Z]{2})"
)
"""Less the pairs that no postcode has, and those that more often are a word or a unit. "3511 wo" names a level."""
_END = r"(?![^\W_]|[.,-]\d)(?!(?i:\s?(?:€|eur|km\b|kilomet|meter|uur|hours?\b|leerling|student|pupil)))"
_CALLED = re.compile(
    r"(?i:\b(?:(?:met|with|in|bij|near)\s+)?(?:(?:mijn|my|de|the)\s+)?"
    r"(?:postcode(?:gebied|\s+area)?|postal\s+code|zip(?:\s?code)?)(?:\s+(?:is|van)\b|\s*[:=])?\s*)"
    rf"{_DIGITS}(?:{_LETTERS})?{_END}"
)
_WHOLE = re.compile(rf"{_DIGITS}{_LETTERS}{_END}")
_NEAR = re.compile(
    r"(?i:\b(?:(?:(?:in\s+)?(?:de\s+|the\s+))?(?:buurt|omgeving|nabijheid|area|neighbou?rhood|vicinity)\s+(?:van|of|around)"
    r"|omgeving|vlakbij|dicht\s?bij|nabij|near|close\s+to|(?:woon|woont|wonen|live|lives)\s+in)\s+)"
    rf"{_DIGITS}{_END}"
)
_ALONE = re.compile(r"([1-9]\d{3})\s*([a-z]{2})?", re.IGNORECASE)
_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class SaidPostcode:
    """The four digits of a postcode, and where in the text it was said, with the words that say what it is."""

    digits: str
    start: int
    end: int


def postcode_in(text: str, *, country: str = "NL") -> SaidPostcode | None:
    """The first postcode in a message: "postcode 3511", "3511 AB", "in de buurt van 3511"; never four digits alone.

    Args:
        country: where the visitor is. In Flanders four digits are a postcode of Flanders, which we cannot place.
    """
    is_dutch = country == "NL"
    if is_dutch and (called := _CALLED.search(text)):
        return SaidPostcode(called["digits"], *called.span())
    for found in _WHOLE.finditer(text):
        letters = text[found.end("digits") : found.end()]
        if not letters[0].isspace() or not _is_year(found["digits"]):
            return SaidPostcode(found["digits"], *found.span())
    near = _NEAR.search(text) if is_dutch else None
    return SaidPostcode(near["digits"], *near.span()) if near and not _is_year(near["digits"]) else None


def postcode_of(place: str, *, country: str = "NL") -> str | None:
    """The four digits of what was given as a place and is nothing but a postcode: "3511", "3511 AB", "3511ab"."""
    found = _ALONE.fullmatch(place.strip())
    return found[1] if found and (country == "NL" or found[2]) else None


def _is_year(digits: str) -> bool:
    return int(digits) in _YEARS
