"""Sets the texts of one language: what every part of the picture writes with."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from kiosk.core.screen import Screen
from kiosk.ui.flow import IMPOSSIBLE, Block, beside, column, nothing, still
from kiosk.ui.plan import Lettering, Piece, Rect, Role, Ruler, Slot
from kiosk.ui.styles import Sizes

_ALWAYS_LEFT_TO_RIGHT = frozenset({Role.NUMBER, Role.LINK})


class Pen(Struct, frozen=True):
    """One language's screen with the sizes and the ruler to set it."""

    screen: Screen
    sizes: Sizes
    ruler: Ruler

    def width(self, text: str | None, lettering: Lettering) -> int:
        """Of a text in one line; none of no text."""
        return self.ruler.width(text, lettering) if text else 0

    def words(
        self, role: Role, text: str | None, lettering: Lettering, ink: str, width: int, *, end: bool = False
    ) -> Block:
        """A text wrapped into a width, at the start of its lines or at their end; nothing for no text."""
        if not text:
            return nothing()
        height = self.ruler.height(text, lettering, width)
        backwards = self.screen.right_to_left and role not in _ALWAYS_LEFT_TO_RIGHT

        def place(rect: Rect) -> list[Piece]:
            return [Slot(role, text, rect, lettering, ink, self.screen.language, end, backwards)]

        return still(IMPOSSIBLE if height is None else height, place)


class Phrase(NamedTuple):
    """One short text in one language."""

    pen: Pen
    text: str


def phrases_width(phrases: Sequence[Phrase], lettering: Lettering) -> int:
    """Of the same thing said in each language, next to each other in one line."""
    gap = _between(phrases[0].pen)
    return sum(pen.width(text, lettering) + gap for pen, text in phrases) - gap


def phrases_in_line(role: Role, phrases: Sequence[Phrase], lettering: Lettering, ink: str, width: int) -> Block:
    """The same thing said in each language: next to each other where that fits, else below each other."""
    if phrases_width(phrases, lettering) > width:
        return column([pen.words(role, text, lettering, ink, width) for pen, text in phrases])
    (first, text), *others = phrases
    across = first.width(text, lettering)
    result = first.words(role, text, lettering, ink, across)
    gap = _between(first)
    for pen, other in others:
        wide = pen.width(other, lettering)
        result = beside(result, across, gap, pen.words(role, other, lettering, ink, wide), wide)
        across += gap + wide
    return result


def _between(pen: Pen) -> int:
    return pen.sizes.space(3)
