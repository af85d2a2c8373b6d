"""Linux desktops: the session's screen saver and logind, asked over D-Bus. Both let go when we end."""

import os
from contextlib import suppress
from typing import Any

from kiosk.errors import Unavailable

_PROGRAM, _REASON = "Threat Level Kiosk", "It shows the threat level"
_PATIENCE = 5.0  # seconds
_REFUSED = "error"


def _call(connection: Any, message: Any) -> Any:
    """The body of the answer."""
    from jeepney import MessageType

    try:
        answer = connection.send_and_get_reply(message, timeout=_PATIENCE)
    except (OSError, EOFError, TimeoutError) as error:
        raise Unavailable(f"the bus does not answer ({type(error).__name__})") from error
    if answer.header.message_type is MessageType.error:
        raise Unavailable(f"it is refused ({answer.header.fields.get(4, _REFUSED)})")  # 4: the error's name
    return answer.body


def _open(bus: str, *, fds: bool = False) -> Any:
    from jeepney.io.blocking import open_dbus_connection

    try:
        return open_dbus_connection(bus, enable_fds=fds)
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise Unavailable(f"there is no {bus.lower()} bus here") from error
    except Exception as error:
        if type(error).__module__.startswith("jeepney"):
            raise Unavailable(f"the {bus.lower()} bus refuses the connection") from error
        raise


class ScreenSaver:
    """org.freedesktop.ScreenSaver of the session: GNOME, KDE, Xfce and others."""

    name = "the desktop's screen saver"

    def __init__(self) -> None:
        self._connection: Any = None

    def hold(self) -> str:
        """As ``Means.hold``."""
        from jeepney import DBusAddress, new_method_call

        if self._connection is not None and not _lives(self._connection):
            self.release()
        if self._connection is None:
            connection = _open("SESSION")
            address = DBusAddress(
                "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver"
            )
            try:
                _call(connection, new_method_call(address, "Inhibit", "ss", (_PROGRAM, _REASON)))
            except Unavailable:
                connection.close()
                raise
            self._connection = connection
        return "it is inhibited"

    def release(self) -> None:
        """As ``Means.release``."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
            self._connection = None


class Logind:
    """systemd-logind: no sleep and no idle action of the machine while a descriptor of its is open."""

    name = "systemd-logind"

    def __init__(self) -> None:
        self._descriptor: Any = None
        self._held = ""

    def hold(self) -> str:
        """As ``Means.hold``."""
        if self._descriptor is None:
            connection = _open("SYSTEM", fds=True)
            try:
                try:
                    self._descriptor, self._held = (
                        _inhibit(connection, "idle:sleep"),
                        "idle and sleep are inhibited",
                    )
                except Unavailable:  # sleep takes a session of one's own
                    self._descriptor, self._held = _inhibit(connection, "idle"), "idle is inhibited, sleep is not"
            finally:
                connection.close()
        return self._held

    def release(self) -> None:
        """As ``Means.release``."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


def _inhibit(connection: Any, what: str) -> int:
    from jeepney import DBusAddress, new_method_call

    address = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
    (descriptor,) = _call(
        connection, new_method_call(address, "Inhibit", "ssss", (what, _PROGRAM, _REASON, "block"))
    )
    return int(descriptor.to_raw_fd())


def _lives(connection: Any) -> bool:
    """Whether the session's bus still answers."""
    from jeepney.bus_messages import message_bus

    try:
        _call(connection, message_bus.GetId())
    except Unavailable:
        return False
    return True
