"""In which region somebody's town lay, for who has no diploma: said with its year, for the division has changed."""

from collections.abc import Mapping
from typing import Any

from actions.catalogue import catalogue
from actions.hearing import Heard
from actions.saying import Utterance
from programmes.facts import cite
from programmes.models import RmcRegion
from programmes.places import LinkedPlace
from programmes.sources import all_sources
from programmes.wishes import Wishes

ASKED = "no_diploma_options"


def with_region(said: Utterance, slots: Mapping[str, Any], heard: Heard) -> Utterance:
    """The answer, with the region as a last card when the talk knows a Dutch town. Blocks."""
    city = Wishes.from_slots(slots).city
    if heard.intent != ASKED or heard.country != "NL" or not said["cards"] or city is None:
        return said
    opened = catalogue()
    place = opened.places.link(city)
    region = opened.rmc_region(place) if place else None
    if place is None or region is None:
        return said
    return {**said, "cards": [*said["cards"], _card(place, region)], "sources": [*said["sources"], _source(region)]}


def _card(place: LinkedPlace, region: RmcRegion) -> dict[str, Any]:
    values = {"place": place.name, "region": region.name, "year": region.year}
    return {"type": "fact", "id": f"nl-rmc-{region.number}", "text": {"say": "card.fact.rmc_region", "with": values}}


def _source(region: RmcRegion) -> dict[str, Any]:
    source = all_sources()[region.source_id]
    return cite(source, valid=region.year, checked_on=region.checked_on, is_verified=region.is_verified)
