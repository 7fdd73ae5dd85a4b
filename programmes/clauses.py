"""What of a message is wished, and what is only told: "ik ben verzorgende en wil verpleegkundige worden"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import yaml

from programmes.sources import DATA
from programmes.stems import fold


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = yaml.safe_load((DATA / "clauses.yml").read_text(encoding="utf-8"))
    return {
        name: re.compile(rf"\b(?:{'|'.join(sorted(map(str, said), key=len, reverse=True))})(?!\w)", re.IGNORECASE)
        for name, said in raw.items()
    }


_STOP = re.compile(r"(?<=[,.;:!?\n])\s+|(?<=\s)[-–]\s+")
_FROM_TO = re.compile(r"\b(?:van|from)\s+(?P<old>[^,.;!?]{2,40}?)\s+(?=(?:naar|to)\s)", re.IGNORECASE)
"""From one programme to another: the second is wished."""


type Kind = Literal["wanted", "liked", "told", "denied"]


@dataclass(frozen=True)
class Parted:
    """A message, parted, each part in its own spelling."""

    wished: str
    told: str
    denied: str
    """What is not wanted: in none of the others."""
    clause: str
    """Only what was said as a wish, even where it names no subject: "ik heb mbo 4 gedaan en wil naar hbo"."""
    liked: str = ""
    """What of the wished is only liked, or what somebody is good at, where something else is wanted outright."""

    @property
    def wanted(self) -> str:
        """The wished without what is only liked."""
        return self.wished.removeprefix(self.liked)


def part(text: str, *, says_something: Callable[[str], bool]) -> Parted:
    """Part a message into the clauses in which something is wished and those in which it is only told.

    Args:
        text: the message, in its own spelling.
        says_something: whether a text names any subject. Of a message that only tells, all is wished.
    """
    parts: dict[Kind, list[str]] = {kind: [] for kind in ("wanted", "liked", "told", "denied")}
    kind: Kind = "liked"
    for clause in _clauses(_FROM_TO.sub(" ", _without_asides(text))):
        kind = _kind_of(clause, after=kind)
        if kind == "denied":
            parts["denied"].append(clause)
            continue
        meant, not_meant = _split_at_denial(clause)
        parts[kind].append(meant)
        parts["denied"].append(not_meant)
    want, like, story, no = (" ".join(parts[kind]) for kind in ("wanted", "liked", "told", "denied"))
    wish = f"{like} {want}".strip()
    if says_something(wish):
        return Parted(wish, story, no, wish, like if says_something(want) else "")
    if says_something(story):
        return Parted(f"{story} {wish}", "", no, wish)
    return Parted(text, "", "", wish)


def _without_asides(text: str) -> str:
    return _patterns()["asides"].sub(" , ", text)


def _clauses(text: str) -> Sequence[str]:
    joints, contrasts = _patterns()["joints"], _patterns()["contrasts"]
    parts: list[str] = []
    for sentence in _STOP.split(text):
        at = 0
        for joint in joints.finditer(sentence):
            # "kok en bakker" is one wish: a joint parts clauses only where the next one has a verb of its own.
            if contrasts.match(sentence, joint.start()) or _opens(sentence[joint.end() :]):
                parts.append(sentence[at : joint.start()])
                at = joint.start()
        parts.append(sentence[at:])
    return [clause for part in parts if (clause := part.strip(" ,"))]


def _kind_of(clause: str, *, after: Kind) -> Kind:
    """What a clause is for; one without a verb of its own goes on with what the clause before it wanted."""
    plain, known = fold(clause), _patterns()
    if known["aversions"].search(plain):
        return "denied"
    wishes = known["wishes"].search(plain)
    if known["others"].search(plain) or (known["told"].search(plain) and not wishes):
        return "told"
    if known["reasons"].match(plain):
        return "liked"
    if known["wants"].search(plain):
        return "wanted"
    goes_on = after == "wanted" and not wishes and not _opens(clause)
    return "wanted" if goes_on else "liked"


def _opens(rest: str) -> bool:
    return bool(_patterns()["opens"].match(fold(rest).lstrip()))


def _split_at_denial(clause: str) -> tuple[str, str]:
    """A clause up to what is not wanted, and that: "iets met dieren maar geen dierenarts"."""
    denied = _patterns()["denials"].search(clause)
    return (clause[: denied.start()], clause[denied.end() :]) if denied else (clause, "")
