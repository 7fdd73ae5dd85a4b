"""Searches for wishes and says what was found, the same way for a new search, a refinement, a step back and "more"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from actions.saying import ASK_HUMAN, DEADLINES, HELP, Utterance, button, say
from actions.wishing import chips, shown_as, spoken, storable
from programmes.admission import Station, station
from programmes.cards import hit_card, programme_card, sources_of, with_one_caution
from programmes.catalogue import Catalogue
from programmes.filters import EXACTLY
from programmes.next_steps import is_next
from programmes.search import SearchResult, search_programmes
from programmes.standing import diploma_of
from programmes.wishes import Wishes

FOUND = 30
"""Programmes that "more" can reach: ten times three."""
SHOWN = 3
WIDE = 60
"""More than this, without a subject, is no answer yet: ask what somebody likes."""

MORE = button("search.button.more", "more")
STEP_BACK = button("search.button.go_back", "go_back")

STARTS: tuple[Utterance, ...] = tuple(
    button(f"search.start.{interest}", "find_programme", {"interest": word})
    for interest, word in (("care", "zorg"), ("technology", "techniek"), ("animals", "dieren"))
)
"""Examples of an interest, for who has no words yet."""


def ask_for_wishes() -> Utterance:
    """Ask what somebody likes: there is nothing to search for yet."""
    return say("search.ask", buttons=[*STARTS, button("talk.button.choice_doubt", "choice_doubt")])


def search(
    catalogue: Catalogue, wishes: Wishes, vector: NDArray[np.float32] | None = None, *, standing: str | None = None
) -> tuple[list[Utterance], dict[str, Any]]:
    """Search, and say what was found. Blocks.

    Args:
        standing: code of where somebody stands, if they told; without a wished level, what follows on it comes first.
    Returns:
        What to say, and the slots that carry the search on.
    """
    if wishes.is_empty:
        return [ask_for_wishes()], {"wishes": storable(wishes, catalogue), "found_programmes": [], "shown": 0}
    wishes = _with_its_place(wishes, catalogue)
    result, is_abroad = _searched(catalogue, wishes, vector, standing)
    ids = [hit.programme.id for hit in result.hits]
    slots = {
        "wishes": storable(wishes, catalogue),
        "found_programmes": ids,
        "shown": min(SHOWN, len(ids)),
        "current_programme": None,  # "hoe lang duurt dat?" now asks about these
    }
    shown = shown_as(wishes, catalogue)
    understood = say("search.understood", {"wishes": spoken(shown)}, buttons=chips(shown)[:4])
    if not result.hits:
        return [understood, say("search.none", buttons=[STEP_BACK, ASK_HUMAN])], slots
    after = _what_it_follows(result, wishes, standing)
    cards = _first_cards(catalogue, result, wishes, after, is_abroad=is_abroad)
    return [understood, *_said_of_place(result), cards], slots


def _with_its_place(wishes: Wishes, catalogue: Catalogue) -> Wishes:
    """The town as it is spelt, for "amsterdm" is shown as a chip."""
    place = catalogue.places.link(wishes.city, country=wishes.country) if wishes.city else None
    return replace(wishes, city=place.name) if place else wishes


def _searched(
    catalogue: Catalogue, wishes: Wishes, vector: NDArray[np.float32] | None, standing: str | None
) -> tuple[SearchResult, bool]:
    """What the visitor's own country has; else what the other one has, and that it is the other one."""
    own = search_programmes(catalogue, wishes, limit=FOUND, vector=vector, country=wishes.country, standing=standing)
    if own.hits:
        return _as_asked(own, wishes.mode), False
    return _as_asked(search_programmes(catalogue, wishes, limit=FOUND, vector=vector), wishes.mode), True


def _as_asked(result: SearchResult, mode: str | None = None) -> SearchResult:
    """Only what is offered in the place, of just the level and in the mode, where there is any; `search` ranks."""
    hits = result.hits
    if mode and any(hit.programme.modes for hit in hits) and "mode" not in result.relaxed:
        hits = tuple(hit for hit in hits if hit.programme.modes)  # of the others nobody told us the mode
    exactly = EXACTLY.get(result.understood.level or "")
    if exactly and any(hit.programme.level in exactly for hit in hits):
        hits = tuple(hit for hit in hits if hit.programme.level in exactly)
    if result.place_answer == "offer":
        if not hits[0].places:  # something else is offered there, but not what was asked for
            return replace(result, hits=hits, place_answer=None)
        hits = tuple(hit for hit in hits if hit.places)
    return replace(result, hits=hits, total=len(hits) if len(hits) < FOUND else result.total)


def _what_it_follows(result: SearchResult, wishes: Wishes, standing: str | None) -> Station | None:
    """Where the visitor stands, if that put first what is first."""
    if standing is None or result.understood.level:
        return None
    is_first = is_next(result.hits[0].programme, standing=standing, country=wishes.country)
    return station(diploma_of(standing), country=wishes.country) if is_first else None


def _first_cards(
    catalogue: Catalogue, result: SearchResult, wishes: Wishes, after: Station | None, *, is_abroad: bool
) -> Utterance:
    hits = result.hits[:SHOWN]
    cards = with_one_caution([hit_card(hit, catalogue) for hit in hits], [hit.programme for hit in hits])
    key = "search.found" if result.total > SHOWN else "search.found_all"
    if not wishes.query and result.total > WIDE:
        key = "search.found_wide"
    place = result.understood.place
    if result.place_answer == "offer" and result.total <= SHOWN:
        key = "search.found_there"
    if is_abroad:
        key = "search.found_abroad"
    if after is not None and key == "search.found":
        key = "search.found_after"
    values = {"total": result.total, "shown": len(cards), "place": place.name if place else ""}
    return say(
        key,
        values | ({"standing": after.title} if after else {}),
        cards=cards,
        buttons=next_steps(has_more=len(result.hits) > SHOWN, has_past=bool(wishes.past)),
        sources=sources_of(cards),
    )


def next_steps(*, has_more: bool, has_past: bool) -> list[Utterance]:
    """The sensible next steps after programmes were shown."""
    steps = [MORE] if has_more else []
    return [
        *steps,
        button("search.button.requirements", "admission_requirements"),
        *([STEP_BACK] if has_past else [DEADLINES]),
    ]


def _said_of_place(result: SearchResult) -> list[Utterance]:
    """The honest answer about a place, and wishes that nothing could meet."""
    if result.unknown_place:
        return [say("search.place.unknown", {"place": result.unknown_place})]
    if result.relaxed:
        return [say(f"search.relaxed.{result.relaxed[0]}")]
    place = result.understood.place
    if place is not None and result.place_answer is None and result.hits:
        return [say("search.place.no_source", {"place": place.name})]
    if result.place_answer is None or result.place_answer == "offer":
        return []
    schools = [school.institution.name for school in result.schools][:5]
    near = [
        {"say": "search.place.school_at", "with": {"school": one.institution.name, "place": one.institution.place}}
        for one in result.schools[:3]
    ]
    values = {"place": place.name if place else "", "schools": schools if result.place_answer == "seat" else near}
    return [say(f"search.place.{result.place_answer}", values)]


def show_more(catalogue: Catalogue, ids: Sequence[str], shown: int) -> tuple[list[Utterance], Mapping[str, Any]]:
    """The next three of the last search. Blocks."""
    following = [programme for id in ids[shown : shown + SHOWN] if (programme := catalogue.find(id))]
    if not following:
        return [say("search.no_more" if ids else "search.nothing_to_show", buttons=[STEP_BACK, ASK_HUMAN, HELP])], {}
    offers = catalogue.offerings([programme.id for programme in following])
    cards = with_one_caution([programme_card(one, offers.get(one.id, ()), catalogue) for one in following], following)
    now_shown = shown + len(following)
    steps = next_steps(has_more=now_shown < len(ids), has_past=False)
    return [
        say("search.more", {"from": shown + 1, "to": now_shown}, cards=cards, buttons=steps, sources=sources_of(cards))
    ], {"shown": now_shown}
