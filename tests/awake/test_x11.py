"""DPMS of an X server, by a stand-in that speaks its protocol: Xvfb has no screens to switch."""

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from kiosk.awake.x11 import Dpms, XServer
from kiosk.core.vigil import Power
from kiosk.errors import Unavailable
from tests.servers import FaultServer

_FIRST_PORT = 6000  # of display 0
_DPMS = 200  # the number of the extension here
_SCREENLESS = (0, 0, 0, 0, 0, 65535, 0, 0, 0, 0, 32, 32, 8, 255)
"""What a server tells of itself: as good as nothing, above all of no screens."""


@dataclass
class Display:
    """The settings of a server, and how often it answered.

    Attributes:
        capable: whether its DPMS works.
        saver: seconds until the screen saver and between its pictures; whether it blanks, and allows exposures.
        timers: seconds until standby, suspend and off.
        level: of power, from 0 for on to 3 for off.
    """

    capable: bool = True
    saver: tuple[int, ...] = (600, 300, 1, 1)
    timers: tuple[int, ...] = (900, 1200, 1500)
    enabled: bool = False
    level: int = 0
    answers: int = 0

    def serve(self, connection: socket.socket) -> None:
        """Serves one client until it goes."""
        _received(connection, 12)
        connection.sendall(struct.pack("<BxHHH", 1, 11, 0, 8) + struct.pack("<4I2H8B4x", *_SCREENLESS))
        serial = 0
        while True:
            major, minor, length = struct.unpack("<BBH", _received(connection, 4))
            serial += 1
            answer = self._answered(major, minor, _received(connection, 4 * length - 4))
            if answer is not None:
                self.answers += 1
                head = struct.pack("<BBHI", 1, answer[0], serial, 0)
                connection.sendall((head + answer[1:]).ljust(32, b"\0"))

    def _answered(self, major: int, minor: int, body: bytes) -> bytes | None:
        """The answer's second byte and what follows its length; None where a request has none."""
        match major, minor:
            case 108, _:  # GetScreenSaver
                return struct.pack("<xHHBB", *self.saver)
            case 107, _:  # SetScreenSaver
                self.saver = struct.unpack("<hhBB2x", body)
            case 98, _:  # QueryExtension
                return struct.pack("<xBBBB", 1, _DPMS, 0, 0)
            case 200, 1:  # DPMSCapable
                return struct.pack("<xB", self.capable)
            case 200, 2:  # DPMSGetTimeouts
                return struct.pack("<xHHH", *self.timers)
            case 200, 3:  # DPMSSetTimeouts
                self.timers = struct.unpack("<HHH2x", body)
            case 200, 4:  # DPMSEnable
                self.enabled = True
            case 200, 6:  # DPMSForceLevel
                (self.level,) = struct.unpack("<H2x", body)
            case 200, 7:  # DPMSInfo
                return struct.pack("<xHB", self.level, self.enabled)
        return None


def _received(connection: socket.socket, size: int) -> bytes:
    """So many bytes; ConnectionError where the client has gone."""
    received = connection.recv(size, socket.MSG_WAITALL) if size else b""
    if len(received) < size:
        raise ConnectionError
    return received


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    display = Display()
    with FaultServer(display.serve) as server:
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.port - _FIRST_PORT}")
        yield display


def test_the_screens_are_switched_and_read_back(display: Display) -> None:
    switch = Dpms()
    assert switch.read() is Power.ON
    switch.turn(on=False)
    assert (display.enabled, display.timers) == (True, (0, 0, 0))
    assert switch.read() is Power.OFF
    switch.turn(on=True)
    assert switch.read() is Power.ON


def test_saver_and_timers_are_off_until_they_are_released_as_they_were(display: Display) -> None:
    saver, timers = display.saver, display.timers
    means = XServer()
    for _ in range(2):  # it is asserted again and again
        assert means.hold() == "its screen saver and the timers of DPMS are off"
        assert (display.saver, display.timers) == ((0, 300, 0, 1), (0, 0, 0))
    means.release()
    assert (display.saver, display.timers) == (saver, timers)


def test_a_server_without_screens_to_switch_is_told(display: Display) -> None:
    display.capable = False
    assert XServer().hold() == "its screen saver is off, and it has no DPMS"
    with pytest.raises(Unavailable, match="has no DPMS"):
        Dpms().read()


def test_the_power_is_read_with_three_questions(display: Display) -> None:
    """Both processes wake up for each of them, every half a minute for years."""
    Dpms().read()
    assert display.answers == 3
