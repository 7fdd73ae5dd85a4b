"""An answer is read from words of both languages; what may mean something else is left to the bot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.answers import Act, read_act, read_answer
from questionnaires.bank import A, B, questionnaire

STATEMENT = questionnaire("interests").items["r01"]
CHOICE = questionnaire("values").items["v07"]
"""Alone in your own way, or together in a team."""


class TestReadAnswer:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("heel leuk", 5), ("love it", 5), ("Heeeeel leuk!!", 5), ("lijkt me echt heel leuk", 5), ("😍", 5),
            ("superleuk", 5), ("I would love that", 5), ("heel plezant", 5), ("helemaal", 5),
            ("4", 4), ("een 4", 4), ("leuk", 4), ("best wel leuk hoor", 4), ("ja", 4), ("vind ik wel tof", 4),
            ("👍👍", 4),
            ("meh", 3), ("gaat wel", 3), ("it's ok", 3), ("soms wel, soms niet", 3), ("mwah", 3),
            ("niet echt", 2), ("nee", 2), ("niet heel leuk", 2), ("not really", 2), ("da's ni echt mijn ding", 2),
            ("no way", 1), ("helemaal niet leuk", 1), ("nooit", 1), ("I hate it", 1), ("één", 1), ("echt niet", 1),
        ],
    )  # fmt: skip
    def test_a_statement_is_answered_in_words(self, text: str, value: int) -> None:
        assert read_answer(text, STATEMENT) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [("hel leuk", 5), ("neit echt", 2), ("verschrikelijk", 1), ("luek", 4), ("not realy", 2), ("helmaal niet", 1)],
    )
    def test_slips_are_forgiven(self, text: str, value: int) -> None:
        assert read_answer(text, STATEMENT) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("a", A), ("B!", B), ("de eerste", A), ("second", B), ("doe maar b", B), ("ik kies a", A), ("2", B),
            ("samenwerken", B), ("ik werk liever alleen", A), ("in a team", B),
        ],
    )  # fmt: skip
    def test_a_choice_is_made_by_letter_place_or_its_own_words(self, text: str, value: int) -> None:
        assert read_answer(text, CHOICE) == value

    @pytest.mark.parametrize(
        ("text", "act"),
        [
            ("weet niet", Act.SKIP), ("ik weet het niet", Act.SKIP), ("idk", Act.SKIP), ("sla over", Act.SKIP),
            ("vorige", Act.BACK), ("ga terug", Act.BACK), ("go back", Act.BACK), ("verkeerd geklikt", Act.BACK),
            ("pauze", Act.PAUSE), ("straks verder", Act.PAUSE), ("stop", Act.STOP), ("I want to stop", Act.STOP),
            ("wat was de vraag ook alweer?", Act.REPEAT), ("verder", Act.RESUME), ("beide", Act.SKIP),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("item", [STATEMENT, CHOICE])
    def test_a_wish_about_the_questionnaire_is_no_answer(self, text: str, act: Act, item: object) -> None:
        assert read_answer(text, item) is act  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "text",
        [
            "wat is bbl?", "ik wil stoppen met school", "6", "10", "4/5", "leuk maar eng", "", "   ", "is dat leuk?",
            "kan ik ook gewoon een opleiding zoeken", "ik heb buikpijn", "C",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("item", [STATEMENT, CHOICE])
    def test_what_is_something_else_goes_to_the_bot(self, text: str, item: object) -> None:
        assert read_answer(text, item) is None  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "text",
        [
            "dood", "ik ga dood", "ik wil dood", "I want to die", "ik wil niet meer", "ik kan niet meer",
            "mensen pesten me", "niemand in mijn team mag me", "help", "ik ben bang", "geen zin meer in het leven",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("item", [STATEMENT, CHOICE])
    def test_a_cry_for_help_is_never_taken_for_an_answer(self, text: str, item: object) -> None:
        assert read_answer(text, item) is None  # type: ignore[arg-type]

    @given(st.text())
    def test_anything_may_be_typed(self, text: str) -> None:
        assert read_answer(text, STATEMENT) in {None, 1, 2, 3, 4, 5, *Act}
        assert read_answer(text, CHOICE) in {None, A, B, *Act}

    @pytest.mark.parametrize("id", ["interests", "attitude", "method"])
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_the_words_on_the_buttons_are_understood_when_typed(self, id: str, language: str) -> None:
        item = next(iter(questionnaire(id).items.values()))

        assert [read_answer(one.text[language], item) for one in item.options] == [1, 2, 3, 4, 5]

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_the_options_of_every_choice_are_understood_when_typed(self, language: str) -> None:
        for item in questionnaire("values").items.values():
            assert [read_answer(one.text[language], item) for one in item.options] == [A, B], item.id


class TestReadAct:
    def test_a_rest_ends_with_a_word(self) -> None:
        assert read_act("Verder!") is Act.RESUME
        assert read_act("wat is bbl?") is None
