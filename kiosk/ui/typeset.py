"""Text set into lines: the one place that measures letters, so that what fits in a plan fits on the screen."""

import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGlyphRun, QPainterPath, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from kiosk.typefaces import Typeface
from kiosk.ui import fonts
from kiosk.ui.plan import Lettering, Wrap
from kiosk.ui.styles import LINE, baseline

_UNBOUNDED = 1_000_000
_LARGEST_LETTERS = 16_384
"""Pixels of an em, twice the largest screen's side. From 65,536 on Qt draws boxes instead of letters, and asking
a line set in them for its length crashes the process."""
_REFERENCE = 1024
_ROUNDING = 0.1  # pixels: outlines are kept in 64ths of one
_MODES = {
    Wrap.NEVER: QTextOption.WrapMode.NoWrap,
    Wrap.WORDS: QTextOption.WrapMode.WordWrap,
    Wrap.ANYWHERE: QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere,
}


@dataclass(frozen=True, slots=True)
class Composition:
    """A text set into lines, ready to be drawn.

    Attributes:
        outline: of all glyphs, in a box of the width that was given. Filling it draws the text: glyphs from Qt's
            cache would differ by a shade with what was drawn before them, and pictures must be repeatable.
        ink: what the outline covers, exactly.
        height: of the box the text needs.
        cap_height: of the smallest capitals used.
        whole: whether every letter is in a line, and one of our typefaces has it.
        families: the font families that were drawn with.
    """

    outline: QPainterPath
    ink: QRectF
    height: float
    cap_height: float
    whole: bool
    families: frozenset[str]


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
    legible = fonts.legible(text)
    layout = _break(legible, lettering, width, right_to_left=right_to_left)
    # The layout owns its lines: it has to live as long as they are used.
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    pitch = lettering.pitch * lettering.pixels
    # Every script stands on Inter's line, so that what is beside a text doesn't move with its language.
    first = baseline(lettering.pixels)
    pieces: list[tuple[QPointF, QGlyphRun]] = []
    for index, line in enumerate(lines):
        # From where Qt put the line, which depends on the direction, to the edge that was asked for.
        shift = (width - line.naturalTextWidth() if right else 0.0) - line.naturalTextRect().left()
        origin = QPointF(shift, index * pitch + first - line.y() - line.ascent())
        pieces += [(origin, run) for run in line.glyphRuns()]
    outline, seen, drawn = _outline(pieces)
    ink = outline.boundingRect()
    # Flush with the ink: a large letter's side bearing would look like a wrong margin.
    flush = QPointF(width - ink.right() if right else -ink.left(), -ink.top() if lettering.tight else 0.0)
    set_letters = sum(line.textLength() for line in lines)
    return Composition(
        outline=outline.translated(flush),
        ink=ink.translated(flush),
        height=ink.height() if lettering.tight else _box_height(lines, lettering),
        cap_height=min((run.rawFont().capHeight() for run in seen), default=0.0),
        whole=drawn and legible == text and set_letters == len(text.encode("utf-16-le")) // 2,
        families=frozenset(run.rawFont().familyName() for run in seen),
    )


def _box_height(lines: list[QTextLine], lettering: Lettering) -> float:
    if not lines:
        return 0.0
    last = max(LINE * lettering.pixels, baseline(lettering.pixels) + lines[-1].descent())
    return (len(lines) - 1) * lettering.pitch * lettering.pixels + last


def _format(lettering: Lettering, start: int, length: int, face: Typeface) -> QTextLayout.FormatRange:
    stretch = QTextLayout.FormatRange()
    stretch.start, stretch.length = start, length
    style = QTextCharFormat()
    style.setFont(fonts.font(lettering, face))
    stretch.format = style
    return stretch


def _break(text: str, lettering: Lettering, width: int, *, right_to_left: bool = False) -> QTextLayout:
    drawable = lettering._replace(pixels=min(lettering.pixels, _LARGEST_LETTERS))
    layout = QTextLayout(text, fonts.font(drawable))
    layout.setFormats([_format(drawable, *stretch) for stretch in fonts.stretches(text)])
    option = QTextOption()
    option.setWrapMode(_MODES[lettering.wrap])
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
    layout.endLayout()
    return layout


def _outline(pieces: list[tuple[QPointF, QGlyphRun]]) -> tuple[QPainterPath, list[QGlyphRun], bool]:
    """The outlines of the glyphs, the runs that can be seen, and whether every glyph has an outline.

    What steers the direction of a text is invisible, and may come from any font.
    """
    outline = QPainterPath()
    # The contours of a variable font overlap.
    outline.setFillRule(Qt.FillRule.WindingFill)
    seen: list[QGlyphRun] = []
    whole = True
    for origin, run in pieces:
        raw = run.rawFont()
        before = outline.elementCount()
        for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
            path = raw.pathForGlyph(glyph)
            missing = glyph == 0 or (path.isEmpty() and not raw.boundingRect(glyph).isEmpty())
            whole = whole and not missing
            outline.addPath(path.translated(position + origin))
        if outline.elementCount() > before:
            seen.append(run)
    return outline, seen, whole


class QtRuler:
    """Measures with the fonts that will draw; implements ``kiosk.ui.plan.Ruler``."""

    def width(self, text: str, lettering: Lettering) -> int:
        """As ``Ruler.width``; one pixel more than the advance, so that rounding never wraps."""
        return _width(text, lettering)

    def height(self, text: str, lettering: Lettering, width: int) -> int | None:
        """As ``Ruler.height``."""
        return _height(text, lettering, width)


# A tick of the clock changes one text of twenty; the others are measured once.
@lru_cache(maxsize=4096)
def _width(text: str, lettering: Lettering) -> int:
    layout = _break(fonts.legible(text), lettering, _UNBOUNDED)
    return math.ceil(layout.lineAt(0).naturalTextWidth()) + 1 if layout.lineCount() else 1


@lru_cache(maxsize=4096)
def _height(text: str, lettering: Lettering, width: int) -> int | None:
    if width < 1 or lettering.pixels > _LARGEST_LETTERS:
        return None
    if lettering.tight and lettering.wrap is Wrap.NEVER:
        share_wide, share_high = _ink(text, lettering._replace(pixels=_REFERENCE))
        tall = math.ceil(share_high * lettering.pixels + _ROUNDING)
        return tall if share_wide * lettering.pixels + _ROUNDING <= width else None
    if lettering.tight:
        composition = compose(text, lettering, width)
        return math.ceil(composition.height) if composition.ink.right() <= width else None
    # Lines alone tell it; the outlines of all glyphs would take ten times as long, and most sizes are only tried.
    layout = _break(fonts.legible(text), lettering, width)
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    if any(line.naturalTextWidth() > width for line in lines):
        return None
    return math.ceil(_box_height(lines, lettering))


# Unhinted outlines grow with their letters, so one size tells all; a level's is looked for among hundreds.
@lru_cache(maxsize=256)
def _ink(text: str, lettering: Lettering) -> tuple[float, float]:
    """Width and height of what is drawn in one line, in ems."""
    ink = compose(text, lettering, _UNBOUNDED).ink
    return ink.width() / _REFERENCE, ink.height() / _REFERENCE
