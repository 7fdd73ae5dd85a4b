"""How questionnaires are offered and asked, as utterances; the words are in api/texts."""

from collections.abc import Sequence
from typing import Any

from api.questionnaires.kept import Asked, Kept
from api.questionnaires.payloads import MENU, button, payload
from questionnaires.bank import IDS, Item, Questionnaire, questionnaire
from questionnaires.session import Session

Utterance = dict[str, Any]

OTHER = {"say": "questionnaire.button.other", "payload": MENU}
MINUTES = {"short": 3, "long": 10}
"""How long a form takes; five where there is one form."""


def mark(of: str, item: str | None = None, *, part: str = "") -> dict[str, Any]:
    """What an utterance has to do with a questionnaire.

    Args:
        of: which one.
        item: the item that it asks.
        part: "item" or "result" when it tells what somebody answered: then it is no coach's business unasked.
    """
    return {"of": of, "item": item, "part": part}


def menu(asked: Asked, *, first: str = IDS[0]) -> Utterance:
    """All four, the fitting ones first; what was begun can go on."""
    ordered = sorted(IDS, key=lambda id: (id != first, IDS.index(id)))
    begun = _begun(asked)
    buttons = [_choose(id) for id in ordered]
    if begun is None:
        return {"say": "questionnaire.menu", "buttons": buttons}
    return {
        "say": "questionnaire.menu_begun",
        "with": {"name": dict(begun.session.bank.name), **_progress(begun.session)},
        "buttons": [_resume(begun), *(one for id, one in zip(ordered, buttons, strict=True) if id != begun.id)],
        "questionnaire": mark(begun.id),
    }


def choose(asked: Asked, of: str, *, is_anew: bool = False) -> Utterance:
    """What one is about, and how long it takes; begun already, it can go on.

    Args:
        asked: until now.
        of: which one.
        is_anew: it was said that it shall begin again.
    """
    begun = asked.of(of)
    if begun is not None and begun.is_open and begun.session.at and not is_anew:
        return {
            "say": "questionnaire.choose_begun",
            "with": {"name": dict(begun.session.bank.name), **_progress(begun.session)},
            "buttons": [_resume(begun), *_forms(of), OTHER][:4],
            "questionnaire": mark(of),
        }
    return {"say": f"questionnaire.choose.{of}", "buttons": [*_forms(of), OTHER]}


def item(kept: Kept, key: str | None = None) -> Utterance:
    """The waiting item with its answers as buttons, and what else can be done.

    Args:
        kept: a run that waits for an answer.
        key: of what is said before it.
    """
    session = kept.session
    asked = session.waiting
    if asked is None:
        raise ValueError(f"{kept.id} waits for nothing")
    answers = [
        {**_option(asked, value), "payload": payload("answer", kept.id, item=asked.id, value=value)}
        for value in _values(asked)
    ]
    acts = ["back", "skip", "pause", "stop"] if session.at else ["skip", "pause", "stop"]
    return {
        **({"say": key} if key else {}),
        "cards": [_card(session, asked)],
        "buttons": [*answers, *(button(act, act, kept.id, item=asked.id) for act in acts)],
        "questionnaire": mark(kept.id, asked.id, part="item"),
    }


def paused(kept: Kept) -> Utterance:
    """It rests; nothing is lost."""
    buttons = [_resume(kept), *([button("so_far", "stop", kept.id)] if kept.session.answers else []), OTHER]
    return {
        "say": "questionnaire.paused",
        "with": _progress(kept.session),
        "buttons": buttons,
        "questionnaire": mark(kept.id),
    }


def reminder(kept: Kept) -> Utterance:
    """It still waits, after something that mattered more."""
    return {
        "say": "questionnaire.waits",
        "with": {"name": dict(kept.session.bank.name), **_progress(kept.session)},
        "buttons": [_resume(kept), button("pause", "pause", kept.id)],
        "questionnaire": mark(kept.id),
    }


def stopped_empty(kept: Kept) -> Utterance:
    """It ended before anything was answered."""
    return {"say": "questionnaire.stopped_empty", "buttons": [_resume(kept), OTHER], "questionnaire": mark(kept.id)}


def over(kept: Kept) -> Utterance:
    """A button of one that is done already."""
    buttons = [button("result", "result", kept.id), button("again", "again", kept.id), OTHER]
    return {"say": "questionnaire.over", "buttons": buttons, "questionnaire": mark(kept.id)}


def _begun(asked: Asked) -> Kept | None:
    return next((run for run in asked.runs if run.is_open and run.session.at), None)


def _forms(of: str) -> list[Utterance]:
    bank = questionnaire(of)
    return [_start(bank, form) for form in bank.forms]


def _start(bank: Questionnaire, form: Any) -> Utterance:
    values = {"count": len(bank.order(form)), "minutes": MINUTES[form] if len(bank.forms) > 1 else 5}
    key = f"start_{form}" if len(bank.forms) > 1 else "start"
    return button(key, "start", bank.id, values, form=form)


def _choose(of: str) -> Utterance:
    return button("choose", "choose", of, {"name": dict(questionnaire(of).name)})


def _resume(kept: Kept) -> Utterance:
    return button("resume", "resume", kept.id)


def _progress(session: Session) -> dict[str, int]:
    item, of = session.progress
    return {"item": item, "of": of}


def _values(asked: Item) -> Sequence[int]:
    return [option.value for option in asked.options]


def _option(asked: Item, value: int) -> Utterance:
    option = next(one for one in asked.options if one.value == value)
    if asked.is_choice:
        return {"say": "questionnaire.side", "with": {"letter": "AB"[value - 1], "text": dict(option.text)}}
    return {"say": "questionnaire.option", "with": {"face": option.face, "text": dict(option.text)}}


def _card(session: Session, asked: Item) -> Utterance:
    """The contract's card `question`."""
    progress = _progress(session)
    text: Utterance = {"say": "questionnaire.item", "with": {"ask": dict(session.bank.ask), "item": dict(asked.text)}}
    if asked.is_choice:
        one, other = (dict(option.text) for option in asked.options)
        text = {"say": "questionnaire.choice", "with": {"ask": dict(session.bank.ask), "one": one, "other": other}}
    return {
        "type": "question",
        "questionnaire": session.questionnaire,
        **progress,
        "id": asked.id,
        "title": {"say": "questionnaire.progress", "with": progress},
        "text": text,
        "name": dict(session.bank.name),
        "ask": dict(session.bank.ask),
        "statement": dict(asked.text) or None,
        "scale": [
            {"value": option.value, "face": option.face, "title": _option(asked, option.value)}
            for option in asked.options
        ],
        "chosen": session.answers.get(asked.id),
    }
