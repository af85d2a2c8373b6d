"""What a picture gives up, and in which order, where even the least letters don't fit."""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.core.screen import Screen

_DEAR = 3
"""Lines of guidance that outlast the venue's own parts and the code: the most important stand first."""


def concessions(screen: Screen) -> Iterator[Screen]:
    """The same screen with ever less on it, but never without the level, its age and the hotlines.

    A logo is given up first, then guidance beyond the dearest lines, the venue's notice, guidance to its first
    line, and the code, whose address stands beside it in words. Without the code there is room for guidance again.
    """
    less = replace(screen, logo=None)
    if screen.logo:
        yield less
    dear = min(_DEAR, len(screen.guidance))
    for count in range(len(screen.guidance) - 1, dear - 1, -1):
        less = replace(less, guidance=screen.guidance[:count])
        yield less
    for count in range(len(screen.notice) - 1, -1, -1):
        less = replace(less, notice=screen.notice[:count])
        yield less
    for count in range(dear - 1, 0, -1):
        yield replace(less, guidance=screen.guidance[:count])
    less = replace(less, qr=None)
    for count in range(dear, -1, -1):
        less = replace(less, guidance=screen.guidance[:count])
        yield less
    less = replace(less, guidance_heading="")
    yield from (less, replace(less, change=None), replace(less, change=None, place=""))
