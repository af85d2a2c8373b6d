"""What a visitor should do: the authority's guidance, and the venue's own notice and logo below it."""

from collections.abc import Sequence

from msgspec import Struct

from kiosk.ui import styles
from kiosk.ui.flow import Block, Gap, column, column_width, columns, packed, still
from kiosk.ui.pen import Pen
from kiosk.ui.plan import Form, Logo, Piece, Rect, Role, Shape

_LOGO_LEAST, _LOGO_CALM = 0.055, 0.085
"""The logo's height in shorter sides, at the least and at calm sizes."""

_LOGO_WIDEST = 0.4
"""The logo's width at the most, as a part of the width of the page."""


class Advice(Struct, frozen=True):
    """The guidance in one language or two.

    Attributes:
        pens: of the languages told, in reading order.
        logo: the logo's width through its height; None without one.
    """

    pens: Sequence[Pen]
    logo: float | None

    @property
    def given(self) -> bool:
        """Whether there is anything to say."""
        screens = [pen.screen for pen in self.pens]
        said = any(screen.guidance_heading or screen.guidance or screen.notice for screen in screens)
        return said or self.logo is not None

    def block(self, width: int, *, abreast: bool) -> Block:
        """All of it; two languages beside or below each other."""
        sizes = self.pens[0].sizes
        gap = sizes.space(6)
        part = column_width(len(self.pens), width, gap) if abreast else width
        told = [self._told(pen, part) for pen in self.pens]
        parts: list[Block | Gap] = []
        if abreast:
            parts.append(columns([packed(block) for block in told], width, gap))
        else:
            for block in told:
                parts += [Gap(sizes.space(3), 0.5), block] if parts else [block]
        if self.logo is not None:
            parts += [Gap(sizes.space(3), 1), self._picture(self.logo, width)]
        return column(parts)

    def _told(self, pen: Pen, width: int) -> Block:
        screen, sizes = pen.screen, pen.sizes
        parts: list[Block | Gap] = []
        if screen.guidance_heading:
            heading = sizes.lettering(styles.ADVICE, pitch=1.25)
            ink = screen.colours.page_ink
            parts.append(pen.words(Role.HEADING, screen.guidance_heading, heading, ink, width))
        for line in screen.guidance:
            if parts:
                parts.append(Gap(sizes.space(1.25), 0.2))
            parts.append(_line(pen, line, width))
        if screen.notice:
            parts += [Gap(sizes.space(2.5), 0.5), _notice(pen, width)]
        return column(parts)

    def _picture(self, shape: float, width: int) -> Block:
        sizes = self.pens[0].sizes
        comfort = min(1.0, max(0.0, sizes.comfort))
        tall = (_LOGO_LEAST + (_LOGO_CALM - _LOGO_LEAST) * comfort) * sizes.short
        wide = min(tall * shape, width * _LOGO_WIDEST)
        high = round(wide / shape)

        def place(rect: Rect) -> list[Piece]:
            return [Logo(Rect(rect.x, rect.y, round(wide), high))]

        return still(high, place)


def _line(pen: Pen, line: str, width: int) -> Block:
    lettering = pen.sizes.lettering(styles.GUIDANCE)
    indent = round(lettering.pixels * 0.95)
    text = pen.words(Role.GUIDANCE, line, lettering, pen.screen.colours.page_ink, width - indent)

    def place(rect: Rect) -> list[Piece]:
        sign = styles.beside_capitals(rect, lettering, pen.sizes)
        side = round(sign.h * 0.5)
        bullet = Rect(rect.x, sign.y + (sign.h - side) // 2, side, side)
        return [
            *text.place(Rect(rect.x + indent, rect.y, rect.w - indent, text.least)),
            Shape(Form.FILLED, bullet, pen.screen.colours.accent),
        ]

    return still(text.least, place)


def _notice(pen: Pen, width: int) -> Block:
    """The venue's lines behind a bar that sets them apart from the authority's."""
    sizes, colours = pen.sizes, pen.screen.colours
    lettering = sizes.lettering(styles.NOTICE)
    bar = sizes.line(0.5)
    indent = bar + sizes.space(2.5)
    lines = column(
        [pen.words(Role.GUIDANCE, line, lettering, colours.page_ink, width - indent) for line in pen.screen.notice]
    )

    def place(rect: Rect) -> list[Piece]:
        return [
            Shape(Form.FILLED, Rect(rect.x, rect.y, bar, lines.least), colours.page_rule),
            *lines.place(Rect(rect.x + indent, rect.y, rect.w - indent, lines.least)),
        ]

    return still(lines.least, place)
