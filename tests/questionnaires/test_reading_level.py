"""Items and tips read as plain language in both languages, by a formula; people have to read them too."""

import pytest
import yaml

from questionnaires.bank import IDS, questionnaire
from questionnaires.tips import TIPS
from tests.questionnaires.reading_level import reading_ease

PLAIN = 60.0
"""Flesch: from here on "plain language", for 13 to 15 years."""


def words_of(id: str, language: str) -> list[str]:
    """All that somebody reads of a questionnaire."""
    bank = questionnaire(id)
    options = [option.text[language] for item in bank.items.values() for option in item.options if item.is_choice]
    statements = [item.text[language] for item in bank.items.values() if not item.is_choice]
    return [bank.ask[language], *statements, *options, *(scale.means[language] for scale in bank.scales.values())]


class TestReadingEase:
    def test_long_words_and_long_sentences_read_less_easily(self):
        plain = reading_ease(["Ik maak graag iets met mijn handen."], "nl")
        stiff = reading_ease(["Ik prefereer werkzaamheden met een overwegend ambachtelijke uitvoering daarvan."], "nl")
        assert plain > 80
        assert stiff < 30

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("id", IDS)
    def test_items_are_plain_language(self, id, language):
        assert reading_ease(words_of(id, language), language) >= PLAIN

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_tips_are_plain_language(self, language):
        tips = yaml.safe_load(TIPS.read_text(encoding="utf-8"))["scales"]
        assert reading_ease([tip[language] for two in tips.values() for tip in two], language) >= PLAIN
