"""The words of a question choose the facts, and nothing is chosen where nothing is near."""

from pathlib import Path

import pytest

from bot.encoder import EncoderMissing
from programmes import meaning
from programmes.fact_choice import FactChoice, texts_of
from programmes.facts import all_facts
from tests.programmes.conftest import VECTORS

TOPICS = frozenset(fact.topic for fact in all_facts())


@pytest.fixture(scope="module")
def choice() -> FactChoice:
    """The facts that ship, with their vectors."""
    return FactChoice(all_facts(), cache=VECTORS)


def chosen(choice: FactChoice, text: str, country: str = "NL", topics: frozenset[str] = TOPICS) -> list[str]:
    return [one.fact.id for one in choice.choose(text, country=country, topics=topics)]


class TestChoose:
    @pytest.mark.parametrize(
        ("text", "country", "fact"),
        [
            ("moeten mijn ouders betalen als ik spijbel", "NL", "nl-attendance-officer"),
            ("wat is een vavo", "NL", "nl-vavo"),
            ("my teacher says bbl but I am only fifteen", "NL", "nl-bbl-age"),
            ("wanner moet ik me anmelden voor genneskunde", "NL", "nl-fixus"),
            ("ik kreeg een b attest", "BE", "be-attest-b"),
        ],
    )
    def test_other_words_both_languages_and_slips_find_the_fact(
        self, choice: FactChoice, text: str, country: str, fact: str
    ) -> None:
        assert fact in chosen(choice, text, country)

    @pytest.mark.parametrize("text", ["wat voor weer wordt het morgen", "hoi", "who is the king of France", "?", ""])
    def test_nothing_is_chosen_where_nothing_is_near(self, choice: FactChoice, text: str) -> None:
        assert chosen(choice, text) == []

    def test_what_the_question_is_about_goes_first_and_does_not_hide_what_is_nearer(self, choice: FactChoice) -> None:
        about_money = frozenset({"costs_and_finance"})
        found = choice.choose("wat gebeurt er met mijn geld als ik stop", country="NL", topics=about_money)
        assert found[0].fact.topic == "costs_and_finance"
        assert chosen(choice, "wat is een studiekeuzecheck", topics=about_money) == ["nl-studiekeuzecheck"]

    def test_a_surer_choice_can_be_asked_for(self, choice: FactChoice) -> None:
        ask = "moet ik mijn mentor bellen over mijn boeken"
        assert len(choice.choose(ask, country="NL", topics=TOPICS, least=0.9)) == 0

    def test_another_country_is_answered_for_only_when_it_is_named(self, choice: FactChoice) -> None:
        assert all(id.startswith("nl-") for id in chosen(choice, "telt mijn havo nog ergens anders"))
        assert "be-dutch-diploma" in chosen(choice, "telt mijn havo ook in België")

    def test_the_language_dutch_names_no_country(self, choice: FactChoice) -> None:
        found = chosen(choice, "ik spreek geen Nederlands, is er okan voor mij", "BE")
        assert found
        assert all(id.startswith("be-") for id in found)


class TestWithoutAnEncoder:
    def test_words_alone_choose(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(_texts: object) -> None:
            raise EncoderMissing("gone")

        monkeypatch.setattr(meaning, "encode", missing)
        monkeypatch.setattr("bot.encoder.encode", missing)
        choice = FactChoice(all_facts(), cache=tmp_path)

        assert chosen(choice, "staatsexamen")[0] == "nl-staatsexamen"


class TestVectors:
    def test_are_made_once_and_again_when_a_text_changes(self, tmp_path: Path) -> None:
        few = all_facts()[:2]
        assert not meaning.are_kept(texts_of(few), cache=tmp_path)
        FactChoice(few, cache=tmp_path)
        assert meaning.are_kept(texts_of(few), cache=tmp_path)
        assert not meaning.are_kept(texts_of(all_facts()[:3]), cache=tmp_path)
