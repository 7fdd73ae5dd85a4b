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
            ("I was a chef and want to run a hotel instead of cooking", "cooking"),
            ("ik hou van talen en heb een hekel aan wiskunde", "wiskunde"),
            ("ik wil iets met mode maar kantoor lijkt me vreselijk", "kantoor"),
        ],
    )
    def test_what_is_not_wanted_is_no_wish(self, text: str, denied: str) -> None:
        parts = parted(text)

        assert meaningful(parts.denied) == (denied,)
        assert denied not in meaningful(parts.wished)

    def test_what_is_wanted_instead_is_a_wish_again(self) -> None:
        parts = parted("ik wil niet in een bakkerij staan maar bomen snoeien")

        assert set(meaningful(parts.wished)) == {"bomen", "snoeien"}
        assert "bakkerij" in meaningful(parts.denied)

    @pytest.mark.parametrize(
        ("text", "wished"),
        [
            ("mijn moeder zegt dat ik kapper moet worden, ik wil lasser worden", {"lasser"}),
            ("ik ben 45 jaar en spreek een beetje nederlands, ik wil kok worden", {"kok"}),
            ("I'm doing nursing and want to become a welder", {"welder"}),
            ("my son is in 4 havo, he wants to be a pilot", {"pilot"}),
        ],
    )
    def test_what_others_want_and_who_somebody_is_is_no_wish(self, text: str, wished: set[str]) -> None:
        assert set(meaningful(parted(text).wished)) == wished

    def test_what_is_only_liked_is_told_apart_from_what_is_wanted(self) -> None:
        parts = parted("ik ben goed in wiskunde en wil later met kinderen werken maar niet in een winkel")

        assert (meaningful(parts.liked), meaningful(parts.wanted)) == (("wiskunde",), ("kinderen",))
        assert meaningful(parts.denied) == ("winkel",)

    def test_what_is_liked_is_all_that_is_wished_where_nothing_is_wanted(self) -> None:
        parts = parted("ik ben goed in tekenen")

        assert (parts.liked, meaningful(parts.wanted)) == ("", ("tekenen",))

    def test_a_message_that_only_tells_is_taken_whole(self) -> None:
        assert "ingenieur" in meaningful(parted("ik was ingenieur, welke studie past daarbij?").wished)

    def test_a_name_with_a_hyphen_denies_nothing(self) -> None:
        assert parted("sociologie der niet-westerse samenlevingen").denied == ""
