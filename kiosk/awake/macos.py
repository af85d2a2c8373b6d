"""macOS: a power assertion, held by the system's own caffeinate as long as this process lives.

A child and not IOKit by ctypes: it is there on every Mac since 10.8, and a mistake in it can't end the kiosk.
"""

import os
import subprocess
from contextlib import suppress

from kiosk.errors import Unavailable

_CAFFEINATE = "/usr/bin/caffeinate"


class PowerAssertion:
    """Neither the display nor the machine sleeps."""

    name = "caffeinate"

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def hold(self) -> str:
        """As ``Means.hold``."""
        if self._child is None or self._child.poll() is not None:
            try:
                self._child = subprocess.Popen(  # noqa: S603 - fixed words
                    [_CAFFEINATE, "-dims", "-w", str(os.getpid())], stdin=subprocess.DEVNULL
                )
            except OSError as error:
                raise Unavailable(f"{_CAFFEINATE} can't be started ({error.strerror})") from error
        return "neither the screen nor the machine goes to sleep"

    def release(self) -> None:
        """As ``Means.release``."""
        if self._child is not None:
            with suppress(OSError):
                self._child.kill()
            self._child.wait()
            self._child = None
