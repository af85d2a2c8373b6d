"""Measures the colours of a scale: whether they can be read, and told apart by every eye."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from math import floor
from typing import TYPE_CHECKING

from msgspec import Struct

from kiosk.core.profile import Look

if TYPE_CHECKING:  # loaded where it is used: only a profile of somebody's own is measured at a start
    from coloraide import Color

TEXT, MARK = 7, 3
"""The least contrast of a text on its colour, and of a mark on white (WCAG 2, as a ratio to 1)."""

APART = 15
"""The least distance of the colours of any two levels, in dE2000."""

WHITE = "#FFFFFF"

_SIGHTS = {"normal": "normal sight", "protan": "protanopia", "deutan": "deuteranopia", "tritan": "tritanopia"}

Eyes = Mapping[str, "Color"]
"""One colour as it is seen with each sight."""


class Fault(Struct, frozen=True):
    """A rule that does not hold.

    Attributes:
        levels: the level at fault, or the two that look alike.
        key: which of its colours: ``colour`` or ``accent``.
        told: what was measured, and the least that is asked for.
    """

    levels: tuple[str, ...]
    key: str
    told: str


def faults(looks: Mapping[str, Look]) -> Iterator[Fault]:
    """Texts that can't be read, then marks that can't be seen, then levels that look alike, nearest first."""
    for level, look in looks.items():
        if (ratio := contrast(look.ink, look.colour)) < TEXT:
            told = f"the ink {look.ink} on {look.colour} with a contrast of {_figure(ratio)}:1"
            yield Fault((level,), "colour", f"{level} with {told}, and {TEXT}:1 is the least")
    for level, look in looks.items():
        if (ratio := contrast(look.accent, WHITE)) < MARK:
            told = f"the accent {look.accent} with a contrast of {_figure(ratio)}:1 on white"
            yield Fault((level,), "accent", f"{level} with {told}, and {MARK}:1 is the least")
    seen = {level: eyes(look.colour) for level, look in looks.items()}
    pairs = sorted((*apart(seen[one], seen[other]), one, other) for one, other in combinations(seen, 2))
    for distance, sight, one, other in pairs:
        if distance < APART:
            told = (
                f"{one} {looks[one].colour} and {other} {looks[other].colour} {_figure(distance)} apart in dE2000"
            )
            yield Fault((one, other), "colour", f"{told} with {sight}, and {APART} is the least")


@lru_cache(8192)  # a search for better colours asks for the same ones again and again
def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    from coloraide import Color

    return Color(one).contrast(Color(other), method="wcag21")


@lru_cache(4096)
def eyes(colour: str) -> Eyes:
    """A colour as it is seen with each sight."""
    from coloraide import Color

    seen = Color(colour)
    return {name: seen if sight == "normal" else seen.filter(sight) for sight, name in _SIGHTS.items()}


def apart(one: Eyes, other: Eyes) -> tuple[float, str]:
    """How far apart two colours are at the least, in dE2000, and with which sight."""
    return min((one[sight].delta_e(other[sight], method="2000"), sight) for sight in one)


def _figure(measured: float) -> str:
    """Rounded down, so that 14.96 is not called 15."""
    return f"{floor(measured * 10) / 10:g}"
