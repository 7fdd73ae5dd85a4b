"""Who offers what where: in memory for ranking, in the database for showing."""

from programmes.catalogue import Catalogue
from programmes.offers import OfferIndex

OFFERS = OfferIndex(
    [
        ("cook", "north", "0363", "BOL"),
        ("cook", "south", None, None),
        ("nurse", "south", "0344", "BBL"),
        ("nurse", "south", "0344", "BOL"),
    ]
)


class TestOfferIndex:
    def test_programmes_at_a_place_are_those_offered_there(self) -> None:
        assert OFFERS.programmes_at({"0363"}) == {"cook"}
        assert OFFERS.programmes_at({"0363", "0344", "9999"}) == {"cook", "nurse"}

    def test_what_was_ruled_out_is_offered_nowhere(self) -> None:
        assert OFFERS.programmes_at({"0363", "0344"}, without={"0344"}) == {"cook"}
        assert OFFERS.programmes_at({"0363"}, without_modes={"BOL"}) == set()

    def test_a_school_gives_a_programme_once_in_the_order_that_was_asked(self) -> None:
        assert OFFERS.schools_of(["nurse", "cook"]) == {"north": ["cook"], "south": ["nurse", "cook"]}

    def test_no_offers_answer_nothing(self) -> None:
        assert OfferIndex([]).programmes_at({"0363"}) == set()


class TestOfferings:
    def test_the_newest_are_shown_and_what_was_ruled_out_is_not(self, catalogue: Catalogue) -> None:
        id = max(catalogue.programmes, key=lambda one: len(catalogue.offerings([one]).get(one, ())))
        every = catalogue.offerings([id])[id]
        somewhere = next(offer.municipality_code for offer in every if offer.municipality_code)

        assert catalogue.offerings([id], most=2)[id] != every
        assert [one.id for one in catalogue.offerings([id], most=2)[id]] == [one.id for one in every[:2]]
        assert somewhere not in {one.municipality_code for one in catalogue.offerings([id], without=[somewhere])[id]}
        # An offer of which nobody said the place is no offer there.
        silent = [one for one in every if one.municipality_code is None]
        kept = {one.id for one in catalogue.offerings([id], without=[somewhere])[id]}
        assert {one.id for one in silent} <= kept
