"""What the words around a hit make of it, and that a screening is quick and keeps nothing."""

import time

import pytest

from bot.signals import TIERS, by_patterns
from bot.signals.phrases import BadPhrase, PhraseReader

P95_MS = 5.0
HOSTILE_MS = 200.0


def kinds(text: str) -> set[str]:
    return {signal.kind for signal in by_patterns(text) if signal.tier != "information"}


def the(kind: str, text: str):
    return next(signal for signal in by_patterns(text) if signal.kind == kind)


class TestContext:
    @pytest.mark.parametrize(
        ("said", "denied"),
        [
            ("ik word gepest", "ik word niet gepest"),
            ("I am being bullied", "I am not being bullied"),
            ("ik denk aan zelfmoord", "ik denk nooit aan zelfmoord"),
            ("ik heb mezelf pijn gedaan", "nee ik heb mezelf geen pijn gedaan"),
        ],
    )
    def test_a_denial_takes_it_back(self, said, denied):
        assert kinds(said)
        assert not kinds(denied)

    @pytest.mark.parametrize(
        "text",
        [
            "niemand weet dat ik mezelf snij",
            "nobody knows that i cut myself",
            "ik durf niet te zeggen dat mijn vader me slaat",
        ],
    )
    def test_a_negator_that_belongs_elsewhere_takes_nothing_back(self, text):
        assert kinds(text)

    def test_not_wanting_to_die_inside_a_cry_stays_urgent(self):
        assert the("suicide_ideation", "ik wil niet dood maar ik kan niet meer").tier == "urgent"

    @pytest.mark.parametrize(
        "text",
        [
            "ik lach me dood",
            "ik zei niet dat ik van het dak ga springen",
            "deze wiskunde wordt mijn dood",
            "the suspense is killing me",
        ],
    )
    def test_sayings_and_corrections_are_quiet(self, text):
        assert not kinds(text)

    @pytest.mark.parametrize(
        "text",
        [
            "in de game heb ik een mes",
            "in gta word ik neergeschoten door de politie",
            "in my book the girl cuts herself",
        ],
    )
    def test_what_happens_in_a_story_does_not_happen_here(self, text):
        assert not kinds(text)

    def test_a_school_task_about_it_is_information(self):
        assert [s.tier for s in by_patterns("ik moet een werkstuk over zelfmoordpreventie maken")] == [
            "information"
        ] * len(by_patterns("ik moet een werkstuk over zelfmoordpreventie maken"))
        assert by_patterns("ik moet een werkstuk over zelfmoordpreventie maken")

    def test_past_and_over_is_quiet_but_an_attempt_stays_a_concern(self):
        assert not kinds("vroeger werd ik gepest maar nu gaat het super")
        assert the("suicide_ideation", "ik dacht vorig jaar aan zelfmoord, nu gaat het beter").tier == "concern"

    def test_what_still_works_on_is_not_over(self):
        assert kinds("vorig jaar had ik zelfmoordgedachten, soms nog steeds")

    def test_recent_sexual_violence_is_acute_and_long_ago_is_urgent(self):
        assert the("sexual_violence", "ik ben gisteren verkracht").tier == "acute"
        assert the("sexual_violence", "drie jaar geleden ben ik verkracht").tier == "urgent"

    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("ik wil niet meer leven", "self"),
            ("mijn dochter wil niet meer leven zegt ze", "parent"),
            ("my son says he doesn't want to live", "parent"),
            ("mijn vriendin wil niet meer leven", "friend"),
            ("my friend wants to kill herself", "friend"),
            ("mijn vriend slaat mij", "self"),
        ],
    )
    def test_knows_who_is_speaking(self, text, speaker):
        assert by_patterns(text)[0].speaker == speaker


class TestSpelling:
    @pytest.mark.parametrize(
        "text",
        [
            "ik wil zelfmoodr plegen vanavond",
            "ik ga ZELFMOOOORD plegen",
            "kga mij van kant maken",
            "s*icide is all i think about",
            "im gonna kms tonight for real",
            "ik wil ni meer leven",
            "i wnat to die... i ahte my life i want to dieee",
        ],
    )
    def test_slips_clitics_and_hidden_letters_are_read(self, text):
        assert kinds(text) & {"suicide_acute", "suicide_ideation"}

    @pytest.mark.parametrize(
        "text",
        ["kijk op https://suicide.nl/ik-wil-dood", "mail zelfmoord@voorbeeld.nl", "meneer Van der Dood geeft wiskunde"],
    )
    def test_links_addresses_and_names_say_nothing(self, text):
        assert not kinds(text)


class TestScreen:
    def test_both_languages_are_heard_in_one_message(self):
        assert "suicide_ideation" in kinds("ik voel me so done, i want to die")

    def test_most_pressing_first_and_one_of_each_kind(self):
        found = by_patterns("ik word gepest en thuis slaat mijn vader me en ik ga vanavond zelfmoord plegen")
        assert [TIERS.index(s.tier) for s in found] == sorted(TIERS.index(s.tier) for s in found)
        assert len({s.kind for s in found}) == len(found) >= 2

    def test_because_quotes_the_message(self):
        text = "Hoi, mijn vader SLAAT mij elke avond"
        assert the("child_abuse", text).because.split(" … ")[0] in text

    @pytest.mark.parametrize("text", ["", "   ", "😭😭😭", "???", "\x00", "asdf jkl"])
    def test_nothing_said_gives_nothing(self, text):
        assert by_patterns(text) == []

    def test_is_quick(self):
        texts = [
            "wat is het verschil tussen bol en bbl bij verpleegkunde in utrecht",
            "ik weet niet meer wat ik moet doen thuis is het oorlog",
        ] * 40
        by_patterns(texts[0]), by_patterns(texts[1])
        took = []
        for text in texts:
            started = time.thread_time()
            by_patterns(text)
            took.append((time.thread_time() - started) * 1000)
        assert sorted(took)[int(len(took) * 0.95)] < P95_MS

    @pytest.mark.parametrize(
        "text",
        [
            "x@" * 1000,
            "a" * 2000,
            "." * 2000,
            "dood " * 400,
            "😂" * 2000,
            "ik wil dood en " * 130,
            "hij heeft een mes " * 110,
        ],
    )
    def test_hostile_text_cannot_hold_it_up(self, text):
        by_patterns(text)
        started = time.thread_time()
        by_patterns(text)
        assert (time.thread_time() - started) * 1000 < HOSTILE_MS


class TestPhraseReader:
    def test_an_unknown_class_is_refused(self):
        with pytest.raises(BadPhrase, match="no class @vorst"):
            PhraseReader({"ik": "ik"}).read("@ik .. @vorst")

    @pytest.mark.parametrize("line", [".. dood", "ik ..", "ik .. & dood", ""])
    def test_a_gap_at_an_edge_is_refused(self, line):
        with pytest.raises(BadPhrase):
            PhraseReader({}).read(line)
