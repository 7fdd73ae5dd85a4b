"""Ages: the number alone, and only where it is one."""

import pytest

from bot.ages import ages


def found(text: str) -> list[str]:
    """The ages of a text, as typed."""
    return [text[start:end] for start, end in ages(text)]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("ik ben 16", "16"),
        ("im 17 and done with school", "17"),
        ("mijn dochter van 12 wil iets met dieren", "12"),
        ("she's fifteen", "fifteen"),
        ("op je 16e", "16"),
        ("op zijn zestiende", "zestien"),
        ("een jongen van zestien helpt hier", "zestien"),
        ("17 jaar, havo", "17"),
        ("sixteen yo", "sixteen"),
        ("mag ik stoppen als ik 18 ben", "18"),
        ("Mijn vrouw is achtendertig", "achtendertig"),
        ("I'm thirty-six", "thirty-six"),
        ("must my five year old go", "five"),
        ("what is there for someone of 30", "30"),
    ],
)
def test_an_age_is_found(text, age):
    assert found(text) == [age]


@pytest.mark.parametrize(
    "text",
    [
        "is 12 euro",
        "tot 14 uur",
        "tien jaar geleden",
        "at 11 o'clock",
        "15 jaar ervaring",
        "voor 15 mei",
        "is 12 km",
        "2027",
    ],
)
def test_other_numbers_are_no_ages(text):
    assert found(text) == []
