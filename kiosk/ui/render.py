"""A picture as an image, without a display."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint
from PySide6.QtGui import QImage, QImageWriter

from kiosk.core.screen import Scene
from kiosk.errors import KioskError
from kiosk.ui.application import application
from kiosk.ui.board import Board
from kiosk.ui.logo import read_logo


def board(scene: Scene, width: int, height: int) -> Board:
    """A board of a size in pixels that shows a scene and is not on any display."""
    application(offscreen=True)
    result = Board()
    result.resize(width, height)
    result.show_scene(scene)
    return result


def image(source: Board) -> QImage:
    """What a board looks like; the same bytes for the same scene and size."""
    result = QImage(source.size(), QImage.Format.Format_RGB32)
    source.render(result, QPoint(0, 0))
    return result


def render(scene: Scene, width: int, height: int) -> QImage:
    """The picture of a scene in a size in pixels."""
    return image(board(scene, width, height))


def save(picture: QImage, path: Path) -> None:
    """Write a picture as a PNG.

    Raises:
        KioskError: it can't be written there.
    """
    writer = QImageWriter(str(path), QByteArray(b"PNG"))  # whatever the name ends in
    if not writer.write(picture):
        raise KioskError(f"The picture can't be written to {path}; check the folder and the space on the disk.")


def check_logo(path: str) -> None:
    """Read a logo as the board will; ConfigError where it can't be shown."""
    application(offscreen=True)
    read_logo(path)
