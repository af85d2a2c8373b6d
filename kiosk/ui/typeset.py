"""Text set into lines: the one place that measures letters, so that what fits in a plan fits on the screen."""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QRawFont, QTextLayout, QTextLine, QTextOption, QTransform

from kiosk.typefaces import TYPEFACES, Typeface
from kiosk.ui import fonts
from kiosk.ui.plan import Lettering, Wrap
from kiosk.ui.styles import LINE, baseline

_EM = 1024
"""Pixels of the letters with which everything is measured. Unhinted outlines grow with their letters, so one size
tells all: Qt takes a millisecond to open a font in a size, and a picture is looked for among hundreds of sizes."""

_APART = _EM / 14
"""Between glyphs that share no pixel: one, in letters of 14 pixels; those of a screen are larger."""

_UNBOUNDED = 8_000_000
"""Pixels of a line without end; the longest that Qt counts."""

_LARGEST_LETTERS = 16_384
"""Pixels of an em, twice the largest screen's side."""

_ROUNDING = 0.1  # pixels: outlines are kept in 64ths of one
_MODES = {
    Wrap.NEVER: QTextOption.WrapMode.NoWrap,
    Wrap.WORDS: QTextOption.WrapMode.WordWrap,
    Wrap.ANYWHERE: QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere,
}


class Composition(Struct, frozen=True):
    """A text set into lines, ready to be drawn.

    Attributes:
        outlines: of all glyphs, in a box of the width that was given; those that touch are one.
        ink: what the outline covers, exactly.
        height: of the box the text needs.
        cap_height: of the smallest capitals used.
        whole: whether every letter is in a line, and one of our typefaces has it.
        families: the font families that were drawn with.
    """

    outlines: tuple[QPainterPath, ...]
    ink: QRectF
    height: float
    cap_height: float
    whole: bool
    families: frozenset[str]

    def draw(self, painter: QPainter, ink: str, left: float = 0, top: float = 0) -> None:
        """Fill the outlines with an ink.

        Not with glyphs from Qt's cache, which differ by a shade with what was drawn before them: pictures must be
        repeatable. And one by one: Qt rasters a path anew with twice the memory until that is enough for it, which
        made a paragraph take five times as long.
        """
        colour = QColor(ink)
        for outline in self.outlines:
            painter.fillPath(outline.translated(left, top) if left or top else outline, colour)


def compose(
    text: str, lettering: Lettering, width: int, *, right: bool = False, right_to_left: bool = False
) -> Composition:
    """Set a text into lines of ``width`` pixels, the ink flush with the left or the right edge.

    Letters are never larger than can be drawn, and lines never narrower than a pixel.

    Args:
        text: what to set.
        lettering: how its letters look.
        width: of the lines.
        right: whether the ink is flush with the right edge.
        right_to_left: how the sentence runs, which orders words and numbers; it does not decide the edge.
    """
    scale = _scale(lettering)
    length, room = _line(text, _measuring(lettering))[0] * _EM, width / scale
    # What fits in one line is set in its own length, and so only once for all widths.
    room = math.ceil(length) + 1 if length <= room else room
    lines = _set(text, lettering._replace(pixels=_EM, pitch=0, tight=False), room, right_to_left)
    outlines: list[QPainterPath] = []
    # Every script stands on Inter's line, so that what is beside a text doesn't move with its language.
    down = float(baseline(lettering.pixels))
    for line in lines:
        # From where Qt put the line, which depends on the direction, to the edge that was asked for.
        across = (width - line.length * scale if right else 0.0) - line.left * scale
        place = QTransform(scale, 0, 0, scale, across, down)
        outlines += map(place.map, line.outlines)
        down += lettering.pitch * lettering.pixels
    ink = QRectF()
    for outline in outlines:
        ink = ink.united(outline.boundingRect())
    # Flush with the ink: a large letter's side bearing would look like a wrong margin.
    flush = width - ink.right() if right else -ink.left(), -ink.top() if lettering.tight else 0.0
    descent = lines[-1].descent / _EM if lines else 0.0
    drawn = all(line.whole for line in lines) and fonts.legible(text) == text
    return Composition(
        outlines=tuple(outline.translated(*flush) for outline in outlines),
        ink=ink.translated(*flush),
        height=ink.height() if lettering.tight else _box_height(len(lines), descent, lettering),
        cap_height=min((line.cap_height for line in lines if line.families), default=0.0) * scale,
        whole=drawn and sum(line.letters for line in lines) == len(text.encode("utf-16-le")) // 2,
        families=frozenset().union(*(line.families for line in lines)),
    )


class _Line(NamedTuple):
    """One line in letters of ``_EM``.

    Attributes:
        outlines: of its glyphs, on its baseline.
        left, length: where Qt put it, and how long it is.
        descent: what it needs below its baseline.
        letters: how many there are in it, in UTF-16 units.
        cap_height: of the smallest capitals used.
        whole: whether each glyph has an outline.
        families: the fonts of what can be seen.
    """

    outlines: tuple[QPainterPath, ...]
    left: float
    length: float
    descent: float
    letters: int
    cap_height: float
    whole: bool
    families: frozenset[str]


# Another level moves all texts and changes the size of most; their outlines stay the same.
@lru_cache(maxsize=128)
def _set(text: str, lettering: Lettering, width: float, right_to_left: bool) -> tuple[_Line, ...]:  # noqa: FBT001
    """The lines of a text in a width, both in letters of ``_EM``."""
    layout = _break(fonts.legible(text), lettering, width, right_to_left=right_to_left)
    # The layout owns its lines: it has to live as long as they are used.
    return tuple(_outlined(layout.lineAt(index)) for index in range(layout.lineCount()))


def _scale(lettering: Lettering) -> float:
    """From the letters that measure to those that are drawn."""
    return min(lettering.pixels, _LARGEST_LETTERS) / _EM


def _box_height(lines: int, descent: float, lettering: Lettering) -> float:
    if not lines:
        return 0.0
    last = max(LINE * lettering.pixels, baseline(lettering.pixels) + descent * lettering.pixels)
    return (lines - 1) * lettering.pitch * lettering.pixels + last


def _format(lettering: Lettering, start: int, length: int, face: Typeface) -> QTextLayout.FormatRange:
    from PySide6.QtGui import QTextCharFormat

    stretch = QTextLayout.FormatRange()
    stretch.start, stretch.length = start, length
    style = QTextCharFormat()
    style.setFont(fonts.font(lettering, face))
    stretch.format = style
    return stretch


def _break(text: str, lettering: Lettering, width: float, *, right_to_left: bool = False) -> QTextLayout:
    """A legible text in lines of a width, both in letters of ``_EM``."""
    lettering = lettering._replace(pixels=_EM)
    layout = QTextLayout(text, fonts.font(lettering))
    stretches = tuple(fonts.stretches(text))
    if any(face is not TYPEFACES[0] for _, _, face in stretches):
        layout.setFormats([_format(lettering, *stretch) for stretch in stretches])
    option = QTextOption()
    option.setWrapMode(_MODES[lettering.wrap])
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, min(width, _UNBOUNDED)))
    layout.endLayout()
    return layout


def _outlined(line: QTextLine) -> _Line:
    """What steers the direction of a text is invisible, and may come from any font."""
    down = -line.y() - line.ascent()
    outlines: list[QPainterPath] = []
    seen: list[QRawFont] = []
    whole = True
    for run in line.glyphRuns():
        raw = run.rawFont()
        before = len(outlines)
        for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
            path = raw.pathForGlyph(glyph)
            missing = glyph == 0 or (path.isEmpty() and not raw.boundingRect(glyph).isEmpty())
            whole = whole and not missing
            if not path.isEmpty():
                outlines.append(path.translated(position.x(), position.y() + down))
        if len(outlines) > before:
            seen.append(raw)
    return _Line(
        outlines=tuple(_joined(outlines)),
        left=line.naturalTextRect().left(),
        length=line.naturalTextWidth(),
        descent=line.descent(),
        letters=line.textLength(),
        cap_height=min((raw.capHeight() for raw in seen), default=0.0),
        whole=whole,
        families=frozenset(raw.familyName() for raw in seen),
    )


def _joined(outlines: Iterable[QPainterPath]) -> Iterator[QPainterPath]:
    """Glyphs from left to right, with those in one that are so near each other that they may share a pixel."""
    joined, end = QPainterPath(), 0.0
    for left, outline in sorted(((path.boundingRect().left(), path) for path in outlines), key=itemgetter(0)):
        if not joined.isEmpty() and left > end + _APART:
            yield joined
            joined = QPainterPath()
        if joined.isEmpty():
            # The contours of a variable font overlap.
            joined.setFillRule(Qt.FillRule.WindingFill)
        joined.addPath(outline)
        end = joined.boundingRect().right()
    if not joined.isEmpty():
        yield joined


class QtRuler:
    """Measures with the fonts that will draw; implements ``kiosk.ui.plan.Ruler``."""

    def width(self, text: str, lettering: Lettering) -> int:
        """As ``Ruler.width``; one pixel more than the advance, so that rounding never wraps."""
        return _width(text, lettering)

    def height(self, text: str, lettering: Lettering, width: int) -> int | None:
        """As ``Ruler.height``."""
        return _height(text, lettering, width)


# A tick of the clock changes one text of twenty, and another size none: each text is measured once.
@lru_cache(maxsize=4096)
def _width(text: str, lettering: Lettering) -> int:
    return math.ceil(_line(text, _measuring(lettering))[0] * lettering.pixels) + 1


def _measuring(lettering: Lettering) -> Lettering:
    """What the width of a line depends on."""
    return Lettering(_EM, lettering.weight, lettering.display, lettering.tabular, wrap=Wrap.NEVER)


@lru_cache(maxsize=1024)
def _line(text: str, lettering: Lettering) -> tuple[float, float]:
    """The length of a text in one line and what it needs below that, in ems."""
    layout = _break(fonts.legible(text), lettering, _UNBOUNDED)
    if not layout.lineCount():
        return 0.0, 0.0
    line = layout.lineAt(0)
    return line.naturalTextWidth() / _EM, line.descent() / _EM


@lru_cache(maxsize=4096)
def _height(text: str, lettering: Lettering, width: int) -> int | None:
    if width < 1 or lettering.pixels > _LARGEST_LETTERS:
        return None
    if lettering.tight and lettering.wrap is Wrap.NEVER:
        share_wide, share_high = _ink(text, lettering._replace(pixels=_EM))
        tall = math.ceil(share_high * lettering.pixels + _ROUNDING)
        return tall if share_wide * lettering.pixels + _ROUNDING <= width else None
    if lettering.tight:
        composition = compose(text, lettering, width)
        return math.ceil(composition.height) if composition.ink.right() <= width else None
    length, descent = _line(text, _measuring(lettering))
    if length * lettering.pixels <= width:
        return math.ceil(_box_height(1, descent, lettering))
    # Lines alone tell it; the outlines of all glyphs would take ten times as long, and most sizes are only tried.
    layout = _break(fonts.legible(text), lettering, width / _scale(lettering))
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    if any(line.naturalTextWidth() * _scale(lettering) > width for line in lines):
        return None
    descent = lines[-1].descent() / _EM if lines else 0.0
    return math.ceil(_box_height(len(lines), descent, lettering))


@lru_cache(maxsize=256)
def _ink(text: str, lettering: Lettering) -> tuple[float, float]:
    """Width and height of what is drawn in one line, in ems."""
    ink = compose(text, lettering, _UNBOUNDED).ink
    return ink.width() / _EM, ink.height() / _EM
