"""How a result is told, as utterances: a picture, plain words, what it does not say, and what to do with it."""

from collections.abc import Sequence
from typing import Any

from api.chat.handover import ASK_HUMAN
from api.questionnaires.asking import OTHER, Utterance, mark, stopped_empty
from api.questionnaires.kept import Kept
from api.questionnaires.payloads import MENU, button
from api.states import Country
from questionnaires.bank import Questionnaire
from questionnaires.scoring import Profile
from questionnaires.session import Result, Status, result
from questionnaires.tips import Advice, advise

SURE = 0.65
"""Confidence (0.5-1.0) from which the third of the top is named."""
TIPS_AT_ONCE = 2
"""Scales of which tips are shown before "meer tips": each has two."""

COACH = {"say": "questionnaire.button.coach", "payload": ASK_HUMAN}


def told(kept: Kept, *, country: Country) -> list[Utterance]:
    """The result, also of a run that was stopped half way; for study questionnaires with things to try."""
    found = result(kept.session)
    if not kept.session.answers:
        return [stopped_empty(kept)]
    said = _result(kept, found, country)
    if kept.id in {"attitude", "method"} and found.profile.values():
        return [said, *tips(kept, country=country)]
    return [said]


def tips(kept: Kept, *, country: Country, skip: int = 0) -> list[Utterance]:
    """Two things to try for each low scale, lowest first, and whom to ask at school.

    Args:
        kept: the run.
        country: of the school.
        skip: how many scales were shown already.
    """
    advice = advise(result(kept.session).profile, country=country.value)
    low = list(advice.tips)
    here = low[skip : skip + TIPS_AT_ONCE]
    left = len(low) - skip - len(here)
    more = [button("more_tips", "tips", kept.id, skip=skip + TIPS_AT_ONCE)] if left > 0 else []
    return [
        {
            "say": "questionnaire.tips" if here else "questionnaire.no_tips",
            "with": {"whom": dict(advice.help)},
            "cards": [_tip(kept.session.bank, scale, advice) for scale in here],
            "buttons": [*more, COACH],
            "questionnaire": mark(kept.id, part="result"),
        }
    ]


def sharing(kept: Kept) -> Utterance:
    """Asks before anything is shared."""
    yes, no = button("share_yes", "share_yes", kept.id), button("share_no", "share_no", kept.id)
    return {
        "say": "questionnaire.share_asked",
        "with": {"name": dict(kept.session.bank.name)},
        "buttons": [yes, no],
        "questionnaire": mark(kept.id),
    }


def shared(kept: Kept) -> Utterance:
    """It is shared, or no longer, or never was."""
    if kept.shared_at is None:
        return {"say": "questionnaire.not_shared", "buttons": [OTHER, COACH], "questionnaire": mark(kept.id)}
    buttons = [COACH, button("unshare", "unshare", kept.id)]
    return {"say": "questionnaire.shared", "buttons": buttons, "questionnaire": mark(kept.id)}


def no_result() -> Utterance:
    """Nothing was filled in here."""
    menu = {"say": "button.questionnaires", "payload": MENU}
    return {"say": "questionnaire.no_result", "buttons": [menu, COACH]}


def _result(kept: Kept, found: Result, country: Country) -> Utterance:
    bank = kept.session.bank
    is_open = kept.session.status is not Status.DONE
    cautions = [{"say": f"questionnaire.caution.{caution.value}"} for caution in found.cautions]
    partial = [{"say": "questionnaire.partial"}] if found.is_partial else []
    share = button("unshare", "unshare", kept.id) if kept.shared_at else button("share", "share", kept.id)
    first = button("resume", "resume", kept.id) if is_open else button("again", "again", kept.id)
    return {
        **_words(bank, found.profile, country),
        "cards": [
            {
                "type": "result",
                "questionnaire": kept.id,
                "scores": [
                    {"scale": one.scale, "name": dict(bank.scales[one.scale].name), "value": one.value}
                    for one in found.profile.scores
                ],
                "cautions": [*partial, *cautions],
                "limits": {"say": "questionnaire.limits"},
                "programmes": [],
            }
        ],
        "buttons": [first, OTHER, share, COACH],
        "questionnaire": mark(kept.id, part="result"),
    }


def _words(bank: Questionnaire, profile: Profile, country: Country) -> Utterance:
    """What stands out, in a sentence or two."""
    if not profile.top:
        return {"say": "questionnaire.too_little"}
    if bank.id in {"attitude", "method"}:
        strengths = advise(profile, country=country.value).strengths
        return {"say": "questionnaire.strengths", "with": {"strengths": _names(bank, strengths)}}
    if profile.is_undifferentiated:
        return {"say": "questionnaire.undifferentiated"}
    if bank.id == "values":
        return {"say": "questionnaire.values", "with": {"means": means(bank, profile.top)}}
    if len(profile.top) == 1:
        return {"say": "questionnaire.too_little"}
    first, *others = [dict(bank.scales[scale].person or bank.scales[scale].name) for scale in profile.top]
    is_sure = len(others) > 1 and profile.confidence >= SURE
    return {
        "say": "questionnaire.interests_three" if is_sure else "questionnaire.interests_two",
        "with": {"first": first, "others": others if is_sure else others[:1], "means": means(bank, profile.top[:2])},
    }


def _names(bank: Questionnaire, scales: Sequence[str]) -> list[dict[str, str]]:
    return [dict(bank.scales[scale].name) for scale in scales]


def means(bank: Questionnaire, scales: Sequence[str]) -> dict[str, Any]:
    """What scales mean, as one value: commas alone would not tell where the next begins."""
    first, *others = scales
    said = dict(bank.scales[first].means)
    return {"say": "questionnaire.both", "with": {"one": said, "other": means(bank, others)}} if others else {**said}


def _tip(bank: Questionnaire, scale: str, advice: Advice) -> dict[str, Any]:
    one, other = (dict(tip) for tip in advice.tips[scale])
    return {
        "type": "tip",
        "title": dict(bank.scales[scale].name),
        "text": {"say": "questionnaire.two_tips", "with": {"one": one, "other": other}},
    }
