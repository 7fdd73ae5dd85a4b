"""What every picture of ours begins with: an `<svg>` that a screen reader can name and tell."""

from xml.etree.ElementTree import Element, SubElement

WIDTH = 300
"""Pixels: fits a phone's panel."""


def begin_picture(title: str, text: str, height: int) -> Element:
    """An empty picture without scripts, styles or links; its colour is that of the text around it.

    Args:
        title: names the picture for a screen reader.
        text: says the same as the picture.
        height: in pixels.
    """
    picture = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height}",
            "width": str(WIDTH),
            "height": str(height),
            "role": "img",
            "fill": "currentColor",
            "font-size": "14",
            "font-family": "system-ui, sans-serif",
        },
    )
    SubElement(picture, "title").text = title
    SubElement(picture, "desc").text = text
    return picture
