"""The sizes of the letters, from the least that can be read to what looks calm."""

import math
from functools import lru_cache

from msgspec import Struct

from kiosk.ui.plan import Lettering, Rect, Wrap

UNIT = 1 / 135
"""The step of all white space, in shorter sides: 8 pixels on a screen of 1080 rows."""

ASCENT = 0.969
"""From the top of a line's box to its baseline, in ems; Inter's own."""

LINE = 1.21
"""The height of a line's box in ems; Inter's own."""


class Style(Struct, frozen=True):
    """Letters before their size is settled; heights of capitals in percent of the screen's shorter side."""

    least: float
    calm: float
    weight: int
    display: bool = False
    tabular: bool = False


# Least heights are 1.9 for any text, 2.3 for reading and 4 for numbers, and a little for rounding.
HEADING = Style(1.95, 2.5, 600)
PLACE = Style(1.95, 2.5, 400)
CLOCK = Style(1.95, 2.5, 500, tabular=True)
LEAD = Style(2.35, 3.1, 600)
LEVEL = Style(8.0, 15.5, 800, display=True)
MEANING = Style(2.35, 3.9, 500, display=True)
CHANGE = Style(1.95, 2.4, 600)
STEP = Style(1.95, 2.0, 500, display=True)
STEP_REACHED = Style(1.95, 2.0, 800, display=True)
ADVICE = Style(2.4, 3.4, 700, display=True)
GUIDANCE = Style(2.35, 2.65, 400)
NOTICE = Style(2.35, 2.65, 500)
HOTLINE = Style(1.95, 2.1, 600)
URGENT = Style(4.1, 7.6, 800, display=True)
NUMBER = Style(4.1, 5.0, 800, display=True)
LINK = Style(1.95, 2.9, 700)
AGE = Style(1.95, 2.15, 600)
ORIGIN = Style(1.95, 2.15, 400)
MARK = Style(2.0, 2.4, 600)
STRIP = Style(2.0, 2.9, 800)
STRIP_END = Style(1.95, 2.5, 600)


class Sizes(Struct, frozen=True):
    """All sizes of one picture.

    Attributes:
        short: the screen's shorter side in pixels.
        comfort: 0 for the least sizes, 1 for calm ones, beyond for larger; from 0 down to -1 everything
            shrinks below what should be, which only a screen of absurdly long texts needs.
        cap_ratio: height of the font's capitals as a fraction of its em.
        ceiling: no capitals are taller, in pixels; the level's own letters don't ask.
    """

    short: int
    comfort: float
    cap_ratio: float
    ceiling: float = math.inf

    def cap(self, style: Style) -> float:
        """Height of capitals in pixels."""
        if self.comfort < 0:
            share = style.least * (1 + self.comfort)
        else:
            share = style.least + (style.calm - style.least) * self.comfort
        least = min(style.least, share) / 100 * self.short
        return max(least, min(self.ceiling, share / 100 * self.short))

    def lettering(self, style: Style, *, wrap: Wrap | None = None, pitch: float = 1.3) -> Lettering:
        """The letters of a style at this comfort, never smaller by rounding.

        A word is broken only where even the least letters leave it no room: smaller letters come first.
        """
        return _lettering(self, style, wrap, pitch)

    def space(self, units: float) -> int:
        """White space; tighter where the letters have to be, and never none.

        Below the least sizes of letters it gives way much sooner than they do.
        """
        tightness = min(1.0, max(0.4, 0.55 + (0.45 if self.comfort > 0 else 6) * self.comfort))
        return max(1, round(units * UNIT * self.short * tightness))

    def line(self, units: float) -> int:
        """The thickness of something drawn, which doesn't shrink with the letters."""
        return max(1, round(units * UNIT * self.short))


# A picture asks hundreds of times for the same twenty letterings.
@lru_cache(maxsize=1024)
def _lettering(sizes: Sizes, style: Style, wrap: Wrap | None, pitch: float) -> Lettering:
    pixels = math.ceil(sizes.cap(style) / sizes.cap_ratio)
    wrap = wrap or (Wrap.WORDS if sizes.comfort > 0 else Wrap.ANYWHERE)
    return Lettering(pixels, style.weight, style.display, style.tabular, pitch=pitch, wrap=wrap)


def baseline(pixels: int) -> int:
    """From the top of a line's box to its baseline, in pixels: never so little that an accent is cut."""
    return math.ceil(ASCENT * pixels)


def beside_capitals(line: Rect, lettering: Lettering, sizes: Sizes, width: float = 1.15) -> Rect:
    """Where a sign stands that is as tall as the capitals of a line of text, ``width`` times as wide."""
    cap = round(lettering.pixels * sizes.cap_ratio)
    return Rect(line.x, line.y + baseline(lettering.pixels) - cap, round(cap * width), cap)
