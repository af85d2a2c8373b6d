"""The contacts: hotlines, the house's own number, where to report, and the QR code that leads there."""

import math
from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.screen import Contact
from kiosk.ui import styles
from kiosk.ui.flow import IMPOSSIBLE, Block, Gap, beside, column, grounded, still
from kiosk.ui.pen import Pen, Phrase, phrases_in_line
from kiosk.ui.plan import QUIET_ZONE, Code, Lettering, Piece, Rect, Role, Wrap

_CODE_LEAST, _CODE_CALM = 0.13, 0.24
"""The QR code's width without its quiet zone, in shorter sides, at the least and at calm sizes."""


class Contacts(Struct, frozen=True):
    """The contacts in one language, or once with their labels in two.

    Attributes:
        pens: of the languages told, the first on top.
        modules: the width of the QR code in modules, 0 without one.
    """

    pens: Sequence[Pen]
    modules: int

    def below_each_other(self, width: int) -> Block:
        """The contacts in a list, the code beside them."""
        if not self.modules:
            return self._list(range(len(self._contacts)), width)
        gap = self._aside_gap()
        numbers = max(self._least_width(index) for index in self._listed())
        # What stands below the code wraps before a number has to be smaller.
        aside = max(self._code_width(), min(self._aside_width(), width - gap - numbers))
        left = width - aside - gap
        parts: list[Block | Gap] = [replace(self._list(self._listed(), left), share=1)]
        paired = self._paired()
        if paired is not None:
            # Numbers end at their baseline; the link beside them has a descent below it.
            link = self._number_lettering(paired)
            parts.append(Gap(round(link.pixels * (styles.LINE - styles.ASCENT))))
        return beside(column(parts), left, gap, self._aside(aside), aside)

    def in_rows(self, width: int, rows: int) -> Block:
        """The contacts next to each other in so many rows, the code at the end: for where height is scarce."""
        gap = self._sizes.space(5)
        listed = self._listed()
        across = math.ceil(len(listed) / rows)
        lines = [listed[start : start + across] for start in range(0, len(listed), across)]
        aside = self._aside_width()
        end = aside + max(gap, self._aside_gap()) if self.modules else 0
        places = list(zip_longest(*lines))
        needs = [max(self._least_width(index) for index in place if index is not None) for place in places]
        spare = width - end - sum(needs) - gap * (len(needs) - 1)
        if spare < 0:
            return still(IMPOSSIBLE, lambda _: [])
        wishes = [max(self._contact_width(index) for index in place if index is not None) for place in places]
        ease = min(1.0, spare / max(1, sum(wishes) - sum(needs)))
        widths = [need + int((wish - need) * ease) for need, wish in zip(needs, wishes, strict=True)]
        # What is left over goes between the contacts.
        between = len(widths) - (0 if self.modules else 1)
        gap += (spare - sum(widths) + sum(needs)) // max(1, between)
        cells: list[Block | Gap] = []
        for line in lines:
            if cells:
                cells.append(Gap(self._sizes.space(3), 1))
            # The last one of a shorter row has the rest of it.
            rest = widths[len(line) - 1 :]
            cells.append(self._row(line, [*widths[: len(line) - 1], sum(rest) + gap * (len(rest) - 1)], gap))
        listing = column(cells)
        if not self.modules:
            return listing
        # The numbers stand at the foot of the code.
        code = self._aside(aside)
        grounded = column([Gap(max(0, code.least - listing.least), 1), listing])
        return beside(grounded, width - aside - gap, gap, code, aside)

    def overhang(self) -> int:
        """How far the white around the QR code reaches above the first line, in pixels."""
        return max(0, self._module() * QUIET_ZONE - self._lead()) if self.modules else 0

    def aside_gap(self) -> int:
        """The white space that the code needs around it."""
        return self._aside_gap() if self.modules else self._sizes.space(4)

    def natural_width(self) -> int:
        """The width at which no number and no label wraps in the list."""
        listed = max((self._contact_width(index) for index in self._listed()), default=0)
        aside = self._aside_width()
        return listed + (self._aside_gap() + aside if aside else 0)

    # ------------------------------------------------------------ one contact

    @property
    def _sizes(self) -> styles.Sizes:
        return self.pens[0].sizes

    @property
    def _contacts(self) -> tuple[Contact, ...]:
        return self.pens[0].screen.contacts

    def _list(self, indices: Sequence[int], width: int) -> Block:
        parts: list[Block | Gap] = []
        for index in indices:
            if parts:
                parts.append(Gap(self._sizes.space(3), 1))
            parts += [self._labels(index, width), self._number(index, width)]
        return column(parts)

    def _row(self, listed: Sequence[int], widths: Sequence[int], gap: int) -> Block:
        cells = [
            column([self._labels(index, width), self._number(index, width)])
            for index, width in zip(listed, widths, strict=True)
        ]
        return _cells(grounded(cells), widths, gap)

    def _labels(self, index: int, width: int) -> Block:
        lettering = self._sizes.lettering(styles.HOTLINE)
        ink = self.pens[0].screen.colours.page_quiet_ink
        label = phrases_in_line(Role.HOTLINE, self._phrases(index), lettering, ink, width)
        tight = self._number_lettering(index).tight
        return column([label, Gap(self._sizes.space(0.75) if tight and label.least else 0)])

    def _phrases(self, index: int) -> list[Phrase]:
        return [Phrase(pen, pen.screen.contacts[index].label) for pen in self.pens]

    def _number(self, index: int, width: int) -> Block:
        contact, pen = self._contacts[index], self.pens[0]
        role = Role.LINK if contact.link else Role.NUMBER
        lettering = self._number_lettering(index)
        return pen.words(role, contact.number, lettering, pen.screen.colours.page_ink, width)

    def _number_lettering(self, index: int) -> Lettering:
        if self._contacts[index].link:
            return self._sizes.lettering(styles.LINK, pitch=1.21)
        # A telephone number in two lines is misread.
        style = styles.NUMBER if index else styles.URGENT
        return self._sizes.lettering(style, wrap=Wrap.NEVER)._replace(tight=True)

    def _contact_width(self, index: int) -> int:
        return max(self._label_width(index), self._number_width(index))

    def _label_width(self, index: int) -> int:
        lettering = self._sizes.lettering(styles.HOTLINE)
        return max(pen.width(pen.screen.contacts[index].label, lettering) for pen in self.pens)

    def _least_width(self, index: int) -> int:
        """The width at which neither the number nor any word of a label breaks."""
        lettering = self._sizes.lettering(styles.HOTLINE)
        every = [word for pen in self.pens for word in pen.screen.contacts[index].label.split()]
        longest = max((self.pens[0].width(word, lettering) for word in every), default=0)
        return max(longest, self._number_width(index))

    def _number_width(self, index: int) -> int:
        return self.pens[0].width(self._contacts[index].number, self._number_lettering(index))

    # ------------------------------------------------------------ the code

    def _paired(self) -> int | None:
        """The link that the QR code opens: it stands under the code and needs no second label."""
        links = (index for index, contact in enumerate(self._contacts) if contact.link)
        label = self.pens[0].screen.qr_label
        return next((link for link in links if self.modules and self._contacts[link].number == label), None)

    def _listed(self) -> list[int]:
        return [index for index in range(len(self._contacts)) if index != self._paired()]

    def _module(self) -> int:
        """Side of one module in whole pixels, so that its edges are crisp; the code as wide as its link."""
        calm = _CODE_LEAST + (_CODE_CALM - _CODE_LEAST) * self._sizes.comfort
        least, most = (share * self._sizes.short for share in (_CODE_LEAST, calm))
        return max(math.ceil(least / self.modules), int(min(most, self._code_label_width()) / self.modules))

    def _code_label_width(self) -> int:
        paired = self._paired()
        if paired is not None:
            return self._contact_width(paired)
        return max(pen.width(pen.screen.qr_label, self._sizes.lettering(styles.LINK)) for pen in self.pens)

    def _aside_width(self) -> int:
        if not self.modules:
            return 0
        code = self._code_width()
        most = IMPOSSIBLE if self._paired() is not None else round(code * (2.2 if len(self.pens) == 1 else 1.3))
        return max(code, min(self._code_label_width(), most))

    def _code_width(self) -> int:
        return self._module() * self.modules

    def _aside_gap(self) -> int:
        return max(self._sizes.space(4), self._module() * QUIET_ZONE + self._sizes.space(1.5))

    def _lead(self) -> int:
        """From the top of the first contact's box to its capitals, with which the code begins."""
        return round(self._sizes.lettering(styles.HOTLINE).pixels * (styles.ASCENT - self._sizes.cap_ratio))

    def _aside(self, width: int) -> Block:
        """The QR code with what it opens below; its modules, not its quiet zone, keep the margins."""
        module = self._module()
        side, quiet = module * self.modules, module * QUIET_ZONE
        lead = self._lead()

        def code(rect: Rect) -> list[Piece]:
            whole = side + 2 * quiet
            return [Code(Rect(rect.x - quiet, rect.y + lead - quiet, whole, whole))]

        paired = self._paired()
        if paired is not None:
            below = [self._labels(paired, width), self._number(paired, width)]
        else:
            lettering = self._sizes.lettering(styles.LINK)
            below = [
                pen.words(Role.LINK, pen.screen.qr_label, lettering, pen.screen.colours.page_ink, width)
                for pen in self.pens
            ]
        # The gap counts as the quiet zone: nothing may print into it.
        return column([still(lead + side, code), Gap(quiet), *below, Gap(0, 1)])


def _cells(blocks: Sequence[Block], widths: Sequence[int], gap: int) -> Block:
    result, across = blocks[0], widths[0]
    for block, width in zip(blocks[1:], widths[1:], strict=True):
        result = beside(result, across, gap, block, width)
        across += gap + width
    return result
