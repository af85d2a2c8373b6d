"""X11: the server's screen saver and the timers of DPMS switched off, and DPMS to switch the screens.

The settings are the server's and stay when a connection ends, so each call has a connection of its own: there is
none that could break unnoticed. Another program may set them again, hence they are asserted again and again.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kiosk.core.vigil import Power
from kiosk.errors import Unavailable

_ON, _OFF = 0, 3  # DPMSModeOn and DPMSModeOff of the DPMS protocol
_DPMS = "DPMS"


@contextmanager
def _display() -> Iterator[Any]:
    from Xlib import display, error

    try:
        connection = display.Display()
        try:
            connection.set_error_handler(lambda *_: None)  # else it prints; what failed shows when it is read back
            yield connection
            connection.sync()
        finally:
            with suppress(error.ConnectionClosedError, OSError):
                connection.close()
    except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError) as problem:
        raise Unavailable(f"the X server does not take it ({type(problem).__name__})") from problem


def _has_dpms(connection: Any) -> bool:
    return connection.has_extension(_DPMS) and bool(connection.dpms_capable().capable)


class XServer:
    """Switches the server's own blanking off."""

    name = "X server"

    def __init__(self) -> None:
        self._before: Any = None
        self._timers: Any = None

    def hold(self) -> str:
        """As ``Means.hold``."""
        with _display() as connection:
            saver = connection.get_screen_saver()
            if self._before is None:
                self._before = saver
            connection.set_screen_saver(0, saver.interval, 0, saver.allow_exposures)
            if not _has_dpms(connection):
                return "its screen saver is off, and it has no DPMS"
            if self._timers is None:
                self._timers = connection.dpms_get_timeouts()
            connection.dpms_set_timeouts(0, 0, 0)
            return "its screen saver and the timers of DPMS are off"

    def release(self) -> None:
        """As ``Means.release``."""
        with suppress(Unavailable), _display() as connection:
            if (saver := self._before) is not None:
                connection.set_screen_saver(
                    saver.timeout, saver.interval, saver.prefer_blanking, saver.allow_exposures
                )
            if (timers := self._timers) is not None:
                connection.dpms_set_timeouts(timers.standby_timeout, timers.suspend_timeout, timers.off_timeout)
        self._before = self._timers = None


class Dpms:
    """Switches every screen of the server."""

    name = "DPMS of the X server"

    def read(self) -> Power:
        """As ``Switch.read``."""
        with _display() as connection:
            if not _has_dpms(connection):
                raise Unavailable("this X server has no DPMS")
            found = connection.dpms_info()
            return Power.ON if not found.state or found.power_level == _ON else Power.OFF

    def turn(self, *, on: bool) -> None:
        """As ``Switch.turn``."""
        with _display() as connection:
            if not _has_dpms(connection):
                raise Unavailable("this X server has no DPMS")
            connection.dpms_enable()  # it takes no order otherwise; its timers are 0
            connection.dpms_set_timeouts(0, 0, 0)
            connection.dpms_force_level(_ON if on else _OFF)
