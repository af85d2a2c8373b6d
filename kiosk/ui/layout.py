"""Where everything goes on a screen of a given size: pure arithmetic over measured text."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.core.screen import Screen
from kiosk.ui import palette
from kiosk.ui.banner import banner
from kiosk.ui.edges import Edges
from kiosk.ui.flow import Block, Gap, band, beside, column
from kiosk.ui.page import Page
from kiosk.ui.plan import Band, Code, Piece, Plan, Rect, Ruler, Shape, Slot
from kiosk.ui.styles import UNIT, Sizes

SAFE = 0.03
"""The share of each side, at both its ends, that stays free of text: televisions cut the edges off."""

_COMFORTS = tuple(step / 10 for step in range(20, -1, -1))
_SHRUNKEN = tuple(step / 20 for step in range(-1, -13, -1))
_WIDE = 2.2
_BANNER_SHARE = 0.5
_NOWHERE = Rect(0, 0, 0, 0)


def arrange(screen: Screen, width: int, height: int, modules: int, ruler: Ruler, cap_ratio: float) -> Plan:
    """Arrange one picture.

    The largest letters win at which everything fits. Where even the least don't, lines of guidance are given
    up from the end; where that is not enough, letters shrink below their least size, because a small text
    still says something and a missing one doesn't.

    Args:
        screen: what to show.
        width: of the window, in logical pixels.
        height: likewise.
        modules: the width of the QR code in modules, without its quiet zone; 0 for none.
        ruler: measures text.
        cap_ratio: height of the font's capitals as a fraction of its em.
    """
    frame = _Frame(width, height)
    drafts = _drafts(screen, frame, modules, ruler, cap_ratio)
    draft = next(drafts)
    while draft.least > height:
        following = next(drafts, None)
        if following is None:
            break
        draft = following
    return _plan(draft.place(Rect(0, 0, width, height)), frame)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The size of the window and the margins in it; texts start a little inside the safe area."""

    width: int
    height: int

    @property
    def short(self) -> int:
        return min(self.width, self.height)

    @property
    def side(self) -> int:
        return math.ceil(max(SAFE * self.width, 7 * UNIT * self.short))

    @property
    def top(self) -> int:
        return math.ceil(max(SAFE * self.height, 4 * UNIT * self.short))

    @property
    def bottom(self) -> int:
        return math.ceil(SAFE * self.height)

    def orders(self) -> tuple[tuple[bool, bool], ...]:
        """The ways to divide the picture, best first: banner beside the page?, contacts below guidance?"""
        tower = ((False, True), (False, False)) if self.height > self.width else ((False, False), (False, True))
        return ((True, False), (True, True), *tower) if self.width > _WIDE * self.height else tower


def _drafts(screen: Screen, frame: _Frame, modules: int, ruler: Ruler, cap_ratio: float) -> Iterator[Block]:
    """The whole picture as one block, in every way worth trying, best first."""
    attempts = [(comfort, screen) for comfort in _COMFORTS]
    attempts += [(0.0, shorter) for shorter in _shortened(screen)]
    attempts += [(comfort, attempts[-1][1]) for comfort in _SHRUNKEN]
    for comfort, content in attempts:
        sizes = Sizes(frame.short, comfort, cap_ratio)
        page = Page(content, sizes, ruler, modules if content.qr else 0)
        for wide, stacked in frame.orders():
            yield _whole(frame, page, wide=wide, stacked=stacked)


def _shortened(screen: Screen) -> Iterator[Screen]:
    """The same screen with ever less on it, but never without the level, its age and the hotlines."""
    every = len(screen.guidance)
    for lines in range(every - 1, 0, -1):
        yield replace(screen, guidance=screen.guidance[:lines])
    # What the code opens stands beside it in words.
    less = replace(screen, qr=None)
    for lines in range(every, -1, -1):
        less = replace(less, guidance=screen.guidance[:lines])
        yield less
    less = replace(less, guidance_heading="")
    yield from (less, replace(less, change=None), replace(less, change=None, place=""))


def _whole(frame: _Frame, page: Page, *, wide: bool, stacked: bool) -> Block:
    screen, sizes = page.screen, page.sizes
    edges = Edges(screen, sizes, page.ruler, frame.width - 2 * frame.side)
    sides = (frame.side, frame.side)
    parts: list[Block | Gap] = []
    strip = edges.strip()
    if strip:
        parts.append(_strip(strip, frame, page, sides))
    parts.append(_middle(frame, page, wide=wide, stacked=stacked, top=not strip))
    low = min(frame.bottom, sizes.space(4))
    marks = edges.marks()
    if marks:
        padded = column([Gap(sizes.space(2.5)), marks, Gap(sizes.space(1.5))])
        paint = Band(_NOWHERE, screen.colours.strip, screen.colours.strip_ink)
        parts.append(band(padded, paint, sides))
    footer = column([Gap(low), edges.footer(), Gap(frame.bottom)])
    paint = Band(_NOWHERE, screen.colours.footer, screen.colours.footer_ink)
    parts.append(band(footer, paint, sides))
    return column(parts)


def _strip(strip: Block, frame: _Frame, page: Page, sides: tuple[int, int]) -> Block:
    colours = page.screen.colours
    below = min(frame.bottom, page.sizes.space(3))
    padded = column([Gap(frame.bottom), strip, Gap(below)])
    return band(padded, Band(_NOWHERE, colours.strip, colours.strip_ink), sides)


def _middle(frame: _Frame, page: Page, *, wide: bool, stacked: bool, top: bool) -> Block:
    """Banner and page, the page beside the banner or below it; ``top`` where the banner begins the picture."""
    sizes, colours = page.sizes, page.screen.colours
    edge, inner = frame.side, sizes.line(6) if wide else frame.side
    banner_width = round(frame.width * _BANNER_SHARE) if wide else frame.width
    page_width = frame.width - banner_width if wide else frame.width
    above = frame.top if top else sizes.space(3.5)
    level = banner(page.screen, sizes, page.ruler, banner_width - edge - inner)
    hero = band(
        column([Gap(above, 0.3), replace(level, share=1), Gap(sizes.space(5), 0.3)]),
        Band(_NOWHERE, colours.banner, colours.banner_ink, patterned=True),
        (edge, inner),
        share=1,
    )
    content = (page.stacked if stacked else page.side_by_side)(page_width - edge - inner)
    sheet = band(
        column(
            [
                Gap(above if wide else max(sizes.space(4), page.overhang()), 0.5),
                replace(content, share=1),
                Gap(sizes.space(4), 0.5),
            ]
        ),
        Band(_NOWHERE, palette.PAGE, palette.PAGE_INK),
        (inner, edge),
        share=1,
    )
    both = beside(hero, banner_width, 0, sheet, page_width) if wide else column([hero, sheet])
    return replace(both, share=1)


def _plan(pieces: list[Piece], frame: _Frame) -> Plan:
    return Plan(
        bands=tuple(piece for piece in pieces if isinstance(piece, Band)),
        shapes=tuple(piece for piece in pieces if isinstance(piece, Shape)),
        slots=tuple(piece for piece in pieces if isinstance(piece, Slot)),
        code=next((piece.rect for piece in pieces if isinstance(piece, Code)), None),
        unit=UNIT * frame.short,
    )
