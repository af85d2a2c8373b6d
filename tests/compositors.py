"""A real Wayland compositor without a screen of its own: sway, its outputs, its keyboard and its pictures."""

import array
import json
import os
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from PySide6.QtGui import QImage

from kiosk.awake.wayland_wire import Wire

_PATIENCE = 20.0
_NOBODY = 65534
_CONFIG = "xwayland disable\ndefault_border none\noutput HEADLESS-1 resolution 1920x1080\n"
_KEYMAP = (
    b'xkb_keymap { xkb_keycodes { include "evdev+aliases(qwerty)" }; xkb_types { include "complete" }; '
    b'xkb_compat { include "complete" }; xkb_symbols { include "pc+us+inet(evdev)" }; };\0'
)
_CODES = {"Enter": 28, "Escape": 1, "q": 16, "w": 17, "F4": 62, "Tab": 15, "space": 57} | {
    digit: 2 + place for place, digit in enumerate("1234567890")
}  # of Linux's input-event-codes.h
_SHIFT, _CONTROL, _ALT = 1, 4, 8
CHORD = _SHIFT | _CONTROL | _ALT


class Sway:
    """Headless and drawing in memory, as an ordinary user, because it refuses root.

    Args:
        inside: the words that run a command in another root folder, whose /tmp is this one's.
    """

    def __init__(self, *inside: str) -> None:
        as_nobody = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
        self._inside = [*inside, *(as_nobody if os.geteuid() == 0 else ())]

    def __enter__(self) -> Self:
        # In /tmp: a socket's path is short.
        self._folder = tempfile.TemporaryDirectory(prefix="sway-", dir="/tmp")
        folder = Path(self._folder.name)
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        (folder / "config").write_text(_CONFIG)
        (folder / "config").chmod(0o644)
        self._own = {
            "XDG_RUNTIME_DIR": str(folder),
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "HOME": str(folder),
        }
        self.started(folder)
        return self

    def started(self, folder: Path) -> None:
        """Starts it, and waits for its sockets."""
        settings = [f"{name}={value}" for name, value in self._own.items()]
        command = [*self._inside, "env", *settings, "sway", "--config", str(folder / "config")]
        self._process = subprocess.Popen(command, env=self._inherited(), stderr=subprocess.DEVNULL)
        end = time.monotonic() + _PATIENCE
        while not (
            (sockets := [path for path in folder.glob("wayland-*") if path.is_socket()])
            and (speaking := list(folder.glob("sway-ipc*")))
        ):
            assert self._process.poll() is None, "sway ended"
            assert time.monotonic() < end, "sway has no socket"
            time.sleep(0.05)
        self._names = {"WAYLAND_DISPLAY": sockets[0].name, "SWAYSOCK": str(speaking[0])}

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # what runs a command in another root folder hears nothing softer
        try:
            self._process.wait(_PATIENCE)
        finally:
            self._folder.cleanup()

    @staticmethod
    def _inherited() -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in {"QT_QPA_PLATFORM", "DISPLAY"}}

    def environment(self) -> dict[str, str]:
        """The environment of a program that shall show itself here."""
        own = {"XDG_RUNTIME_DIR": self._own["XDG_RUNTIME_DIR"], "QT_QPA_PLATFORM": "wayland"}
        return self._inherited() | self._names | own

    def say(self, *words: str) -> Any:
        """What sway answers to a command."""
        done = subprocess.run(
            ["swaymsg", "--raw", *words], env=self.environment(), check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)

    def outputs(self) -> dict[str, dict[str, Any]]:
        """Every output that is switched on or asleep, by name."""
        return {output["name"]: output for output in self.say("-t", "get_outputs")}

    def windows(self) -> dict[str, list[tuple[int, int]]]:
        """The sizes of the kiosk's full-screen windows, by the name of their output."""
        found: dict[str, list[tuple[int, int]]] = {}
        for output in self.say("-t", "get_tree")["nodes"]:
            found[output["name"]] = [
                (node["rect"]["width"], node["rect"]["height"])
                for node in _nodes(output)
                if node.get("name") == "Threat Level Kiosk" and node.get("fullscreen_mode") == 1
            ]
        return {name: sizes for name, sizes in found.items() if name != "__i3"}

    def picture(self, output: str | None = None, *, cursor: bool = False) -> QImage:
        """What an output shows, or all of them; no picture of one that sleeps or is gone."""
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            which = ["-o", output] if output else []
            command = ["grim", *which, *(["-c"] if cursor else []), file.name]
            done = subprocess.run(command, env=self.environment(), check=False, capture_output=True)
            return QImage(file.name) if done.returncode == 0 else QImage()

    @contextmanager
    def wire(self) -> Iterator[Wire]:
        """A connection of its own to the compositor."""
        with patch.dict(os.environ, self.environment()):
            wire = Wire()
        try:
            yield wire
        finally:
            wire.close()

    @contextmanager
    def keyboard(self) -> Iterator["Keyboard"]:
        """A keyboard that is plugged in for a while."""
        with self.wire() as wire:
            yield Keyboard(wire)

    def move_pointer(self, across: int, down: int) -> None:
        """Plugs a mouse in, moves it somewhere on a screen of 1920x1080, and clicks."""
        with self.wire() as wire:
            manager, seat = wire.bind("zwlr_virtual_pointer_manager_v1"), wire.bind("wl_seat")
            pointer = wire.new()
            wire.send(manager, 0, struct.pack("=II", seat, pointer))
            wire.send(pointer, 1, struct.pack("=IIIII", 0, across, down, 1920, 1080))
            wire.send(pointer, 4)
            for state in (1, 0):
                wire.send(pointer, 2, struct.pack("=III", 0, 0x110, state))  # the left button
                wire.send(pointer, 4)
            wire.roundtrip()
            time.sleep(0.5)  # the pointer is gone with its mouse, and is to be seen if it can be


class Keyboard:
    """Types as a person at a keyboard of the United States does."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        manager, seat = wire.bind("zwp_virtual_keyboard_manager_v1"), wire.bind("wl_seat")
        self._number = wire.new()
        wire.send(manager, 0, struct.pack("=II", seat, self._number))
        with tempfile.TemporaryFile() as file:
            file.write(_KEYMAP)
            file.flush()
            message = struct.pack("=IHHII", self._number, 0, 16, 1, len(_KEYMAP))
            descriptors = array.array("i", [file.fileno()])
            wire.socket.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
            wire.roundtrip()

    def press(self, keys: Sequence[str], held: int = 0) -> None:
        """Presses one key after the other while modifiers are held."""
        self._hold(held)
        for key in keys:
            for state in (1, 0):
                self._wire.send(self._number, 1, struct.pack("=III", 0, _CODES[key], state))
        self._hold(0)
        self._wire.roundtrip()

    def _hold(self, modifiers: int) -> None:
        self._wire.send(self._number, 2, struct.pack("=IIII", modifiers, 0, 0, 0))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for child in (*node["nodes"], *node["floating_nodes"]):
        yield child
        yield from _nodes(child)
