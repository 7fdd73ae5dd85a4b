"""Reads an age as it is said: "17", "zestien", "twenty-two"."""

from collections.abc import Mapping
from typing import Final

_UNITS: Mapping[str, tuple[str, ...]] = {
    "nl": ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_TEENS: Mapping[str, tuple[str, ...]] = {
    "nl": ("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
    "en": (
        "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ),
}  # fmt: skip
_TENS: Mapping[str, tuple[str, ...]] = {
    "nl": ("twintig", "dertig", "veertig", "vijftig", "zestig"),
    "en": ("twenty", "thirty", "forty", "fifty", "sixty"),
}
YOUNGEST, OLDEST = 4, 99
"""Ages that somebody may be talking about; other numbers are something else."""


def _names() -> dict[str, int]:
    names = {name: at for units in _UNITS.values() for at, name in enumerate(units, 1)}
    names |= {name: 10 + at for teens in _TEENS.values() for at, name in enumerate(teens)}
    for language, joint in (("nl", "en"), ("en", "-")):
        for tens, name in enumerate(_TENS[language], 2):
            names[name] = tens * 10
            for unit, digit in enumerate(_UNITS[language], 1):
                said = f"{digit}{joint}{name}" if language == "nl" else f"{name}{joint}{digit}"
                names[said] = tens * 10 + unit
    return names


NAMES: Final = _names()


def age_of(said: str) -> int | None:
    """The age that some words say, None when they say none: "16e" and "zestiende" are 16 too."""
    plain = said.strip().casefold().replace("ë", "e").replace(" ", "-")
    digits = plain.rstrip("abcdefghijklmnopqrstuvwxyz")
    age = int(digits) if digits.isdecimal() else _named(plain)
    return age if age is not None and YOUNGEST <= age <= OLDEST else None


def _named(plain: str) -> int | None:
    forms = (plain, plain.removesuffix("ste"), plain.removesuffix("de"))
    return next((NAMES[form] for form in forms if form in NAMES), None)
