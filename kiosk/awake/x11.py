"""X11: the server's screen saver and the timers of DPMS switched off, and DPMS to switch the screens.

The settings are the server's and stay when a connection ends, so each call has a connection of its own: there is
none that could break unnoticed. Another program may set them again, hence they are asserted again and again.

``Xlib.display.Display`` would ask each connection for the keyboard and a dozen extensions, one after the other,
and both processes wake up for each answer. So its requests are used without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

from kiosk.core.vigil import Power
from kiosk.errors import Unavailable

_ON, _OFF = 0, 3  # DPMSModeOn and DPMSModeOff of the DPMS protocol


@contextmanager
def _display() -> Iterator[Any]:
    from Xlib import error
    from Xlib.protocol.display import Display

    class Connection(Display):  # type: ignore[misc]  # the library has no types
        resource_classes: ClassVar[dict[str, type]] = {}  # windows and the like stay numbers

    try:
        connection = Connection()
        try:
            connection.set_error_handler(lambda *_: None)  # else it prints; what failed shows when it is read back
            yield connection
        finally:
            with suppress(error.ConnectionClosedError, OSError):
                connection.close()
    except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError) as problem:
        raise Unavailable(f"the X server does not take it ({type(problem).__name__})") from problem


def _dpms(connection: Any) -> int | None:
    """The number of DPMS in requests to this server; None where it has none that works."""
    from Xlib.ext.dpms import DPMSCapable
    from Xlib.protocol.request import QueryExtension

    found = QueryExtension(display=connection, name="DPMS")
    works = found.present and DPMSCapable(display=connection, opcode=found.major_opcode).capable
    return int(found.major_opcode) if works else None


def _set_timers(connection: Any, dpms: int, standby: int, suspend: int, off: int) -> None:
    """Seconds without input until each of them; 0 for never."""
    from Xlib.ext.dpms import DPMSSetTimeouts

    DPMSSetTimeouts(
        display=connection, opcode=dpms, standby_timeout=standby, suspend_timeout=suspend, off_timeout=off
    )


def _set_saver(connection: Any, timeout: int, before: Any, blanking: int) -> None:
    """Seconds without input until the screen saver, 0 for never; the rest as it was."""
    from Xlib.protocol.request import SetScreenSaver

    SetScreenSaver(
        display=connection,
        timeout=timeout,
        interval=before.interval,
        prefer_blank=blanking,
        allow_exposures=before.allow_exposures,
    )


def _saver(connection: Any) -> Any:
    """How the screen saver is set; the answer comes when all is done that was sent before."""
    from Xlib.protocol.request import GetScreenSaver

    return GetScreenSaver(display=connection)


class XServer:
    """Switches the server's own blanking off."""

    name = "X server"

    def __init__(self) -> None:
        self._before: Any = None
        self._timers: Any = None

    def hold(self) -> str:
        """As ``Means.hold``."""
        from Xlib.ext.dpms import DPMSGetTimeouts

        with _display() as connection:
            saver = _saver(connection)
            if self._before is None:
                self._before = saver
            _set_saver(connection, 0, saver, 0)
            dpms = _dpms(connection)
            if dpms is None:
                return "its screen saver is off, and it has no DPMS"
            if self._timers is None:
                self._timers = DPMSGetTimeouts(display=connection, opcode=dpms)
            _set_timers(connection, dpms, 0, 0, 0)
            _saver(connection)
            return "its screen saver and the timers of DPMS are off"

    def release(self) -> None:
        """As ``Means.release``."""
        with suppress(Unavailable), _display() as connection:
            if (saver := self._before) is not None:
                _set_saver(connection, saver.timeout, saver, saver.prefer_blanking)
            if (timers := self._timers) is not None and (dpms := _dpms(connection)) is not None:
                standby, suspend, off = timers.standby_timeout, timers.suspend_timeout, timers.off_timeout
                _set_timers(connection, dpms, standby, suspend, off)
            _saver(connection)
        self._before = self._timers = None


class Dpms:
    """Switches every screen of the server."""

    name = "DPMS of the X server"

    def read(self) -> Power:
        """As ``Switch.read``."""
        from Xlib.ext.dpms import DPMSInfo

        with _display() as connection:
            found = DPMSInfo(display=connection, opcode=_needed(connection))
            return Power.ON if not found.state or found.power_level == _ON else Power.OFF

    def turn(self, *, on: bool) -> None:
        """As ``Switch.turn``."""
        from Xlib.ext.dpms import DPMSEnable, DPMSForceLevel

        with _display() as connection:
            dpms = _needed(connection)
            DPMSEnable(display=connection, opcode=dpms)  # it takes no order otherwise; its timers are 0
            _set_timers(connection, dpms, 0, 0, 0)
            DPMSForceLevel(display=connection, opcode=dpms, power_level=_ON if on else _OFF)
            _saver(connection)


def _needed(connection: Any) -> int:
    dpms = _dpms(connection)
    if dpms is None:
        raise Unavailable("this X server has no DPMS")
    return dpms
