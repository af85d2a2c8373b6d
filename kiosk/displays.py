"""Whether there is a display to show anything on; Qt would end the process where there is none."""

import os
import socket
import sys


def display_missing() -> str | None:
    """Why no window can be shown, as the start of a sentence; None where one can, as far as can be told."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    name = os.environ.get("DISPLAY")
    if not name:
        return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    host, _, number = name.rpartition(":")
    if host in {"", "unix"} and not _answers(number.partition(".")[0]):
        return f"The display {name} does not answer"
    return None


def _answers(number: str) -> bool:
    """Whether an X server listens on its local socket, by name or in the abstract namespace."""
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where every X server is
    for name in (path, f"\0{path}"):
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(name)
            except OSError:
                continue
            return True
    return False
