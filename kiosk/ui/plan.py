"""What goes where: the vocabulary in which the layout tells the board what to draw."""

from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct
from msgspec.structs import replace

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


class Rect(NamedTuple):
    """A rectangle in logical pixels of the window."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.h

    def mirrored(self, width: int) -> "Rect":
        """In the mirror image of a picture of that width."""
        return self._replace(x=width - self.right)


class Role(StrEnum):
    """What a text is, in the words of ``render --layout``."""

    LEVEL = "level"
    MEANING = "meaning"
    CHANGE = "change"
    LADDER = "ladder"
    HEADING = "heading"
    GUIDANCE = "guidance"
    HOTLINE = "hotline"
    NUMBER = "number"
    LINK = "link"
    FOOTER = "footer"
    CLOCK = "clock"
    PLACE = "place"
    MARK = "mark"


class Wrap(StrEnum):
    """Where a text may go on in the next line."""

    NEVER = "never"
    WORDS = "words"
    ANYWHERE = "anywhere"


class Lettering(NamedTuple):
    """How letters look.

    Attributes:
        pixels: the em, in logical pixels.
        weight: of the font's weight axis, 100 to 900.
        display: the tighter cut for large sizes.
        tabular: figures of one width, so that a running clock doesn't shift.
        pitch: from line to line, in ems.
        tight: the box ends at the ink instead of at the font's ascent and descent.
        wrap: where lines may end.
    """

    pixels: int
    weight: int
    display: bool = False
    tabular: bool = False
    pitch: float = 1.3
    tight: bool = False
    wrap: Wrap = Wrap.ANYWHERE


class Ruler(Protocol):
    """Measures text; pixels in and out."""

    def width(self, text: str, lettering: Lettering) -> int:
        """Of the text in one line, however long."""

    def height(self, text: str, lettering: Lettering, width: int) -> int | None:
        """Of the text wrapped into a width; None where it sticks out even so."""


class Slot(Struct, frozen=True):
    """One text in its place.

    Attributes:
        language: of the text, as a BCP 47 tag.
        right: whether the ink is flush with the right edge of the place.
        right_to_left: how the sentence runs; numbers and addresses run left to right in every language.
    """

    role: Role
    text: str
    rect: Rect
    lettering: Lettering
    ink: str
    language: str
    right: bool = False
    right_to_left: bool = False


class Band(Struct, frozen=True):
    """An area of one colour, with the ink of the texts on it; ``patterned`` where the pattern belongs."""

    rect: Rect
    fill: str
    ink: str
    patterned: bool = False


class Form(StrEnum):
    """The shapes that stand beside texts; each tells its meaning without colour."""

    FILLED = "filled"
    OUTLINED = "outlined"
    DOT = "dot"
    UP = "up"
    DOWN = "down"
    WARNING = "warning"


class Shape(Struct, frozen=True):
    """One shape in its place; an outline is ``line`` pixels thick, drawn inside the rectangle."""

    form: Form
    rect: Rect
    ink: str
    line: int = 0


class Code(Struct, frozen=True):
    """Where the QR code is, with its quiet zone."""

    rect: Rect


class Logo(Struct, frozen=True):
    """Where the venue's logo is."""

    rect: Rect


Piece = Band | Slot | Shape | Code | Logo


class Plan(Struct, frozen=True):
    """One whole picture in its places, for a screen of ``width`` pixels."""

    width: int
    bands: tuple[Band, ...]
    shapes: tuple[Shape, ...]
    slots: tuple[Slot, ...]
    code: Rect | None
    logo: Rect | None
    unit: float

    def mirrored(self) -> "Plan":
        """For a language that runs from right to left; signs and pictures keep their own shape."""
        return replace(
            self,
            bands=tuple(replace(band, rect=band.rect.mirrored(self.width)) for band in self.bands),
            shapes=tuple(replace(shape, rect=shape.rect.mirrored(self.width)) for shape in self.shapes),
            slots=tuple(
                replace(slot, rect=slot.rect.mirrored(self.width), right=not slot.right) for slot in self.slots
            ),
            code=self.code.mirrored(self.width) if self.code else None,
            logo=self.logo.mirrored(self.width) if self.logo else None,
        )
