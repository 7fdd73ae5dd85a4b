"""Every pattern file proves itself by its own examples; what is harmless stays quiet."""

import pytest

from bot.signals import by_patterns
from bot.signals.book import Book

KINDS = frozenset(
    """
    suicide_acute medical_emergency violence_now threat_to_others sexual_violence suicide_ideation self_harm child_abuse
    online_sexual_harm exploitation homeless_runaway adult_misconduct eating_problem severe_distress bullying
    discrimination substance_addiction wants_to_quit truancy school_anxiety often_ill wrong_choice failing_pressure
    already_out job_pull money_trouble home_burden young_parent legal_trouble conflict_school language_newcomer
    """.split()  # noqa: SIM905 - a list that is read, not computed
)
ACUTE = ("suicide_acute", "medical_emergency", "violence_now", "threat_to_others")
BOOKS = {language: Book(language) for language in ("nl", "en")}
FOUND = [(name, text) for book in BOOKS.values() for name, kind in book.kinds.items() for text in kind.found]
QUIET = [(name, text) for book in BOOKS.values() for name, kind in book.kinds.items() for text in kind.quiet]

HARMLESS = [
    "mijn oma is vorige maand overleden aan kanker, ik wil daarom oncologieverpleegkundige worden",
    "ik heb een mes nodig voor de koksopleiding, wordt dat vergoed",
    "de trein van 8 uur haal ik nooit, hoe laat begint de les",
    "die toets was moord",
    "wij springen van de hoge duikplank bij zwemles, is er een opleiding tot zweminstructeur",
    "ik sta op het dak te werken als dakdekker, kan dat ook bbl",
    "de docent slaat altijd hoofdstukken over",
    "als ik dit jaar weer zak dan spring ik van het dak joh haha",
    "in het boek dat ik lees pleegt de hoofdpersoon zelfmoord, moet ik dat in mijn verslag zetten",
    "ik heb mijn vinger gesneden bij techniek, niks ergs",
    "ik was vroeger heel onzeker maar nu niet meer",
    "ik neem elke dag medicatie voor adhd, krijg ik extra tijd",
    "ik wil niet meer naar deze school maar naar het roc",
    "the exam nearly killed me but i passed",
    "can i bring my own knife set to culinary school",
    "i want to shoot documentaries, which film school",
    "my dad is a boxer and beats everyone, can i do sports at mbo",
    "i would kill for a spot at the art academy",
    "my phone died so i couldnt finish the application",
    "i was bullied in primary school but now everything is fine",
    "which degree do i need to work with abused children",
    "is suicide prevention part of the psychology curriculum",
]


def serious(text: str) -> list[str]:
    return [signal.kind for signal in by_patterns(text) if signal.tier in ("acute", "urgent")]


class TestPatternFiles:
    def test_every_kind_has_a_file_in_both_languages(self):
        assert set(BOOKS["nl"].kinds) == set(BOOKS["en"].kinds) == KINDS

    def test_every_file_has_examples(self):
        assert not [name for book in BOOKS.values() for name, kind in book.kinds.items() if not kind.found]

    @pytest.mark.parametrize(("kind", "text"), FOUND)
    def test_what_should_be_found_is_found(self, kind, text):
        assert kind in [signal.kind for signal in by_patterns(text)]

    @pytest.mark.parametrize(("kind", "text"), QUIET)
    def test_what_only_looks_like_it_stays_quiet(self, kind, text):
        assert kind not in [signal.kind for signal in by_patterns(text) if signal.tier != "information"]

    @pytest.mark.parametrize(("kind", "text"), [pair for pair in FOUND if pair[0] in ACUTE])
    def test_an_acute_example_is_acute(self, kind, text):
        assert by_patterns(text)[0].tier == "acute", kind

    @pytest.mark.parametrize("text", HARMLESS)
    def test_ordinary_talk_calls_nobody(self, text):
        assert serious(text) == []
