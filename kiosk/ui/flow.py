"""Blocks that know how tall they must be, and columns that share the rest among them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.ui.plan import Band, Lettering, Piece, Rect, Role, Ruler, Slot

IMPOSSIBLE = 1_000_000
"""The height of what can't be placed at all in its width."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something with a width already settled.

    Attributes:
        least: height in pixels below which it does not fit.
        most: height up to which it grows before any white space does.
        place: its pieces, for a rectangle at least ``least`` high.
        share: how much it takes of what is left over after that.
    """

    least: int
    most: int
    place: Callable[[Rect], list[Piece]]
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """White space of ``least`` pixels; ``share`` tells how much of what is left over it takes."""

    least: int
    share: float = 0.0


def still(height: int, place: Callable[[Rect], list[Piece]]) -> Block:
    """A block of one fixed height."""
    return Block(height, height, place)


def words(
    ruler: Ruler, role: Role, text: str, lettering: Lettering, ink: str, width: int, *, right: bool = False
) -> Block:
    """A text wrapped into a width."""
    height = ruler.height(text, lettering, width)

    def place(rect: Rect) -> list[Piece]:
        return [Slot(role, text, rect, lettering, ink, right)]

    return still(IMPOSSIBLE if height is None else height, place)


def column(items: Iterable[Block | Gap]) -> Block:
    """Items below each other.

    What is left over goes to the blocks that can use it, in their order, and then where there are shares.
    """
    parts = tuple(items)
    least = sum(part.least for part in parts)
    most = sum(part.most if isinstance(part, Block) else part.least for part in parts)

    def place(rect: Rect) -> list[Piece]:
        pieces: list[Piece] = []
        y = rect.y
        for part, height in zip(parts, _heights(parts, rect.h - least), strict=True):
            if isinstance(part, Block):
                pieces += part.place(Rect(rect.x, y, rect.w, height))
            y += height
        return pieces

    return Block(least, most, place)


def _heights(parts: Sequence[Block | Gap], spare: int) -> list[int]:
    heights = [part.least for part in parts]
    for index, part in enumerate(parts):
        if isinstance(part, Block):
            more = max(0, min(spare, part.most - part.least))
            heights[index] += more
            spare -= more
    shares = [part.share for part in parts]
    total = sum(shares)
    if total and spare > 0:
        # Differences of rounded running sums, so that the heights add up to the pixel.
        edges = [round(spare * sum(shares[:index]) / total) for index in range(len(parts) + 1)]
        heights = [
            height + after - before for height, (before, after) in zip(heights, pairwise(edges), strict=True)
        ]
    return heights


def beside(left: Block, left_width: int, gap: int, right: Block, right_width: int) -> Block:
    """Two blocks next to each other, flush at the top and as tall as the taller needs."""
    least = max(left.least, right.least)

    def place(rect: Rect) -> list[Piece]:
        second = rect.x + left_width + gap
        return left.place(Rect(rect.x, rect.y, left_width, rect.h)) + right.place(
            Rect(second, rect.y, right_width, rect.h)
        )

    return Block(least, max(least, left.most, right.most), place)


def band(block: Block, paint: Band, sides: tuple[int, int], *, share: float = 0.0) -> Block:
    """A block on an area of its own colour; ``paint`` lends the colours, ``sides`` are its side margins."""
    left, right = sides

    def place(rect: Rect) -> list[Piece]:
        inner = Rect(rect.x + left, rect.y, rect.w - left - right, rect.h)
        return [replace(paint, rect=rect), *block.place(inner)]

    return Block(block.least, block.most, place, share)
