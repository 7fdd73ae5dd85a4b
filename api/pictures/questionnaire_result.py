"""The picture of a questionnaire's result, with its title and its text, in the reader's language."""

from dataclasses import dataclass

from api.pictures.scores import Shown, draw_bars, draw_hexagon
from api.states import Country, Language
from api.texts import render
from questionnaires.bank import questionnaire
from questionnaires.scoring import Profile, Score

CORNERS = 6
"""Scales of a hexagon. Holland's six go round in the order of the questionnaire: neighbours are alike."""


@dataclass(frozen=True)
class Picture:
    """A drawing, and the same in words for who does not see it."""

    title: str
    text: str
    svg: str


def picture_of(profile: Profile, *, language: Language, country: Country) -> Picture:
    """Draw a profile: interests as a hexagon, everything else as bars, highest first."""
    bank = questionnaire(profile.questionnaire)
    is_round = bank.id == "interests" and len(profile.scores) == CORNERS
    scores = profile.scores if is_round else sorted(profile.scores, key=lambda one: -(one.value or 0.0))
    shown: list[Shown] = [(bank.scales[one.scale].name[language], one.value) for one in scores]

    def say(key: str, **values: object) -> str:
        return render(f"questionnaire.picture.{key}", language=language, country=country, values=values)

    def in_words(name: str, one: Score) -> str:
        return say("no_score", name=name) if one.value is None else say("score", name=name, percent=f"{one.value:.0%}")

    title = say("title", name=bank.name[language])
    text = say("text", scores=[in_words(name, one) for (name, _), one in zip(shown, scores, strict=True)])
    draw = draw_hexagon if is_round else draw_bars
    return Picture(title, text, draw(title, text, shown))
