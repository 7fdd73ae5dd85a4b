"""Two or three programmes side by side, as a card: property by property; what we do not know is called so."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from programmes.cards import name_of, programme_card, said_length, sources_of
from programmes.catalogue import Catalogue
from programmes.lengths import length_of
from programmes.models import Offering, Programme

UNKNOWN = {"say": "card.comparison.unknown"}
MOST_SCHOOLS = 3
"""Schools in one cell; the programme's own card names more."""

Cell = Mapping[str, Any] | str | None
Property = Callable[[Programme, Sequence[Offering], Catalogue], Cell]


def comparison_card(programmes: Sequence[Programme], catalogue: Catalogue) -> dict[str, Any]:
    """The contract's card `comparison`; a property that is unknown for all is left out."""
    offers = catalogue.offerings([one.id for one in programmes])
    rows = []
    for field, value_of in PROPERTIES.items():
        values = [value_of(one, offers.get(one.id, ()), catalogue) for one in programmes]
        if any(values):
            label = {"say": f"card.comparison.{field}"}
            rows.append({"field": field, "label": label, "values": [value or UNKNOWN for value in values]})
    names = [name_of(one) for one in programmes]
    spoken = {f"of_{at}": _spoken(name, rows, at) for at, name in enumerate(names, 1)}
    return {
        "type": "comparison",
        "title": {"say": "card.comparison.title", "with": {"names": names}},
        "text": {"say": f"card.comparison.text_{len(names)}", "with": spoken},
        "programmes": [{"id": one.id, "name": name} for one, name in zip(programmes, names, strict=True)],
        "rows": rows,
        "sources": sources_of([programme_card(one, offers.get(one.id, ()), catalogue) for one in programmes]),
    }


def _spoken(name: Mapping[str, str], rows: Sequence[Mapping[str, Any]], at: int) -> Mapping[str, Any]:
    """All that is known of one programme in a line, for who listens instead of looks."""
    parts = [{"say": "card.comparison.part", "with": {"label": r["label"], "value": r["values"][at - 1]}} for r in rows]
    return {"say": "card.comparison.of", "with": {"name": name, "parts": parts}}


def _level(one: Programme, offers: Sequence[Offering], catalogue: Catalogue) -> Cell:
    return {"say": f"level.{one.level}"} if one.level else None


def _modes(one: Programme, offers: Sequence[Offering], catalogue: Catalogue) -> Cell:
    if not one.modes:
        return None
    return {
        "say": "card.comparison.list",
        "with": {"parts": [{"say": f"panel.card.mode.{mode}"} for mode in one.modes]},
    }


def _duration(one: Programme, offers: Sequence[Offering], catalogue: Catalogue) -> Cell:
    return said_length(length_of(one, offers))


def _sector(one: Programme, offers: Sequence[Offering], catalogue: Catalogue) -> Cell:
    return one.domain


def _schools(one: Programme, offers: Sequence[Offering], catalogue: Catalogue) -> Cell:
    names = sorted({catalogue.institutions[offer.institution_code].name for offer in offers})
    more = len(names) - MOST_SCHOOLS
    shown = ", ".join(names[:MOST_SCHOOLS])
    if more > 0:
        return {"say": "card.comparison.and_more", "with": {"shown": shown, "more": more}}
    return shown or None


def _last_seen(one: Programme, offers: Sequence[Offering], catalogue: Catalogue) -> Cell:
    return one.last_seen


PROPERTIES: Mapping[str, Property] = {
    "level": _level,
    "modes": _modes,
    "duration": _duration,
    "sector": _sector,
    "schools": _schools,
    "last_seen": _last_seen,
}
