"""Ways through education as cards: what each step takes, what is uncertain, and what to do if it does not work out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from programmes.admission import Rule, Station
from programmes.deadlines import Deadline, upcoming
from programmes.facts import cite
from programmes.pathways import Pathway

Text = Mapping[str, Any]


def pathway_card(way: Pathway, begin: Station, *, today: date, goal_title: Text | None = None) -> dict[str, Any]:
    """The contract's card `pathway`, with text keys where the API must choose the words.

    Args:
        begin: where the way starts.
        today: decides which date of a step comes next.
        goal_title: name of the programme that the last step is, where one was asked for.
    """
    last = len(way.steps) - 1
    title = ("direct", "via", "via_both")[min(last, 2)]
    titles: list[Text] = [goal_title if at == last and goal_title else rule.title for at, rule in enumerate(way.steps)]
    named = list(zip(way.steps, titles, strict=True))
    is_checked = all(rule.is_verified for rule in way.steps)
    summary = {"time": said_years(way.years), "first": titles[0], "then": titles[max(last - 1, 0)]}
    return {
        "type": "pathway",
        "title": {"say": f"card.pathway.{title}", "with": summary},
        "text": {"say": "card.pathway.text", "with": {"steps": [_spoken(rule, title) for rule, title in named]}},
        "start": begin.title,
        "codes": list(way.codes),
        "years": way.years,
        "steps": [_step(rule, title, today=today, is_next=rule is way.steps[0]) for rule, title in named],
        "fallback": way.fallback,
        "caution": None if is_checked else {"say": "card.pathway.unverified"},
        "sources": sources_of(way),
    }


def sources_of(way: Pathway) -> list[dict[str, Any]]:
    """The sources of all steps of a way, each once."""
    found = {
        rule.source.id: cite(rule.source, valid=rule.valid, checked_on=rule.checked_on, is_verified=rule.is_verified)
        for rule in way.steps
    }
    return list(found.values())


def said_years(years: float) -> Text:
    """A length in words."""
    if years == 0:
        return {"say": "card.pathway.no_years"}
    return {"say": "card.pathway.one_year" if years == 1 else "card.pathway.years", "with": {"years": years}}


def _spoken(rule: Rule, title: Text) -> Text:
    return {"say": "card.pathway.step", "with": {"title": title, "time": said_years(rule.years)}}


def _step(rule: Rule, title: Text, *, today: date, is_next: bool) -> dict[str, Any]:
    date_of = _next_date(rule, today) if is_next else None
    return {
        "code": rule.step,
        "title": title,
        "level": rule.step,
        "years": rule.years,
        "time": said_years(rule.years),
        "requirements": list(rule.asks),
        "deadline": _shown_date(date_of) if date_of else None,
        "uncertain": rule.is_uncertain,
        "uncertainty": {"say": f"card.pathway.uncertain_{rule.surety}"} if rule.is_uncertain else None,
        "fallback": rule.fallback,
    }


def _next_date(rule: Rule, today: date) -> Deadline | None:
    """The first date of this rule that is still to come; a step later on has a date that nobody knows yet."""
    coming = upcoming(rule.country, today=today)
    return next((one for one in coming if one.id.rsplit("-", 1)[0] == rule.deadline), None)


def _shown_date(one: Deadline) -> dict[str, Any]:
    when = {"date": one.on.isoformat()}
    return {
        "date": one.on.isoformat(),
        "days_left": one.days_left,
        "text": {"say": "card.pathway.deadline", "with": {"title": one.title, "date": when, "days": one.days_left}},
        "ics": one.ics(),
    }
