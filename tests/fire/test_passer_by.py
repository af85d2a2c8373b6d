"""Whatever a passer-by presses under a window manager, the picture stays, and its window on top with the focus."""

import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.profiles import load_profile
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.fire.conftest import PART_PEOPLE as PART
from tests.fire.conftest import Count
from tests.fire.extent import SEED, extent
from tests.fire.passers import doing

pytestmark = pytest.mark.xdist_group("screen")

SEVERE = load_profile("uk").looks["SEVERE"].colour.lower()
_POINTS = [(0.001, 0.001), (0.001, 0.3), (0.5, 0.001), (0.95, 0.25), (0.999, 0.001), (0.999, 0.3)]
_PATIENCE, _BACK = 20.0, 3.0  # seconds: for the first picture, and until it is back
_AT_ONCE = 20  # inputs between two looks
_XDOTOOL = shutil.which("xdotool") or "/usr/bin/xdotool"


@pytest.fixture
def managed() -> Iterator[VirtualScreen]:
    """A screen with a window manager that has all the usual chords."""
    with (
        VirtualScreen() as screen,
        subprocess.Popen(["openbox"], env=screen.environment(), stderr=subprocess.DEVNULL) as manager,
    ):
        yield screen
        manager.terminate()


def xdotool(screen: VirtualScreen, *words: str) -> str:
    done = subprocess.run(
        [_XDOTOOL, *words], env=screen.environment(), capture_output=True, text=True, check=False
    )
    assert "unknown" not in done.stderr.lower(), done.stderr
    return done.stdout.strip()


def is_covered(screen: VirtualScreen) -> bool:
    picture = screen.picture()
    return {
        picture.pixelColor(int(across * picture.width()), int(down * picture.height())).name()
        for across, down in _POINTS
    } == {SEVERE}


def until_right(screen: VirtualScreen, seconds: float, after: object) -> str:
    """The window, as soon as the level covers the screen and the window has the focus."""
    end = time.monotonic() + seconds
    while True:
        window = xdotool(screen, "search", "--onlyvisible", "--name", "Threat")
        covered, focused = is_covered(screen), xdotool(screen, "getactivewindow")
        if covered and focused and focused in window.split():
            return focused
        assert time.monotonic() < end, (
            f"covered {covered}, {focused} has the focus and not {window}, after {after}"
        )
        time.sleep(0.05)


def test_a_passer_by_changes_nothing(managed: VirtualScreen, tmp_path: Path, proves: Count) -> None:
    entry = proves(
        PART, "Keys, chords, clicks, drags and close requests leave the picture, on top and focused", SEED
    )
    chance = random.Random(SEED)  # noqa: S311 - it chooses what is pressed
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(tmp_path, feed.as_uri())
    with Kiosk(managed.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        until_right(managed, _PATIENCE, "the start")
        for _ in range(extent(60, 2000) // _AT_ONCE):
            done = [doing(chance) for _ in range(_AT_ONCE)]
            xdotool(managed, *(word for _, words in done for word in words))
            until_right(managed, _BACK, [words for _, words in done])
            for kind, _ in done:
                entry.count("inputs", kind=kind)
        status = kiosk.status()
        assert (status["level"], status["state"], status["marks"]) == ("SEVERE", "live", [])
        code, _, errors = kiosk.end()
    assert (code, errors) == (0, "")
