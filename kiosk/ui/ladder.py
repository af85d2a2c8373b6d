"""The ladder: every level of the scale in its order, filled up to the one that holds."""

from collections.abc import Iterator, Sequence

from kiosk.core.screen import Step
from kiosk.ui import styles
from kiosk.ui.flow import Block, column, still
from kiosk.ui.pen import Pen, Phrase, phrases_in_line, phrases_width
from kiosk.ui.plan import Form, Lettering, Piece, Rect, Role, Shape, Wrap
from kiosk.ui.styles import Sizes


def ladder(pens: Sequence[Pen], width: int) -> Block:
    """The ladder with its labels in each language, all of them next to each other or all below each other."""
    first = pens[0]
    sizes, ink = first.sizes, first.screen.colours.banner_ink
    steps = first.screen.ladder
    gap = sizes.line(1.25)
    letterings = [_lettering(sizes, step) for step in steps]
    phrases = [[Phrase(pen, pen.screen.ladder[index].label) for pen in pens] for index in range(len(steps))]
    widths = _step_widths(phrases, letterings, width - gap * (len(steps) - 1))
    described = list(zip(phrases, letterings, widths, strict=True))
    in_line = all(phrases_width(label, lettering) <= wide for label, lettering, wide in described)

    def label(every: Sequence[Phrase], lettering: Lettering, wide: int) -> Block:
        if in_line:
            return phrases_in_line(Role.LADDER, every, lettering, ink, wide)
        return column([pen.words(Role.LADDER, text, lettering, ink, wide) for pen, text in every])

    labels = [label(*each) for each in described]
    tallest = max(label.least for label in labels)
    bar = sizes.line(3)

    def pieces(rect: Rect) -> Iterator[Piece]:
        x = rect.x
        for step, label, wide in zip(steps, labels, widths, strict=True):
            yield from label.place(Rect(x, rect.y + tallest - label.least, wide, label.least))
            thickness = bar if step.current else sizes.line(1.75)
            form = Form.FILLED if step.reached else Form.OUTLINED
            yield Shape(form, Rect(x, rect.bottom - bar, wide, thickness), ink, sizes.line(0.3))
            x += wide + gap

    return still(tallest + sizes.line(0.8) + bar, lambda rect: list(pieces(rect)))


def _step_widths(phrases: Sequence[Sequence[Phrase]], letterings: Sequence[Lettering], width: int) -> list[int]:
    """Of the steps: one width for all, but a step whose longest word needs more gets it from the others."""
    count = len(phrases)
    needs = [
        max(pen.width(word, lettering) for pen, text in every for word in text.split() or [text])
        for every, lettering in zip(phrases, letterings, strict=True)
    ]
    even = width // count
    if max(needs) <= even or sum(needs) > width:
        return [even] * count
    wider = [index for index, need in enumerate(needs) if need > even]
    while True:
        rest = (width - sum(needs[index] for index in wider)) // (count - len(wider))
        more = [index for index in range(count) if index not in wider and needs[index] > rest]
        if not more:
            return [needs[index] if index in wider else rest for index in range(count)]
        wider += more


def _lettering(sizes: Sizes, step: Step) -> Lettering:
    # A long word breaks: its size hardly varies, and all other texts would be small for its sake.
    style = styles.STEP_REACHED if step.current else styles.STEP
    return sizes.lettering(style, wrap=Wrap.ANYWHERE, pitch=1.22)
