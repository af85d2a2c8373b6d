"""The page below or beside the banner: what a visitor should do, and how to reach someone."""

import math
from dataclasses import dataclass, replace

from kiosk.core.screen import Contact, Screen
from kiosk.ui import palette, styles
from kiosk.ui.flow import IMPOSSIBLE, Block, Gap, beside, column, still, words
from kiosk.ui.plan import QUIET_ZONE, Code, Form, Lettering, Piece, Rect, Role, Ruler, Shape, Wrap
from kiosk.ui.styles import Sizes

_CODE_LEAST, _CODE_CALM = 0.13, 0.24
"""The QR code's width without its quiet zone, in shorter sides, at the least and at calm sizes."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows; ``modules`` is the width of the QR code, 0 without one."""

    screen: Screen
    sizes: Sizes
    ruler: Ruler
    modules: int

    def side_by_side(self, width: int) -> Block:
        """Guidance on the left, contacts on the right, a thin line between."""
        if not self._advises():
            return self._contacts(width)
        gap = self.sizes.space(4)
        right = min(max(self._contacts_width(), round(width * 0.36)), round(width * 0.56))
        left = width - right - 2 * gap
        guidance, contacts = self._guidance(left), self._contacts(right)
        height = max(guidance.least, contacts.least)

        def place(rect: Rect) -> list[Piece]:
            # Centred as one group: spread over the height, the parts of each half would drift apart.
            y = rect.y + (rect.h - height) // 2
            line = Rect(rect.x + left + gap, y, self.sizes.line(0.25), height)
            return [
                *guidance.place(Rect(rect.x, y, left, guidance.least)),
                Shape(Form.FILLED, line, palette.PAGE_RULE),
                *contacts.place(Rect(line.x + gap, y, right, contacts.least)),
            ]

        return still(height, place)

    def stacked(self, width: int) -> Block:
        """Guidance above contacts, a thin line between."""
        if not self._advises():
            return self._contacts(width)
        thickness = self.sizes.line(0.25)

        def line(rect: Rect) -> list[Piece]:
            return [Shape(Form.FILLED, rect, palette.PAGE_RULE)]

        return column(
            [
                self._guidance(width),
                Gap(self.sizes.space(3.5), 1),
                still(thickness, line),
                Gap(self._aside_gap() if self.modules else self.sizes.space(4), 1),
                self._contacts(width),
            ]
        )

    def overhang(self) -> int:
        """How far the white around the QR code reaches above the page's first line, in pixels."""
        return max(0, self._module() * QUIET_ZONE - self._lead()) if self.modules else 0

    def _advises(self) -> bool:
        return bool(self.screen.guidance_heading or self.screen.guidance)

    def _guidance(self, width: int) -> Block:
        heading = self.sizes.lettering(styles.ADVICE, pitch=1.25)
        parts: list[Block | Gap] = []
        if self.screen.guidance_heading:
            text = self.screen.guidance_heading
            parts.append(words(self.ruler, Role.HEADING, text, heading, palette.PAGE_INK, width))
        for line in self.screen.guidance:
            if parts:
                parts.append(Gap(self.sizes.space(1.25), 0.2))
            parts.append(self._advice(line, width))
        return column(parts)

    def _advice(self, line: str, width: int) -> Block:
        lettering = self.sizes.lettering(styles.GUIDANCE)
        indent = round(lettering.pixels * 0.95)
        text = words(self.ruler, Role.GUIDANCE, line, lettering, palette.PAGE_INK, width - indent)

        def place(rect: Rect) -> list[Piece]:
            sign = styles.beside_capitals(rect, lettering, self.sizes)
            side = round(sign.h * 0.5)
            bullet = Rect(rect.x, sign.y + (sign.h - side) // 2, side, side)
            return [
                *text.place(Rect(rect.x + indent, rect.y, rect.w - indent, text.least)),
                Shape(Form.FILLED, bullet, self.screen.colours.accent),
            ]

        return still(text.least, place)

    def _contacts(self, width: int) -> Block:
        aside = self._aside_width()
        if not aside:
            return self._list(self.screen.contacts, width)
        gap = self._aside_gap()
        left = width - aside - gap
        parts: list[Block | Gap] = [replace(self._list(self._listed(), left), share=1)]
        paired = self._paired()
        if paired:
            # Numbers end at their baseline; the link beside them has a descent below it.
            link = self._number_lettering(paired)
            parts.append(Gap(round(link.pixels * (styles.LINE - styles.ASCENT))))
        return beside(column(parts), left, gap, self._aside(aside), aside)

    def _aside_gap(self) -> int:
        return max(self.sizes.space(4), self._module() * QUIET_ZONE)

    def _contacts_width(self) -> int:
        """The width at which no number and no label of a contact wraps."""
        listed = max((self._contact_width(contact) for contact in self._listed()), default=0)
        aside = self._aside_width()
        return listed + (self._aside_gap() + aside if aside else 0)

    def _contact_width(self, contact: Contact) -> int:
        label = self.ruler.width(contact.label, self.sizes.lettering(styles.HOTLINE))
        return max(label, self.ruler.width(contact.number, self._number_lettering(contact)))

    def _list(self, contacts: tuple[Contact, ...], width: int) -> Block:
        parts: list[Block | Gap] = []
        for contact in contacts:
            if parts:
                parts.append(Gap(self.sizes.space(3), 1))
            parts += self._contact(contact, width)
        return column(parts)

    def _contact(self, contact: Contact, width: int) -> list[Block | Gap]:
        role = Role.LINK if contact.link else Role.NUMBER
        number = self._number_lettering(contact)
        parts: list[Block | Gap] = []
        if contact.label:
            label = self.sizes.lettering(styles.HOTLINE)
            ink = palette.PAGE_QUIET_INK
            parts.append(words(self.ruler, Role.HOTLINE, contact.label, label, ink, width))
            if number.tight:
                parts.append(Gap(self.sizes.space(0.75)))
        parts.append(words(self.ruler, role, contact.number, number, palette.PAGE_INK, width))
        return parts

    def _number_lettering(self, contact: Contact) -> Lettering:
        if contact.link:
            return self.sizes.lettering(styles.LINK, pitch=1.21)
        # A telephone number in two lines is misread.
        style = styles.URGENT if contact == self.screen.contacts[0] else styles.NUMBER
        return self.sizes.lettering(style, wrap=Wrap.NEVER)._replace(tight=True)

    def _paired(self) -> Contact | None:
        """The link that the QR code opens: it stands under the code and needs no second label."""
        links = (contact for contact in self.screen.contacts if contact.link)
        return next((link for link in links if self.modules and link.number == self.screen.qr_label), None)

    def _listed(self) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.screen.contacts if contact != self._paired())

    def _module(self) -> int:
        """Side of one module in whole pixels, so that its edges are crisp; the code as wide as its link."""
        calm = _CODE_LEAST + (_CODE_CALM - _CODE_LEAST) * self.sizes.comfort
        least, most = (share * self.sizes.short for share in (_CODE_LEAST, calm))
        return max(math.ceil(least / self.modules), int(min(most, self._label_width()) / self.modules))

    def _label_width(self) -> int:
        paired = self._paired()
        if paired:
            return self._contact_width(paired)
        return self.ruler.width(self.screen.qr_label, self.sizes.lettering(styles.LINK))

    def _aside_width(self) -> int:
        if not self.modules:
            return 0
        code = self._module() * self.modules
        most = IMPOSSIBLE if self._paired() else round(code * 1.6)
        return max(code, min(self._label_width(), most))

    def _lead(self) -> int:
        """From the top of the first contact's box to its capitals, with which the code begins."""
        return round(self.sizes.lettering(styles.HOTLINE).pixels * (styles.ASCENT - self.sizes.cap_ratio))

    def _aside(self, width: int) -> Block:
        """The QR code with what it opens below; its modules, not its quiet zone, keep the margins."""
        module = self._module()
        side, quiet = module * self.modules, module * QUIET_ZONE
        lead = self._lead()

        def code(rect: Rect) -> list[Piece]:
            whole = side + 2 * quiet
            return [Code(Rect(rect.x - quiet, rect.y + lead - quiet, whole, whole))]

        paired = self._paired()
        below: list[Block | Gap] = []
        if paired:
            below = self._contact(paired, width)
        elif self.screen.qr_label:
            lettering = self.sizes.lettering(styles.LINK)
            below = [words(self.ruler, Role.LINK, self.screen.qr_label, lettering, palette.PAGE_INK, width)]
        # The gap counts as the quiet zone: nothing may print into it.
        return column([still(lead + side, code), Gap(quiet, 1), *below])
