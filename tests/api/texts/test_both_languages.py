"""Every sentence exists in both languages and asks for the same values."""

import re

import pytest

from api.states import Language
from api.texts import KEYS
from api.texts.renderer import PLACE
from api.texts.store import FOLDER, load

DUTCH, ENGLISH = load(FOLDER / "nl"), load(FOLDER / "en")


def test_both_languages_have_the_same_keys():
    assert set(DUTCH) == set(ENGLISH) == KEYS


@pytest.mark.parametrize("key", sorted(DUTCH))
def test_all_forms_of_a_text_ask_for_the_same_values(key):
    wanted = [set(PLACE.findall(form)) for language in (DUTCH, ENGLISH) for form in language.get(key, {}).values()]
    assert all(places == wanted[0] for places in wanted), key


@pytest.mark.parametrize("language", list(Language))
def test_no_text_is_empty_or_holds_a_stray_brace(language):
    for key, forms in load(FOLDER / language).items():
        for form in forms.values():
            assert form, key
            assert not re.search(r"[{}]", PLACE.sub("", form)), key
