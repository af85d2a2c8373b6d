"""The clock that counts suspend; every process of this machine reads the same one."""

import time


def since_boot() -> float:
    """Seconds on a clock that counts suspend: CLOCK_BOOTTIME on Linux; elsewhere the monotonic one does."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
