"""Contrast as WCAG 2 defines it, and tints that never spoil it."""

from functools import lru_cache

TEXT_CONTRAST = 7.0
"""Least contrast of any text with anything behind it (WCAG 2.1, criterion 1.4.6)."""

SIGN_CONTRAST = 3.0
"""Least contrast of a sign that carries a meaning (WCAG 2.1, criterion 1.4.11)."""

_SRGB_TOE = 0.04045
_STEPS = 100
_MARGIN = 0.15
_TOLD_APART = 1.12


def _channels(colour: str) -> tuple[int, int, int]:
    value = int(colour.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _SRGB_TOE else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, whichever way round they are given."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it, as ``#rrggbb``."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@lru_cache(maxsize=100)  # asked for with each painting, always of the same few colours
def tint(background: str, ink: str, distinct: float) -> str:
    """A shade of a background on which its ink still reads.

    Args:
        background: the colour to be shaded.
        ink: the text that will lie on background and shade alike.
        distinct: the contrast wanted between background and shade; more is never given.

    Returns:
        The shade nearest to ``distinct`` that keeps ``TEXT_CONTRAST`` with the ink, or what the background has
        of it: darker, or lighter where darker can't be told apart, as on a banner that barely reaches its
        contrast with a black ink.
    """
    best = background
    enough = min(TEXT_CONTRAST + _MARGIN, contrast(background, ink))
    for end in ("#000000", "#ffffff"):
        for step in range(1, _STEPS + 1):
            shade = mix(background, end, step / _STEPS)
            if contrast(shade, background) > distinct:
                break
            if contrast(shade, ink) >= enough and contrast(shade, background) > contrast(best, background):
                best = shade
        if contrast(best, background) > _TOLD_APART:
            break
    return best
