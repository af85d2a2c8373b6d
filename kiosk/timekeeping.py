"""The real clocks of this machine, as one value."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kiosk.boot_clock import since_boot
from kiosk.core.model import Clock

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def clock_of_this_run() -> Callable[[], Clock]:
    """A function that looks at the clocks; every value it gives belongs to one run of the program."""
    run = uuid.uuid4().hex
    boot = boot_id() or run  # without one, a restart counts as a boot: less is believed, never more

    def look() -> Clock:
        return Clock(datetime.now(UTC), since_boot(), boot, run)

    return look


def local_time(moment: datetime) -> datetime:
    """A moment in the venue's time zone, with the offset that holds there on that day."""
    return moment.astimezone()


def boot_id() -> str:
    """The name of this boot of the machine; empty where the system gives none."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""
