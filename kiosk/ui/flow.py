"""Blocks that know how tall they must be, and columns that share the rest among them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from kiosk.ui.plan import Band, Piece, Rect

IMPOSSIBLE = 1_000_000
"""The height of what can't be placed at all in its width."""


class Block(Struct, frozen=True):
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


class Gap(Struct, frozen=True):
    """White space of ``least`` pixels; ``share`` tells how much of what is left over it takes."""

    least: int
    share: float = 0.0


def still(height: int, place: Callable[[Rect], list[Piece]]) -> Block:
    """A block of one fixed height."""
    return Block(height, height, place)


def nothing() -> Block:
    """A block without height and without pieces."""
    return still(0, lambda _: [])


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


def grounded(blocks: Sequence[Block]) -> list[Block]:
    """Blocks at the foot of a row as high as the tallest: an accent on one leaves the others' line alone."""
    tallest = max(block.least for block in blocks)
    return [column([Gap(tallest - block.least), block]) for block in blocks]


def packed(block: Block) -> Block:
    """A block that stays together at the top of its place, however much is left below."""
    return still(block.least, lambda rect: block.place(rect._replace(h=block.least)))


def columns(blocks: Sequence[Block], width: int, gap: int) -> Block:
    """Blocks next to each other in columns of one width, each made for ``column_width`` of it."""
    each = column_width(len(blocks), width, gap)
    result = blocks[0]
    for index, block in enumerate(blocks[1:], 1):
        result = beside(result, each * index + gap * (index - 1), gap, block, each)
    return result


def column_width(count: int, width: int, gap: int) -> int:
    """The width of one of ``count`` columns."""
    return (width - gap * (count - 1)) // count


def growing(build: Callable[[int], Block], wanted: int, most: int) -> Block:
    """What is built around letters of a size, as large as its place allows, from ``wanted`` to ``most`` pixels."""

    def place(rect: Rect) -> list[Piece]:
        return build(largest(lambda pixels: build(pixels).least <= rect.h, wanted, most)).place(rect)

    return Block(build(wanted).least, build(most).least, place)


def largest(fits: Callable[[int], bool], least: int, most: int) -> int:
    """The largest number of a range that fits, or ``least`` where none does; what fits once fits when smaller."""
    low, high = least, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def band(block: Block, paint: Band, sides: tuple[int, int], *, share: float = 0.0) -> Block:
    """A block on an area of its own colour; ``paint`` lends the colours, ``sides`` are its side margins."""
    left, right = sides

    def place(rect: Rect) -> list[Piece]:
        inner = Rect(rect.x + left, rect.y, rect.w - left - right, rect.h)
        return [replace(paint, rect=rect), *block.place(inner)]

    return Block(block.least, block.most, place, share)
