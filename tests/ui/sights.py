"""Pictures as numbers: their pixels, in grey, from afar, and as colour-blind people see them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Pixels = NDArray[np.uint8]
"""Rows, columns, and red, green and blue from 0 to 255."""
Grey = NDArray[np.float64]
"""Rows and columns of perceived lightness (CIE L*), 0 to 100."""

DICHROMACIES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, for linear light."""

_BYTES = np.arange(256) / 255
_LINEAR = np.where(_BYTES <= 0.04045, _BYTES / 12.92, ((_BYTES + 0.055) / 1.055) ** 2.4)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def pixels(picture: QImage) -> Pixels:
    """The pixels of a picture, in its own resolution."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def picture(of: Pixels) -> QImage:
    """The picture that has these pixels."""
    height, width = of.shape[:2]
    return QImage(np.ascontiguousarray(of).tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def luminances(of: Pixels) -> Any:
    """Relative luminance of each pixel, 0 to 1 (WCAG 2)."""
    return _LINEAR[of] @ _WEIGHTS


def grey(of: Pixels) -> Grey:
    """Lightness as eyes grade it, so that a difference means the same in the dark and in the light."""
    luminance = luminances(of)
    dark = luminance <= 216 / 24389
    lightness: Grey = np.where(dark, luminance * 24389 / 27, 116 * np.cbrt(luminance) - 16)
    return lightness


def greyscale(of: Pixels) -> Pixels:
    """The copy without any colour."""
    luminance = luminances(of)
    level = np.where(luminance <= 0.0031308, luminance * 12.92, 1.055 * luminance ** (1 / 2.4) - 0.055)
    return np.repeat(np.rint(level * 255).astype(np.uint8)[..., None], 3, axis=2)


def as_seen(of: Pixels, sight: str) -> Pixels:
    """The copy that shows what one of ``DICHROMACIES`` leaves of the colours."""
    light = np.clip(_LINEAR[of] @ np.array(DICHROMACIES[sight]).T, 0, 1)
    level = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    seen: Pixels = np.rint(level * 255).astype(np.uint8)
    return seen


SIGHTS = ("colour", "greyscale", *DICHROMACIES)


def copy(of: Pixels, sight: str) -> Pixels:
    """The copy for one of ``SIGHTS``."""
    if sight == "colour":
        return of
    return greyscale(of) if sight == "greyscale" else as_seen(of, sight)


def from_afar(of: Pixels, cells: int = 48) -> Grey:
    """What is left at a glance: the mean lightness of ``cells`` by ``cells`` parts of the picture."""
    lightness = grey(of)
    height, width = lightness.shape
    rows = np.add.reduceat(lightness, np.arange(cells) * height // cells, axis=0)
    sums = np.add.reduceat(rows, np.arange(cells) * width // cells, axis=1)
    tall = np.diff(np.arange(cells + 1) * height // cells)
    wide = np.diff(np.arange(cells + 1) * width // cells)
    means: Grey = sums / np.outer(tall, wide)
    return means
