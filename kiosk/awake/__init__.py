"""Keeps the machine and its screens awake, and switches their power: each system's means in a module of its own.

``means`` lists those that a platform has, ``switch`` what can switch its screens. Nothing here knows Qt, and all
of it runs on the caretaker's thread (``kiosk.caretaker``): what hangs or fails here never touches the picture.
"""

from typing import Protocol

from kiosk.core.vigil import Power


class Means(Protocol):
    """One way to keep awake.

    Attributes:
        name: for people.
    """

    name: str

    def hold(self) -> str:
        """Keep awake, from now on or still: what is held, as a sentence; Unavailable with the reason where not."""

    def release(self) -> None:
        """Leave it as it was; never raises."""


class Switch(Protocol):
    """What can switch the power of the screens."""

    name: str

    def read(self) -> Power:
        """Whether they have power; Unavailable with the reason where that can't be told."""

    def turn(self, *, on: bool) -> None:
        """Switch all of them; Unavailable with the reason where that can't be done."""


def means(platform: str) -> tuple[Means, ...]:
    """The ways of a platform, in Qt's word for it; several may hold at once."""
    match platform:
        case "xcb":
            from kiosk.awake.dbus import Logind, ScreenSaver
            from kiosk.awake.x11 import XServer

            return XServer(), ScreenSaver(), Logind()
        case "wayland":
            from kiosk.awake.dbus import Logind, ScreenSaver
            from kiosk.awake.wayland import IdleInhibit

            return IdleInhibit(), ScreenSaver(), Logind()
        case "windows":
            from kiosk.awake.windows import ExecutionState

            return (ExecutionState(),)
        case "cocoa":
            from kiosk.awake.macos import PowerAssertion

            return (PowerAssertion(),)
        case _:
            return ()


def switch(platform: str) -> Switch | None:
    """What switches the screens of a platform; None where nothing does."""
    match platform:
        case "xcb":
            from kiosk.awake.x11 import Dpms

            return Dpms()
        case "wayland":
            from kiosk.awake.wayland import OutputPower

            return OutputPower()
        case _:
            return None
