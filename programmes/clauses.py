"""What of a message is wished, and what is only told: "ik ben verzorgende en wil verpleegkundige worden"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

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


@dataclass(frozen=True)
class Parted:
    """A message, parted, each part in its own spelling."""

    wished: str
    told: str
    denied: str
    """What is not wanted: in none of the others."""
    clause: str
    """Only what was said as a wish, even where it names no subject: "ik heb mbo 4 gedaan en wil naar hbo"."""


def part(text: str, *, says_something: Callable[[str], bool]) -> Parted:
    """Part a message into the clauses in which something is wished and those in which it is only told.

    Args:
        text: the message, in its own spelling.
        says_something: whether a text names any subject. Of a message that only tells, all is wished.
    """
    wished: list[str] = []
    told: list[str] = []
    denied: list[str] = []
    for clause in _clauses(_FROM_TO.sub(" ", text)):
        meant, not_meant = _split_at_denial(clause)
        (told if _is_told(clause) else wished).append(meant)
        denied.append(not_meant)
    wish, story, no = " ".join(wished), " ".join(told), " ".join(denied)
    if says_something(wish):
        return Parted(wish, story, no, wish)
    if says_something(story):
        return Parted(f"{story} {wish}", "", no, wish)
    return Parted(text, "", "", wish)


def _clauses(text: str) -> Sequence[str]:
    joints = _patterns()["joints"]
    parts: list[str] = []
    for sentence in _STOP.split(text):
        at = 0
        for joint in joints.finditer(sentence):
            # "kok en bakker" is one wish: a joint parts clauses only where the next one has a verb of its own.
            if _opens(sentence[joint.end() :]):
                parts.append(sentence[at : joint.start()])
                at = joint.start()
        parts.append(sentence[at:])
    return parts


def _opens(rest: str) -> bool:
    return bool(_patterns()["opens"].match(fold(rest).lstrip()))


def _is_told(clause: str) -> bool:
    plain = fold(clause)
    return bool(_patterns()["told"].search(plain)) and not _patterns()["wishes"].search(plain)


def _split_at_denial(clause: str) -> tuple[str, str]:
    """A clause up to what is not wanted, and that: "iets met dieren maar geen dierenarts"."""
    denied = _patterns()["denials"].search(clause)
    return (clause[: denied.start()], clause[denied.end() :]) if denied else (clause, "")
