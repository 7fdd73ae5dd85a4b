"""What a message alone shows of leaning on the talk: it points back, asks which there are, or for how long.

The words are in `leaning.yml`; `bot.follow_up` makes of them what the message means.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.gazetteer import plain

MOST_WORDS = 12
"""Words of a message that goes on about something; a longer one says by itself what it is about."""
LAST = 3
"""Place of "the last one" among the ordinals."""


def flat(text: str) -> str:
    """Small letters without accents, of about the same length, one blank between words."""
    return " ".join(plain(text).replace("’", "'").split())


def says(what: str, said: str) -> bool:
    """Whether a flat text has words of a list in `leaning.yml`."""
    return bool(_words()[what].search(said))


def is_short(said: str) -> bool:
    """Whether a flat text may go on about something."""
    return len(said.split()) <= MOST_WORDS


def takes_up(text: str) -> bool:
    """Whether a message goes on with something that was left: "terug naar die opleidingen"."""
    return says("takes_up", flat(text))


def asks_how_long(text: str) -> bool:
    """Whether a message asks how long something takes."""
    return says("how_long", flat(text))


def asks_which(text: str) -> bool:
    """Whether a message asks which programmes there are, or where: "welke richting is dat dan?"."""
    return says("asks_which", flat(text))


def compares_length(text: str) -> bool:
    """Whether a message asks which of some ways is shorter or longer."""
    return says("sooner", flat(text))


def leans(text: str) -> bool:
    """Whether a message points back at what was said before it: "en dat dan?"; a long one says what it is about."""
    said = flat(text)
    return is_short(said) and (says("leads", said) or says("points_back", said))


def places(said: str, shown: int) -> Sequence[int]:
    """Places in the list that was shown, 0 the first, in the order in which a flat text names them."""
    found = []
    for at, pattern in enumerate(_pointers()):
        place = shown - 1 if at == LAST else at
        found += [(match.start(), place) for match in pattern.finditer(said) if 0 <= place < shown]
    return [place for _, place in sorted(found)]


def rest(said: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """What a flat text says beside the names in it."""
    for entity in entities:
        said = re.sub(rf"(?<!\w){re.escape(flat(str(entity['value'])))}(?!\w)", " ", said)
    return " ".join(word for word in re.findall(r"[\w']+", said) if word not in _beside())


@cache
def _raw() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return raw


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    # A folded block joins its lines with blanks, which stand between alternatives only.
    named = {**_raw()["says"], **_raw()["wishes"]}
    return {name: re.compile(said.replace(" |", "|")) for name, said in named.items()}


@cache
def _beside() -> frozenset[str]:
    return frozenset(word for words in _raw()["beside"].values() for word in words.split())


@cache
def _pointers() -> Sequence[re.Pattern[str]]:
    raw = _raw()
    else_counted = raw["counts_else"].replace(" |", "|")
    numbers = [*raw["numbers"], None]
    patterns = []
    for ordinal, number in zip(raw["ordinals"], numbers, strict=True):
        said = rf"\b{raw['before_ordinal']} {ordinal}\b(?! {else_counted})|^{ordinal}(?: one)?$|\b{ordinal} one\b"
        patterns.append(re.compile(f"{said}|\\b{raw['before_number']} {number}\\b" if number else said))
    return patterns
