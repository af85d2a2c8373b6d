"""What was shown over a span of time: stretches from the lines of the display log, and where nothing is known.

Times are those of the wall clock, and that may have been wrong. Lines that stand before or behind the others in
time are left out, and what they might have covered counts as not known.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.model import Display

_A_LITTLE = timedelta(minutes=5)
"""By how much a clock that is kept right by others may step back."""


class Moment(NamedTuple):
    """From then on (UTC) this was shown; None for nothing. Where ``known`` is false, nobody knows what."""

    at: datetime
    display: Display | None
    known: bool = True


class Stretch(Struct, frozen=True):
    """A part of the span, in UTC.

    Attributes:
        display: what was shown in it; None where nothing was.
        known: whether the log tells; where it doesn't there may have been a picture.
    """

    begin: datetime
    end: datetime
    display: Display | None
    known: bool = True


def stretches(
    moments: Sequence[Moment], since: datetime, until: datetime, alive: datetime | None
) -> tuple[Stretch, ...]:
    """The stretches of a span without a gap between them.

    Args:
        moments: in the order of the log.
        since: where the span begins.
        until: where it ends.
        alive: until when what was shown last is known to have stood; None where that is as old as its line.
    """
    found = list(_in_time(moments, alive))
    whole = _filled(found, since, until)
    return tuple(_joined(whole))


def _in_time(moments: Sequence[Moment], alive: datetime | None) -> Iterable[Stretch]:
    """The stretches of the lines whose times are in order, and of those that stood between them."""
    steady = _steadied(moments)
    kept = _longest_rising([moment.at for moment in steady])
    for index, following in zip(kept, [*kept, len(steady)][1:], strict=True):
        at, display, known = steady[index]
        end = at  # where another line stood behind it, from a time that nobody knows
        if following == index + 1:
            end = steady[following].at if following < len(steady) else max(at, alive or at)
        yield Stretch(at, end, display, known)


def _steadied(moments: Sequence[Moment]) -> list[Moment]:
    """Small steps back of the clock taken out."""
    steady: list[Moment] = []
    for moment in moments:
        before = steady[-1].at if steady else moment.at
        steady.append(moment._replace(at=before) if moment.at < before <= moment.at + _A_LITTLE else moment)
    return steady


def _longest_rising(times: Sequence[datetime]) -> list[int]:
    """The places of the longest row of times that never goes back; of several the one that ends first."""
    ends: list[datetime] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, time in enumerate(times):
        length = bisect_right(ends, time)
        before.append(places[length - 1] if length else None)
        ends[length : length + 1] = [time]
        places[length : length + 1] = [place]
    row: list[int] = []
    place_: int | None = places[-1] if places else None
    while place_ is not None:
        row.append(place_)
        place_ = before[place_]
    return row[::-1]


def _filled(found: Iterable[Stretch], since: datetime, until: datetime) -> Iterable[Stretch]:
    """Cut to the span, with what is not known in between."""
    reached = since
    for stretch in found:
        begin, end = max(stretch.begin, since), min(stretch.end, until)
        if end < since or begin > until or (begin == end and stretch.begin != stretch.end):
            continue
        if begin > reached:
            yield Stretch(reached, begin, None, known=False)
        yield replace(stretch, begin=begin, end=max(begin, end))
        reached = max(reached, end)
    if reached < until:
        yield Stretch(reached, until, None, known=False)


def _joined(whole: Iterable[Stretch]) -> Iterable[Stretch]:
    """Neighbours that show the same as one."""
    last: Stretch | None = None
    for stretch in whole:
        if last and last.end == stretch.begin and _looks(last) == _looks(stretch):
            last = replace(last, end=stretch.end)
            continue
        if last:
            yield last
        last = stretch
    if last:
        yield last


def _looks(stretch: Stretch) -> tuple[object, ...]:
    shown = stretch.display
    return stretch.known, shown and (shown.state, shown.level, shown.area, shown.marks, shown.local)
