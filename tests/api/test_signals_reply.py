"""What a frightened child reads: every text short, plain, complete, and free of what harms."""

import re
from itertools import product
from typing import get_args

import pytest

from api.chat.said import Said, Voice
from api.signals_reply import ACUTE, CONCERN, URGENT, Way, is_personal, offer, reply, stay
from api.states import Country, Language
from bot.signals import Signal

SPEAKERS = ("self", "friend", "parent")
PLACES = tuple(product(Country, Language))
LONGEST_WORDS = 80
MEAN_SENTENCE_WORDS = 15

FORBIDDEN = re.compile(
    "|".join(
        (
            "!|plegen|pleegt|committed|succesvol|mislukt|successful|failed attempt",
            "het valt mee|denk positief|look on the bright|komt goed|be fine|be okay|succes ermee|good luck",
            "ik weet hoe je je voelt|i know how you feel|denk aan je ouders|think of your parents|waarom heb je",
            "geheim|secret|beloof|promise|depressie|depression|overdos|paracetamol",
        )
    ),
    re.IGNORECASE,
)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
OTHER_COUNTRY = {
    Country.NL: re.compile(r"1813|\b1712\b|\bAwel\b|Child Focus|\b101\b|\bCLB\b|\bJAC\b|OCMW|02 648"),
    Country.BE: re.compile(
        r"\b113\b|0800-|Veilig Thuis|Kindertelefoon|Helpwanted|Geldfit|0900-|jeugdarts|school doctor"
    ),
}
SUICIDE_LINE = {Country.NL: "113", Country.BE: "1813"}
NUMBER = re.compile(r"\b(?:112|101|113|102|1712|1813|116 000|0800-\d{4}|0900-\d{7}|02 648 40 14)\b")


def signal(kind: str, tier: str, speaker: str) -> Signal:
    return Signal(kind, tier, 0.9, speaker, "these words must never come back")


def acute_replies() -> list[tuple[str, str, Country, Language, Said]]:
    kinds = [*ACUTE, "child_abuse"]
    return [
        (kind, who, country, language,
         reply([signal(kind, "acute", who)], voice=Voice(language, country), case_opens=opens))
        for kind, who, (country, language), opens in product(kinds, SPEAKERS, PLACES, (True, False))
    ]  # fmt: skip


def offers() -> list[tuple[str, str, Country, Language, Said]]:
    cases = [("urgent", kind) for kind in [*URGENT, "wants_to_quit"]] + [
        ("concern", kind) for kind in [*CONCERN, "truancy"]
    ]
    made = []
    for (tier, kind), who, (country, language) in product(cases, SPEAKERS, PLACES):
        said = offer([signal(kind, tier, who)], voice=Voice(language, country))
        assert said is not None
        made.append((kind, who, country, language, said))
    return made


def stays() -> list[tuple[str, str, Country, Language, Said]]:
    told = (("suicide_acute", "acute"), ("child_abuse", "urgent"), ("bullying", "concern"))
    return [
        (kind, who, country, language,
         stay(signal(kind, tier, who), way=way, offers_coach=offers, voice=Voice(language, country)))
        for (kind, tier), who, (country, language), way, offers
        in product(told, SPEAKERS, PLACES, get_args(Way), (True, False))
    ]  # fmt: skip


@pytest.fixture(scope="module")
def everything():
    return acute_replies() + offers() + stays()


def words(text: str) -> int:
    return len(re.findall(r"[\w'’./-]*\w[\w'’./-]*", text))


class TestEveryText:
    def test_is_at_most_eighty_words(self, everything):
        long = [
            (kind, who, country, language, words(said.text))
            for kind, who, country, language, said in everything
            if words(said.text) > LONGEST_WORDS
        ]
        assert not long

    def test_has_short_sentences(self, everything):
        for kind, who, country, language, said in everything:
            sentences = [part for part in re.split(r"[.?:]\s", said.text) if part.strip()]
            mean = sum(map(words, sentences)) / len(sentences)
            assert mean <= MEAN_SENTENCE_WORDS, (kind, who, country, language, mean)

    def test_says_nothing_that_harms(self, everything):
        found = {(said.text, FORBIDDEN.search(said.text)[0]) for *_, said in everything if FORBIDDEN.search(said.text)}
        assert not found
        assert not any(EMOJI.search(said.text) for *_, said in everything)

    def test_never_sends_to_the_other_country(self, everything):
        wrong = {
            (country, OTHER_COUNTRY[country].search(said.text)[0], said.text)
            for _, _, country, _, said in everything
            if OTHER_COUNTRY[country].search(said.text)
        }
        assert not wrong

    def test_never_repeats_what_was_written(self, everything):
        assert not any("never come back" in str(said) for *_, said in everything)

    def test_is_in_the_readers_language(self, everything):
        for _, _, _, language, said in everything:
            dutch = re.search(r"\b(?:je|jij|het|niet|een|u)\b", said.text)
            assert bool(dutch) == (language is Language.NL), said.text

    def test_a_parent_is_addressed_as_u_in_dutch(self, everything):
        for _, who, _, language, said in everything:
            if language is Language.NL and who == "parent":
                assert not re.search(r"\b(?:je|jij|jou|jouw)\b", said.text), said.text


class TestStay:
    def test_who_told_of_danger_reads_the_emergency_number_and_who_is_bullied_does_not(self):
        assert all(("112" in said.text) == (kind != "bullying") for kind, _, _, _, said in stays())

    def test_a_coach_is_offered_or_has_word(self):
        for kind, who, country, language, said in stays():
            has_word = re.search("krijgt bericht|gets word", said.text)
            assert bool(said.buttons) != bool(has_word), (kind, who, country, language)

    def test_is_for_what_is_about_more_than_school(self):
        assert is_personal(signal("truancy", "urgent", "self"))
        assert is_personal(signal("bullying", "concern", "self"))
        assert not is_personal(signal("truancy", "concern", "self"))
        assert not is_personal(signal("suicide_ideation", "information", "self"))


class TestReply:
    def test_always_names_the_emergency_number_and_says_what_it_is(self):
        for kind, _, _, language, said in acute_replies():
            assert "112" in said.text, kind
            assert ("computerprogramma" if language is Language.NL else "computer program") in said.text

    @pytest.mark.parametrize("who", SPEAKERS)
    @pytest.mark.parametrize(("country", "language"), PLACES)
    def test_suicide_names_the_line_of_the_country_and_its_chat(self, country, language, who):
        said = reply([signal("suicide_acute", "acute", who)], voice=Voice(language, country), case_opens=True)
        assert re.search(rf"\b{SUICIDE_LINE[country]}\b", said.text)
        assert {Country.NL: "113.nl", Country.BE: "zelfmoord1813.be"}[country] in said.text
        assert re.search(r"zelfmoord|suicide", said.text)

    def test_a_medical_emergency_begins_with_112(self):
        for country, language in PLACES:
            said = reply(
                [signal("medical_emergency", "acute", "self")], voice=Voice(language, country), case_opens=True
            )
            assert re.match(r"(Bel nu 112|Call 112 now)", said.text)

    def test_what_cannot_wait_a_minute_is_answered_first(self):
        both = [signal("suicide_acute", "acute", "self"), signal("medical_emergency", "acute", "self")]
        said = reply(both, voice=Voice(Language.NL, Country.NL), case_opens=True)
        assert said.text.startswith("Bel nu 112")

    def test_says_that_a_coach_knows_only_when_a_case_opens(self):
        voice = Voice(Language.NL, Country.NL)
        opened = reply([signal("violence_now", "acute", "self")], voice=voice, case_opens=True)
        asked = reply([signal("violence_now", "acute", "self")], voice=voice, case_opens=False)
        assert "krijgt bericht" in opened.text
        assert not opened.buttons
        assert "krijgt bericht" not in asked.text
        assert [button["payload"] for button in asked.buttons] == ["/ask_human"]

    def test_cards_are_of_the_country_with_a_phone_and_a_chat_among_them(self):
        for kind, who, country, _, said in acute_replies():
            assert 1 <= len(said.cards) <= 3
            assert {card["country"] for card in said.cards} == {country}
            assert any(card["phone"] for card in said.cards), (kind, who)

    def test_a_phone_number_is_never_the_only_way(self):
        for kind, who, country, _, said in acute_replies():
            written = re.search(
                r"chat|bericht|Text|\.nl|\.be|volwassene|adult|iemand anders|someone else|school", said.text
            )
            assert written or any(card["chat_url"] for card in said.cards), (kind, who, country)


class TestOffer:
    def test_urgent_names_a_way_to_a_person_and_offers_a_coach(self):
        for country, language in PLACES:
            said = offer([signal("suicide_ideation", "urgent", "self")], voice=Voice(language, country))
            assert NUMBER.search(said.text)
            assert [button["payload"] for button in said.buttons] == ["/ask_human"]

    def test_a_concern_gets_one_question_and_no_hotline(self):
        for country, language in PLACES:
            said = offer([signal("wants_to_quit", "concern", "self")], voice=Voice(language, country))
            assert not said.cards
            assert not NUMBER.search(said.text)
            assert said.text.count("?") == 1

    @pytest.mark.parametrize("kind", ["bullying", "discrimination", "adult_misconduct"])
    def test_who_is_hurt_by_others_gets_one_line_to_call_beside_the_coach(self, kind):
        for country, language in PLACES:
            said = offer([signal(kind, "concern", "self")], voice=Voice(language, country))
            assert [card["type"] for card in said.cards] == ["helpline"]
            assert [button["payload"] for button in said.buttons] == ["/ask_human"]

    def test_a_topic_alone_changes_nothing(self):
        assert offer([signal("suicide_ideation", "information", "self")], voice=Voice(Language.NL, Country.NL)) is None
        assert offer([], voice=Voice(Language.NL, Country.NL)) is None

    def test_the_most_pressing_signal_is_answered(self):
        several = [signal("child_abuse", "urgent", "self"), signal("truancy", "concern", "self")]
        assert "0800-2000" in offer(several, voice=Voice(Language.NL, Country.NL)).text
