"""Near colours for those of a scale that can't be read or told apart: what to write in the profile instead."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from math import cos, dist, radians, sin

from msgspec.structs import replace

from kiosk.colours import APART, MARK, TEXT, WHITE, Fault, apart, contrast, eyes, faults
from kiosk.core.profile import Look

_BLACK = "#0B0C0C"
_MOST_LEVELS = 10  # the search among more would take longer than anybody waits, and hardly find anything
_STEPS_BACK = 6  # to a sixty-fourth of the way
_ANOTHER_INK = 0.1  # as much as a step of a colour, in OKLab, after which people call it another one

_Point = tuple[float, float, float]
"""A colour in OKLab, where distances are about those that people see."""


def fault_of(looks: Mapping[str, Look]) -> str | None:
    """The first fault with its figure, and what to write so that every rule holds; None where all do."""
    found = list(faults(looks))
    if not found:
        return None
    better = mended(looks, found) if len(looks) <= _MOST_LEVELS else None
    if better is None:
        return f"{found[0].told}; no near colour was found, so choose others"
    changes = (
        f'{key} = "{getattr(better[level], key)}" for {level}'
        for level, look in looks.items()
        for key in ("colour", "ink", "accent")
        if getattr(better[level], key) != getattr(look, key)
    )
    return f"{found[0].told}; write {', '.join(changes)}"


def mended(looks: Mapping[str, Look], found: list[Fault]) -> dict[str, Look] | None:
    """The same scale with few and small changes after which every rule holds; None where none was found."""
    better = dict(looks)
    for fault in found:
        if fault.key == "accent":
            (level,) = fault.levels
            accent = _near(looks[level].accent, lambda colour: contrast(colour, WHITE) >= MARK)
            better[level] = replace(looks[level], accent=accent or _BLACK)
    unread = [fault.levels[0] for fault in found if fault.key == "colour" and len(fault.levels) == 1]
    kept = {level: look for level, look in better.items() if level not in unread}
    moved = [*unread, *_to_be_moved(kept, [fault.levels for fault in found if len(fault.levels) > 1])]
    for level in moved:
        kept.pop(level, None)
    for level in moved:
        look = _apart_from(kept, better[level])
        if look is None:
            return None
        kept[level] = better[level] = look
    return better


def _to_be_moved(looks: Mapping[str, Look], alike: list[tuple[str, ...]]) -> Iterator[str]:
    """As few levels as need other colours so that the rest are told apart."""
    left = dict(looks)
    while pairs := [pair for pair in alike if set(pair) <= left.keys()]:
        counts = {level: sum(level in pair for pair in pairs) for level in left}
        most = [level for level, count in counts.items() if count == max(counts.values())]
        level = min(most, key=lambda level: _way_apart(left, level))
        del left[level]
        yield level


def _way_apart(looks: Mapping[str, Look], level: str) -> float:
    """How far a level's colour would have to go."""
    look = _apart_from({other: look for other, look in looks.items() if other != level}, looks[level])
    return _way(looks[level].colour, look.colour) if look else float("inf")


def _apart_from(others: Mapping[str, Look], look: Look) -> Look | None:
    """The level in the nearest colour that its ink can be read on and that every eye tells from the others.

    Another ink is taken where that lets the colour stay about as it is: white on orange becomes black on it.
    """
    seen = [eyes(other.colour) for other in others.values()]
    best, least = None, float("inf")
    for ink in dict.fromkeys((look.ink, _BLACK, WHITE)):

        def passes(colour: str, ink: str = ink) -> bool:
            if contrast(ink, colour) < TEXT:
                return False
            as_seen = eyes(colour)
            return all(apart(as_seen, other)[0] >= APART for other in seen)

        if colour := _near(look.colour, passes):
            way = _way(look.colour, colour) + (_ANOTHER_INK if ink != look.ink else 0)
            if way < least:
                best, least = replace(look, colour=colour, ink=ink), way
        if least <= _ANOTHER_INK:
            break
    return best


def _near(colour: str, passes: Callable[[str], bool]) -> str | None:
    """A colour near this one that passes: the nearest on a grid, and from there back as far as it still does."""
    if passes(colour):
        return colour
    start = _point(colour)
    for end, found in sorted(_grid().items(), key=lambda entry: dist(entry[0], start)):
        if passes(found):
            return _back(start, end, found, passes)
    return None


def _back(start: _Point, end: _Point, found: str, passes: Callable[[str], bool]) -> str:
    near, far = 0.0, 1.0
    for _ in range(_STEPS_BACK):
        part = (near + far) / 2
        lightness, a, b = (one + (other - one) * part for one, other in zip(start, end, strict=True))
        between = _hex((lightness, a, b))
        if between and passes(between):
            far, found = part, between
        else:
            near = part
    return found


@cache
def _grid() -> dict[_Point, str]:
    """Colours of the screen at even steps of lightness, chroma and hue (OKLCH)."""
    points = (
        (lightness / 100, chroma / 100 * cos(radians(hue)), chroma / 100 * sin(radians(hue)))
        for lightness in range(4, 101, 3)
        for chroma in range(0, 33, 3)
        for hue in range(0, 360, 12)
    )
    return {point: colour for point in points if (colour := _hex(point))}


def _way(one: str, other: str) -> float:
    return dist(_point(one), _point(other))


def _point(colour: str) -> _Point:
    from coloraide import Color

    lightness, a, b = Color(colour).convert("oklab").coords()
    return lightness, a, b


def _hex(point: _Point) -> str | None:
    """The colour as ``#RRGGBB``; None where a screen can't show it."""
    from coloraide import Color

    colour = Color("oklab", point).convert("srgb")
    return colour.to_string(hex=True).upper() if colour.in_gamut() else None
