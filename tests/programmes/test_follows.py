"""What follows where somebody stands comes first, and nothing is left out."""

from types import SimpleNamespace

import pytest

from programmes.follows import follows, in_order


@pytest.mark.parametrize(
    ("start", "country", "has", "has_not"),
    [
        ("vmbo-tl", "NL", {"mbo-2", "mbo-3", "mbo-4", "havo"}, {"mbo-1", "hbo", "vmbo-tl"}),
        ("mbo-2", "NL", {"mbo-3", "mbo-4"}, {"mbo-1", "mbo-2", "hbo"}),
        ("mbo-4", "NL", {"ad", "hbo"}, {"mbo-3", "wo"}),
        ("havo-4", "NL", {"hbo", "ad"}, {"havo"}),
        ("none", "NL", {"mbo-1"}, {"mbo-4"}),
        ("so-2-dubbel", "BE", {"so-3-dubbel", "so-3-arbeidsmarkt"}, {"bachelor-prof"}),
        ("so-3-dubbel", "BE", {"graduaat", "bachelor-prof"}, {"so-3-dubbel"}),
    ],
)
def test_one_step_on_and_never_back(start, country, has, has_not):
    after = follows(start, country=country)

    assert has <= after
    assert not has_not & after


def test_nothing_follows_on_what_nobody_knows():
    assert follows("moon", country="NL") == frozenset()


def test_the_order_stays_but_for_what_follows():
    programmes = [SimpleNamespace(level=level, kind=None, dossier=None) for level in ("1", "hbo", "3", "2", "4")]

    assert in_order("abcde", programmes, frozenset({"mbo-3", "mbo-4"})) == ["c", "e", "a", "b", "d"]
