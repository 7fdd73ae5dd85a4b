"""What is said of questionnaires and their results reads as plain language, by a formula."""

import re

import pytest

from api.states import Language
from api.texts import KEYS, variants
from tests.questionnaires.reading_level import reading_ease
from tests.questionnaires.test_reading_level import PLAIN

PLACE = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("topic", ["questionnaire.", "result."])
def test_texts_are_plain_language(topic, language):
    said = [text for key in sorted(KEYS) if key.startswith(topic) for text in variants(key, language).values()]
    assert reading_ease([PLACE.sub("dit", text) for text in said], language) >= PLAIN
