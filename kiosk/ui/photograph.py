"""What is really on a screen now, as a PNG: to be taken on Qt's thread, and to be written on any other."""

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from kiosk.ui.readback import READABLE
from kiosk.ui.window import KioskWindow

_QUICK = 11
"""Of 100: a fifth more bytes for half the time."""


class Photograph(Struct, frozen=True):
    """A picture, and whether the screen itself was read; where nobody may read it, it is what was drawn for it."""

    image: QImage
    by_screen: bool


def photograph(window: KioskWindow) -> Photograph:
    """The picture of the screen that a window covers; on Qt's thread."""
    if QGuiApplication.platformName() in READABLE:
        # The whole screen and not only our window: also what another program has put before it.
        return Photograph(window.screen().grabWindow(0).toImage(), by_screen=True)
    return Photograph(window.grab().toImage(), by_screen=False)


def as_png(image: QImage) -> bytes:
    """The picture as a file; from any thread, and others run meanwhile. ValueError where there is none."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"PNG"))
    writer.setCompression(_QUICK)
    if not writer.write(image):
        raise ValueError(writer.errorString())
    return bytes(content.data())
