"""Runs the evaluation dialogues against a real house, as the panel would, and says which turns fall short.

Part of `make evaluate`; `--only dialogues_dev` runs one set, `--url` asks a house that is there already. What each
expectation means is in `tests/evaluation/dialogues/README.md`; intents are not looked at: the chat does not tell them.
"""

import argparse
import re
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import yaml

from tests.house import ROOT, House

EVALUATION = ROOT / "tests" / "evaluation"
SETS = ("dialogues", "dialogues_dev", "dialogues_unseen")
"""The first two were worked on; of the last, written by somebody else, only the total is looked at."""
MAY_BE_READ = SETS[:2]
TAKEN_AWAY = "×"
"""Ends the title of a button that takes a wish away: those buttons are what the bot says that it searches for."""
HONEST = re.compile(
    r"geen bewijs|niet zeker|ken ik geen|geen opleiding|niets? gevonden|weet ik niet|dichtstbij|zit een school|zetel"
    r"|no proof|not sure|know no|no programme|nothing|do not know|nearest|has its seat|could not find|found no",
    re.IGNORECASE,
)

Expected = Mapping[str, Any]


@dataclass
class Answer:
    """What came back to one turn: everything but the visitor's own words."""

    messages: list[dict[str, Any]]
    state: str
    language: str

    @property
    def words(self) -> str:
        """All words of the answer, cards and buttons included."""
        return "\n".join(_words(self.messages))

    @property
    def said(self) -> str:
        """The sentences alone."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def cards(self) -> list[dict[str, Any]]:
        """Every card."""
        return [card for message in self.messages for card in message["cards"]]

    @property
    def programmes(self) -> list[dict[str, Any]]:
        """The programme cards."""
        return [card for card in self.cards if card["type"] == "programme"]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Every button."""
        return [button for message in self.messages for button in message["buttons"]]

    @property
    def chips(self) -> str:
        """The wishes that it says it searches for."""
        return "\n".join(button["title"] for button in self.buttons if button["title"].endswith(TAKEN_AWAY))


@dataclass
class Talk:
    """One conversation with the house."""

    client: httpx2.Client
    opened: dict[str, Any]
    before: Answer | None = None
    listed: list[dict[str, Any]] = field(default_factory=list)
    """The programme cards of the last answer that showed any."""

    @classmethod
    def begin(cls, client: httpx2.Client, dialogue: Mapping[str, Any]) -> "Talk":
        """Open the chat as a page of that school does."""
        about = {"site": dialogue["site"], "language": None, "audience": dialogue.get("audience")}
        return cls(client, client.post("/api/v1/conversations", json=about).raise_for_status().json())

    def turn(self, turn: Mapping[str, Any]) -> Answer:
        """Say something, or tap a button of the last answer."""
        post = self._post(turn) | {"client_message_id": str(uuid.uuid4())}
        address = f"/api/v1/conversations/{self.opened['id']}/messages"
        headers = {"Authorization": f"Bearer {self.opened['token']}"}
        body = self.client.post(address, json=post, headers=headers).raise_for_status().json()
        return Answer(body["messages"][1:], body["state"], body["language"])

    def _post(self, turn: Mapping[str, Any]) -> dict[str, str]:
        if "says" in turn:
            return {"text": turn["says"]}
        buttons = self.before.buttons if self.before else []
        tapped = next((one for one in buttons if has(one["title"], turn["taps"])), None)
        return {"payload": tapped["payload"]} if tapped else {"text": turn.get("or_says", turn["taps"])}

    def remember(self, answer: Answer) -> None:
        """Keep what the next turn may refer to."""
        self.before = answer
        self.listed = answer.programmes or self.listed


def has(text: str, part: str | int) -> bool:
    """Whether a text has a part: case does not count, `|` separates alternatives, digits stand alone."""
    return any(_has_one(text.casefold(), one.casefold()) for one in str(part).split("|"))


def _has_one(text: str, part: str) -> bool:
    return bool(re.search(rf"(?<!\d){part}(?!\d)", text)) if part.isdigit() else part in text


def _words(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, part in value.items():
                if name not in {"svg", "payload", "id", "ics", "url", "checked"}:
                    yield from _words(part)
        case list():
            for part in value:
                yield from _words(part)


def faults(expected: Expected, answer: Answer, talk: Talk) -> Iterator[str]:
    """What falls short of what a fair reader expects."""
    for key, wanted in expected.items():
        check = CHECKS.get(key)
        if check and (fault := check(wanted, answer, talk, expected)):
            yield f"{key}: {fault}"


def _language(wanted: str, answer: Answer, *_: object) -> str | None:
    return None if answer.language == wanted else f"{answer.language}, not {wanted}"


def _state(wanted: str, answer: Answer, *_: object) -> str | None:
    return None if answer.state == wanted else f"{answer.state}, not {wanted}"


def _text_any(wanted: Sequence[str], answer: Answer, *_: object) -> str | None:
    return None if any(has(answer.words, part) for part in wanted) else f"none of {wanted}"


def _text_all(wanted: Sequence[str], answer: Answer, *_: object) -> str | None:
    missing = [part for part in wanted if not has(answer.words, part)]
    return f"lacks {missing}" if missing else None


def _text_none(wanted: Sequence[str], answer: Answer, *_: object) -> str | None:
    found = [part for part in wanted if has(answer.words, part)]
    return f"says {found}" if found else None


def _chips(wanted: Mapping[str, Sequence[str]], answer: Answer, *_: object) -> str | None:
    missing = [part for part in wanted.get("has", ()) if not has(answer.chips, part)]
    kept = [part for part in wanted.get("lacks", ()) if has(answer.chips, part)]
    return f"lacks {missing}, keeps {kept} in {answer.chips.splitlines()}" if missing or kept else None


def _buttons(wanted: Sequence[str], answer: Answer, *_: object) -> str | None:
    is_there = any(has(button["title"], part) for button in answer.buttons for part in wanted)
    return None if is_there else f"none of {wanted}"


def _card_types(wanted: Sequence[str], answer: Answer, *_: object) -> str | None:
    shown = {card["type"] for card in answer.cards}
    return None if shown & set(wanted) else f"{sorted(shown)}, not {wanted}"


def _cards_all(wanted: Mapping[str, Any], answer: Answer, _talk: Talk, expected: Expected) -> str | None:
    return _cards(all, wanted, answer, expected)


def _cards_some(wanted: Mapping[str, Any], answer: Answer, _talk: Talk, expected: Expected) -> str | None:
    return _cards(any, wanted, answer, expected)


def _cards(every: Any, wanted: Mapping[str, Any], answer: Answer, expected: Expected) -> str | None:
    if expected.get("cards_or_honest") and HONEST.search(answer.said):
        return None
    if not answer.programmes:
        return "no programme"
    fits = every(_fits(card, wanted) for card in answer.programmes)
    return None if fits else f"{[(card['title'], card.get('level')) for card in answer.programmes]}, not {wanted}"


def _fits(card: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    places = " ".join(_words(card.get("places", [])))
    return all((
        "level" not in wanted or str(card.get("level")) == str(wanted["level"]),
        "level_any" not in wanted or str(card.get("level")) in map(str, wanted["level_any"]),
        "country" not in wanted or card.get("country") == wanted["country"],
        "place_contains" not in wanted or has(places, wanted["place_contains"]),
        "mode_contains" not in wanted or has(" ".join(card.get("modes", [])), wanted["mode_contains"]),
        "name_contains_any" not in wanted or any(has(card["title"], part) for part in wanted["name_contains_any"]),
    ))  # fmt: skip


def _not_same(wanted: bool, answer: Answer, talk: Talk, _expected: Expected) -> str | None:
    is_same = talk.before is not None and answer.said == talk.before.said
    return "the same again" if wanted and is_same else None


def _about_card(wanted: int, answer: Answer, talk: Talk, _expected: Expected) -> str | None:
    if len(talk.listed) < wanted:
        return None
    name = talk.listed[wanted - 1]["title"]
    return None if has(answer.words, name) else f"not about {name}"


CHECKS: Mapping[str, Any] = {
    "language": _language,
    "state": _state,
    "text_any": _text_any,
    "text_all": _text_all,
    "text_none": _text_none,
    "chips": _chips,
    "buttons_some": _buttons,
    "cards_any_type": _card_types,
    "cards_all": _cards_all,
    "cards_some": _cards_some,
    "not_same_as_before": _not_same,
    "about_card": _about_card,
}


def run(client: httpx2.Client, dialogue: Mapping[str, Any]) -> Iterator[tuple[int, str, list[str]]]:
    """Each turn that falls short: its number, what was said, what is wrong."""
    talk = Talk.begin(client, dialogue)
    for number, turn in enumerate(dialogue["turns"], 1):
        answer = talk.turn(turn)
        wrong = list(faults(turn.get("expect") or {}, answer, talk))
        talk.remember(answer)
        if wrong:
            yield number, turn.get("says") or turn["taps"], wrong


def main(sets: Sequence[str], url: str | None) -> int:
    """Print how many dialogues of each set pass; on a house of its own without an address."""
    if url is None:
        with tempfile.TemporaryDirectory() as folder, House(Path(folder) / "house") as house:
            return main(sets, house.url)
    with httpx2.Client(base_url=url, timeout=30) as client:
        for name in sets:
            report(client, name, names_short=name in MAY_BE_READ)
    return 0


def report(client: httpx2.Client, name: str, *, names_short: bool) -> None:
    """Print how many dialogues of a set pass, and the turns that fall short where they may be looked at."""
    paths = sorted((EVALUATION / name).glob("*.yml"))
    dialogues = [row for path in paths for row in yaml.safe_load(path.read_text("utf-8"))]
    passed = turns = short = 0
    for dialogue in dialogues:
        wrong = list(run(client, dialogue))
        passed += not wrong
        turns += len(dialogue["turns"])
        short += len(wrong)
        for number, said, why in wrong if names_short else ():
            say(f"  {dialogue['id']} {number}: {said}\n      " + "\n      ".join(why))
    of_all = f"{passed} of {len(dialogues)} pass; {turns - short} of {turns} turns are as a reader expects"
    say(f"{name.upper()}  {of_all}")


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=SETS, help="one set instead of all")
    parser.add_argument("--url", help="a house that is there already")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _asked()
    sys.exit(main([asked.only] if asked.only else SETS, asked.url))
