"""A school is known by what people call it."""

import pytest

from programmes.catalogue import Catalogue
from programmes.schools import school_named


@pytest.mark.parametrize(
    ("said", "country", "code"),
    [
        ("Albeda", "NL", "00GT"),
        ("talland colege", "NL", "25PT"),
        ("Talland", "NL", "25PT"),
        ("VUB", "BE", "be-vrije-universiteit-brussel"),
        ("howest", "BE", "be-hogeschool-west-vlaanderen-howest"),
        ("KU Leuven", "NL", "be-ku-leuven"),
    ],
)
def test_a_school_is_found_by_name_initials_or_its_own_words(
    catalogue: Catalogue, said: str, country: str, code: str
) -> None:
    school = school_named(catalogue, said, country=country)

    assert school is not None
    assert school.code == code


@pytest.mark.parametrize("said", ["Zweinstein", "hogeschool", "college", "", "universiteit"])
def test_what_many_schools_are_called_names_none(catalogue: Catalogue, said: str) -> None:
    assert school_named(catalogue, said, country="NL") is None
