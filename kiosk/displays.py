"""Whether there is a display to show anything on; Qt would end the process where there is none."""

import os
import re
import socket
import sys
from pathlib import Path

_X_NAME = re.compile(r"(?P<host>[^:/]*):(?P<number>\d{1,5})(?:\.\d+)?")
_WINDOWED = frozenset({"", "xcb", "wayland", "wayland-egl"})  # Qt's other platforms need no display server
_X_PORT = 6000
_PATIENCE = 3.0  # seconds for a display on another machine


def display_missing() -> str | None:
    """Why no window can be shown, as the start of a sentence; None where one can, as far as can be told."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if sys.platform in {"win32", "darwin"} or platform not in _WINDOWED:
        return None
    wayland, x = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if wayland and _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland)):
        return None
    if x:
        return None if _x_answers(x) else f"The display {x} does not answer"
    if wayland:
        return f"The Wayland display {wayland} does not answer"
    return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)"


def _x_answers(name: str) -> bool:
    parts = _X_NAME.fullmatch(name)
    if not parts:
        return False
    host, number = parts["host"], int(parts["number"])
    if host not in {"", "unix"}:
        try:
            socket.create_connection((host, _X_PORT + number), _PATIENCE).close()
        except (OSError, OverflowError):
            return False
        return True
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where every X server is
    return _answers(path) or _answers(f"\0{path}")


def _answers(path: str) -> bool:
    """Whether somebody listens on a local socket; a path that begins with NUL is an abstract name."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(path)
        except OSError:
            return False
        return True
