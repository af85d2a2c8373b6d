"""Compositions: the ways to divide a picture of a given shape, and a whole picture as one block."""

import math
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kiosk.ui.banner import Banner
from kiosk.ui.content import Content
from kiosk.ui.edges import Edges
from kiosk.ui.flow import Block, Gap, band, beside, column
from kiosk.ui.page import Page, PageForm
from kiosk.ui.plan import Band, Rect, Ruler
from kiosk.ui.styles import UNIT, Sizes

SAFE = 0.03
"""The share of each side, at both its ends, that stays free of text: televisions cut the edges off."""

DRIFT = 3 / 8
"""How far the composition ever moves from its place in any direction, in units (``styles.UNIT``)."""

_BANNER_SHARE = 0.5
_BELOW_LEVEL = 0.8
_WIDE, _LANDSCAPE, _PORTRAIT = 2.2, 1.25, 0.8  # width through height from which on a shape is called so
_NOWHERE = Rect(0, 0, 0, 0)


class Frame(Struct, frozen=True):
    """The size of the window and the margins in it; texts start a little inside the safe area."""

    width: int
    height: int

    @property
    def short(self) -> int:
        """The shorter side."""
        return min(self.width, self.height)

    @property
    def drift(self) -> int:
        """``DRIFT`` in whole pixels."""
        return max(1, round(DRIFT * UNIT * self.short))

    @property
    def side(self) -> int:
        """The margin at the left and at the right."""
        return math.ceil(max(SAFE * self.width + self.drift, 7 * UNIT * self.short))

    @property
    def top(self) -> int:
        """The margin above the banner."""
        return math.ceil(max(SAFE * self.height + self.drift, 4 * UNIT * self.short))

    @property
    def bottom(self) -> int:
        """The margin below the footer, and above a strip."""
        return math.ceil(SAFE * self.height + self.drift)


class Composition(Struct, frozen=True):
    """One way to divide a picture.

    Attributes:
        wide: whether the banner stands beside the page and not above it.
        page: where the contacts are.
        abreast: whether two languages stand beside each other and not below each other.
    """

    wide: bool
    page: PageForm
    abreast: bool


def compositions(frame: Frame, *, pairs: bool) -> Iterator[Composition]:
    """The ways to divide a picture of that shape, best first; ``pairs`` where it tells two languages."""
    shape = frame.width / frame.height
    if shape >= _LANDSCAPE:
        forms = (PageForm.BESIDE, PageForm.ROW, PageForm.ROWS, PageForm.LIST)
    elif shape > _PORTRAIT:
        forms = (PageForm.ROW, PageForm.ROWS, PageForm.LIST, PageForm.BESIDE)
    else:
        forms = (PageForm.LIST, PageForm.ROWS, PageForm.ROW, PageForm.BESIDE)
    for wide in (True, False) if shape > _WIDE else (False,):
        # Half of a wide screen is as narrow as a square one, and two words abreast in it would be small.
        first = shape > _PORTRAIT and not wide
        for form in forms:
            for abreast in (first, not first) if pairs else (False,):
                yield Composition(wide, form, abreast)


def composed(
    content: Content,
    frame: Frame,
    composition: Composition,
    sizes: Sizes,
    ruler: Ruler,
    modules: int,
    logo: float | None,
) -> Block:
    """The whole picture as one block of the frame's width."""
    edges = Edges(content, sizes, ruler, frame.width - 2 * frame.side)
    page = Page(content, sizes, ruler, modules, logo, composition.abreast)
    colours = content.first.colours
    sides = (frame.side, frame.side)
    parts: list[Block | Gap] = []
    strip = edges.strip()
    if strip:
        padded = column([Gap(frame.bottom), strip, Gap(min(frame.bottom, sizes.space(3)))])
        parts.append(band(padded, Band(_NOWHERE, colours.strip, colours.strip_ink), sides))
    parts.append(_middle(content, frame, composition, page, top=not strip))
    marks = edges.marks()
    if marks:
        padded = column([Gap(sizes.space(2.5)), marks, Gap(sizes.space(1.5))])
        parts.append(band(padded, Band(_NOWHERE, colours.strip, colours.strip_ink), sides))
    footer = column([Gap(min(frame.bottom, sizes.space(4))), edges.footer(), Gap(frame.bottom)])
    parts.append(band(footer, Band(_NOWHERE, colours.footer, colours.footer_ink), sides))
    return column(parts)


def _middle(content: Content, frame: Frame, composition: Composition, page: Page, *, top: bool) -> Block:
    """Banner and page; ``top`` where the banner begins the picture. With nothing on it there is no page."""
    bare = not content.first.contacts
    sizes, colours, wide = page.sizes, content.first.colours, composition.wide and not bare
    edge, inner = frame.side, sizes.line(6) if wide else frame.side
    banner_width = round(frame.width * _BANNER_SHARE) if wide else frame.width
    page_width = frame.width - banner_width if wide else frame.width
    above = frame.top if top else sizes.space(3.5)
    banner = Banner(content, sizes, page.ruler, banner_width - edge - inner, composition.abreast)
    # However large other texts may be, the level is larger.
    most = banner.largest_level()
    sizes = replace(sizes, ceiling=_BELOW_LEVEL * most * sizes.cap_ratio)
    page = replace(page, sizes=sizes)
    level = replace(banner, sizes=sizes).block(most)
    hero = band(
        column([Gap(above, 0.3), replace(level, share=1), Gap(sizes.space(5), 0.3)]),
        Band(_NOWHERE, colours.banner, colours.banner_ink, patterned=True),
        (edge, inner),
        share=1,
    )
    if bare:
        return hero
    sheet = band(
        column(
            [
                Gap(above if wide else max(sizes.space(4), page.overhang()), 0.5),
                replace(page.block(composition.page, page_width - edge - inner), share=1),
                Gap(sizes.space(4), 0.5),
            ]
        ),
        Band(_NOWHERE, colours.page, colours.page_ink),
        (inner, edge),
        share=1,
    )
    both = beside(hero, banner_width, 0, sheet, page_width) if wide else column([hero, sheet])
    return replace(both, share=1)
