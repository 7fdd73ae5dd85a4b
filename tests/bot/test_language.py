"""The language of a message: every language first, then Dutch or English in the light of the talk."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.language import Detected, detect

INTENTS = Path(__file__).parents[1] / "evaluation" / "intents" / "dev"


class TestDetect:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("مرحبا", "ar"),
            ("من می‌خواهم درس بخوانم چگونه", "fa"),
            ("Я хочу вчитися в Україні", "uk"),
            ("Я хочу учиться, вы поможете", "ru"),
            ("Ich möchte Tierarzt werden", "de"),
            ("ich will Koch werden", "de"),
            ("Je voudrais étudier l'informatique", "fr"),
            ("Quiero estudiar enfermería", "es"),
            ("Chcę studiować w Holandii", "pl"),
            ("Vreau să învăț limba olandeză", "ro"),
            ("okul nerede bulabilirim", "tr"),
            ("Voglio diventare cuoco", "it"),
            ("waxaan rabaa inaan wax barto", "so"),
            ("ma fille veut étudier la médecine", "fr"),
            ("was kostet das Studium in den Niederlanden", "de"),
            ("kızım için okul arıyorum", "tr"),
            ("ile kosztuje szkoła", "pl"),
        ],
    )
    def test_another_language_is_named_and_never_taken_for_dutch(self, text, name):
        detected = detect(text, before="nl")
        assert (detected.code, detected.name, detected.certain) == ("other", name, True)

    @pytest.mark.parametrize(
        "text",
        [
            "kweenie wa da kost eh",
            "wollah ik snap die shit niet bro",
            "hebde gij een quiz",
            "kunde da in simpel frans zeggen",
            "amai das wel veel geld",
            "egt gwn saai",
            "moogt ge met een strafblad in de bewaking",
            "wa kost da",
        ],
    )
    def test_dialect_and_street_language_are_dutch(self, text):
        assert detect(text, before=None).code == "nl"

    @pytest.mark.parametrize(
        "text",
        [
            "can I do mbo verpleegkunde after vmbo",
            "what is BBL",
            "does havo give access to hbo and what about the pabo",
            "how do I apply for studiefinanciering",
            "is there an opendeurdag in Gent soon",
        ],
    )
    def test_school_terms_do_not_make_an_english_sentence_dutch(self, text):
        assert detect(text, before=None).code == "en"

    @pytest.mark.parametrize("before", ["nl", "en"])
    @pytest.mark.parametrize(
        "text", ["hoi", "ok", "thanks", "mbo", "Utrecht", "fee?", "nee", "no", "😄", "3", "mbo verpleegkunde Utrecht"]
    )
    def test_a_word_or_a_few_names_never_switch(self, text, before):
        assert detect(text, before=before).code == before

    @pytest.mark.parametrize(
        ("text", "page", "code"),
        [("nursing", "nl", "en"), ("hello", "nl", "en"), ("bedankt", "en", "nl"), ("waarom", "en", "nl")],
    )
    def test_one_telling_word_may_begin_a_talk_in_its_language(self, text, page, code):
        assert detect(text, before=page, begins=True) == Detected(code, certain=True, name=None)
        assert detect(text, before=page).code == page, "later it may not"

    @pytest.mark.parametrize("page", ["nl", "en"])
    @pytest.mark.parametrize("text", ["mbo", "bbl", "ok", "Utrecht", "info", "stage", "hey"])
    def test_a_word_of_both_languages_keeps_the_page_s_language(self, text, page):
        assert detect(text, before=page, begins=True).code == page

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("aanmelden where", "en"),
            ("zorg near Heerlen", "en"),
            ("is studiefinanciering free", "en"),
            ("hoi, ik zoek een course", "nl"),
            ("kan ik een gap year doen", "nl"),
            ("ff een chill vak zoeken bro", "nl"),
        ],
    )
    def test_mixed_messages_follow_the_sentence_and_not_the_borrowed_word(self, text, code):
        assert detect(text, before=None).code == code

    @pytest.mark.parametrize("text", ["je les?", "het is ne goeie film", "die will ik", "merci", "ma ik weet da niet"])
    def test_words_that_dutch_shares_with_others_do_not_make_it_foreign(self, text):
        assert detect(text, before="nl").code == "nl"

    def test_a_clear_sentence_switches(self):
        assert detect("can you say that in English please", before="nl").code == "en"
        assert detect("ik wil liever Nederlands praten", before="en").code == "nl"

    def test_personal_data_and_links_say_nothing(self):
        assert detect("ik heb dit gelezen https://www.what-is-the-course.com/about/you", before=None).code == "nl"

    def test_nothing_to_go_by_keeps_the_talks_language(self):
        assert detect("", before="en").code == "en"
        assert detect("???", before=None).certain is False

    def test_development_set_is_right_from_two_words(self):
        right, total = Counter(), Counter()
        for file in INTENTS.glob("*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                words = len(row["text"].split())
                if words < 2 or row["intent"] == "gibberish":
                    continue
                total[words >= 4] += 1
                right[words >= 4] += detect(row["text"], before=None).code == row["language"]
        assert right[True] / total[True] >= 0.985
        assert right[False] >= total[False] - 1
