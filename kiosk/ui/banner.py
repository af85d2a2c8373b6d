"""The banner: what the level is about, the level itself, what it means, and the ladder."""

from collections.abc import Iterator

from kiosk.core.screen import Screen, Step
from kiosk.ui import styles
from kiosk.ui.flow import IMPOSSIBLE, Block, Gap, beside, column, still, words
from kiosk.ui.plan import Form, Lettering, Piece, Rect, Role, Ruler, Shape, Slot, Wrap
from kiosk.ui.styles import ASCENT, Sizes, beside_capitals

_TALLEST = 0.34
"""The tallest useful level, in shorter sides; beyond it the rest of the picture looks like a footnote."""


def banner(screen: Screen, sizes: Sizes, ruler: Ruler, width: int) -> Block:
    """The whole banner without its outer margins."""
    parts: list[Block | Gap] = [_header(screen, sizes, ruler, width), Gap(sizes.space(4.5), 1)]
    ink = screen.colours.banner_ink
    if screen.lead:
        lettering = sizes.lettering(styles.LEAD)
        parts += [words(ruler, Role.HEADING, screen.lead, lettering, ink, width), Gap(sizes.space(1.5))]
    parts += [_level(screen, sizes, ruler, width), Gap(sizes.space(3), 0.6)]
    parts += [_meaning(screen, sizes, ruler, width)]
    if screen.ladder:
        parts += [Gap(sizes.space(4), 1.2), _ladder(screen.ladder, sizes, ruler, width, ink)]
    return column(parts)


def _header(screen: Screen, sizes: Sizes, ruler: Ruler, width: int) -> Block:
    """Heading, place and clock in one row; the place in a row of its own where it is long."""
    ink = screen.colours.banner_ink
    styled = [sizes.lettering(style) for style in (styles.HEADING, styles.PLACE, styles.CLOCK)]
    heading, place, clock = styled
    gap = sizes.space(4)
    clock_width = ruler.width(screen.clock, clock) if screen.clock else 0
    place_width = ruler.width(screen.place, place) if screen.place else 0
    rest = width - clock_width - gap
    one_row = ruler.width(screen.heading, heading) + gap + place_width <= rest
    title_width = rest - place_width - gap if one_row else rest
    title = words(ruler, Role.HEADING, screen.heading, heading, ink, title_width)
    if one_row:
        venue = _optional(ruler, Role.PLACE, screen.place, place, ink, place_width)
        title = beside(title, title_width, gap, venue, place_width)
    time = _optional(ruler, Role.CLOCK, screen.clock, clock, ink, clock_width)
    top = beside(title, rest, gap, time, clock_width)
    if one_row or not screen.place:
        return top
    return column([top, words(ruler, Role.PLACE, screen.place, place, ink, width)])


def _optional(ruler: Ruler, role: Role, text: str, lettering: Lettering, ink: str, width: int) -> Block:
    if not text:
        return still(0, lambda _: [])
    return words(ruler, role, text, lettering, ink, width, right=True)


def _level(screen: Screen, sizes: Sizes, ruler: Ruler, width: int) -> Block:
    """The level in the largest letters that its place takes."""
    wrap = Wrap.NEVER if screen.is_level else Wrap.WORDS

    def lettering(pixels: int) -> Lettering:
        style = styles.LEVEL
        return Lettering(pixels, style.weight, style.display, pitch=1.02, tight=True, wrap=wrap)

    def height(pixels: int) -> int:
        return ruler.height(screen.level, lettering(pixels), width) or IMPOSSIBLE

    def largest(limit: int) -> int:
        low, high = 1, 2 * limit + 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if height(middle) <= limit else (low, middle)
        return low

    wanted = sizes.lettering(styles.LEVEL).pixels
    # A word too long for the width can't use the height that a short one would.
    tallest = height(largest(round(sizes.short * _TALLEST)))
    least = min(height(wanted), tallest)

    def place(rect: Rect) -> list[Piece]:
        pixels = largest(rect.h)
        top = rect.y + rect.h - height(pixels)
        box = Rect(rect.x, top, rect.w, height(pixels))
        return [Slot(Role.LEVEL, screen.level, box, lettering(pixels), screen.colours.banner_ink)]

    return Block(least, tallest, place)


def _meaning(screen: Screen, sizes: Sizes, ruler: Ruler, width: int) -> Block:
    """The meaning and, on the same baseline where there is room, the last change."""
    lettering = sizes.lettering(styles.MEANING, pitch=1.25)
    ink = screen.colours.banner_ink
    meaning = words(ruler, Role.MEANING, screen.meaning, lettering, ink, width)
    if not screen.change:
        return meaning
    small = sizes.lettering(styles.CHANGE)
    change_width = ruler.width(screen.change, small) + _arrow_width(screen, sizes)
    meaning_width = width - change_width - sizes.space(6)
    if ruler.width(screen.meaning, lettering) > meaning_width:
        return column([meaning, Gap(sizes.space(1.5)), _change(screen, sizes, ruler, width)])
    change = _change(screen, sizes, ruler, change_width)
    # Boxes end at the font's descent, which grows with the size, and the baselines shall be one line.
    down = round((lettering.pixels - small.pixels) * ASCENT)

    def place(rect: Rect) -> list[Piece]:
        aside = Rect(rect.right - change_width, rect.y + down, change_width, change.least)
        return meaning.place(rect._replace(w=meaning_width)) + change.place(aside)

    return still(max(meaning.least, change.least + down), place)


def _arrow_width(screen: Screen, sizes: Sizes) -> int:
    return 0 if screen.rising is None else round(sizes.cap(styles.CHANGE) * 1.7)


def _change(screen: Screen, sizes: Sizes, ruler: Ruler, width: int) -> Block:
    ink = screen.colours.banner_ink
    lettering = sizes.lettering(styles.CHANGE)
    indent = _arrow_width(screen, sizes)
    text = words(ruler, Role.CHANGE, screen.change or "", lettering, ink, width - indent)

    def place(rect: Rect) -> list[Piece]:
        pieces = text.place(Rect(rect.x + indent, rect.y, rect.w - indent, text.least))
        if screen.rising is not None:
            form = Form.UP if screen.rising else Form.DOWN
            pieces.append(Shape(form, beside_capitals(rect, lettering, sizes), ink))
        return pieces

    return still(text.least, place)


def _ladder(steps: tuple[Step, ...], sizes: Sizes, ruler: Ruler, width: int, ink: str) -> Block:
    gap = sizes.line(1.25)
    step_width = (width - gap * (len(steps) - 1)) // len(steps)
    labels = [
        words(
            ruler,
            Role.LADDER,
            step.label,
            sizes.lettering(styles.STEP_REACHED if step.current else styles.STEP, pitch=1.22),
            ink,
            step_width,
        )
        for step in steps
    ]
    tallest = max(label.least for label in labels)
    bar = sizes.line(3)

    def pieces(rect: Rect) -> Iterator[Piece]:
        for index, (step, label) in enumerate(zip(steps, labels, strict=True)):
            x = rect.x + index * (step_width + gap)
            yield from label.place(Rect(x, rect.y + tallest - label.least, step_width, label.least))
            thickness = bar if step.current else sizes.line(1.75)
            place = Rect(x, rect.bottom - bar, step_width, thickness)
            form = Form.FILLED if step.reached else Form.OUTLINED
            yield Shape(form, place, ink, sizes.line(0.3))

    return still(tallest + sizes.space(0.5) + bar, lambda rect: list(pieces(rect)))
