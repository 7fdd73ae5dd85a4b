"""What somebody typed, as an answer to an item or as something else that is meant for the questionnaire.

Careful on purpose: what is not surely an answer is none, and goes to the bot. A wrong score is worse than one more
question.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz.distance import OSA

from questionnaires.bank import A, B, Item

WORDS = Path(__file__).parent / "answer_words.yml"
LONGEST = 8
"""Words; who writes more has something else to say."""
SHORT, LONG = 4, 8
"""Letters of a word from which a letter too many, too few or in the wrong place is forgiven, and from which two slips
are. A wrong letter is forgiven above `SHORT` only: "goed" and "dood" are one letter apart."""

_FACES = {
    face: value
    for value, faces in {1: "😞😡🤮😢", 2: "👎🙁☹😕", 3: "😐😑🤷", 4: "🙂😊👍", 5: "😃😀😄😁😍🥰❤🤩"}.items()
    for face in faces
}
_PREFERS = frozenset({"liever", "rather", "prefer", "werk", "work", "wil", "want", "graag"})
_ASKS = re.compile(r"\?\s*$|^(wat|waarom|hoe|wie|waar|wanneer|what|why|how|who|where|when|can|kan|mag)\b")


class Act(StrEnum):
    """What is meant for the questionnaire without being an answer."""

    SKIP = "skip"
    BACK = "back"
    PAUSE = "pause"
    STOP = "stop"
    REPEAT = "repeat"
    RESUME = "resume"


@dataclass(frozen=True)
class _Words:
    fillers: frozenset[str]
    ratings: Mapping[str, int]
    choices: Mapping[str, int]
    acts: Mapping[str, Act]


def read_answer(text: str, item: Item) -> int | Act | None:
    """What a message means while an item waits.

    Returns:
        The value of an option, an act, or None: it is not for the questionnaire.
    """
    said = _plain(text)
    words = _words()
    exact = words.acts.get(said)
    if exact is not None:
        return exact
    face = _by_face(text) if not item.is_choice else None
    if face is not None:
        return face
    named = _by_text(said, item) if item.is_choice and said not in words.choices else None
    if named is not None:
        return named
    if not said or len(said.split()) > LONGEST:
        return None
    if _ASKS.search(text.strip().lower()):
        return None
    phrases: dict[str, int | Act] = {**words.acts, **(words.choices if item.is_choice else words.ratings)}
    fillers = words.fillers - {"a"} if item.is_choice else words.fillers
    return _nearest(said, phrases) or _nearest(_without(said, fillers), phrases)


def read_act(text: str) -> Act | None:
    """What a message asks of a questionnaire that is paused, where no item waits."""
    return _words().acts.get(_plain(text))


def _nearest(said: str, phrases: Mapping[str, int | Act]) -> int | Act | None:
    """The one meaning that fewest slips lead to; None when none is near, or two are equally near."""
    if said in phrases:
        return phrases[said]
    near = {phrase: slips for phrase in phrases if (slips := _slips(said.split(), phrase.split())) is not None}
    fewest = min(near.values(), default=0)
    meanings = {phrases[phrase] for phrase, slips in near.items() if slips == fewest}
    return meanings.pop() if len(meanings) == 1 else None


def _slips(said: Sequence[str], meant: Sequence[str]) -> int | None:
    """How many slips lie between two phrases, word by word; None when it is more than anybody makes."""
    if len(said) != len(meant):
        return None
    total = 0
    for one, other in zip(said, meant, strict=True):
        if one == other:
            continue
        if not other.isalpha() or one[0] != other[0] or len(other) < SHORT:
            return None
        slips = int(OSA.distance(one, other))
        is_wrong_letter = len(one) == len(other) and sorted(one) != sorted(other)
        if slips > (2 if len(other) >= LONG else 1) or (len(other) == SHORT and is_wrong_letter):
            return None
        total += slips
    return total


def _by_face(text: str) -> int | None:
    faces = {_FACES[letter] for letter in text if letter in _FACES}
    return faces.pop() if len(faces) == 1 and not re.search(r"\w", text) else None


def _by_text(said: str, item: Item) -> int | None:
    """The option of a choice that was named in its own words, in either language, and with nothing beside them."""
    words = set(_without(said, _words().fillers | _PREFERS).split())
    own = {one.value: {word for text in one.text.values() for word in _plain(text).split()} for one in item.options}
    named = {
        value
        for value, mine in own.items()
        if words <= mine and words - set().union(*(other for key, other in own.items() if key != value))
    }
    return named.pop() if len(named) == 1 else None


def _without(said: str, fillers: Iterable[str]) -> str:
    return " ".join(word for word in said.split() if word not in fillers)


def _plain(text: str) -> str:
    """Lower case without accents and marks; a letter that is drawn out ("heeeel") stands there once or twice."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    kept = re.sub(r"['\u0300-\u036f]", "", letters)
    short = re.sub(r"([a-z])\1{2,}", r"\1\1", kept)
    return " ".join(re.findall(r"[a-z0-9]+", short))


@cache
def _words() -> _Words:
    data = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    fillers = frozenset(_plain(str(word)) for word in data["fillers"])
    return _Words(
        fillers,
        _table(data["ratings"], {str(value): value for value in data["ratings"]}, fillers),
        _table(data["choices"], {"a": A, "b": B}, fillers),
        _table(data["acts"], {str(act): act for act in Act}, fillers),
    )


def _table[Meaning](
    phrases: Mapping[object, Iterable[object]], meanings: Mapping[str, Meaning], fillers: frozenset[str]
) -> dict[str, Meaning]:
    """Phrase -> meaning. A phrase in full goes before one that fillers were left out of."""
    spoken = [(_plain(str(phrase)), meanings[str(key)]) for key, some in phrases.items() for phrase in some]
    shorter = [(_without(phrase, fillers), meaning) for phrase, meaning in spoken]
    return {phrase: meaning for phrase, meaning in reversed([*spoken, *shorter]) if phrase}
