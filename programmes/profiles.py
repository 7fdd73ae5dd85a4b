"""Which profile and subjects a Dutch programme asked for in 2017: the newest rule that we hold for each programme.

Found by the programme's official code alone. Much has changed since, so it is told with its year and to be asked of
the school, never as what holds now (`data/admission/profiles_2017.csv`, `extra_2017.csv`).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from programmes.admission import ADMISSION
from programmes.models import Programme
from programmes.sources import Cited, all_sources

YEAR = "2017"
PROFILES = ("nt", "ng", "em", "cm")
DIPLOMAS = ("havo", "vwo")

Bilingual = Mapping[str, str]


@dataclass(frozen=True)
class ProfileRule:
    """What one programme asked of who came with one diploma."""

    code: str
    start: str
    """havo or vwo."""
    asked: Mapping[str, Bilingual]
    """Profile -> what it asked, in both languages."""
    extra: Bilingual | None
    """What it asked of everybody besides."""
    source: Cited


def profile_rule(programme: Programme, *, start: str | None) -> ProfileRule | None:
    """The rule of a programme for a diploma, else for havo, else for vwo; None where we hold none.

    Args:
        start: where somebody stands, as `programmes.admission` calls it.
    """
    if (programme.country, programme.system) != ("NL", "ho"):
        return None
    diplomas = (start, *DIPLOMAS) if start in DIPLOMAS else DIPLOMAS
    return next((rule for diploma in diplomas if (rule := _rules().get((programme.code, diploma)))), None)


@cache
def _rules() -> Mapping[tuple[str, str], ProfileRule]:
    words = yaml.safe_load((ADMISSION / "requirements.yml").read_text(encoding="utf-8"))
    extra = {row["code"]: words["extra"][row["asks"]] for row in _read("extra_2017.csv")}
    source = all_sources()["regeling-ho-2017"]
    return {
        (row["code"], row["start"]): ProfileRule(
            code=row["code"],
            start=row["start"],
            asked={profile: said(row[profile], words["subjects"]) for profile in PROFILES},
            extra=extra.get(row["code"]),
            source=source,
        )
        for row in _read("profiles_2017.csv")
    }


def said(asked: str, names: Mapping[str, Bilingual]) -> Bilingual:
    """What a cell of the table asks, in words: "wisB+nat/nlt" is maths B, and physics or nlt."""
    if asked in names:
        return names[asked]
    if asked.startswith("2:"):
        chosen = asked.removeprefix("2:").split(",")
        return {
            "nl": f"twee van de vakken {_listed(chosen, names, 'nl', 'en')}",
            "en": f"two of the subjects {_listed(chosen, names, 'en', 'and')}",
        }
    parts = [part.split("/") for part in asked.split("+")]
    return {
        language: f" {also} ".join(_listed(part, names, language, either) for part in parts)
        for language, also, either in (("nl", "en ook", "of"), ("en", "and also", "or"))
    }


def _listed(subjects: list[str], names: Mapping[str, Bilingual], language: str, last: str) -> str:
    called = [names[one][language] for one in subjects]
    return f" {last} ".join(filter(None, (", ".join(called[:-1]), called[-1])))


def _read(name: str) -> list[dict[str, Any]]:
    with (ADMISSION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
