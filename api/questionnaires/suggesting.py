"""Programmes to look at for somebody's interests: three at first, of three levels, and why each of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.questionnaires.asking import Utterance, mark
from api.questionnaires.kept import Kept
from api.questionnaires.payloads import button
from api.questionnaires.telling import means
from api.states import Country
from core.errors import Refused
from programmes.cards import name_of, programme_card, sources_of, with_one_caution
from programmes.catalogue import Catalogue
from programmes.interest_matching import Match, match_programmes
from programmes.levels import WISHES
from programmes.wishes import Wishes
from questionnaires.bank import questionnaire
from questionnaires.session import result

AT_ONCE = 3
"""Cards of one message; the rest comes after "toon er meer"."""


def suggest(
    kept: Kept, catalogue: Catalogue, *, country: Country, slots: Mapping[str, Any], skip: int = 0
) -> list[Utterance]:
    """The next three programmes; nothing for other questionnaires, and nothing without a direction.

    Args:
        kept: a run through the interests.
        catalogue: where to look. Blocks: call this in a thread.
        country: of the school.
        slots: what the bot knows of wishes: a level and a town move programmes up, and hide none.
        skip: how many were shown already.
    """
    profile = result(kept.session).profile
    if kept.id != "interests" or profile.is_undifferentiated or not profile.top:
        return []
    wishes = Wishes.from_slots(slots)
    place = catalogue.places.link(wishes.city, country=country.value) if wishes.city else None
    try:
        matches = match_programmes(
            catalogue,
            profile.values(),
            country=country.value,
            level=wishes.level if wishes.level in WISHES else None,
            municipalities=place.municipalities if place else (),
            less_like=kept.less_like,
        )
    except Refused:  # too little was answered about one of the six
        return [{"say": "questionnaire.no_direction", "questionnaire": mark(kept.id)}]
    return [_shown(kept, _levels_first(matches), catalogue, skip=skip)] if matches else []


def _levels_first(matches: Sequence[Match]) -> list[Match]:
    """The best of each level before a second one of a level: the first three are of three levels."""
    best: dict[str | None, Match] = {}
    for match in matches:
        best.setdefault(match.programme.level, match)
    first = list(best.values())
    return [*first, *(match for match in matches if match not in first)]


def _shown(kept: Kept, matches: Sequence[Match], catalogue: Catalogue, *, skip: int) -> Utterance:
    here = matches[skip : skip + AT_ONCE]
    offers = catalogue.offerings([match.programme.id for match in here])
    made = [
        {**programme_card(match.programme, offers.get(match.programme.id, ()), catalogue), "why": _why(match)}
        for match in here
    ]
    cards = with_one_caution(made, [match.programme for match in here])
    less = [
        button("less", "less", kept.id, {"name": name_of(match.programme)}, id=match.programme.id) for match in here
    ]
    more = [button("more", "programmes", kept.id, skip=skip + AT_ONCE)] if len(matches) > skip + AT_ONCE else []
    key = "more_programmes" if skip else "fewer_alike" if kept.less_like else "programmes"
    return {
        "say": f"questionnaire.{key}",
        "cards": cards,
        "buttons": [*more, *less],
        "sources": sources_of(cards),
        "questionnaire": mark(kept.id, part="result"),
    }


def _why(match: Match) -> dict[str, Any]:
    """Because of what they like; that it is an estimate is said."""
    key = "why_estimated" if match.is_estimated else "why"
    return {"say": f"questionnaire.{key}", "with": {"means": means(questionnaire("interests"), match.because)}}
