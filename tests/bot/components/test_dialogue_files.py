"""What config, domain, rules, actions and texts promise each other."""

import re

import pytest
import yaml

from bot.components.paths import DOMAIN, ROOT, TRAINING_DATA

DOMAIN_FILE = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
INTENTS = [next(iter(one)) for one in DOMAIN_FILE["intents"]]
RULES = [
    rule
    for path in sorted(TRAINING_DATA[1].glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
CONTRACT = [
    "greet",
    "goodbye",
    "thanks",
    "bot_challenge",
    "help_what_can_you_do",
    "ask_human",
    "change_language",
    "find_programme",
    "programme_details",
    "compare_programmes",
    "admission_requirements",
    "enrolment_deadline",
    "transition_vmbo_mbo",
    "transition_mbo_hbo",
    "transition_havo_vwo",
    "transition_other",
    "switch_study",
    "no_diploma_options",
    "work_and_learn",
    "costs_and_finance",
    "open_days",
    "start_interest_test",
    "start_study_skills_test",
    "test_result_question",
    "choice_doubt",
    "parent_support",
    "truancy_law",
    "special_needs_support",
    "privacy_question",
    "feedback_complaint",
    "out_of_scope",
    "gibberish",
]


def keys(language: str, topic: str) -> set[str]:
    """Text keys of a topic, dotted."""
    content = yaml.safe_load((ROOT / "api" / "texts" / language / f"{topic}.yml").read_text(encoding="utf-8"))
    found: set[str] = set()

    def walk(value: object, key: str) -> None:
        found.add(key)
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, f"{key}.{name}")

    for name, inner in content.items():
        walk(inner, f"{topic}.{name}")
    return found


def test_every_intent_of_the_contract_exists():
    assert set(CONTRACT) <= set(INTENTS)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_one_rule_with_one_action(intent):
    steps = [rule["steps"] for rule in RULES if rule["steps"][0]["intent"] == intent]
    assert len(steps) == 1
    assert [list(step) for step in steps[0]] == [["intent"], ["action"]]


def test_rules_run_what_exists_and_nothing_is_left_over():
    ran = {rule["steps"][1]["action"] for rule in RULES}
    fills = {mapping.get("action") for slot in DOMAIN_FILE["slots"].values() for mapping in slot["mappings"]} - {None}
    assert fills == {"action_remember"}
    assert ran | fills == set(DOMAIN_FILE["actions"]) | set(DOMAIN_FILE["responses"])


def test_every_action_has_a_file_that_names_it():
    named = set()
    for path in (ROOT / "actions").glob("*.py"):
        named |= set(re.findall(r'return "(action_\w+)"', path.read_text(encoding="utf-8")))
    assert named == set(DOMAIN_FILE["actions"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_responses_say_texts_that_exist_and_offer_intents_that_exist(language):
    for variants in DOMAIN_FILE["responses"].values():
        for said in (variant["custom"] for variant in variants):
            assert said["say"] in keys(language, said["say"].split(".")[0])
            for button in said.get("buttons", ()):
                assert button["say"] in keys(language, button["say"].split(".")[0])
                assert button["payload"].removeprefix("/") in INTENTS


@pytest.mark.parametrize("intent", [i for i in INTENTS if i not in {"nlu_fallback"}])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_intent_has_examples_in_both_languages(intent, language):
    found = [
        one
        for path in (TRAINING_DATA[0] / language).glob("*.yml")
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if one.get("intent") == intent
    ]
    assert sum(len(one["examples"].splitlines()) for one in found) >= 10


def test_no_slot_is_filled_by_what_was_typed_or_decides_which_rule_applies():
    for slot in DOMAIN_FILE["slots"].values():
        assert slot["mappings"] in ([{"type": "custom"}], [{"type": "custom", "action": "action_remember"}])
        assert slot["influence_conversation"] is False


def test_rasa_never_ends_a_session_by_itself():
    assert DOMAIN_FILE["session_config"]["session_expiration_time"] == 0
