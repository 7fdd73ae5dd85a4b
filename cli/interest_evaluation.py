"""`wegwijs evaluate`: how good the estimated interests of programmes are, and whether somebody finds what fits them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

import yaml

from bot.encoder import EncoderMissing
from core.settings import get_settings
from programmes.catalogue import Catalogue
from programmes.interest_estimates import Estimator, leave_one_out
from programmes.interest_matching import match_programmes
from programmes.interests import INTERESTS
from questionnaires import session as sessions
from questionnaires.bank import HIGHEST, LOWEST, Form, questionnaire

BAR = 0.6
FIRST = 5
LOWEST_OF_ONET, HIGHEST_OF_ONET = 1.0, 7.0

type Person = Mapping[str, float]


def estimates_report(catalogue: Catalogue) -> Iterator[str]:
    """The leave-one-out correlation of the estimates; one line of why where the encoders are missing."""
    try:
        found = leave_one_out(catalogue, Estimator(catalogue, cache=get_settings().data_dir))
    except EncoderMissing as error:
        yield f"INTERESTS OF PROGRAMMES  not measured: {error}"
        return
    profiles = [row for (kind, _), row in catalogue.interests.items() if kind == "programme"]
    estimated = sum(row.is_estimated for row in profiles)
    yield f"INTERESTS OF PROGRAMMES  {len(profiles)} of {len(catalogue.programmes)}, of which {estimated} estimated"
    values = list(found.values())
    yield (
        f"  {len(values)} known ones, estimated without themselves and without occupations of the same profile: "
        f"correlation {fmean(values):.2f} (median {median(values):.2f}, "
        f"{BAR} and more {sum(one >= BAR for one in values) / len(values):.0%})"
    )
    kinds: dict[str, list[float]] = {}
    for id, value in found.items():
        row = catalogue.programmes[id]
        kinds.setdefault(f"{row.country} {row.system}", []).append(value)
    yield "  by kind: " + "   ".join(f"{kind} {fmean(some):.2f} ({len(some)})" for kind, some in sorted(kinds.items()))


def occupations_report(catalogue: Catalogue, path: Path) -> Iterator[str]:
    """The share of simulated people who see a fitting programme among the first five.

    Args:
        path: a list of occupations with `interests` and, by country, the `programmes` that fit.
    """
    people: Sequence[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    ways: dict[str, Callable[[Person], Person]] = {
        "the profile itself": lambda person: person,
        "through the 60 items": lambda person: answered(person, form="long"),
        "through the 18 items": lambda person: answered(person, form="short"),
    }
    for way, taken in ways.items():
        seen = [_sees(catalogue, one, country, taken) for one in people for country in one["programmes"]]
        yield (
            f"PROGRAMMES FOR INTERESTS  {len(people)} occupations, {way}: "
            f"a fitting one in the first {FIRST} {sum(seen) / max(len(seen), 1):.1%} ({len(seen)})"
        )


def answered(person: Person, *, form: Form) -> Person:
    """What the interest questionnaire makes of somebody who answers it as their profile says.

    Answers are whole numbers, so of a liking between two of them some items get one and some the other.
    """
    bank = questionnaire("interests")
    run = sessions.start("interests", form=form, language="nl", now=0.0)
    given: dict[str, int] = dict.fromkeys(bank.scales, 0)
    owed: dict[str, float] = dict.fromkeys(bank.scales, 0.0)
    while (item := run.waiting) is not None:
        scale = item.scales[0]
        share = (person[scale] - LOWEST_OF_ONET) / (HIGHEST_OF_ONET - LOWEST_OF_ONET)
        owed[scale] += LOWEST + share * (HIGHEST - LOWEST)
        value = min(max(round(owed[scale] - given[scale]), LOWEST), HIGHEST)
        given[scale] += value
        run = sessions.answer(run, value, now=run.asked_at + 4)
    return sessions.result(run).profile.values()


def _sees(catalogue: Catalogue, one: Mapping[str, Any], country: str, taken: Callable[[Person], Person]) -> bool:
    person = taken({name: float(one["interests"][name]) for name in INTERESTS})
    shown = match_programmes(catalogue, person, country=country)[:FIRST]
    fitting = {catalogue.group.get(id, id) for id in one["programmes"][country]}
    return any(catalogue.group.get(match.programme.id) in fitting for match in shown)
