"""The strip above the banner, the marks, and the footer: what frames the picture from edge to edge."""

from dataclasses import dataclass

from kiosk.core.screen import Screen, Sign
from kiosk.ui import styles
from kiosk.ui.flow import Block, Gap, beside, column, still, words
from kiosk.ui.plan import Form, Piece, Rect, Role, Ruler, Shape
from kiosk.ui.styles import Sizes, Style

_FORMS = {Sign.CONFIRMED: Form.DOT, Sign.WARNING: Form.WARNING, Sign.NONE: None}


@dataclass(frozen=True, slots=True)
class Edges:
    """The parts at the edges, for one content width."""

    screen: Screen
    sizes: Sizes
    ruler: Ruler
    width: int

    def strip(self) -> Block | None:
        """What kind of picture this is, where it is no everyday one."""
        if not self.screen.strip:
            return None
        ink = self.screen.colours.strip_ink
        return self._ends(
            Role.MARK, ink, (self.screen.strip, styles.STRIP), (self.screen.strip_end, styles.STRIP_END), None
        )

    def marks(self) -> Block | None:
        """What is wrong, one sentence below the other, each with a warning sign."""
        if not self.screen.marks:
            return None
        lettering = self.sizes.lettering(styles.MARK)
        indent = self._indent(styles.MARK)
        ink = self.screen.colours.strip_ink
        parts: list[Block | Gap] = []
        for mark in self.screen.marks:
            text = words(self.ruler, Role.MARK, mark, lettering, ink, self.width - indent)
            parts.append(self._signed(text, styles.MARK, Form.WARNING, ink))
        return column(parts)

    def footer(self) -> Block:
        """How old the statement is, and whose it is."""
        ink = self.screen.colours.footer_ink
        age, origin = (self.screen.age, styles.AGE), (self.screen.origin, styles.ORIGIN)
        return self._ends(Role.FOOTER, ink, age, origin, _FORMS[self.screen.sign])

    def _ends(
        self, role: Role, ink: str, start: tuple[str, Style], end: tuple[str | None, Style], form: Form | None
    ) -> Block:
        """Two texts at the two ends of one row, or below each other where they don't fit in one."""
        text, style = start
        lettering = self.sizes.lettering(style)
        indent = self._indent(style) if form else 0
        end_text, end_style = end
        if not end_text:
            left = words(self.ruler, role, text, lettering, ink, self.width - indent)
            return self._signed(left, style, form, ink)
        end_lettering = self.sizes.lettering(end_style)
        gap = self.sizes.space(4)
        end_width = self.ruler.width(end_text, end_lettering)
        rest = self.width - end_width - gap
        if indent + self.ruler.width(text, lettering) <= rest:
            left = words(self.ruler, role, text, lettering, ink, rest - indent)
            right = words(self.ruler, role, end_text, end_lettering, ink, end_width, right=True)
            down = round((lettering.pixels - end_lettering.pixels) * styles.ASCENT)
            signed = self._signed(left, style, form, ink)
            return beside(signed, rest, gap, column([Gap(down), right]), end_width)
        left = words(self.ruler, role, text, lettering, ink, self.width - indent)
        below = words(self.ruler, role, end_text, end_lettering, ink, self.width)
        return column([self._signed(left, style, form, ink), below])

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
