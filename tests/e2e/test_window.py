"""The window against other programs and people: whatever they do to it, the level is back at once."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from Xlib.display import Display

from kiosk.profiles import load_profile
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.servers import DocumentServer

pytestmark = pytest.mark.xdist_group("screen")  # one after the other: their times mean something

SEVERE = load_profile("uk").looks["SEVERE"].colour.lower()
BANNER = [(0.001, 0.001), (0.001, 0.3), (0.5, 0.001), (0.95, 0.25), (0.999, 0.001), (0.999, 0.3)]
XDOTOOL = shutil.which("xdotool") or "/usr/bin/xdotool"
BACK = 3.0  # seconds until the level has to be seen again
PATIENCE = 20.0  # seconds for the first picture
SETTLED = 16.0  # seconds after which nothing of a start is left to draw

_COVER = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
cover = QWidget()
cover.setWindowTitle("cover")
cover.setWindowFlags(Qt.WindowType.FramelessWindowHint)
cover.setStyleSheet("background: #123456")
cover.setGeometry(0, 0, 1920, 1080)
cover.show()
app.exec()
"""


@pytest.fixture
def every() -> str:
    """How often the kiosk asks its source."""
    return "1 s"


@pytest.fixture
def kiosk(screen: VirtualScreen, tmp_path: Path, every: str) -> Iterator[Kiosk]:
    """A kiosk whose window is on the screen; it has to be the same process, and end well, after the test."""
    with DocumentServer(mi5_document("SEVERE")) as server:
        config = configuration(tmp_path, server.url())
        config.write_text(config.read_text().replace('every = "1 s"', f'every = "{every}"'))
        with Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as started:
            started.until_shown("SEVERE", "live")
            until_covered(screen, PATIENCE)
            yield started
            assert started.status()["marks"] == []
            assert started.end()[0] == 0


def colours(screen: VirtualScreen) -> list[str]:
    picture = screen.picture()
    points = [(int(across * picture.width()), int(down * picture.height())) for across, down in BANNER]
    return [picture.pixelColor(*point).name() for point in points]


def until_covered(screen: VirtualScreen, seconds: float) -> None:
    end = time.monotonic() + seconds
    while set(seen := colours(screen)) != {SEVERE}:
        assert time.monotonic() < end, f"the banner is {seen}, not {SEVERE}"
        time.sleep(0.02)


def until_uncovered(screen: VirtualScreen) -> None:
    end = time.monotonic() + BACK
    while set(colours(screen)) == {SEVERE}:
        assert time.monotonic() < end, "nothing happened to the window"


def xdotool(screen: VirtualScreen, *arguments: str) -> str:
    done = subprocess.run(
        [XDOTOOL, *arguments], env=screen.environment(), check=True, capture_output=True, text=True
    )
    return done.stdout


def window_of(screen: VirtualScreen) -> str:
    (found,) = xdotool(screen, "search", "--onlyvisible", "--name", "Threat").split()
    return found


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("windowunmap", []),
        ("windowclose", []),
        ("windowsize", ["1", "1"]),
        ("windowsize", ["2", "2"]),
        ("windowsize", ["1280", "1"]),
        ("windowmove", ["700", "500"]),
        ("windowmove", ["5000", "5000"]),
    ],
)
def test_a_window_taken_away_is_back_at_once(
    screen: VirtualScreen, kiosk: Kiosk, verb: str, values: list[str]
) -> None:
    for _ in range(3):
        xdotool(screen, verb, window_of(screen), *values)
        until_uncovered(screen)
        until_covered(screen, BACK)
    assert kiosk.status()["state"] == "live"


def test_a_window_of_another_program_does_not_stay_above(screen: VirtualScreen, kiosk: Kiosk) -> None:
    with subprocess.Popen([sys.executable, "-c", _COVER], env=screen.environment()) as other:
        try:
            end = time.monotonic() + PATIENCE
            # Raised again and again: the kiosk may be above it before its first paint.
            while set(colours(screen)) != {"#123456"}:
                xdotool(screen, "search", "--sync", "--name", "cover", "windowraise", "%@")
                assert time.monotonic() < end, "the other window did not come"
            until_covered(screen, BACK)
        finally:
            other.kill()


@pytest.mark.parametrize("every", ["10 min"])  # so that nothing else has to be drawn
def test_window_after_window_of_another_program_is_covered(screen: VirtualScreen, kiosk: Kiosk) -> None:
    """Each comes when nothing of what the kiosk asked the X server for waits any more for a reason to be sent."""
    time.sleep(max(0.0, kiosk.started + SETTLED - time.monotonic()))  # whatever is asked of it meanwhile wakes it
    with closing(Display(screen.environment()["DISPLAY"])) as display:
        root = display.screen().root
        for _ in range(3):
            other = root.create_window(0, 0, 1920, 1080, 0, display.screen().root_depth, background_pixel=0x123456)
            other.map()
            display.sync()
            until_covered(screen, BACK)
            other.destroy()
            display.sync()


def test_keys_and_clicks_change_nothing(screen: VirtualScreen, kiosk: Kiosk) -> None:
    before, window = kiosk.status()["level"], window_of(screen)
    xdotool(screen, "windowfocus", window)
    xdotool(screen, "key", "Escape", "F11", "Tab", "space", "q", "alt+F4", "ctrl+q", "ctrl+c", "Menu", "Return")
    for button in "12345":
        xdotool(screen, "mousemove", "960", "300", "click", "--repeat", "3", button)
    until_covered(screen, BACK)
    assert window_of(screen) == window
    assert kiosk.status()["level"] == before
