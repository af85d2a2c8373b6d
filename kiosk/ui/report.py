"""Every text of a board as it is drawn: what ``render --layout`` prints, for checks by others."""

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage

from kiosk.core.palette import contrast
from kiosk.ui import fonts
from kiosk.ui.board import Board
from kiosk.ui.plan import Role, Slot
from kiosk.ui.text import TextBlock
from kiosk.ui.typeset import Composition

_UNDETERMINED = "und"
"""BCP 47 for a language that nobody told us, such as that of a venue's name."""


def layout_report(board: Board, state: str) -> dict[str, Any]:
    """The texts of a board in reading order; pixels, colours as ``#rrggbb``.

    ``rect`` and ``cap_height`` come from the glyphs' outlines and fonts, ``background`` from the pixels painted
    behind them: of several, the one on which the text reads worst.
    """
    backdrop = board.paint_backdrop()
    return {
        "size": [board.width(), board.height()],
        "state": state,
        "texts": [
            _text(block, block.slot, block.composition, backdrop)
            for block in board.texts()
            if block.slot and block.composition
        ],
    }


def _text(block: TextBlock, slot: Slot, composition: Composition, backdrop: QImage) -> dict[str, Any]:
    box = block.geometry()
    ink = composition.ink.translated(box.topLeft()).toAlignedRect()
    background = _worst(backdrop, ink, slot.ink)
    return {
        "role": str(slot.role),
        "text": block.text(),
        "rect": [ink.x(), ink.y(), ink.width(), ink.height()],
        "box": [box.x(), box.y(), box.width(), box.height()],
        "cap_height": round(composition.cap_height, 2),
        "weight": round(fonts.font(slot.lettering).variableAxisValue(QFont.Tag("wght"))),
        "colour": slot.ink,
        "background": background,
        "contrast": round(contrast(slot.ink, background), 2),
        "language": _UNDETERMINED if slot.role is Role.PLACE else slot.language,
        "complete": block.complete,
    }


def _worst(backdrop: QImage, area: QRect, ink: str) -> str:
    """The colour within an area that has the least contrast with the ink."""
    part = backdrop.copy(area)
    pixels = set(memoryview(part.constBits()).cast("I"))
    colours = {f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels}
    return min(colours, key=lambda colour: contrast(colour, ink))
