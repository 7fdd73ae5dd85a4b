"""An age is read as it is said, in digits or words of both languages."""

import pytest

from programmes.ages import age_of


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("17", 17),
        ("16e", 16),
        ("Zestien", 16),
        ("zestiende", 16),
        ("twintigste", 20),
        ("achtendertig", 38),
        ("tweeëntwintig", 22),
        ("twenty-two", 22),
        ("twenty two", 22),
        ("five", 5),
        ("zes", 6),
    ],
)
def test_an_age_is_read(said, age):
    assert age_of(said) == age


@pytest.mark.parametrize("said", ["", "3", "one", "120", "jong", "1.5", "²"])
def test_what_is_no_age_is_none(said):
    assert age_of(said) is None
