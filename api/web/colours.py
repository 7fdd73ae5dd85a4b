"""Derives every colour of the panel from a school's one accent, so that each pair can be read."""

import colorsys
from collections.abc import Mapping, Sequence
from functools import lru_cache

TEXT_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: text against what is behind it."""

SHAPE_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: borders of controls and the focus ring."""

WHITE = "#ffffff"
BLACK = "#000000"

_LINEAR_BELOW = 0.04045
"""Where sRGB's curve turns straight (IEC 61966-2-1)."""

_STEPS = 200
"""Steps of lightness between black and white: half a per cent each, too small to see."""

LIGHT: Mapping[str, str] = {
    "surface": WHITE,
    "backdrop": "#f5f6f8",
    "ink": "#1b1f24",
    "quiet": "#545d68",
    "line": "#d9dde2",
    "edge": "#767f8a",
    "bot": "#eceef2",
    "warm": "#fff4e3",
    "warm-ink": "#522d00",
    "warm-edge": "#b0660f",
}
DARK: Mapping[str, str] = {
    "surface": "#1c2127",
    "backdrop": "#14181d",
    "ink": "#eef1f4",
    "quiet": "#a9b3bf",
    "line": "#39424c",
    "edge": "#808b97",
    "bot": "#2b323a",
    "warm": "#3a2a12",
    "warm-ink": "#ffe3b8",
    "warm-edge": "#d99a3e",
}
"""What does not depend on the school. Helplines are warm, never an alarming red."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1.0 to 21.0, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(background: str) -> str:
    """White or black text, whichever reads best; one of them always reaches 4.5, near-black would not."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, background))


def tuned(colour: str, *, against: Sequence[str], at_least: float) -> str:
    """The nearest lightness of a colour that reaches a contrast against every one of the backgrounds."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    found = [
        candidate
        for candidate in (_hex(colorsys.hls_to_rgb(hue, step / _STEPS, saturation)) for step in range(_STEPS + 1))
        if all(contrast(candidate, background) >= at_least for background in against)
    ]
    if all(contrast(colour, background) >= at_least for background in against):
        return colour.lower()
    return min(found, key=lambda candidate: abs(colorsys.rgb_to_hls(*_channels(candidate))[1] - lightness))


@lru_cache
def palette(accent: str, *, is_dark: bool) -> Mapping[str, str]:
    """Token -> colour, for one school in the light or in the dark."""
    ground = DARK if is_dark else LIGHT
    soft = mixed(accent, ground["surface"], share=0.16 if is_dark else 0.09)
    behind_text = [ground["surface"], ground["backdrop"], ground["bot"], soft]
    text = tuned(accent, against=behind_text, at_least=TEXT_CONTRAST)
    return {
        **ground,
        "brand": accent.lower(),
        "on-brand": readable_on(accent),
        "accent": text,
        "on-accent": readable_on(text),
        "soft": soft,
    }


def theme(accent: str) -> str:
    """The stylesheet with a school's tokens."""
    light, dark = (_declared(palette(accent, is_dark=is_dark)) for is_dark in (False, True))
    return (
        f":root {{ color-scheme: light dark; {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def mixed(colour: str, ground: str, *, share: float) -> str:
    """A share, 0.0-1.0, of a colour on a ground."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    red, green, blue = (top * share + under * (1 - share) for top, under in pairs)
    return _hex((red, green, blue))


def _declared(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    linear = (
        channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
