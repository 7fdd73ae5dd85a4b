"""The language of a message: every language first, then Dutch or English in the light of the talk."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.language import detect

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
