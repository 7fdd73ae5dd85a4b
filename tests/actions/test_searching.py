"""What is shown of what was found: just the level that was asked for, and only what is offered in the place."""

from actions.searching import FOUND, _as_asked
from programmes.models import Offering, Programme
from programmes.query import Understood
from programmes.search import Hit, SearchResult


def hit(level: str, *, is_there: bool = False) -> Hit:
    return Hit(Programme(id=f"nl-{level}", level=level), why=(), places=(Offering(),) if is_there else ())


def found(*hits: Hit, level: str | None = None, offers: bool = False, total: int | None = None) -> SearchResult:
    return SearchResult(
        hits=hits,
        place_answer="offer" if offers else None,
        schools=(),
        facets={},
        total=len(hits) if total is None else total,
        understood=Understood(subject="", words=(), level=level),
    )


def levels(result: SearchResult) -> list[str | None]:
    return [one.programme.level for one in result.hits]


class TestAsAsked:
    def test_who_says_hbo_sees_bachelors_only(self):
        assert levels(_as_asked(found(hit("hbo"), hit("ad"), hit("bachelor"), level="hbo"))) == ["hbo", "bachelor"]

    def test_without_a_bachelor_the_other_levels_stay(self):
        assert levels(_as_asked(found(hit("ad"), hit("graduaat"), level="hbo"))) == ["ad", "graduaat"]

    def test_what_is_not_offered_there_is_left_out(self):
        shown = _as_asked(found(hit("3", is_there=True), hit("4"), offers=True))

        assert (levels(shown), shown.total, shown.place_answer) == (["3"], 1, "offer")

    def test_where_only_something_else_is_offered_nothing_is_left_out_and_the_place_is_not_claimed(self):
        shown = _as_asked(found(hit("3"), hit("4", is_there=True), offers=True))

        assert (levels(shown), shown.place_answer) == (["3", "4"], None)

    def test_nothing_found_stays_nothing(self):
        assert _as_asked(found(level="hbo")).hits == ()

    def test_more_than_was_looked_at_is_still_counted(self):
        assert _as_asked(found(*[hit("3")] * FOUND, total=80)).total == 80
