"""How Dutch or English a word is, counted in the examples."""

import pytest

from bot import vocabulary
from bot.vocabulary import leanings, words_of


class TestWordsOf:
    def test_links_addresses_placeholders_and_faces_are_no_words(self):
        assert words_of("mail jan@voorbeeld.nl of <NAME> https://a.be 😄 3") == ["mail", "of"]

    def test_a_stretched_word_is_the_word(self):
        assert words_of("Heyyyy, it’s mee") == ["hey", "it's", "mee"]


class TestLeanings:
    @pytest.mark.parametrize("word", ["ik", "wil", "opleidingen", "kost", "goesting"])
    def test_dutch_words_lean_to_dutch(self, word):
        assert leanings()[word] > 1

    @pytest.mark.parametrize("word", ["the", "does", "courses", "nurse"])
    def test_english_words_lean_to_english(self, word):
        assert leanings()[word] < -1

    @pytest.mark.parametrize("word", ["mbo", "havo", "bbl", "hbo", "vmbo"])
    def test_a_school_term_that_both_use_leans_nowhere(self, word):
        assert abs(leanings()[word]) < 1

    def test_a_word_of_one_example_says_less_than_a_telling_one(self, monkeypatch, tmp_path):
        for language, lines in {"nl": ["ik wil varen", "ik wil dat"], "en": ["i want this", "i want that"]}.items():
            (tmp_path / language).mkdir()
            examples = "".join(f"    - {line}\n" for line in lines)
            (tmp_path / language / "any.yml").write_text(f"nlu:\n- intent: any\n  examples: |\n{examples}")
        monkeypatch.setattr(vocabulary, "EXAMPLES", tmp_path)

        counted = leanings.__wrapped__()

        assert 0 < counted["varen"] < counted["wil"]
        assert counted["that"] < 0.7
