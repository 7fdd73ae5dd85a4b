"""Which levels are meant by who names none but says where they stand: "ik zit in 5 vwo" means a university first."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from programmes.ages import NAMES, age_of
from programmes.models import Programme
from programmes.query import has_secondary, is_modest
from programmes.standing import ends_in
from programmes.stems import fold

Shares = Mapping[str, float]
"""Level -> what its programmes keep of their score."""

ALL: Shares = MappingProxyType({})
LEAST = 0.4
"""What the levels keep that are too far up, or were passed already: they stay below, for one may aim high."""
_LOWEST: dict[str, float] = {"1": 1.0, "2": 1.0, "3": 0.75, "4": 0.5, "": 0.75}
_LOWEST_IN_FLANDERS: dict[str, float] = {
    "buso": 0.9, "so-1": 0.8, "so-2": 1.0, "so-3": 1.0, "so-7": 0.8, "hbo5": 0.7, "graduaat": 0.6, "bachelor": 0.5
}  # fmt: skip
_AFTER_VMBO: dict[str, float] = {"1": 0.8, "2": 0.9, "3": 1.0, "4": 1.0, "": 0.8, "ad": 0.5, "hbo": 0.5}
_AFTER_SECONDARY: dict[str, float] = {"bachelor": 1.0, "graduaat": 0.9, "hbo5": 0.8, "so-7": 0.6}
_YOUNG: dict[str, float] = {"so-1": 1.0, "so-2": 1.0, "buso": 0.9, "so-3": 0.5}
_FOURTEEN: dict[str, float] = {
    "so-2": 1.0,
    "so-3": 0.85,
    "buso": 0.9,
    "so-1": 0.6,
    "so-7": 0.6,
    "bachelor": 0.6,
    "graduaat": 0.5,
}
_SECOND_GRADE: dict[str, float] = {
    "so-3": 1.0, "so-2": 0.8, "so-7": 0.8, "buso": 0.9, "bachelor": 0.85, "graduaat": 0.8, "hbo5": 0.8
}  # fmt: skip
_GROWN: dict[str, float] = {
    "so-7": 1.0, "so-3": 0.9, "graduaat": 1.0, "bachelor": 1.0, "hbo5": 1.0, "so-2": 0.7, "buso": 0.6, "master": 1.0
}  # fmt: skip
_AFTER: Mapping[str, Shares] = {
    "none": _LOWEST,
    "isk": _LOWEST,
    "pro": {"1": 1.0, "2": 0.9, "3": 0.5},
    "vmbo-bb": _LOWEST | {"1": 0.8},
    "vmbo-kb": _AFTER_VMBO,
    "vmbo-gl": _AFTER_VMBO,
    "vmbo-tl": _AFTER_VMBO,
    "havo": {"hbo": 1.0, "ad": 0.9, "4": 0.9, "3": 0.75, "2": 0.6, "wo": 0.6},
    "vwo": {"wo": 1.0, "hbo": 0.7},
    "mbo-1": {"2": 1.0, "3": 0.75, "4": 0.5},
    "mbo-2": {"3": 1.0, "4": 0.9, "2": 0.7},
    "mbo-3": {"4": 1.0, "3": 0.9, "hbo": 0.7, "ad": 0.7},
    "mbo-4": {"hbo": 1.0, "ad": 1.0, "4": 0.8, "3": 0.6},
    "so-3-doorstroom": _AFTER_SECONDARY,
    "so-3-dubbel": _AFTER_SECONDARY | {"so-7": 0.8},
    "so-3-arbeidsmarkt": {"so-7": 1.0, "so-3": 1.0, "graduaat": 0.9, "hbo5": 0.9, "bachelor": 0.7},
    "so-7": _AFTER_SECONDARY,
    "okan": _LOWEST_IN_FLANDERS,
    "so-2-doorstroom": _SECOND_GRADE,
    "so-2-dubbel": _SECOND_GRADE,
    "so-2-arbeidsmarkt": _SECOND_GRADE,
    "so-1a": _YOUNG,
    "so-1b": _YOUNG,
}
"""Where one stands -> what each level keeps (measured on `dev`)."""
_WITH_SECONDARY: Mapping[str, Shares] = {
    "NL": {"wo": 1.0, "hbo": 1.0, "ad": 0.9, "4": 0.8, "3": 0.7, "2": 0.6},
    "BE": _AFTER_SECONDARY,
}
_OF_AGE: Mapping[str, tuple[tuple[int, Shares], ...]] = {
    "NL": ((17, {"1": 1.0, "2": 1.0, "3": 1.0, "4": 1.0, "": 0.9, "hbo": 0.9, "wo": 0.85, "ad": 0.8}), (99, ALL)),
    "BE": ((13, _YOUNG), (15, _FOURTEEN), (17, _SECOND_GRADE), (24, ALL), (99, _GROWN)),
}
"""Up to which age -> what each level keeps."""
YOUNGEST = 12
"""Smaller numbers are hardly an age of somebody who chooses: "van drie tot zes"."""
_NAMED = "|".join(sorted((name for name, age in NAMES.items() if age >= YOUNGEST), key=len, reverse=True))
_AGE = rf"(?P<{{}}>1[2-9]|[2-6][0-9]|{_NAMED})"
_AGED = re.compile(
    r"\b(?:ben|is|am|i'm|im|he's|she's|hij|zij|van|aged?|(?:son|daughter|boy|girl|child|kid) of)"
    r"(?: nu| al| pas| nog maar| maar| only| now)* "
    rf"{_AGE.format('a')}\b(?![ -](?:jaar|years?) (?!oud|old|en|and|wil|die|who|met|with)\w)"
    rf"|\b{_AGE.format('b')}[ -]?(?:jaar oud|jarige|years? old|yo)\b|\({_AGE.format('c')}\)"
)
"""An age that is somebody's: "hij is 16", "(17)"; "12 jaar elektricien" is none."""
_SCHOOLS = ("none", "isk", "okan", "pro", "vmbo", "havo", "vwo")
"""No programme is of these levels, so whoever names one stands there; of others it must be said: "ik heb mbo 2"."""


def next_steps(text: str, *, country: str, standing: str | None = None) -> Shares:
    """What programmes of each level keep of their score, for who writes this; empty where nothing is said.

    Args:
        standing: code of where they stand, told before; what the text says goes before it.
    """
    standing = standing_in(text, country=country) or standing
    if standing and (after := _after(standing, country)):
        return after
    if is_modest(text):
        return _LOWEST if country == "NL" else _LOWEST_IN_FLANDERS
    if has_secondary(text):
        return _WITH_SECONDARY[country]
    aged = _AGED.search(fold(text))
    age = age_of(next(filter(None, aged.groups()))) if aged else None
    return next(shares for oldest, shares in _OF_AGE[country] if age <= oldest) if age else ALL


def standing_in(text: str, *, country: str) -> str | None:
    """Where somebody stands by their own words, as a code; None without such words, or with where they want to be."""
    ends = ends_in(text, country=country)
    is_said = ends.start and ends.goal is None and (ends.is_told or ends.start.startswith(_SCHOOLS))
    return ends.start if is_said else None


def _after(standing: str, country: str) -> Shares:
    code = next((school for school in ("vwo", "havo") if standing.startswith(school)), standing)
    return ALL if (code, country) == ("none", "BE") else _AFTER.get(code, ALL)


def share_of(programme: Programme, shares: Shares) -> float:
    """What one programme keeps."""
    return shares.get(programme.level or "", LEAST) if shares else 1.0


def is_next(programme: Programme, *, standing: str, country: str) -> bool:
    """Whether a programme is of the level that comes next for who stands there."""
    shares = _after(standing, country)
    return bool(shares) and share_of(programme, shares) == max(shares.values())
