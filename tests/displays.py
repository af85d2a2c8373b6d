"""A real X server, and what is really on its screen."""

import mmap
import os
import struct
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from PySide6.QtGui import QColor, QImage

_PATIENCE = 20


class VirtualScreen:
    """An Xvfb without a window manager; its frame buffer is a file, so that looking needs no X client.

    Attributes:
        name: for DISPLAY.
    """

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self._size = f"{width}x{height}x24"
        self.name = ""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="xvfb-")
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size, "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            [*command, "-fbdir", self._folder.name], pass_fds=[write], stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            self.name = f":{numbers.readline().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(_PATIENCE)
        self._folder.cleanup()

    def environment(self) -> dict[str, str]:
        """The environment of a program that shall show itself here."""
        inherited = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        return inherited | {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def picture(self) -> QImage:
        """The whole screen as it is now (the frame buffer is in the XWD format, 32 bits a pixel)."""
        dump = (Path(self._folder.name) / "Xvfb_screen0").read_bytes()
        header = struct.unpack_from(">25I", dump)
        width, height, bytes_per_line, colours = header[4], header[5], header[12], header[19]
        start = header[0] + colours * 12
        image = QImage(dump[start:], width, height, bytes_per_line, QImage.Format.Format_RGB32)
        return image.copy()

    def smear(self, left: int, top: int, width: int, height: int) -> None:
        """Turns a part of the screen grey behind everybody's back."""
        with (Path(self._folder.name) / "Xvfb_screen0").open("r+b") as screen:
            header = struct.unpack(">25I", screen.read(100))
            start = header[0] + header[19] * 12
            for row in range(top, top + height):
                screen.seek(start + row * header[12] + left * 4)
                screen.write(b"\x80\x80\x80\0" * width)

    @contextmanager
    def smeared(self, left: int, top: int, width: int, height: int) -> Iterator[None]:
        """The same again and again, whoever paints over it."""
        over = threading.Event()

        def smear() -> None:
            while not over.wait(0.005):
                self.smear(left, top, width, height)

        vandal = threading.Thread(target=smear)
        vandal.start()
        try:
            yield
        finally:
            over.set()
            vandal.join()

    @contextmanager
    def frame(self) -> Iterator[tuple[memoryview, int, int]]:
        """The pixels as they are at any moment, row by row without gaps, 4 bytes each; and width and height."""
        with (
            (Path(self._folder.name) / "Xvfb_screen0").open("rb") as file,
            mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as dump,
        ):
            header = struct.unpack_from(">25I", dump)
            width, height, bytes_per_line, colours = header[4], header[5], header[12], header[19]
            assert bytes_per_line == width * 4
            start = header[0] + colours * 12
            with memoryview(dump) as whole, whole[start : start + height * bytes_per_line] as pixels:
                yield pixels, width, height

    @contextmanager
    def pixel(self, across: float, down: float) -> Iterator[Callable[[], bytes]]:
        """A function that looks at one point, in microseconds; its bytes differ where its colour does."""
        with self.frame() as (pixels, width, height):
            place = (int(height * down) * width + int(width * across)) * 4
            yield lambda: bytes(pixels[place : place + 4])

    def colour_at(self, across: float, down: float) -> str:
        """The colour of a point given in fractions of the screen, as ``#rrggbb``."""
        image = self.picture()
        colour: QColor = image.pixelColor(int(image.width() * across), int(image.height() * down))
        return colour.name()
