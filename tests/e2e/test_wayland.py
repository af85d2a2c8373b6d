"""A real kiosk under a real Wayland compositor: it covers each output that comes, and does what keys allow."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from kiosk.control import machine_of_running
from kiosk.exit_codes import LEFT
from kiosk.pins import hashed
from kiosk.profiles import load_profile
from tests.compositors import CHORD, Sway
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document

pytestmark = pytest.mark.xdist_group("sway")

SEVERE = load_profile("uk").looks["SEVERE"].colour.lower()
PIN = "258036"
SOON = 2.0  # seconds until a screen that came is covered


@pytest.fixture(scope="module")
def sway() -> Iterator[Sway]:
    with Sway() as started:
        yield started


@contextmanager
def kiosk(sway: Sway, folder: Path, more: str = "") -> Iterator[Kiosk]:
    feed = folder / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(folder, feed.as_uri(), trust=f"\n{more}")
    with Kiosk(sway.environment(), folder / "state", "--config", str(config)) as started:
        started.until_shown("SEVERE", "live")
        until(lambda: covered(sway.picture("HEADLESS-1")), PATIENCE)
        yield started


def until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def covered(picture: QImage, turned: int = 0) -> bool:
    """Whether the banner is where it belongs: at the upper edge, or at the right one of a screen turned by 90."""
    last = (picture.width() - 1, picture.height() - 1)
    points = [(0, 0), (last[0], 0)] if not turned else [(last[0], 0), last]
    return not picture.isNull() and {QColor(picture.pixel(*point)).name() for point in points} == {SEVERE}


def test_an_output_that_comes_is_covered_at_once_and_scale_and_mode_are_followed(
    sway: Sway, tmp_path: Path
) -> None:
    with kiosk(sway, tmp_path) as running:
        sway.say("create_output")
        until(lambda: all(sway.windows().values()) and len(sway.windows()) == 2, SOON)
        name = next(name for name in sway.outputs() if name != "HEADLESS-1")
        until(lambda: covered(sway.picture(name)), SOON)
        sway.say("output", name, "scale", "2")
        sway.say("output", "HEADLESS-1", "resolution", "1280x720")
        until(lambda: sway.windows()["HEADLESS-1"] == [(1280, 720)], SOON)
        until(lambda: covered(sway.picture("HEADLESS-1")) and covered(sway.picture(name)), SOON)
        screens = {screen.name: screen for screen in machine_of_running(running.folder).screens}
        assert (screens["HEADLESS-1"].width, screens["HEADLESS-1"].height) == (1280, 720)
        assert screens[name].scale == 2
        listed = subprocess.run(
            [sys.executable, "-m", "kiosk", "screens", "--json", "--state-dir", str(running.folder)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert {entry["name"]: entry["used"] for entry in json.loads(listed.stdout)} == dict.fromkeys(
            screens, True
        )
        sway.say("output", "HEADLESS-1", "resolution", "1920x1080")
        sway.say("output", name, "scale", "1")
        assert running.status()["marks"] == []
        code, _, errors = running.end()
    # Qt's own remark on itself, for each change of the scale.
    own = [line for line in errors.splitlines() if not line.startswith("The cached device pixel ratio value")]
    assert (code, own) == (0, [])


def test_a_mouse_that_moves_shows_no_cursor_and_changes_nothing(sway: Sway, tmp_path: Path) -> None:
    with kiosk(sway, tmp_path) as running:
        before = sway.picture("HEADLESS-1", cursor=True)
        for place in ((600, 300), (1500, 700)):  # the banner, and the code
            sway.move_pointer(*place)
            shown = sway.picture("HEADLESS-1", cursor=True)
            part = (place[0] - 40, place[1] - 40, 80, 80)
            assert shown.copy(*part) == before.copy(*part)
        assert running.end()[0] == 0


def test_only_the_chord_and_the_pin_end_it_and_the_level_stays_in_sight(sway: Sway, tmp_path: Path) -> None:
    with kiosk(sway, tmp_path, f'[lock]\npin = "{hashed(PIN)}"\n') as running:
        before = sway.picture("HEADLESS-1")
        with sway.keyboard() as keyboard:
            keyboard.press(["Escape", "Tab", "space", "Enter", *PIN, "Enter"])
            keyboard.press(["w", "F4"], CHORD)
            time.sleep(0.5)
            assert sway.picture("HEADLESS-1") == before
            keyboard.press(["q"], CHORD)
            until(lambda: sway.picture("HEADLESS-1") != before, SOON)
            keyboard.press([*"258037", "Enter"])
            time.sleep(0.5)
            assert sway.picture("HEADLESS-1").copy(0, 0, 1920, 500) == before.copy(0, 0, 1920, 500)
            assert running.status()["level"] == "SEVERE"
            keyboard.press([*PIN, "Enter"])
            _, errors = running.process.communicate(timeout=PATIENCE)
    assert running.process.returncode == LEFT
    assert [line.partition(": ")[2] for line in errors.splitlines() if " kiosk." in line] == [
        "A wrong PIN was entered at the screen.",
        "The PIN was entered at the screen; the kiosk ends.",
    ]
    assert PIN not in errors


def test_the_compositor_counts_nobody_as_idle_while_it_runs(sway: Sway, tmp_path: Path) -> None:
    idle = tmp_path / "idle"
    with kiosk(sway, tmp_path) as running:
        until(lambda: any(held.took for held in machine_of_running(running.folder).awake), PATIENCE)
        watching = subprocess.Popen(["swayidle", "-w", "timeout", "1", f"touch {idle}"], env=sway.environment())
        try:
            time.sleep(2.5)
            assert not idle.exists()
            assert running.end()[0] == 0
            until(idle.exists, 5)  # and the machine is as it was
        finally:
            watching.terminate()
            watching.wait()
