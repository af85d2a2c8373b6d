"""Bars that are too narrow to be told apart, put together: a flickering source draws thousands of them."""

from collections.abc import Iterable

from msgspec.structs import replace

from kiosk.core.chart import Bar, Fill

_RANK = list(Fill)


def uncrowded(bars: Iterable[Bar], least: float) -> list[Bar]:
    """The bars in the order in which they are painted: what is rare above what is common.

    What covers all lanes comes first, then the wide bars, the longest first, then the narrow ones. Narrow ones of
    the same look that would touch each other are one: less sure states lie above surer ones there.

    Args:
        bars: in their order in time.
        least: the share of the span below which a bar is narrow; none is drawn narrower.
    """
    wide: list[Bar] = []
    narrow: dict[tuple[object, ...], list[Bar]] = {}
    for bar in bars:
        if bar.end - bar.begin > least:
            wide.append(bar)
            continue
        row = narrow.setdefault((bar.lane, bar.fill, bar.colour), [])
        end = bar.begin + least
        if row and bar.begin - row[-1].end < least:
            row[-1] = replace(row[-1], end=end, labels=())
        else:
            row.append(replace(bar, end=end))
    wide.sort(key=lambda bar: (bar.lane is not None, bar.begin - bar.end))
    crowd = [bar for row in narrow.values() for bar in row]
    crowd.sort(key=lambda bar: (bar.lane is not None, _RANK.index(bar.fill)))
    return [*wide, *crowd]
