"""The ladder: every level of the scale in its order, filled up to the one that holds."""

from collections.abc import Iterator, Sequence

from kiosk.core.screen import Step
from kiosk.ui import styles
from kiosk.ui.flow import Block, column, still
from kiosk.ui.pen import Pen, Phrase, phrases_in_line, phrases_width
from kiosk.ui.plan import Form, Lettering, Piece, Rect, Role, Shape
from kiosk.ui.styles import Sizes


def ladder(pens: Sequence[Pen], width: int) -> Block:
    """The ladder with its labels in each language, all of them next to each other or all below each other."""
    first = pens[0]
    sizes, ink = first.sizes, first.screen.colours.banner_ink
    steps = first.screen.ladder
    gap = sizes.line(1.25)
    step_width = (width - gap * (len(steps) - 1)) // len(steps)
    every = [[Phrase(pen, pen.screen.ladder[index].label) for pen in pens] for index in range(len(steps))]
    letterings = [_lettering(sizes, step) for step in steps]
    in_line = all(
        phrases_width(label, lettering) <= step_width for label, lettering in zip(every, letterings, strict=True)
    )

    def label(index: int) -> Block:
        lettering = letterings[index]
        if in_line:
            return phrases_in_line(Role.LADDER, every[index], lettering, ink, step_width)
        return column([pen.words(Role.LADDER, text, lettering, ink, step_width) for pen, text in every[index]])

    labels = [label(index) for index in range(len(steps))]
    tallest = max(label.least for label in labels)
    bar = sizes.line(3)

    def pieces(rect: Rect) -> Iterator[Piece]:
        for index, (step, label) in enumerate(zip(steps, labels, strict=True)):
            x = rect.x + index * (step_width + gap)
            yield from label.place(Rect(x, rect.y + tallest - label.least, step_width, label.least))
            thickness = bar if step.current else sizes.line(1.75)
            form = Form.FILLED if step.reached else Form.OUTLINED
            yield Shape(form, Rect(x, rect.bottom - bar, step_width, thickness), ink, sizes.line(0.3))

    return still(tallest + sizes.space(0.5) + bar, lambda rect: list(pieces(rect)))


def _lettering(sizes: Sizes, step: Step) -> Lettering:
    return sizes.lettering(styles.STEP_REACHED if step.current else styles.STEP, pitch=1.22)
