"""Rendering: the right form, the right values, never a guess."""

from typing import ClassVar

import pytest

from api.states import Audience, Country, Language
from api.texts import renderer
from api.texts.store import TextsBroken, load


@pytest.fixture
def text(monkeypatch):
    """Lets a test write one text."""

    def write(forms: dict[str, str] | str):
        given = {"default": forms} if isinstance(forms, str) else forms
        monkeypatch.setattr(
            renderer, "variants", lambda key, language: {"t": given, "inner": {"default": "[{x}]"}}[key]
        )

    return write


def say(values=None, *, language=Language.NL, country=Country.NL, audience=None):
    return renderer.render("t", language=language, country=country, audience=audience, values=values)


class TestForms:
    FORMS: ClassVar = {"default": "d", "BE": "be", "parent": "p", "BE.parent": "be p"}

    @pytest.mark.parametrize(
        ("country", "audience", "expected"),
        [
            (Country.NL, None, "d"),
            (Country.NL, Audience.PUPIL, "d"),
            (Country.NL, Audience.PARENT, "p"),
            (Country.BE, None, "be"),
            (Country.BE, Audience.PARENT, "be p"),
        ],
    )
    def test_the_most_fitting_form_is_said(self, text, country, audience, expected):
        text(self.FORMS)
        assert say(country=country, audience=audience) == expected

    def test_flemish_school_terms_outrank_the_tone_for_a_parent(self, text):
        text({"default": "d", "BE": "be", "parent": "p"})
        assert say(country=Country.BE, audience=Audience.PARENT) == "be"


class TestValues:
    def test_a_missing_value_is_an_error_and_not_a_gap(self, text):
        text("Hallo {naam}")
        with pytest.raises(KeyError):
            say({})

    def test_a_value_cannot_reach_into_another(self, text):
        text("{a} {b}")
        assert say({"a": "{b}", "b": "geheim"}) == "{b} geheim"

    @pytest.mark.parametrize(
        ("value", "dutch", "english"),
        [
            ({"date": "2027-04-01"}, "1 april 2027", "1 April 2027"),
            (
                {"at": "2026-11-23T07:05:00Z", "zone": "Europe/Amsterdam"},
                "maandag 23 november om 8:05",
                "Monday 23 November at 8:05",
            ),
            (["a", 2, {"say": "inner", "with": {"x": "y"}}], "a, 2, [y]", "a, 2, [y]"),
            (2.5, "2,5", "2.5"),
            (3, "3", "3"),
        ],
    )
    def test_values_are_said_in_the_readers_language(self, text, value, dutch, english):
        text("{x}")
        assert say({"x": value}) == dutch
        assert say({"x": value}, language=Language.EN) == english


class TestLoad:
    def test_a_bare_yes_is_refused_because_yaml_makes_it_a_boolean(self, tmp_path):
        (tmp_path / "t.yml").write_text("answer: yes\n")
        with pytest.raises(TextsBroken, match=r"t\.answer"):
            load(tmp_path)

    def test_variants_need_a_default(self, tmp_path):
        (tmp_path / "t.yml").write_text("a: {BE: x}\n")
        with pytest.raises(TextsBroken, match="default"):
            load(tmp_path)

    def test_the_topic_comes_first_and_is_not_doubled(self, tmp_path):
        (tmp_path / "t.yml").write_text("a: x\nt.b: y\ndeep: {c: z}\n")
        assert set(load(tmp_path)) == {"t.a", "t.b", "t.deep.c"}


class TestWhatIsSaidToAParentInOtherWords:
    VALUE: ClassVar = {
        "x": {"pupil": {"nl": "je kunt", "en": "you can"}, "parent": {"nl": "u kunt", "en": "parents can"}}
    }

    @pytest.mark.parametrize(
        ("audience", "language", "expected"),
        [
            (None, Language.NL, "je kunt"),
            (Audience.PUPIL, Language.EN, "you can"),
            (Audience.PARENT, Language.NL, "u kunt"),
            (Audience.PARENT, Language.EN, "parents can"),
        ],
    )
    def test_the_reader_chooses(self, text, audience, language, expected):
        text("{x}")
        assert say(self.VALUE, audience=audience, language=language) == expected
