"""Draws a route like a line of the metro: stations are steps, dashes mean that it is uncertain."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from api.pictures.frame import begin_picture

STOP = 58
"""Pixels between two stations."""
LETTERS = 30
"""Letters that fit on a line of a title."""
LEFT, RADIUS = 18, 8


def draw_pathway(title: str, text: str, start: str, steps: Sequence[Mapping[str, Any]]) -> str:
    """Draw the line from the start through every step.

    Args:
        title: names the picture for a screen reader.
        text: says the same as the picture.
        start: where the line begins.
        steps: `{"title", "time", "uncertain"}`, in words; `uncertain` is empty for a right.
    Returns:
        An `<svg>` without scripts, styles or links; its colour is that of the text around it.
    """
    picture = begin_picture(title, text, STOP * len(steps) + 44)
    for at, step in enumerate(steps):
        _line(picture, at, is_uncertain=bool(step["uncertain"]))
    _stop(picture, 0, start, "", is_end=True)
    for at, step in enumerate(steps, 1):
        _stop(picture, at, str(step["title"]), str(step["time"]), is_end=at == len(steps))
    return tostring(picture, encoding="unicode")


def _height(at: int) -> int:
    return 20 + STOP * at


def _line(picture: Element, at: int, *, is_uncertain: bool) -> None:
    ends = {"x1": str(LEFT), "y1": str(_height(at)), "x2": str(LEFT), "y2": str(_height(at + 1))}
    drawn = SubElement(picture, "line", {**ends, "stroke": "currentColor", "stroke-width": "4"})
    if is_uncertain:
        drawn.set("stroke-dasharray", "5 6")


def _stop(picture: Element, at: int, name: str, time: str, *, is_end: bool) -> None:
    middle = _height(at)
    circle = {"cx": str(LEFT), "cy": str(middle), "r": str(RADIUS)}
    SubElement(picture, "circle", {**circle, "stroke": "currentColor", "stroke-width": "4"})
    if not is_end:
        SubElement(picture, "circle", {**circle, "r": str(RADIUS - 3), "fill": "Canvas"})
    lines = wrap(name, LETTERS)[:2]
    top = middle + (0 if len(lines) + bool(time) > 1 else 5)
    for nth, line in enumerate(lines):
        attributes = {"x": str(LEFT + 20), "y": str(top + 16 * nth), "font-weight": "600"}
        SubElement(picture, "text", attributes).text = line
    if time:
        SubElement(picture, "text", {"x": str(LEFT + 20), "y": str(top + 16 * len(lines))}).text = time
