"""Judges of one picture and its layout report: each gives its complaints in sentences, none where all is well."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.ui.sights import Pixels, luminances

SAFE = 0.03
LEAST_CAPITALS = {"guidance": 2.3, "meaning": 2.3, "number": 4.0}
LEAST_OF_ANY = 1.9
LEAST_CONTRAST = 7.0

_SEEN = 0.04
"""The share of the pixels around a text from which on a colour counts as something behind it."""

Text = dict[str, Any]
Report = dict[str, Any]


def judge_places(report: Report) -> Iterator[str]:
    """Nothing cut, outside of its space or of the safe area, or on top of another text."""
    for text in report["texts"]:
        if not text["complete"]:
            yield f"{_name(text)} is cut"
        if not _within(text["rect"], _edges(text["box"])):
            yield f"{_name(text)} at {text['rect']} sticks out of its space {text['box']}"
        width, height = report["size"]
        safe = (SAFE * width - 0.5, SAFE * height - 0.5, (1 - SAFE) * width + 0.5, (1 - SAFE) * height + 0.5)
        if not _within(text["rect"], safe):
            yield f"{_name(text)} at {text['rect']} is outside of the safe area of {width}x{height}"
    for one, other in itertools.combinations(report["texts"], 2):
        if _overlap(one["rect"], other["rect"]):
            yield f"{_name(one)} at {one['rect']} and {_name(other)} at {other['rect']} overlap"


def judge_sizes(report: Report) -> Iterator[str]:
    """Capitals as tall as DESIGN section 5 asks, and the level taller than anything else."""
    short = min(report["size"])
    levels = [text["cap_height"] for text in report["texts"] if text["role"] == "level"]
    if not levels:
        yield "there is no level and no word in its place"
    for text in report["texts"]:
        least = LEAST_CAPITALS.get(text["role"], LEAST_OF_ANY)
        share = 100 * text["cap_height"] / short
        if share < least:
            yield f"{_name(text)} has capitals of {share:.2f} % of the shorter side, less than {least} %"
        if levels and text["role"] != "level" and text["cap_height"] >= min(levels):
            yield f"{_name(text)} is as large as the level"


def judge_contrast(report: Report, drawn: Pixels) -> Iterator[str]:
    """Every text on whatever is behind it, as it says of itself and as the pixels say."""
    for text in report["texts"]:
        if text["contrast"] < LEAST_CONTRAST:
            yield f"{_name(text)} reports a contrast of {text['contrast']}"
        usual, worst = measured_contrast(text, drawn)
        if usual < LEAST_CONTRAST or worst < LEAST_CONTRAST:
            yield (
                f"{_name(text)} has a contrast of {usual:.2f} in the pixels, {worst:.2f} where it is least, "
                f"and reports {text['contrast']}"
            )


def measured_contrast(text: Text, drawn: Pixels) -> tuple[float, float]:
    """Contrast of a text's most extreme colour with the commonest and with the worst colour around it."""
    ink, usual, often = ink_and_background(text, drawn)
    return _ratio(ink, usual), min(_ratio(ink, light) for light in (usual, *often))


def ink_and_background(text: Text, drawn: Pixels) -> tuple[float, float, list[float]]:
    """Luminances of a text's most extreme colour, of the commonest colour around it, and of all frequent ones.

    The surroundings are a thin frame around the ink, where nothing but background can be.
    """
    x, y, w, h = text["rect"]
    edge = max(1, round(text["cap_height"] / 10))
    top, left = max(0, y - edge), max(0, x - edge)
    part = drawn[top : y + h + edge, left : x + w + edge]
    framed = np.ones(part.shape[:2], bool)
    framed[y - top : y - top + h, x - left : x - left + w] = False
    colours, counts = np.unique(_packed(part[framed]), return_counts=True)
    behind = luminances(_unpacked(colours))
    inside = luminances(part[~framed])
    usual = float(behind[counts.argmax()])
    ink = max(float(inside.min()), float(inside.max()), key=lambda light: _ratio(light, usual))
    return ink, usual, [float(light) for light in behind[counts >= _SEEN * counts.sum()]]


def _packed(colours: Pixels) -> Any:
    wide = colours.astype(np.uint32)
    return wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]


def _unpacked(values: Any) -> Pixels:
    return np.stack([values >> 16, values >> 8 & 255, values & 255], axis=-1).astype(np.uint8)


def _ratio(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def _name(text: Text) -> str:
    return f"the {text['role']} “{text['text'][:60]}”"


def _edges(rect: list[int]) -> tuple[float, float, float, float]:
    x, y, w, h = rect
    return x, y, x + w, y + h


def _within(rect: list[int], edges: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = _edges(rect)
    return left >= edges[0] and top >= edges[1] and right <= edges[2] and bottom <= edges[3]


def _overlap(one: list[int], other: list[int]) -> bool:
    left, top, right, bottom = _edges(one)
    x0, y0, x1, y1 = _edges(other)
    return left < x1 and x0 < right and top < y1 and y0 < bottom
