"""The page below or beside the banner: what a visitor should do, and how to reach someone."""

from enum import StrEnum

from msgspec import Struct

from kiosk.ui.advice import Advice
from kiosk.ui.contacts import Contacts
from kiosk.ui.content import Content
from kiosk.ui.flow import Block, Gap, column, still
from kiosk.ui.pen import Pen
from kiosk.ui.plan import Form, Piece, Rect, Ruler, Shape
from kiosk.ui.styles import Sizes


class PageForm(StrEnum):
    """Where the contacts are: beside the guidance, or below it in a list, in two rows or in one."""

    BESIDE = "beside"
    LIST = "list"
    ROWS = "rows"
    ROW = "row"


_SHARES = (0.28, 0.31, 0.34, 0.37, 0.4)
"""The parts of the width that the contacts may have beside two columns of guidance."""

_ROWS = {PageForm.ROWS: 2, PageForm.ROW: 1}


class Page(Struct, frozen=True):
    """The page of a content.

    Attributes:
        modules: the width of the QR code in modules, 0 without one.
        logo: the logo's width through its height; None without one.
        abreast: whether two languages stand beside each other.
    """

    content: Content
    sizes: Sizes
    ruler: Ruler
    modules: int
    logo: float | None
    abreast: bool

    def block(self, form: PageForm, width: int) -> Block:
        """The whole page without its outer margins."""
        pens = [Pen(screen, self.sizes, self.ruler) for screen in self.content.screens]
        advice, contacts = Advice(pens, self.logo), Contacts(pens, self.modules)
        if form is PageForm.BESIDE and advice.given:
            return self._beside(advice, contacts, width)
        rows = _ROWS.get(form)
        below = contacts.in_rows(width, rows) if rows else contacts.below_each_other(width)
        if not advice.given:
            return below
        return self._stacked(advice.block(width, abreast=self.abreast), below, contacts.aside_gap())

    def overhang(self) -> int:
        """How far the white around the QR code reaches above the page's first line, in pixels."""
        return Contacts([Pen(self.content.first, self.sizes, self.ruler)], self.modules).overhang()

    @property
    def _rule(self) -> str:
        return self.content.first.colours.page_rule

    def _beside(self, advice: Advice, contacts: Contacts, width: int) -> Block:
        """Guidance on the left, contacts on the right, a thin line between."""
        gap = self.sizes.space(4)

        def halves(right: int) -> tuple[int, int, Block, Block]:
            left = width - right - 2 * gap
            return left, right, advice.block(left, abreast=self.abreast), contacts.below_each_other(right)

        if self.abreast and len(self.content.screens) > 1:
            # Two columns of guidance leave less to the contacts: the division that is lowest.
            shares = (halves(round(width * share)) for share in _SHARES)
            left, right, guidance, list_ = min(shares, key=lambda half: max(half[2].least, half[3].least))
        else:
            natural = max(contacts.natural_width(), round(width * 0.36))
            left, right, guidance, list_ = halves(min(natural, round(width * 0.56)))
        height = max(guidance.least, list_.least)

        def place(rect: Rect) -> list[Piece]:
            # Centred as one group: spread over the height, the parts of each half would drift apart.
            y = rect.y + (rect.h - height) // 2
            line = Rect(rect.x + left + gap, y, self.sizes.line(0.25), height)
            return [
                *guidance.place(Rect(rect.x, y, left, guidance.least)),
                Shape(Form.FILLED, line, self._rule),
                *list_.place(Rect(line.x + gap, y, right, list_.least)),
            ]

        return still(height, place)

    def _stacked(self, guidance: Block, below: Block, space: int) -> Block:
        """Guidance above contacts, a thin line between."""

        def line(rect: Rect) -> list[Piece]:
            return [Shape(Form.FILLED, rect, self._rule)]

        thickness = self.sizes.line(0.25)
        return column([guidance, Gap(self.sizes.space(3.5), 1), still(thickness, line), Gap(space, 1), below])
