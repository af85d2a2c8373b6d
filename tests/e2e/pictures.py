"""What is to be seen on a screen on which the kiosk runs, wherever the picture is from."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QImage

from kiosk.profiles import load_profile

COLOURS = {level: look.colour.lower() for level, look in load_profile("uk").looks.items()}
_BANNER = [(0.001, 0.001), (0.999, 0.001), (0.95, 0.25), (0.001, 0.3)]
_BELOW = [(0.001, 0.999), (0.999, 0.999)]
_PATIENCE = 20.0  # seconds


def until_shown(look: Callable[[], QImage], level: str) -> None:
    """Waits until the banner has a level's colour, and the picture reaches every corner."""
    end = time.monotonic() + _PATIENCE
    while True:
        picture = look()
        banner, below = _colours(picture, _BANNER), _colours(picture, _BELOW)
        if set(banner) == {COLOURS[level]} and "#000000" not in below:
            return
        assert time.monotonic() < end, (
            f"the banner is {banner}, not {COLOURS[level]}; the lower corners are {below}"
        )
        time.sleep(0.1)


def until_read(look: Callable[[], QImage], words: str) -> None:
    """Until an independent witness reads them at the lower edge of the screen."""
    end = time.monotonic() + _PATIENCE
    with TemporaryDirectory() as folder:
        path = Path(folder) / "footer.png"
        while True:
            picture = look()
            picture.copy(0, picture.height() * 9 // 10, picture.width(), picture.height() // 10).save(str(path))
            command = ["tesseract", str(path), "-", "--psm", "6"]
            read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            if words in read:
                return
            assert time.monotonic() < end, read


def _colours(picture: QImage, points: list[tuple[float, float]]) -> list[str]:
    width, height = picture.width(), picture.height()
    return [picture.pixelColor(int(across * width), int(down * height)).name() for across, down in points]
