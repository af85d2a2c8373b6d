"""Wayland: idle-inhibit and wlr-output-power-management, spoken with the compositor beside Qt.

Qt lets nobody at the surfaces of its windows from Python, so the inhibitor hangs on a surface of our own that is
never shown. sway counts it all the same (seen with 1.7). The protocol lets a compositor disregard such a
one: desktops listen to the session bus besides (``kiosk.awake.dbus``), and weston is told by --idle-time=0.
"""

import struct

from kiosk.awake.wayland_wire import Wire
from kiosk.core.vigil import Power
from kiosk.errors import Unavailable

_INHIBIT = "zwp_idle_inhibit_manager_v1"
_POWER = "zwlr_output_power_manager_v1"
_OUTPUT = "wl_output"


class IdleInhibit:
    """An idle inhibitor, held as long as its connection is."""

    name = "Wayland idle-inhibit"

    def __init__(self) -> None:
        self._wire: Wire | None = None

    def hold(self) -> str:
        """As ``Means.hold``."""
        if self._wire is not None:
            try:
                self._wire.roundtrip()
            except Unavailable:
                self.release()  # the compositor was started anew
        if self._wire is None:
            wire = Wire()
            try:
                _inhibit(wire)
            except Unavailable:
                wire.close()
                raise
            self._wire = wire
        return "the compositor counts nobody as idle"

    def release(self) -> None:
        """As ``Means.release``."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def _inhibit(wire: Wire) -> None:
    manager, compositor = wire.bind(_INHIBIT), wire.bind("wl_compositor")
    surface, inhibitor = wire.new(), wire.new()
    wire.send(compositor, 0, struct.pack("=I", surface))
    wire.send(manager, 1, struct.pack("=II", inhibitor, surface))
    wire.roundtrip()


class OutputPower:
    """Switches every output.

    A connection for each look, because the protocol gives an output to one client at a time; what it set stays.
    """

    name = "Wayland output power management"

    def read(self) -> Power:
        """As ``Switch.read``."""
        return _powers(None)

    def turn(self, *, on: bool) -> None:
        """As ``Switch.turn``."""
        _powers(Power.ON if on else Power.OFF)


def _powers(wanted: Power | None) -> Power:
    """The power of all outputs, after they were switched: on where one is."""
    wire = Wire()
    modes: dict[int, Power] = {}
    failed: set[int] = set()
    try:
        manager = wire.bind(_POWER)
        outputs = [number for number, interface in wire.globals.items() if interface == _OUTPUT]
        for number in outputs:

            def on_event(opcode: int, arguments: bytes, number: int = number) -> None:
                if opcode == 0:
                    modes[number] = Power.ON if struct.unpack_from("=I", arguments)[0] else Power.OFF
                else:
                    failed.add(number)

            output, power = wire.bind_number(number), wire.new(on_event)
            wire.send(manager, 0, struct.pack("=II", power, output))
            if wanted is not None:
                wire.send(power, 0, struct.pack("=I", wanted is Power.ON))
        wire.roundtrip()
    finally:
        wire.close()
    if failed - modes.keys() and not modes:
        raise Unavailable("the compositor lets another program switch the screens")
    if not modes:
        return Power.UNKNOWN  # no screen is connected
    return Power.ON if Power.ON in modes.values() else Power.OFF
