"""A result is a picture and the same in words, in both languages."""

import re
from xml.etree import ElementTree

import pytest

from api.pictures.questionnaire_result import Picture, picture_of
from api.pictures.scores import WIDTH, draw_hexagon
from api.states import Country, Language
from questionnaires.bank import IDS, questionnaire
from questionnaires.scoring import Profile, score

SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def profile(id: str, value: int = 2) -> Profile:
    bank = questionnaire(id)
    return score(bank, dict.fromkeys(bank.items, value), asked=bank.order("long"))


def picture(of: Profile, language: Language, country: Country = Country.NL) -> Picture:
    scores = {one.scale: one.value for one in of.scores}
    return picture_of(of.questionnaire, scores, language=language, country=country)


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("language", list(Language))
class TestPictureOf:
    def test_the_words_say_every_score(self, id: str, language: Language) -> None:
        made = picture(profile(id), language)

        for one in profile(id).scores:
            name = questionnaire(id).scales[one.scale].name[language]
            assert f"{name} {one.value:.0%}" in made.text

    def test_a_screen_reader_hears_title_and_words(self, id: str, language: Language) -> None:
        made = picture(profile(id), language, Country.BE)
        drawn = read(made.svg)

        assert drawn.get("role") == "img"
        assert (drawn.findtext(f"{SVG}title"), drawn.findtext(f"{SVG}desc")) == (made.title, made.text)

    def test_nothing_in_it_runs_or_leads_away(self, id: str, language: Language) -> None:
        svg = picture(profile(id), language).svg

        assert not re.search(r"script|href|style|url\(|\son\w+=", svg)

    def test_no_name_leaves_the_picture(self, id: str, language: Language) -> None:
        drawn = read(picture(profile(id), language).svg)

        for text in drawn.iter(f"{SVG}text"):
            wide = len(text.text or "") * 7.5
            x, side = float(text.get("x", "0")), text.get("text-anchor", "start")
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[side]
            assert left >= -1, text.text
            assert left + wide <= WIDTH + 1, text.text
            assert float(text.get("y", "0")) <= float(drawn.get("height", "0")) - 2, text.text


class TestDrawHexagon:
    def test_a_higher_score_lies_further_from_the_middle(self) -> None:
        drawn = read(draw_hexagon("t", "d", [("a", 1.0), ("b", 0.5), ("c", None)]))
        *_, own = drawn.iter(f"{SVG}polygon")
        corners = [tuple(map(float, pair.split(","))) for pair in own.get("points", "").split()]
        height = float(drawn.get("height", "0"))
        far = [((x - WIDTH / 2) ** 2 + (y - height / 2) ** 2) ** 0.5 for x, y in corners]

        assert far[0] > far[1] > far[2] == pytest.approx(0, abs=0.1)

    def test_what_has_no_score_says_so(self) -> None:
        missing = score(questionnaire("interests"), {"r01": 5}, asked=("r01", "i01"))

        assert "te weinig ingevuld" in picture(missing, Language.NL).text
