"""Cards of programmes: what the catalogue knows of one, with its source and, where it may have ended, a caution."""

from collections.abc import Sequence
from typing import Any

from programmes.catalogue import Catalogue
from programmes.lengths import Length
from programmes.models import Offering, Programme, Recorded
from programmes.search import Hit

MOST_PLACES = 4
"""Places on a card; ux.md wants no walls."""


def hit_card(hit: Hit, catalogue: Catalogue) -> dict[str, Any]:
    """The card of something that was found, with the reason why."""
    card = programme_card(hit.programme, hit.places, catalogue)
    return {**card, "why": hit.why[0].as_text()} if hit.why else card


def programme_card(programme: Programme, places: Sequence[Offering], catalogue: Catalogue) -> dict[str, Any]:
    """The contract's card `programme`. A place is shown only where a school described its offer itself."""
    months = sorted({offer.duration_months for offer in places if offer.duration_months})
    card: dict[str, Any] = {
        "type": "programme",
        "id": programme.id,
        "title": {"say": "search.card.title", "with": {"name": name_of(programme)}},
        "level": programme.level,
        "level_name": {"say": f"level.{programme.level}"} if programme.level else None,
        "country": programme.country,
        "modes": list(programme.modes),
        "duration_months": months[0] if len(months) == 1 else None,
        "places": _places(places, catalogue),
        "text": _text(programme),
        "sources": [source_of(programme, catalogue), *(source_of(offer, catalogue) for offer in places[:1])],
    }
    return card


def with_one_caution(cards: Sequence[dict[str, Any]], programmes: Sequence[Programme]) -> list[dict[str, Any]]:
    """A list of cards that says once, on its last card without recent proof, that some of it may have ended."""
    unproven = [at for at, programme in enumerate(programmes) if programme.proof is None]
    caution = {"caution": {"say": "search.may_have_ended"}}
    return [{**card, **caution} if at == max(unproven, default=-1) else card for at, card in enumerate(cards)]


def name_of(programme: Programme) -> dict[str, str]:
    """Its name as a value that is said in the reader's language."""
    return {"nl": programme.name_nl, "en": programme.name_en}


def source_of(row: Recorded, catalogue: Catalogue) -> dict[str, Any]:
    """Where a row was read, as the contract writes a source."""
    source = catalogue.sources[row.source_id]
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "valid": source.dated,
        "checked": row.checked_on.isoformat(),
        "verified": row.is_verified,
    }


def sources_of(cards: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources of some cards, each once."""
    return list({(source["url"], source["title"]): source for card in cards for source in card["sources"]}.values())


def _text(programme: Programme) -> dict[str, Any]:
    level = {"say": f"level.{programme.level}"} if programme.level else {"say": "search.card.no_level"}
    if programme.modes:
        modes = {"say": f"search.card.modes.{'_'.join(programme.modes)}"}
    elif programme.system == "mbo":
        modes = {"say": "search.card.no_modes"}
    else:
        return {"say": "search.card.level", "with": {"level": level}}
    return {"say": "search.card.text", "with": {"level": level, "modes": modes}}


def _places(places: Sequence[Offering], catalogue: Catalogue) -> list[dict[str, Any]]:
    shown: dict[tuple[str, str | None], dict[str, Any]] = {}
    for offer in places:
        school = catalogue.institutions[offer.institution_code]
        place = {"institution": school.name, "place": offer.place, "cohort": offer.cohort, "url": offer.url}
        shown.setdefault((offer.institution_code, offer.place), place)
    return list(shown.values())[:MOST_PLACES]


def said_length(length: Length | None) -> dict[str, Any] | None:
    """A length as it is said: "3 jaar", "18 maanden", "meestal 2 jaar"."""
    if length is None:
        return None
    if length.years:
        key = f"card.length{'.usual' if length.is_usual else ''}.{'one_year' if length.years == '1' else 'years'}"
        return {"say": key, "with": {"years": length.years}}
    if length.least == length.most:
        return {"say": "card.length.months", "with": {"months": length.least}}
    return {"say": "card.length.months_between", "with": {"least": length.least, "most": length.most}}
