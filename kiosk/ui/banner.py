"""The banner: what the level is about, the level itself, what it means, and the ladder."""

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from kiosk.ui import styles
from kiosk.ui.content import Content
from kiosk.ui.flow import (
    IMPOSSIBLE,
    Block,
    Gap,
    beside,
    column,
    column_width,
    columns,
    grounded,
    growing,
    largest,
    still,
)
from kiosk.ui.ladder import ladder
from kiosk.ui.pen import Pen
from kiosk.ui.plan import Form, Lettering, Piece, Rect, Role, Ruler, Shape, Wrap
from kiosk.ui.styles import Sizes, baseline, beside_capitals

_TALLEST = 0.34
"""The tallest useful level, in shorter sides; beyond it the rest of the picture looks like a footnote."""

_LEAST_ABREAST = 0.055
"""Capitals of the level, in shorter sides, below which two of its words stand better below each other."""


class Banner(Struct, frozen=True):
    """The banner of a content for one width, two languages ``abreast`` or below each other."""

    content: Content
    sizes: Sizes
    ruler: Ruler
    width: int
    abreast: bool

    def block(self, most: int) -> Block:
        """The whole banner without its outer margins; ``most`` is its ``largest_level``."""
        parts: list[Block | Gap] = [self._header(), Gap(self.sizes.space(4.5), 1), self._headline(most)]
        if self.content.first.ladder:
            parts += [Gap(self.sizes.space(4), 1.2), ladder(self._told, self.width)]
        return column(parts)

    @property
    def _told(self) -> list[Pen]:
        return [Pen(screen, self.sizes, self.ruler) for screen in self.content.screens]

    @property
    def _gap(self) -> int:
        return self.sizes.space(6)

    def _abreast(self, blocks: Sequence[Block]) -> Block:
        return columns(blocks, self.width, self._gap)

    def _part(self, count: int) -> int:
        """The width of what stands ``count`` times in this banner."""
        return column_width(count, self.width, self._gap) if self.abreast else self.width

    # ------------------------------------------------------------ the first row

    def _header(self) -> Block:
        first, *others = self._told
        if not others:
            return _title(first, self.width)
        part = self._part(len(others) + 1)
        if self.abreast:
            # Place and clock belong to the venue and not to a language: at the end of the row, or above it.
            last = others[-1]
            if all(_title_width(pen, venue=pen is last) <= part for pen in self._told):
                return self._abreast([_heading(first, part), _title(last, part)])
            headings = [_heading(pen, part) for pen in self._told]
            return column([_venue(first, self.width), Gap(self.sizes.space(1)), self._abreast(headings)])
        return column([_title(first, self.width), *(_heading(pen, part) for pen in others)])

    # ------------------------------------------------------------ level and meaning

    def largest_level(self) -> int:
        """The largest letters that the level can have in this width, in pixels of the em."""
        shown = [Pen(screen, self.sizes, self.ruler) for screen in self.content.levels]
        part = self._part(len(shown))
        tallest = round(self.sizes.short * _TALLEST / (1 if self.abreast else len(shown)))
        # Two words of this size need more between them than texts do, or they read as one.
        widest = part - (self.sizes.space(4) if self.abreast and len(shown) > 1 else 0)

        def fits(pixels: int) -> bool:
            heights = [self.ruler.height(pen.screen.level, _level_lettering(pen, pixels), widest) for pen in shown]
            return all(height is not None and height <= tallest for height in heights)

        return largest(fits, 1, 2 * tallest + 2)

    def _headline(self, most: int) -> Block:
        """The level in the largest letters that its place takes, and what belongs to it."""
        if self.abreast and most * self.sizes.cap_ratio < _LEAST_ABREAST * self.sizes.short:
            return still(IMPOSSIBLE, lambda _: [])
        # A word too long for the width can't use the height that a short one would.
        wanted = min(replace(self.sizes, ceiling=math.inf).lettering(styles.LEVEL).pixels, most)
        build = self._together if len(self.content.screens) > 1 else self._alone
        return replace(growing(build, wanted, most), share=0.6)

    def _alone(self, pixels: int) -> Block:
        """One language, with the level in another one beside it where languages take turns."""
        pen = self._told[0]
        shown = [Pen(screen, self.sizes, self.ruler) for screen in self.content.levels]
        levels = [_level(each, pixels, self._part(len(shown))) for each in shown]
        return column(
            [
                *_lead(pen, self.width),
                self._abreast(grounded(levels)) if self.abreast else _spaced(levels, Gap(self.sizes.space(2.5))),
                Gap(self.sizes.space(3), 0.6),
                _meaning_and_change(pen, self.width),
            ]
        )

    def _together(self, pixels: int) -> Block:
        pens = self._told
        part = self._part(len(pens))
        gap = Gap(self.sizes.space(3), 0.6)
        if self.abreast:
            rows: list[Block | Gap] = []
            if any(pen.screen.lead for pen in pens):
                rows.append(self._abreast([column(_lead(pen, part)) for pen in pens]))
            rows += [self._abreast(grounded([_level(pen, pixels, part) for pen in pens])), gap]
            rows.append(self._abreast([_meaning(pen, part) for pen in pens]))
            if any(pen.screen.change for pen in pens):
                rows += [Gap(self.sizes.space(1.5)), self._abreast([_change(pen, part) for pen in pens])]
            return column(rows)
        sections = [
            column([*_lead(pen, part), _level(pen, pixels, part), gap, _meaning_and_change(pen, part)])
            for pen in pens
        ]
        return _spaced(sections, Gap(self.sizes.space(5), 1))


def _spaced(blocks: Sequence[Block], gap: Gap) -> Block:
    parts: list[Block | Gap] = []
    for block in blocks:
        parts += [gap, block] if parts else [block]
    return column(parts)


def _heading(pen: Pen, width: int) -> Block:
    lettering = pen.sizes.lettering(styles.HEADING)
    return pen.words(Role.HEADING, pen.screen.heading, lettering, pen.screen.colours.banner_ink, width)


def _title_width(pen: Pen, *, venue: bool) -> int:
    """Of the heading in one line, with place and clock behind it where they belong there."""
    texts = [(pen.screen.heading, styles.HEADING)]
    if venue:
        texts += [(pen.screen.place, styles.PLACE), (pen.screen.clock, styles.CLOCK)]
    widths = [pen.width(text, pen.sizes.lettering(style)) for text, style in texts if text]
    return sum(widths) + pen.sizes.space(4) * (len(widths) - 1)


def _title(pen: Pen, width: int) -> Block:
    """Heading, place and clock in one row; the place in a row of its own where it is long."""
    place, clock = pen.sizes.lettering(styles.PLACE), pen.sizes.lettering(styles.CLOCK)
    ink = pen.screen.colours.banner_ink
    gap = pen.sizes.space(4)
    clock_width, place_width = pen.width(pen.screen.clock, clock), pen.width(pen.screen.place, place)
    rest = width - clock_width - gap
    one_row = _title_width(pen, venue=True) <= width
    title_width = rest - place_width - gap if one_row else rest
    title = _heading(pen, title_width)
    if one_row:
        name = pen.words(Role.PLACE, pen.screen.place, place, ink, place_width, end=True)
        title = beside(title, title_width, gap, name, place_width)
    time = pen.words(Role.CLOCK, pen.screen.clock, clock, ink, clock_width, end=True)
    top = beside(title, rest, gap, time, clock_width)
    if one_row:
        return top
    return column([top, pen.words(Role.PLACE, pen.screen.place, place, ink, width)])


def _venue(pen: Pen, width: int) -> Block:
    """Place and clock in a row of their own."""
    place, clock = pen.sizes.lettering(styles.PLACE), pen.sizes.lettering(styles.CLOCK)
    ink = pen.screen.colours.banner_ink
    gap = pen.sizes.space(4)
    clock_width = pen.width(pen.screen.clock, clock)
    name = pen.words(Role.PLACE, pen.screen.place, place, ink, width - clock_width - gap)
    time = pen.words(Role.CLOCK, pen.screen.clock, clock, ink, clock_width, end=True)
    return beside(name, width - clock_width - gap, gap, time, clock_width)


def _lead(pen: Pen, width: int) -> list[Block | Gap]:
    if not pen.screen.lead:
        return []
    lettering = pen.sizes.lettering(styles.LEAD)
    text = pen.words(Role.HEADING, pen.screen.lead, lettering, pen.screen.colours.banner_ink, width)
    return [text, Gap(pen.sizes.space(1.5))]


def _level_lettering(pen: Pen, pixels: int) -> Lettering:
    wrap = Wrap.NEVER if pen.screen.is_level else Wrap.WORDS
    style = styles.LEVEL
    return Lettering(pixels, style.weight, style.display, pitch=1.02, tight=True, wrap=wrap)


def _level(pen: Pen, pixels: int, width: int) -> Block:
    ink = pen.screen.colours.banner_ink
    return pen.words(Role.LEVEL, pen.screen.level, _level_lettering(pen, pixels), ink, width)


def _meaning(pen: Pen, width: int) -> Block:
    lettering = pen.sizes.lettering(styles.MEANING, pitch=1.25)
    return pen.words(Role.MEANING, pen.screen.meaning, lettering, pen.screen.colours.banner_ink, width)


def _meaning_and_change(pen: Pen, width: int) -> Block:
    """The meaning and, on the same baseline where there is room, the last change."""
    screen, sizes = pen.screen, pen.sizes
    meaning = _meaning(pen, width)
    if not screen.change:
        return meaning
    large, small = sizes.lettering(styles.MEANING, pitch=1.25), sizes.lettering(styles.CHANGE)
    change_width = pen.width(screen.change, small) + _arrow_width(pen)
    meaning_width = width - change_width - sizes.space(6)
    if pen.width(screen.meaning, large) > meaning_width:
        return column([meaning, Gap(sizes.space(1.5)), _change(pen, width)])
    change = _change(pen, change_width)
    # Boxes end at the font's descent, which grows with the size, and the baselines shall be one line.
    down = baseline(large.pixels) - baseline(small.pixels)

    def place(rect: Rect) -> list[Piece]:
        aside = Rect(rect.right - change_width, rect.y + down, change_width, change.least)
        return meaning.place(rect._replace(w=meaning_width)) + change.place(aside)

    return still(max(meaning.least, change.least + down), place)


def _arrow_width(pen: Pen) -> int:
    return 0 if pen.screen.rising is None else round(pen.sizes.cap(styles.CHANGE) * 1.7)


def _change(pen: Pen, width: int) -> Block:
    ink = pen.screen.colours.banner_ink
    lettering = pen.sizes.lettering(styles.CHANGE)
    indent = _arrow_width(pen)
    text = pen.words(Role.CHANGE, pen.screen.change, lettering, ink, width - indent)

    def place(rect: Rect) -> list[Piece]:
        pieces = text.place(Rect(rect.x + indent, rect.y, rect.w - indent, text.least))
        if pen.screen.rising is not None:
            form = Form.UP if pen.screen.rising else Form.DOWN
            pieces.append(Shape(form, beside_capitals(rect, lettering, pen.sizes), ink))
        return pieces

    return still(text.least, place)
