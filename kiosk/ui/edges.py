"""The strip above the banner, the marks, and the footer: what frames the picture from edge to edge."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from kiosk.core.screen import Sign
from kiosk.ui import styles
from kiosk.ui.content import Content
from kiosk.ui.flow import Block, Gap, beside, column, nothing, still
from kiosk.ui.pen import Pen
from kiosk.ui.plan import Form, Piece, Rect, Role, Ruler, Shape
from kiosk.ui.styles import Sizes, Style

_FORMS = {Sign.CONFIRMED: Form.DOT, Sign.WARNING: Form.WARNING, Sign.NONE: None}


class _Ends(NamedTuple):
    """The texts at the two ends of a row with their styles; an empty second one leaves the row to the first."""

    start: tuple[str, Style]
    end: tuple[str, Style]


class Edges(Struct, frozen=True):
    """The parts at the edges, for one content width; two languages stand below each other."""

    content: Content
    sizes: Sizes
    ruler: Ruler
    width: int

    def strip(self) -> Block | None:
        """What kind of picture this is, where it is no everyday one."""
        if not self.content.first.strip:
            return None
        ends = [
            _Ends((screen.strip or "", styles.STRIP), (screen.strip_end or "", styles.STRIP_END))
            for screen in self.content.screens
        ]
        return self._rows(Role.MARK, self.content.first.colours.strip_ink, ends, None)

    def marks(self) -> Block | None:
        """What is wrong, one sentence below the other, each with a warning sign."""
        if not self.content.first.marks:
            return None
        return self._below_each_other([self._marks(pen) for pen in self._pens()])

    def footer(self) -> Block:
        """How old the statement is, and whose it is."""
        first = self.content.first
        ends = [_Ends((screen.age, styles.AGE), (screen.origin, styles.ORIGIN)) for screen in self.content.screens]
        return self._rows(Role.FOOTER, first.colours.footer_ink, ends, _FORMS[first.sign])

    def _pens(self) -> list[Pen]:
        return [Pen(screen, self.sizes, self.ruler) for screen in self.content.screens]

    def _marks(self, pen: Pen) -> Block:
        lettering = self.sizes.lettering(styles.MARK)
        indent = self._indent(styles.MARK)
        ink = pen.screen.colours.strip_ink
        parts: list[Block | Gap] = []
        for mark in pen.screen.marks:
            text = pen.words(Role.MARK, mark, lettering, ink, self.width - indent)
            parts.append(self._signed(text, styles.MARK, Form.WARNING, ink))
        return column(parts)

    def _rows(self, role: Role, ink: str, ends: Sequence["_Ends"], form: Form | None) -> Block:
        """A row for each language with its texts at the two ends; two in each where one language needs them."""
        pens = self._pens()
        rows = [self._row(pen, role, ink, each, form) for pen, each in zip(pens, ends, strict=True)]
        if None in rows:
            rows = [self._two_rows(pen, role, ink, each, form) for pen, each in zip(pens, ends, strict=True)]
        return self._below_each_other([row for row in rows if row])

    def _row(self, pen: Pen, role: Role, ink: str, ends: "_Ends", form: Form | None) -> Block | None:
        """Both texts on one baseline; None where they don't fit in one row."""
        (text, style), (end_text, end_style) = ends
        lettering, end_lettering = self.sizes.lettering(style), self.sizes.lettering(end_style)
        gap = self.sizes.space(4) if end_text else 0
        end_width = pen.width(end_text, end_lettering)
        rest = self.width - end_width - gap - (self._indent(style) if form else 0)
        if end_text and pen.width(text, lettering) > rest:
            return None
        signed = self._signed(pen.words(role, text, lettering, ink, rest), style, form, ink)
        right = pen.words(role, end_text, end_lettering, ink, end_width, end=True)
        down = styles.baseline(lettering.pixels) - styles.baseline(end_lettering.pixels) if end_text else 0
        return beside(signed, self.width - end_width - gap, gap, column([Gap(down), right]), end_width)

    def _two_rows(self, pen: Pen, role: Role, ink: str, ends: "_Ends", form: Form | None) -> Block:
        (text, style), (end_text, end_style) = ends
        indent = self._indent(style) if form else 0
        above = pen.words(role, text, self.sizes.lettering(style), ink, self.width - indent)
        below = pen.words(role, end_text, self.sizes.lettering(end_style), ink, self.width - indent)
        return column(
            [self._signed(above, style, form, ink), beside(nothing(), indent, 0, below, self.width - indent)]
        )

    def _below_each_other(self, blocks: Sequence[Block]) -> Block:
        parts: list[Block | Gap] = []
        for block in blocks:
            parts += [Gap(self.sizes.space(0.75)), block] if parts else [block]
        return column(parts)

    def _indent(self, style: Style) -> int:
        return round(self.sizes.lettering(style).pixels * 1.3)

    def _signed(self, text: Block, style: Style, form: Form | None, ink: str) -> Block:
        """A text with its sign before the first line."""
        if form is None:
            return text
        indent = self._indent(style)
        lettering = self.sizes.lettering(style)

        def place(rect: Rect) -> list[Piece]:
            width = 1.0 if form is Form.DOT else 1.2
            sign = styles.beside_capitals(rect, lettering, self.sizes, width)
            words_there = Rect(rect.x + indent, rect.y, rect.w - indent, text.least)
            return [Shape(form, sign, ink), *text.place(words_there)]

        return still(text.least, place)
