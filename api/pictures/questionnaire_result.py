"""The picture of a questionnaire's result, with its title and its text, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.pictures.scores import Shown, draw_bars, draw_hexagon
from api.states import Country, Language
from api.texts import render
from questionnaires.bank import questionnaire

CORNERS = 6
"""Scales of a hexagon. Holland's six go round in the order of the questionnaire: neighbours are alike."""


@dataclass(frozen=True)
class Picture:
    """A drawing, and the same in words for who does not see it."""

    title: str
    text: str
    svg: str


def picture_of(id: str, scores: Mapping[str, float | None], *, language: Language, country: Country) -> Picture:
    """Draw a result: interests as a hexagon, everything else as bars, highest first.

    Args:
        id: of the questionnaire.
        scores: scale -> 0.0-1.0, in the order of the questionnaire; None where too little was answered.
        language: the reader's.
        country: the reader's.
    """
    bank = questionnaire(id)
    is_round = bank.id == "interests" and len(scores) == CORNERS
    ranked = scores.items() if is_round else sorted(scores.items(), key=lambda one: -(one[1] or 0.0))
    shown: list[Shown] = [(bank.scales[scale].name[language], value) for scale, value in ranked]

    def say(key: str, **values: object) -> str:
        return render(f"questionnaire.picture.{key}", language=language, country=country, values=values)

    def in_words(name: str, value: float | None) -> str:
        return say("no_score", name=name) if value is None else say("score", name=name, percent=f"{value:.0%}")

    title = say("title", name=bank.name[language])
    text = say("text", scores=[in_words(name, value) for name, value in shown])
    draw = draw_hexagon if is_round else draw_bars
    return Picture(title, text, draw(title, text, shown))
