"""Which facts answer which question, by country: chosen by hand, because a wrong fact is worse than none."""

from collections.abc import Iterable, Sequence
from typing import Any

from actions.saying import Utterance, say
from programmes.facts import Fact, all_facts

MOST = 3
"""Facts in one answer."""

ANSWERS: dict[str, dict[str, tuple[str, ...]]] = {
    "transition_vmbo_mbo": {"NL": ("nl-mbo-2-admission", "nl-mbo-3-admission", "nl-mbo-4-admission")},
    "transition_mbo_hbo": {"NL": ("nl-mbo-hbo", "nl-hbo-wo-1-may"), "BE": ("be-dutch-diploma",)},
    "transition_havo_vwo": {"NL": ("nl-havo-vwo",)},
    "transition_other": {
        "NL": ("nl-vmbo-havo", "nl-havo-vwo", "nl-mbo-hbo"),
        "BE": ("be-finaliteit", "be-okan", "be-dutch-diploma"),
    },
    "switch_study": {
        "NL": ("nl-mbo-right-to-place", "nl-mbo-bsa", "nl-ho-bsa"),
        "BE": ("be-attest-b", "be-leerkrediet", "be-clb"),
    },
    "no_diploma_options": {
        "NL": ("nl-mbo-1-admission", "nl-staatsexamen", "nl-21-plus"),
        "BE": ("be-examencommissie", "be-graduaat-admission"),
    },
    "costs_and_finance": {
        "NL": ("nl-mbo-fees", "nl-student-finance", "nl-ho-fees"),
        "BE": ("be-schooltoeslag", "be-studietoelage"),
    },
    "truancy_law": {
        "NL": ("nl-leerplicht", "nl-kwalificatieplicht", "nl-16-hours"),
        "BE": ("be-leerplicht", "be-deeltijdse-leerplicht", "be-absence"),
    },
    "special_needs_support": {"NL": ("nl-passend-onderwijs",), "BE": ("be-clb",)},
    "work_and_learn": {"NL": ("nl-bbl", "nl-bol", "nl-bol-bbl-same-diploma"), "BE": ("be-duaal", "be-duaal-aanloop")},
    "compare_programmes": {"NL": ("nl-bol", "nl-bbl"), "BE": ()},
}
"""Intent -> country -> ids of facts, the most useful first. A test holds that each exists in its country."""


def answers(intent: str, country: str) -> list[Fact]:
    """The facts that answer an intent in a country; none when we have none."""
    return by_ids(ANSWERS.get(intent, {}).get(country, ()))


def by_ids(ids: Sequence[str]) -> list[Fact]:
    """Facts in the order of their ids."""
    known = {fact.id: fact for fact in all_facts()}
    return [known[id] for id in ids]


def say_facts(key: str, facts: Iterable[Fact], *, buttons: Sequence[dict[str, Any]]) -> Utterance:
    """A sentence, and at most three facts as cards, each with its source."""
    shown = list(facts)[:MOST]
    return say(
        key, cards=[fact.as_card() for fact in shown], buttons=buttons, sources=[fact.as_source() for fact in shown]
    )
