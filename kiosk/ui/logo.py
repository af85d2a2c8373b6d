"""The venue's logo: bounded, checked for contrast, drawn on a plate on which it can be seen."""

from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.core.palette import SIGN_CONTRAST, contrast
from kiosk.errors import ConfigError
from kiosk.ui.plan import Rect

_MOST_BYTES = 1024 * 1024
_MOST_PIXELS = 4096  # of a side
_WIDEST = 8.0  # width through height, or the other way round
_SAMPLE = 64  # pixels of the longer side of the copy that is judged
_OPAQUE = 128  # of 255
_SEEN = 0.6
"""The share of a logo's own pixels that must stand out from its plate; the rest may be decoration."""

_PLATES = ("#ffffff", "#0b0c0c")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", b"<image", b"<script", b"<foreignObject")
"""What a drawing needs not, and what could read other files."""


class LogoFile(Struct, frozen=True):
    """A logo that was read.

    Attributes:
        content: the file's bytes.
        vector: whether it is an SVG.
        shape: width through height.
        plate: the colour behind it.
    """

    content: bytes
    vector: bool
    shape: float
    plate: str

    def drawn(self, width: int, height: int) -> QImage:
        """The logo in a size in pixels, transparent where it is."""
        return _drawn(self.content, self.vector, QSize(width, height))


@lru_cache(maxsize=4)
def read_logo(path: str) -> LogoFile:
    """Read and judge a logo; the same as before for a path that was read already. Raises as ``judged`` does."""
    return judged(path)


def reread(path: str | None) -> None:
    """Read a logo anew; one that was read before stays where the file can't be shown any more, which is raised."""
    if path is not None:
        judged(path)
        read_logo.cache_clear()


def judged(path: str) -> LogoFile:
    """Read and judge a logo.

    Raises:
        ConfigError: it can't be read, is no PNG or SVG, too large, or can't be seen on either plate.
    """
    content = _content(path)
    vector = not content.startswith(b"\x89PNG")
    size = _vector_size(content, path) if vector else _picture_size(content, path)
    shape = size.width() / size.height()
    if not 1 / _WIDEST <= shape <= _WIDEST:
        raise _mistake(path, "is more than eight times as wide as it is high, or the other way round", "crop it")
    sample = _drawn(content, vector, size.scaled(_SAMPLE, _SAMPLE, Qt.AspectRatioMode.KeepAspectRatio))
    inks = _inks(sample)
    if not inks:
        raise _mistake(path, "is empty: nothing in it is opaque", "export it again")
    for plate in _PLATES:
        seen = sum(contrast(ink, plate) >= SIGN_CONTRAST for ink in inks)
        if seen >= _SEEN * len(inks):
            return LogoFile(content, vector, shape, plate)
    raise _mistake(
        path, "can't be seen: too little of it has a contrast of 3:1 with white or with black", "use a darker one"
    )


class LogoBlock(QLabel):
    """The logo on its plate, drawn anew for each size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._logo: LogoFile | None = None

    def draw(self, logo: LogoFile, name: str, rect: Rect) -> None:
        """Show a logo in ``rect``; ``name`` is for assistive technology."""
        self.setAccessibleName(name)
        self.setGeometry(*rect)
        if logo != self._logo:
            self._logo = logo
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the plate and the logo on it."""
        if self._logo is None:
            return
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(
            self._logo.drawn(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        )
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._logo.plate))
        painter.drawPixmap(0, 0, picture)
        painter.end()


def _content(path: str) -> bytes:
    try:
        if not Path(path).is_file():
            raise _mistake(path, "is no file", "name a PNG or SVG")
        with Path(path).open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _mistake(path, f"can't be read ({error.strerror})", "name a PNG or SVG") from error
    if len(content) > _MOST_BYTES:
        raise _mistake(path, "is larger than 1 MiB", "export it smaller")
    return content


def _picture_size(content: bytes, path: str) -> QSize:
    """Of a PNG, read from its head: nothing is unpacked before its size is known."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    size = QImageReader(buffer, QByteArray(b"png")).size()
    if max(size.width(), size.height()) > _MOST_PIXELS:
        raise _mistake(path, f"has more than {_MOST_PIXELS} pixels at a side", "export it smaller")
    if size.isEmpty() or QImage.fromData(content).isNull():
        raise _mistake(path, "is a damaged PNG", "export it again")
    return size


def _vector_size(content: bytes, path: str) -> QSize:
    if b"<svg" not in content:
        raise _mistake(path, "is neither PNG nor SVG", "export it as one of them")
    if any(part.lower() in content.lower() for part in _FORBIDDEN):
        raise _mistake(path, "has pictures, scripts or entities in it", "export it as a plain drawing")
    from PySide6.QtSvg import QSvgRenderer  # most venues have no logo

    renderer = QSvgRenderer(QByteArray(content))
    size = renderer.viewBoxF().size()
    if not renderer.isValid() or size.isEmpty():
        raise _mistake(path, "is a damaged SVG, or one without a viewBox", "export it again")
    return size.scaled(_MOST_PIXELS, _MOST_PIXELS, Qt.AspectRatioMode.KeepAspectRatio).toSize()


def _drawn(content: bytes, vector: bool, size: QSize) -> QImage:  # noqa: FBT001 - mirrors a field of LogoFile
    if not vector:
        modes = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        return QImage.fromData(content).scaled(size, *modes)
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(content)).render(painter, QRectF(image.rect()))
    painter.end()
    return image


def _inks(sample: QImage) -> list[str]:
    plain = sample.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = memoryview(plain.constBits()).cast("I")
    return [f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels if pixel >> 24 >= _OPAQUE]


def _mistake(path: str, what: str, advice: str) -> ConfigError:
    return ConfigError((f"The logo {path} {what}; {advice}.",))
