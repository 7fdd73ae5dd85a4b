"""The item banks, read from `items/*.yml` and checked: a mistake names its file and item, and how to mend it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from core.errors import NotFound, Refused

ITEMS = Path(__file__).parent / "items"

Language = Literal["nl", "en"]
Form = Literal["short", "long"]
QuestionnaireId = Literal["interests", "attitude", "method", "values"]
IDS: tuple[QuestionnaireId, ...] = get_args(QuestionnaireId)

LOWEST, HIGHEST = 1, 5
"""Ends of the answer scale of a statement."""
A, B = 1, 2
"""Answers to a choice."""

_TEXTS = {"nl", "en"}
_ITEM = {"id", "scale", "keyed"} | _TEXTS
_OPTION = {"scale"} | _TEXTS


@dataclass(frozen=True)
class Option:
    """One side of a choice, or one point of an answer scale."""

    value: int
    text: Mapping[str, str]
    """By language."""
    scale: str | None = None
    """What choosing it speaks for; None on an answer scale."""
    face: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that is asked: a statement on an answer scale, or a choice between two options."""

    id: str
    scale: str | None
    """None of a choice: there each option has one."""
    is_reversed: bool
    """Who agrees scores low."""
    is_short: bool
    text: Mapping[str, str]
    """By language; empty of a choice."""
    options: tuple[Option, ...]
    """What can be answered: five, or two."""

    @property
    def is_choice(self) -> bool:
        """Whether it is a choice between two options."""
        return self.scale is None

    @property
    def scales(self) -> tuple[str, ...]:
        """What it tells something about."""
        return (self.scale,) if self.scale else tuple(option.scale for option in self.options if option.scale)


@dataclass(frozen=True)
class Scale:
    """One thing that a questionnaire tells about somebody. High is never bad."""

    id: str
    name: Mapping[str, str]
    means: Mapping[str, str]
    person: Mapping[str, str] | None = None
    """What somebody is who scores high: a doer, a helper. Only of interests."""


@dataclass(frozen=True)
class Questionnaire:
    """One item bank."""

    id: str
    version: int
    name: Mapping[str, str]
    ask: Mapping[str, str]
    """What is asked of every item."""
    scales: Mapping[str, Scale]
    items: Mapping[str, Item]
    """In the order of the file."""
    alike: tuple[tuple[str, str], ...]
    """Pairs that ask nearly the same: far apart, the answers contradict each other."""

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that it has, shortest first."""
        return ("short", "long") if any(item.is_short for item in self.items.values()) else ("long",)

    def order(self, form: Form) -> tuple[str, ...]:
        """The ids of a form in the order of asking: scales take turns, so that no two alike follow each other.

        Raises:
            NotFound: it has no such form.
        """
        if form not in self.forms:
            raise NotFound(f"The questionnaire {self.id} has no {form} form.", f"It has: {', '.join(self.forms)}.")
        asked = [item for item in self.items.values() if form == "long" or item.is_short]
        if any(item.is_choice for item in asked):
            return tuple(item.id for item in asked)
        turns = zip_longest(*([item.id for item in asked if item.scale == scale] for scale in self.scales))
        return tuple(id for id in chain.from_iterable(turns) if id is not None)


@cache
def questionnaire(id: str) -> Questionnaire:
    """The questionnaire with this id.

    Raises:
        NotFound: there is none.
    """
    if id not in IDS:
        raise NotFound(f"There is no questionnaire {id}.", f"There are: {', '.join(IDS)}.")
    path = ITEMS / f"{id}.yml"
    return read(id, yaml.safe_load(path.read_text(encoding="utf-8")))


def read(id: str, data: Any) -> Questionnaire:
    """Make a questionnaire of what its file says.

    Raises:
        Refused: it breaks a rule; says which item and how to mend it.
    """
    _has({"version", "name", "ask", "scales", "items"}, data, of=id)
    scales = {key: _scale(key, value, of=f"{id}.{key}") for key, value in data["scales"].items()}
    answers = tuple(
        Option(value=one["value"], text=_texts(one, of=f"{id}.answers"), face=one["face"])
        for one in data.get("answers", ())
    )
    items = [_item(one, answers, of=f"{id}.{one.get('id', '?')}") for one in data["items"]]
    alike = tuple((str(one), str(other)) for one, other in data.get("alike", ()))
    made = Questionnaire(
        id=id,
        version=data["version"],
        name=_texts(data["name"], of=f"{id}.name"),
        ask=_texts(data["ask"], of=f"{id}.ask"),
        scales=scales,
        items={item.id: item for item in items},
        alike=alike,
    )
    _check_items(made, items, answers)
    _check_pairs(made)
    return made


def _item(data: Mapping[str, Any], answers: tuple[Option, ...], *, of: str) -> Item:
    if "a" in data or "b" in data:
        _has({"id", "a", "b"}, data, of=of)
        options = tuple(_side(value, data[key], of=f"{of}.{key}") for key, value in (("a", A), ("b", B)))
        return Item(str(data["id"]), None, False, False, {}, options)
    _has(_ITEM, data, of=of)
    if data["keyed"] not in {"plus", "minus"}:
        raise Refused(f"{of}: keyed is {data['keyed']}.", "Write plus or minus.")
    is_reversed, is_short = data["keyed"] == "minus", bool(data.get("short", False))
    return Item(str(data["id"]), str(data["scale"]), is_reversed, is_short, _texts(data, of=of), answers)


def _side(value: int, data: Mapping[str, Any], *, of: str) -> Option:
    _has(_OPTION, data, of=of)
    return Option(value=value, text=_texts(data, of=of), scale=str(data["scale"]))


def _scale(id: str, data: Mapping[str, Any], *, of: str) -> Scale:
    _has({"name", "means"}, data, of=of)
    person = _texts(data["person"], of=of) if "person" in data else None
    return Scale(id, _texts(data["name"], of=of), _texts(data["means"], of=of), person)


def _texts(data: Mapping[str, Any], *, of: str) -> dict[str, str]:
    _has(_TEXTS, data, of=of)
    texts = {language: str(data[language]).strip() for language in sorted(_TEXTS)}
    if not all(texts.values()):
        raise Refused(f"{of}: a text is empty.", "Write it in both languages.")
    return texts


def _has(keys: Iterable[str], data: Any, *, of: str) -> None:
    missing = sorted(set(keys) - set(data)) if isinstance(data, Mapping) else sorted(keys)
    if missing:
        raise Refused(f"{of}: {', '.join(missing)} is missing.", "Add it.")


def _check_items(made: Questionnaire, items: Iterable[Item], answers: tuple[Option, ...]) -> None:
    twice = [id for id, times in Counter(item.id for item in items).items() if times > 1]
    if twice:
        raise Refused(f"{made.id}: {', '.join(twice)} stands there twice.", "Give each item an id of its own.")
    for item in made.items.values():
        unknown = set(item.scales) - made.scales.keys()
        if unknown:
            raise Refused(f"{made.id}.{item.id}: no scale {', '.join(unknown)}.", "Name one of its scales.")
        if len(set(item.scales)) != len(item.scales):
            raise Refused(f"{made.id}.{item.id}: both options are of one scale.", "Give each a scale of its own.")
        if not item.is_choice and [one.value for one in answers] != list(range(LOWEST, HIGHEST + 1)):
            raise Refused(f"{made.id}: answers are not 1 to 5.", "Write five, lowest first.")
    unused = made.scales.keys() - {scale for item in made.items.values() for scale in item.scales}
    if unused:
        raise Refused(f"{made.id}: nothing asks about {', '.join(sorted(unused))}.", "Add items, or remove the scale.")


def _check_pairs(made: Questionnaire) -> None:
    for pair in made.alike:
        unknown = set(pair) - made.items.keys()
        if unknown:
            raise Refused(f"{made.id}: alike names {', '.join(unknown)}, which is no item.", "Name two of its items.")
        one, other = (made.items[id] for id in pair)
        if set(one.scales) != set(other.scales):
            raise Refused(f"{made.id}: {one.id} and {other.id} are of different scales.", "Pair items of one scale.")
