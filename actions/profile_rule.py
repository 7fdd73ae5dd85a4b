"""What a Dutch programme once asked of profiles and subjects: said with its year, for the rules have changed since."""

from typing import Any

from actions.saying import Utterance
from programmes.cards import name_of
from programmes.facts import CHECKED_ON, cite
from programmes.models import Programme
from programmes.profiles import YEAR, ProfileRule, profile_rule


def with_profile_rule(said: Utterance, programme: Programme | None, *, start: str | None) -> Utterance:
    """The answer about getting in, with the programme's rule of that year as a last card when we hold one."""
    rule = profile_rule(programme, start=start) if programme else None
    if programme is None or rule is None or not said["cards"]:
        return said
    source = cite(rule.source, valid=YEAR, checked_on=CHECKED_ON, is_verified=False)
    return {**said, "cards": [*said["cards"], _card(programme, rule)], "sources": [*said["sources"], source]}


def _card(programme: Programme, rule: ProfileRule) -> dict[str, Any]:
    values = {"name": name_of(programme), "start": rule.start, "year": YEAR, "extra": rule.extra, **rule.asked}
    return {
        "type": "fact",
        "id": f"nl-profile-{rule.code}-{rule.start}",
        "text": {"say": f"card.fact.profile_rule{'_and_more' if rule.extra else ''}", "with": values},
    }
