"""Which facts answer a question: those nearest to its words, else those that were chosen by hand for its intent."""

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.catalogue import catalogue
from actions.hearing import TOLD_FACTS, Heard
from actions.naming import named
from actions.saying import Utterance, say
from bot.questions import questions_in
from core.clock import now
from core.settings import get_settings
from programmes.calendars import ZONES
from programmes.fact_choice import BESIDE, KINDS, NEAR, SURE, FactChoice, Near
from programmes.facts import Fact, all_facts
from programmes.stems import fold

MOST = 3
"""Facts in one answer."""

MOST_SUBJECTS = 2
"""Facts of the last answer with which a question is asked anew; each costs 50 ms."""
MOST_BESIDE = 2
"""Facts in an answer that leans on the last one."""
CLEAR = 0.75
"""Nearness from which a question needs no subject from before."""
WITH_SUBJECT, TOLD_ALREADY = 0.85, 0.75
"""What nearness is worth that was partly lent by the last answer, and that of a fact which was in it."""

ROUTES = frozenset({
    "admission", "attest", "enrolment", "guidance", "length", "no_diploma_options", "structure", "switch_study",
    "transition_havo_vwo", "transition_mbo_hbo", "transition_other", "transition_vmbo_mbo",
})  # fmt: skip
"""Topics of how to get from one study to another."""
STAYING = frozenset({"guidance", "no_diploma_options", "special_needs_support", "truancy_law", "work_and_learn"})
"""Topics of staying in school, and of what there is beside it."""
MONEY = frozenset({"costs_and_finance"})

TOPICS: dict[str, frozenset[str]] = {
    "transition_vmbo_mbo": ROUTES,
    "transition_mbo_hbo": ROUTES,
    "transition_havo_vwo": ROUTES,
    "transition_other": ROUTES,
    "switch_study": ROUTES | STAYING | MONEY,
    "no_diploma_options": ROUTES | STAYING,
    "admission_requirements": ROUTES | {"work_and_learn"},
    "enrolment_deadline": MONEY | {"enrolment"},
    "compare_programmes": ROUTES | {"work_and_learn"},
    "work_and_learn": STAYING | MONEY | {"admission"},
    "costs_and_finance": STAYING | MONEY,
    "truancy_law": STAYING | MONEY | {"attest", "switch_study"},
    "special_needs_support": STAYING | MONEY,
    "parent_support": ROUTES | STAYING | MONEY | {"parent_support"},
    "start_interest_test": frozenset({"guidance", "parent_support"}),
}
"""Intent -> topics of its facts; those on other topics must be nearer. Wide where people mix them up: what fails is a
fact about money for who asks how to get in, not a fact about enrolment."""
ANY_TOPIC = frozenset(fact.topic for fact in all_facts())
"""Topics of an intent that says nothing of facts."""

ANSWERS: dict[str, dict[str, tuple[str, ...]]] = {
    "transition_vmbo_mbo": {"NL": ("nl-vmbo-mbo", "nl-mbo-right-to-place", "nl-mbo-extra-requirements")},
    "transition_mbo_hbo": {"NL": ("nl-mbo-hbo", "nl-hbo-wo-1-may"), "BE": ("be-dutch-diploma",)},
    "transition_havo_vwo": {"NL": ("nl-havo-vwo",)},
    "transition_other": {
        "NL": ("nl-vmbo-havo", "nl-havo-vwo", "nl-mbo-hbo"),
        "BE": ("be-finaliteit", "be-okan", "be-dutch-diploma"),
    },
    "switch_study": {
        "NL": ("nl-switch-mbo", "nl-mbo-right-to-place", "nl-ho-bsa"),
        "BE": ("be-change-direction", "be-attest-b", "be-clb"),
    },
    "no_diploma_options": {
        "NL": ("nl-mbo-1-admission", "nl-vavo", "nl-doorstroompunt"),
        "BE": ("be-examencommissie", "be-tweedekans", "be-graduaat-admission"),
    },
    "costs_and_finance": {
        "NL": ("nl-mbo-fees", "nl-student-finance", "nl-ho-fees"),
        "BE": ("be-schooltoeslag", "be-studietoelage", "be-lower-fee"),
    },
    "truancy_law": {
        "NL": ("nl-leerplicht", "nl-kwalificatieplicht", "nl-16-hours"),
        "BE": ("be-leerplicht", "be-deeltijdse-leerplicht", "be-absence"),
    },
    "special_needs_support": {"NL": ("nl-passend-onderwijs", "nl-mbo-support"), "BE": ("be-clb",)},
    "parent_support": {"NL": ("nl-parents-choice", "nl-guidance-people"), "BE": ("be-parents-choice", "be-clb")},
    "start_interest_test": {"NL": ("nl-interest-tests",), "BE": ("be-tools",)},
    "work_and_learn": {"NL": ("nl-bbl", "nl-bol", "nl-bol-bbl-same-diploma"), "BE": ("be-duaal", "be-duaal-aanloop")},
    "compare_programmes": {"NL": ("nl-bol", "nl-bbl"), "BE": ()},
}
"""Intent -> country -> ids of facts, the most useful first, for a button or when no fact is near to the words."""


NAMES = frozenset({"programme", "interest", "level", "mode", "programme_to", "level_to", "institution"})
"""Entities by which a message says itself what it is about."""
KIND_OF_LEVEL: Mapping[str, str] = {
    **dict.fromkeys(("mbo", "mbo-1", "mbo-2", "mbo-3", "mbo-4", "1", "2", "3", "4"), "mbo"),
    **dict.fromkeys(("hbo", "wo", "ad", "hbo-ma", "wo-ma"), "ho"),
    **dict.fromkeys(("bachelor", "bachelor-prof", "bachelor-acad", "master"), "ho"),
    "graduaat": "ho graduaat",
    **dict.fromkeys(("so", "so-1", "so-2", "so-3", "so-7", "buso"), "so"),
}
"""Level of the catalogue, or station where a way leads -> the kind of school that facts are about."""


ANSWERS_HIGHER: dict[str, dict[str, tuple[str, ...]]] = {
    "switch_study": {"NL": ("nl-stop-ho", "nl-ho-bsa"), "BE": ("be-ho-switch", "be-leerkrediet")},
    "costs_and_finance": {"NL": ("nl-ho-fees", "nl-student-finance-ho"), "BE": ("be-studietoelage", "be-lower-fee")},
}
"""The same for who talks about hbo or university."""


AGE_IS_MEANT = re.compile(
    r"\b(?:leeftijd|oud genoeg|te (?:oud|jong)|(?:my|his|her) age|old enough|too (?:old|young))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Answer:
    """Facts for one question, at most three."""

    facts: tuple[Fact, ...]
    is_near: bool
    """Whether the words of the question chose them."""
    is_sure: bool = False
    """Whether the first of them most probably is what was asked."""

    def key(self, heard: Heard) -> str:
        """The text that goes with facts that the words chose; not the one that was said last."""
        key = "study.facts.near" if self.is_sure else "study.facts.closest"
        is_again = key in heard.said_last and heard.told_facts is None  # who asks to repeat it wants the same
        return f"{key}_too" if is_again else key

    def remembered(self) -> EventType:
        """Keeps the answer, so that it can be said again: the words that chose it are not kept."""
        ids = [fact.id for fact in self.facts]
        return SlotSet(TOLD_FACTS, {"ids": ids, "is_near": self.is_near, "is_sure": self.is_sure})


@lru_cache(maxsize=1)
def fact_choice() -> FactChoice:
    """The facts of this process, with their vectors. Blocks while they are read."""
    return FactChoice(all_facts(), cache=get_settings().data_dir)


def answers(intent: str, heard: Heard, *, least: float = NEAR) -> Answer:
    """The facts that answer a question; none when we have none. Blocks: call it in a thread.

    Args:
        intent: what the question is about, or seems to be.
        least: how near to the words a fact must be.
    """
    told = heard.told_facts
    if told and told["ids"]:
        return Answer(tuple(by_ids(told["ids"])), is_near=told["is_near"], is_sure=told["is_sure"])
    near = _near_each(intent, heard, least) if heard.text else []
    if near:
        return Answer(tuple(one.fact for one in near[:MOST]), is_near=True, is_sure=near[0].is_sure)
    higher = by_ids(ANSWERS_HIGHER.get(intent, {}).get(heard.country, ()))
    if higher and _is_higher(heard):
        return Answer(tuple(higher), is_near=True)
    return Answer(tuple(by_ids(ANSWERS.get(intent, {}).get(heard.country, ()))), is_near=False)


def _is_higher(heard: Heard) -> bool:
    """Whether a question is about hbo or university: by the programme that it names, or by what was talked about."""
    name = heard.first("programme_to", "programme", "programme_from")
    found = named(catalogue(), name, heard) if name else []
    kind = KIND_OF_LEVEL.get(found[0].level or "", "") if found else study_of(heard)
    return "ho" in kind.split()


def _near_each(intent: str, heard: Heard, least: float) -> list[Near]:
    """The facts for the message, the best one for each question first where it asks two."""
    whole = _near(intent, heard, least)
    parts = questions_in(heard.text)
    if len(parts) == 1:
        return whole
    found = [_near(intent, replace(heard, text=part, vector=None, leans_on=()), least)[:1] for part in parts[:MOST]]
    first = {one.fact.id: one for one in [*itertools.chain(*found), *whole]}
    return list(first.values())


def _near(intent: str, heard: Heard, least: float) -> list[Near]:
    """The facts that the words choose: alone, or with the subject of what was just told when they lean on it."""
    heard = _with_the_age(heard)
    topics, study = TOPICS.get(intent, ANY_TOPIC), study_of(heard)
    found = fact_choice().choose(
        heard.text,
        country=heard.country,
        topics=topics,
        vector=heard.vector,
        least=least,
        study=study,
        place=_place(heard),
    )
    alone = found[0].nearness if found else 0.0
    if not heard.leans_on or alone >= CLEAR:
        return found
    both = sorted([*found, *_beside(heard, topics)], key=lambda one: one.nearness, reverse=True)
    first: dict[str, Near] = {}
    for one in both:
        first.setdefault(one.fact.id, one)
    return [one for one in first.values() if one.nearness >= BESIDE * both[0].nearness][:MOST_BESIDE]


def study_of(heard: Heard) -> str:
    """What the talk is about, in the words of `Fact.only_about`; empty where the message itself names something."""
    if heard.talk is None or not heard.is_leaning:
        return ""
    if named_now := heard.all(NAMES):  # "en bbl dan?" is about BBL, and of whatever kind of school
        return fold(" ".join([*KINDS, *named_now]))
    told = [fact.only_about for fact in by_ids(heard.talk.told) if fact.only_about]
    kinds = [kind for kind in sorted(KINDS) if any(about.search(kind) for about in told)]
    level = heard.talk.heading or heard.talk.wishes.get("level")
    known = catalogue()
    programmes = [one for id in heard.talk.programmes if (one := known.find(id))]
    levels = [level] if level else [one.level for one in programmes]
    own = [KIND_OF_LEVEL.get(one or "", "") for one in levels]
    if kinds and not set(kinds) & set(own):
        return " ".join(kinds)  # the talk has left what was searched for
    names = [name for one in programmes for name in (one.name_nl, one.name_en)]
    wished = [heard.talk.wishes.get(name) for name in ("query", "level", "mode")]
    return fold(" ".join(filter(None, [*own, *names, *wished])))


def _place(heard: Heard) -> str:
    city = heard.first("city")
    place = catalogue().places.link(city, country=heard.country) if city else None
    return place.name if place else ""


def is_about_this(fact: Fact, heard: Heard) -> bool:
    """Whether a fact is about the very study that the talk is about. Blocks."""
    found = fact.only_about.search(study_of(heard)) if fact.only_about else None
    return found is not None and found.group() not in KINDS


def _with_the_age(heard: Heard) -> Heard:
    """The question with the age in it that was told before: "mag dat op mijn leeftijd?"."""
    if heard.age is None or not AGE_IS_MEANT.search(heard.text):
        return heard
    years = f"{heard.age} years old" if heard.language == "en" else f"{heard.age} jaar"
    return replace(heard, text=f"{heard.text} {years}", vector=None)


def _beside(heard: Heard, topics: Collection[str]) -> list[Near]:
    """Facts for the question with the subject of the last answer in it; what was told already comes last."""
    language = "en" if heard.language == "en" else "nl"
    told = by_ids(heard.leans_on[:MOST_SUBJECTS])
    best: dict[str, Near] = {}
    for before in told:
        subject = next(iter(before.asked[language]), before.text(language))
        asked = f"{heard.text} {subject}"
        for one in fact_choice().choose(asked, country=heard.country, topics=topics, least=SURE, study=study_of(heard)):
            weight = WITH_SUBJECT * (TOLD_ALREADY if one.fact.id in heard.leans_on else 1.0)
            near = Near(one.fact, one.nearness * weight)
            best[one.fact.id] = max(best.get(one.fact.id, near), near, key=lambda one: one.nearness)
    return list(best.values())


def by_ids(ids: Sequence[str]) -> list[Fact]:
    """Facts in the order of their ids; ids that are no longer known are left out."""
    known = {fact.id: fact for fact in all_facts()}
    return [known[id] for id in ids if id in known]


def say_facts(key: str, facts: Iterable[Fact], *, buttons: Sequence[dict[str, Any]]) -> Utterance:
    """A sentence, and at most three facts as cards, each with its source."""
    shown = list(facts)[:MOST]
    today = now().astimezone(ZONES["NL"]).date()  # Brussels keeps the same time
    return say(
        key,
        cards=[fact.as_card(today=today) for fact in shown],
        buttons=buttons,
        sources=[fact.as_source() for fact in shown],
    )
