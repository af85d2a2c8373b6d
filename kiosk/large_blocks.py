"""Memory that is not needed any more, given back to the system."""

import sys
from contextlib import suppress

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
_LARGE = 1024 * 1024  # bytes; a picture of a screen has eight times as many


def give_back_large_blocks() -> None:
    """Has the C library give back what is free now, and from now on each large block at once.

    glibc does so only until the first is freed: from then on it keeps blocks of that size among the small ones
    (mallopt(3), dynamic adjustment), where one small one behind them holds them for months. It was 15 MB after the
    first cross-fade.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(AttributeError):  # another C library, which has no such habit
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.malloc_trim(0)
