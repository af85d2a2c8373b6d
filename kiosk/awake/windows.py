"""Windows: the execution state of a thread that lives as long as the kiosk."""

import ctypes
import sys

from kiosk.errors import Unavailable

_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002  # ES_* of winbase.h


class ExecutionState:
    """SetThreadExecutionState: neither sleep nor blanking. It ends with the thread that asked for it."""

    name = "the execution state"

    def hold(self) -> str:
        """As ``Means.hold``."""
        _set(_CONTINUOUS | _SYSTEM | _DISPLAY)
        return "neither the screen nor the machine goes to sleep"

    def release(self) -> None:
        """As ``Means.release``."""
        try:
            _set(_CONTINUOUS)
        except Unavailable:
            return


def _set(state: int) -> None:
    if sys.platform != "win32":
        raise Unavailable("this is not Windows")
    if not ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint(state)):
        raise Unavailable("Windows refuses it")
