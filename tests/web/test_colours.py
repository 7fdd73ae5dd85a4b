"""Whatever colour a school chooses, its panel can be read."""

import colorsys

import pytest

from api.sites.service import all_sites
from api.web.colours import SHAPE_CONTRAST, TEXT_CONTRAST, contrast, palette, readable_on

ACCENTS = [
    *(site.accent for site in all_sites()),
    "#000000", "#ffffff", "#ffe600", "#777777",
    *(
        "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue / 12, lightness, saturation))
        for hue in range(12)
        for lightness in (0.15, 0.5, 0.85)
        for saturation in (0.3, 1.0)
    ),
]  # fmt: skip
TEXT_ON = [
    ("ink", "surface"), ("ink", "backdrop"), ("ink", "bot"), ("ink", "soft"),
    ("quiet", "surface"), ("quiet", "backdrop"),
    ("accent", "surface"), ("accent", "backdrop"), ("accent", "bot"), ("accent", "soft"),
    ("on-accent", "accent"), ("on-brand", "brand"),
    ("warm-ink", "warm"), ("warm", "warm-ink"),
]  # fmt: skip
SHAPES_ON = [
    ("edge", "surface"),
    ("edge", "backdrop"),
    ("warm-edge", "warm"),
    ("warm-edge", "surface"),
    ("accent", "surface"),
]


class TestPalette:
    @pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize("accent", ACCENTS)
    def test_every_text_and_every_shape_can_be_told_from_what_is_behind_it(self, accent, is_dark):
        tokens = palette(accent, is_dark=is_dark)
        texts = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in TEXT_ON}
        shapes = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in SHAPES_ON}

        assert {pair: ratio for pair, ratio in texts.items() if ratio < TEXT_CONTRAST} == {}
        assert {pair: ratio for pair, ratio in shapes.items() if ratio < SHAPE_CONTRAST} == {}

    def test_a_school_sees_its_own_colour_where_that_can_be_read(self):
        assert palette("#0b5c8a", is_dark=False)["accent"] == "#0b5c8a"


class TestContrast:
    def test_black_on_white_is_twenty_one_as_in_the_standard(self):
        assert contrast("#000000", "#ffffff") == pytest.approx(21.0)

    def test_a_light_yellow_gets_dark_words(self):
        assert readable_on("#ffe600") == "#000000"
