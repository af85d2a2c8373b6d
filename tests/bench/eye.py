"""The pixel watcher: when a screen shows a complete picture, whoever draws it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.displays import VirtualScreen

PATIENCE = 60.0
QUIET = 0.8  # seconds without a change after which a picture is taken for complete
_LOOK = 0.001  # seconds between two looks
_ROWS = 36
_SHARE = 0.08  # of the pixels looked at that have the colour of the picture that is meant


class Eye:
    """Looks at rows of pixels all over a screen, in some ten microseconds each time."""

    def __init__(self, frame: memoryview, width: int, height: int) -> None:
        self._frame = frame
        self._line = width * 4
        self._starts = [row * height // _ROWS * self._line for row in range(_ROWS)]

    def look(self) -> bytes:
        """The rows as they are now."""
        return b"".join(self._frame[start : start + self._line] for start in self._starts)

    def complete(self, began: float, colour: str, alive: Callable[[], None]) -> float:
        """Milliseconds from ``began`` to the last change before the screen stayed as it was, in that colour.

        Args:
            began: on the clock of ``time.perf_counter``.
            colour: ``#rrggbb`` that a good part of the picture has.
            alive: called now and then; raises where the program is gone.
        """
        seen, changed, there = self.look(), began, False
        while True:
            time.sleep(_LOOK)
            now = time.perf_counter()
            rows = self.look()
            if rows != seen:
                seen, changed, there = rows, now, False
            elif now - changed > QUIET:
                there = there or _has(rows, colour)
                if there:
                    return (changed - began) * 1000
                alive()
                if now - began > PATIENCE:
                    raise TimeoutError(f"no picture in {colour} within {PATIENCE:g} seconds")


def _has(rows: bytes, colour: str) -> bool:
    red, green, blue = bytes.fromhex(colour[1:])
    pixels = memoryview(rows).cast("I")
    meant = int.from_bytes(bytes((blue, green, red, 0)), "little")
    return sum(pixel & 0xFFFFFF == meant for pixel in pixels) >= _SHARE * len(pixels)


@contextmanager
def eye(screen: VirtualScreen) -> Iterator[Eye]:
    """An eye on a screen."""
    with screen.frame() as (frame, width, height):
        yield Eye(frame, width, height)
