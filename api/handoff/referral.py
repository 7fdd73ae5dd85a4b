"""Who else may be needed: the route that a case takes beside the school's own coach."""

from collections.abc import Collection

from api.states import Country

ABSENCE = frozenset({"truancy", "wants_to_quit"})
"""Kinds of signals for which a country has an office of its own."""

ADULT = 18


def route(kinds: Collection[str], *, country: Country, age: int | None) -> str:
    """Where a case leads, if the school's coach cannot solve it alone.

    In the Netherlands compulsory education ends at 18, and the Doorstroompunt takes over from there; of somebody whose
    age we do not know the coach finds out first. In Flanders the CLB is there at every age.

    Source: facts on leerplicht, Doorstroompunt and CLB in programmes/data/facts.
    """
    if not ABSENCE & set(kinds):
        return "school_coach"
    if country is Country.BE:
        return "clb"
    if age is None:
        return "school_coach"
    return "doorstroompunt" if age >= ADULT else "leerplicht"
