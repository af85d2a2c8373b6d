"""Whatever a passer-by presses under a window manager, the picture stays, and its window on top with the focus.

XTest has no fingers, and this machine may have no /dev/uinput: touches are Qt's own, to a window in this process.
"""

import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.pins import hashed
from kiosk.profiles import load_profile
from kiosk.ui.window import KioskWindow
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.fire.conftest import PART_PEOPLE as PART
from tests.fire.conftest import Count
from tests.fire.extent import SEED, extent
from tests.fire.passers import doing
from tests.ui.drawing import scene
from tests.ui.screens import LIVE

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
        PART, "Keys, chords, clicks, drags, close requests and wrong PINs leave the picture, on top, focused", SEED
    )
    chance = random.Random(SEED)  # noqa: S311 - it chooses what is pressed
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(tmp_path, feed.as_uri(), trust=f'\n[lock]\npin = "{hashed("258036")}"')
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
    assert code == 0
    assert set(errors.splitlines()) <= {"INFO kiosk.ui.lock: A wrong PIN was entered at the screen."}


def test_fingers_change_nothing(qtbot: QtBot, proves: Count) -> None:
    entry = proves(PART, "Touches, swipes and pinches, on the code and the hotlines too, leave the picture", SEED)
    chance = random.Random(SEED)  # noqa: S311 - it chooses what is touched
    window = KioskWindow()
    qtbot.addWidget(window, before_close_func=lambda widget: widget.leave())
    window.show_scene(scene(LIVE))
    with qtbot.waitExposed(window):
        window.present(QGuiApplication.primaryScreen())
    before, device = window.grab().toImage(), QTest.createTouchDevice()
    targets = [block.geometry().center() for block in window.board.texts()]
    targets += [child.geometry().center() for child in window.board.findChildren(QWidget)]

    def place() -> QPoint:
        if chance.random() < 0.5:
            return chance.choice(targets)
        return QPoint(chance.randrange(window.width()), chance.randrange(window.height()))

    for _ in range(extent(60, 2000)):
        fingers = range(chance.randint(1, 3))
        for finger in fingers:
            QTest.touchEvent(window, device).press(finger, place(), window)
        for _ in range(chance.randint(0, 3)):
            QTest.touchEvent(window, device).move(0, place(), window)
        for finger in fingers:
            QTest.touchEvent(window, device).release(finger, place(), window)
        entry.count("touches", kind=f"{len(fingers)} fingers")
    assert window.grab().toImage() == before
    assert window.isVisible()
    assert QGuiApplication.topLevelWindows() == [window.windowHandle()], "nothing opened"
