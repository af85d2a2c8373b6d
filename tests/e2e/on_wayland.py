"""A real kiosk on an output of a real Wayland compositor, and whether its picture is there."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from kiosk.profiles import load_profile
from tests.compositors import Sway
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document

SEVERE, CRITICAL = (load_profile("uk").looks[level].colour.lower() for level in ("SEVERE", "CRITICAL"))
SOON = 2.0  # seconds until a screen that came is covered


@contextmanager
def kiosk(sway: Sway, folder: Path, more: str = "") -> Iterator[Kiosk]:
    """One that shows SEVERE from ``feed.xml`` in the folder; ``more`` is added to its configuration."""
    feed = folder / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(folder, feed.as_uri(), trust=f"\n{more}")
    with Kiosk(sway.environment(), folder / "state", "--config", str(config)) as started:
        started.until_shown("SEVERE", "live")
        until(lambda: covered(sway.picture("HEADLESS-1")), PATIENCE)
        yield started


def until(holds: Callable[[], bool], seconds: float) -> None:
    """Returns as soon as it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def covered(picture: QImage, colour: str = SEVERE) -> bool:
    """Whether the banner is at the upper edge."""
    corners = (0, 0), (picture.width() - 1, 0)
    return not picture.isNull() and {QColor(picture.pixel(*corner)).name() for corner in corners} == {colour}
