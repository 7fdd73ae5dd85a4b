"""What pupils, parents and mentors ask, walked through the actions: each gets a fact or a date that answers it."""

from typing import Any

import pytest
import yaml

from actions.catalogue import catalogue
from bot.entities import find_entities
from bot.gazetteer import Gazetteer
from core.settings import ROOT
from programmes.gazetteer import export

QUESTIONS = yaml.safe_load((ROOT / "tests/evaluation/facts/questions.yml").read_text("utf-8"))
ANSWERED = [question for question in QUESTIONS if "answers" in question]
DECLINED = [question for question in QUESTIONS if "declined" in question]
MOST_DECLINED = 0.15
RULES = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text("utf-8"))["rules"]
ACTIONS = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES}


def named(question: dict[str, Any]) -> str:
    """The number and the words of a question, as a test says them."""
    return f"{question['number']} {question['text']}"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The names that the bot knows."""
    return Gazetteer.from_json(export(catalogue()))


@pytest.mark.parametrize("question", ANSWERED, ids=named)
async def test_a_question_gets_a_fact_that_answers_it(
    question: dict[str, Any], talk: Any, gazetteer: Gazetteer
) -> None:
    intent = question["about"]
    entities = {one.entity: one.value for one in find_entities(question["text"], gazetteer, intent=intent)}
    said = await talk(country=question["country"], language=question["language"]).hear(
        ACTIONS[intent], question["text"], intent=intent, **entities
    )
    told = [card.get("id") for utterance in said for card in utterance["cards"]]
    assert set(told) & set(question["answers"]), told


@pytest.mark.parametrize("question", DECLINED, ids=named)
def test_what_no_source_answers_is_listed_with_the_reason(question: dict[str, Any]) -> None:
    assert question["declined"]


def test_few_questions_have_no_source() -> None:
    assert len(DECLINED) <= MOST_DECLINED * len(QUESTIONS)


def test_questions_come_in_both_languages_and_from_both_countries() -> None:
    asked = [(question["language"], question["country"]) for question in QUESTIONS]
    assert all(asked.count(kind) >= 10 for kind in [("nl", "NL"), ("nl", "BE"), ("en", "NL"), ("en", "BE")])
