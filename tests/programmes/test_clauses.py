"""What of a message is wished, and what is only told or not wanted."""

import pytest

from programmes.query import meaningful, parted


class TestParted:
    @pytest.mark.parametrize(
        ("text", "wished"),
        [
            ("ik ben verzorgende niveau 3 en wil verpleegkundige worden", {"verpleegkundige"}),
            ("hallo ik zit nu in 4 havo en ik wil later graag bij de politie werken wat kan ik doen", {"politie"}),
            ("ik heb mbo 4 doktersassistent gedaan, nu wil ik hbo verpleegkunde", {"verpleegkunde"}),
            ("I am a cook but I want to be a teacher", {"teacher"}),
            ("ik wil overstappen van rechten naar psychologie", {"psychologie"}),
            ("kok en bakker", {"kok", "bakker"}),
            ("ik ben goed in tekenen en hou van mode", {"tekenen", "mode"}),
        ],
    )
    def test_what_somebody_tells_about_himself_is_not_what_he_wants(self, text: str, wished: set[str]) -> None:
        assert set(meaningful(parted(text).wished)) - {"hbo"} == wished

    @pytest.mark.parametrize(
        ("text", "denied"),
        [
            ("iets met dieren maar geen dierenarts", "dierenarts"),
            ("werken in een ziekenhuis zonder bloed", "bloed"),
            ("something with computers but not programming", "programming"),
        ],
    )
    def test_what_is_not_wanted_is_no_wish(self, text: str, denied: str) -> None:
        parts = parted(text)

        assert meaningful(parts.denied) == (denied,)
        assert denied not in meaningful(parts.wished)

    def test_a_message_that_only_tells_is_taken_whole(self) -> None:
        assert "ingenieur" in meaningful(parted("ik was ingenieur, welke studie past daarbij?").wished)

    def test_a_name_with_a_hyphen_denies_nothing(self) -> None:
        assert parted("sociologie der niet-westerse samenlevingen").denied == ""
