"""Facts: their vectors, made before anybody waits for them, and what must be looked at again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cli.say import tell
from programmes.fact_choice import FactChoice, texts_of
from programmes.facts import all_facts
from programmes.freshness import doubts, missing_deadlines
from programmes.meaning import are_kept


def ensure_facts(data_dir: Path) -> None:
    """Make the vectors of the facts, if their texts changed: an action must answer sooner than that takes."""
    if not are_kept(texts_of(all_facts()), cache=data_dir):
        tell("→ Reading the facts (a minute or two, only when they changed)")
        FactChoice(all_facts(), cache=data_dir)


def report(today: date) -> Iterator[str]:
    """A line for each doubt, then one for each deadline that is missing."""
    yield from map(str, doubts(today))
    yield from (f"deadline {id}: missing this school year" for id in missing_deadlines(today))
