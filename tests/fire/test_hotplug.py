"""Screens that change their mode, are split and joined: each is covered again at once.

Xvfb refuses to switch its only output off: the last screen goes and comes back under sway
(``tests/packages/test_compositor.py``).
"""

import random
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.fire.conftest import PART_PEOPLE as PART
from tests.fire.conftest import Count
from tests.fire.extent import SEED, extent

pytestmark = pytest.mark.xdist_group("screen")

Rect = tuple[int, int, int, int]
MODES = [(1920, 1080), (1280, 720), (1024, 768), (800, 480)]
_BACK, _PATIENCE = 2.0, 20.0  # seconds until every screen is covered, and for the first picture
_GEOMETRY = re.compile(r"X=(-?\d+)\nY=(-?\d+)\nWIDTH=(\d+)\nHEIGHT=(\d+)")


class Outputs:
    """The one output of an X server, and the monitors that it is cut into."""

    def __init__(self, screen: VirtualScreen) -> None:
        self._environment = screen.environment()
        self._parts: list[str] = []
        self._serial = 0
        self._size = MODES[0]
        for width, height in MODES[1:]:
            name = f"{width}x{height}"
            self._xrandr(
                "--newmode",
                name,
                "60",
                *map(str, (width, width, width, width + 80)),
                *map(str, (height,) * 3),
                f"{height + 20}",
            )
            self._xrandr("--addmode", "screen", name)

    def _run(self, *words: str) -> str:
        return subprocess.run(
            words, env=self._environment, capture_output=True, text=True, check=words[0] == "xrandr"
        ).stdout

    def _xrandr(self, *words: str) -> None:
        self._run("xrandr", *words)

    def mode(self, width: int, height: int) -> None:
        self.split(1)
        self._xrandr("--output", "screen", "--mode", f"{width}x{height}")
        self._size = (width, height)

    def split(self, many: int) -> None:
        """Side by side; 1 is the whole."""
        while self._parts:
            self._xrandr("--delmonitor", self._parts.pop())
        if many == 1:
            return
        width, height = self._size[0] // many, self._size[1]
        for number in range(many):
            # A name of its own: Qt hears nothing of a monitor that is another under the same name.
            self._serial += 1
            name = f"part{self._serial}"
            self._xrandr(
                "--setmonitor", name, f"{width}/300x{height}/200+{number * width}+0",
                "none" if number else "screen",
            )  # fmt: skip
            self._parts.append(name)

    def monitors(self) -> set[Rect]:
        found = re.findall(r" (\d+)/\d+x(\d+)/\d+\+(\d+)\+(\d+)", self._run("xrandr", "--listmonitors"))
        return {(int(x), int(y), int(width), int(height)) for width, height, x, y in found}

    def windows(self) -> set[Rect]:
        """Where the kiosk's visible windows are."""
        rects = set()
        for window in self._run("xdotool", "search", "--onlyvisible", "--name", "Threat").split():
            if place := _GEOMETRY.search(self._run("xdotool", "getwindowgeometry", "--shell", window)):
                x, y, width, height = map(int, place.groups())
                rects.add((x, y, width, height))
        return rects

    def until_covered(self, seconds: float, after: str) -> None:
        end = time.monotonic() + seconds
        while not (monitors := self.monitors()) <= (windows := self.windows()):
            assert time.monotonic() < end, f"{monitors - windows} not covered by {windows} after {after}"
            time.sleep(0.05)


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    with VirtualScreen() as started:
        yield started


def test_every_screen_is_covered_whatever_is_plugged(screen: VirtualScreen, tmp_path: Path, proves: Count) -> None:
    entry = proves(PART, "Every screen is covered within 2 s after any change of screens", SEED)
    chance = random.Random(SEED)  # noqa: S311 - it chooses what is plugged
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(tmp_path, feed.as_uri())
    with Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        outputs = Outputs(screen)
        outputs.until_covered(_PATIENCE, "the start")
        for _ in range(extent(6, 100)):
            kind = chance.choice(("mode", "two screens", "three screens", "one screen"))
            match kind:
                case "mode":
                    outputs.mode(*chance.choice(MODES))
                case _:
                    outputs.split({"one": 1, "two": 2, "three": 3}[kind.split()[0]])
            outputs.until_covered(_BACK, kind)
            entry.count("changes", kind=kind)
        status = kiosk.status()
        assert (status["level"], status["state"], status["marks"]) == ("SEVERE", "live", [])
        code, _, errors = kiosk.end()
    assert (code, errors) == (0, "")
