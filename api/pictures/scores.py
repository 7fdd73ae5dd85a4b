"""Draws the result of a questionnaire: a hexagon for six interests, bars for anything else. Numbers stand beside it."""

import math
from collections.abc import Sequence
from textwrap import wrap
from xml.etree.ElementTree import SubElement, tostring

from api.pictures.frame import WIDTH, begin_picture

RADIUS = 86
"""Pixels from the middle of the hexagon to a corner, where a score is 1.0."""
NAME_AWAY, SECOND_LINE = 22, 15
"""Pixels from a corner to its name, and from the name to the number."""
RINGS = (0.25, 0.5, 0.75, 1.0)
BAR = 40
"""Pixels from one bar to the next."""
LETTERS = 34
"""Letters that fit above a bar."""

type Shown = tuple[str, float | None]
"""A name in words, and a score from 0.0 to 1.0; None: too little was answered."""


def draw_hexagon(title: str, text: str, scores: Sequence[Shown]) -> str:
    """Draw scores around a middle; a scale without one stays in it.

    Args:
        title: names the picture for a screen reader.
        text: says the same as the picture.
        scores: clockwise from the top; neighbours are alike.
    Returns:
        An `<svg>` without scripts, styles or links; its colour is that of the text around it.
    """
    height = 2 * RADIUS + 100
    picture = begin_picture(title, text, height)
    centre = (WIDTH / 2, height / 2)
    for ring in RINGS:
        corners = _corners(centre, [ring] * len(scores))
        SubElement(picture, "polygon", {"points": corners, "fill": "none", "stroke": "currentColor", "opacity": "0.3"})
    own = _corners(centre, [value or 0.0 for _, value in scores])
    shape = {"points": own, "fill-opacity": "0.25", "stroke": "currentColor", "stroke-width": "3"}
    SubElement(picture, "polygon", shape)
    for at, (name, value) in enumerate(scores):
        x, y = _corner(centre, at, len(scores), 1 + NAME_AWAY / RADIUS)
        # Names at a side begin at the edge of the picture: beside their corner a long one would leave it.
        edge, side = (x, "middle") if abs(x - centre[0]) < 1 else (WIDTH, "end") if x > centre[0] else (0, "start")
        lower = y + (SECOND_LINE if y > centre[1] else 0)
        place = {"x": f"{edge:.0f}", "y": f"{lower - 4:.0f}", "text-anchor": side, "font-size": "13"}
        SubElement(picture, "text", place | {"font-weight": "600"}).text = name
        SubElement(picture, "text", place | {"y": f"{lower + SECOND_LINE - 4:.0f}"}).text = _percent(value)
    return tostring(picture, encoding="unicode")


def draw_bars(title: str, text: str, scores: Sequence[Shown]) -> str:
    """Draw scores as bars, in the given order. Arguments and result are those of `draw_hexagon`."""
    picture = begin_picture(title, text, BAR * len(scores) + 8)
    for at, (name, value) in enumerate(scores):
        top = BAR * at + 16
        SubElement(picture, "text", {"x": "0", "y": str(top)}).text = wrap(name, LETTERS)[0]
        SubElement(picture, "text", {"x": str(WIDTH), "y": str(top), "text-anchor": "end"}).text = _percent(value)
        bar = {"x": "1", "y": str(top + 6), "height": "10", "rx": "3"}
        whole = {"width": str(WIDTH - 2), "fill": "none", "stroke": "currentColor", "opacity": "0.5"}
        SubElement(picture, "rect", bar | whole)
        if value:
            SubElement(picture, "rect", bar | {"width": f"{(WIDTH - 2) * value:.0f}"})
    return tostring(picture, encoding="unicode")


def _corner(centre: tuple[float, float], at: int, of: int, far: float) -> tuple[float, float]:
    angle = 2 * math.pi * at / of
    return centre[0] + RADIUS * far * math.sin(angle), centre[1] - RADIUS * far * math.cos(angle)


def _corners(centre: tuple[float, float], values: Sequence[float]) -> str:
    corners = (_corner(centre, at, len(values), value) for at, value in enumerate(values))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
