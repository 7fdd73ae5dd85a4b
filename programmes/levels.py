"""The levels of both countries by one code each, and which of them somebody means who names one."""

from collections.abc import Mapping
from typing import Literal, get_args

from programmes.models import Programme

Level = Literal[
    "1", "2", "3", "4", "ad", "hbo", "wo", "hbo-ma", "wo-ma",
    "buso", "so-1", "so-2", "so-3", "so-7", "hbo5", "graduaat", "bachelor", "master",
]  # fmt: skip
"""Netherlands: mbo 1 to 4, associate degree, bachelor and master of hbo and of wo. Flanders: special secondary
education (buso), the three grades and the 7th year of secondary education, nursing (hbo5), graduaat, bachelor and
master."""
LEVELS: tuple[str, ...] = get_args(Level)

SECONDARY = frozenset({"so-1", "so-2", "so-3", "so-7", "buso", "hbo5"})
GROUPS: Mapping[str, frozenset[str]] = {
    "mbo": frozenset({"1", "2", "3", "4"}),
    "so": SECONDARY,
    "hbo": frozenset({"hbo", "ad", "graduaat"}),
    "wo": frozenset({"wo"}),
    "bachelor": frozenset({"bachelor", "hbo", "wo"}),
    "master": frozenset({"master", "hbo-ma", "wo-ma"}),
    "wo-ma": frozenset({"wo-ma", "master"}),
}
"""What a wish for a level means beside itself. "Hbo" in Flanders is a hogeschool, "wo" a university: see `fits`."""
WishedLevel = Literal["mbo", "so", Level]
"""What somebody may ask for."""
WISHES: tuple[str, ...] = get_args(WishedLevel)

MASTERS = GROUPS["master"]
"""What follows a bachelor: below everything else, unless somebody asks for it or has a bachelor."""

_RULED_AS: Mapping[str, str] = {"ad": "hbo", "bachelor": "hbo"}
_KIND_OF_BACHELOR: Mapping[str, str] = {"hbo": "professional", "wo": "academic"}


def fits(programme: Programme, wish: str) -> bool:
    """Whether a programme is of the level that was asked for."""
    level = programme.level or ""
    if level == "bachelor" and wish in _KIND_OF_BACHELOR:
        return _KIND_OF_BACHELOR[wish] in (programme.kind or "")
    return level == wish or level in GROUPS.get(wish, ())


def joined(one: str | None, other: str | None) -> str | None:
    """The level that two names of levels in one message mean together: "een master aan het hbo"."""
    kind = {one, other} - MASTERS
    return f"{kind.pop()}-ma" if MASTERS & {one, other} and kind <= {"hbo", "wo"} and kind else other


def rule_of(level: str) -> str:
    """The level whose admission rules hold for this one: an associate degree asks what a bachelor of hbo asks."""
    return _RULED_AS.get(level, level)
