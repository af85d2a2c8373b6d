"""A real kiosk under a real Wayland compositor: it covers each output that comes, and does what keys allow."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from kiosk.control import ask_running, machine_of_running
from kiosk.exit_codes import LEFT
from kiosk.pins import hashed
from tests.compositors import CHORD, Sway
from tests.e2e.kiosks import PATIENCE
from tests.e2e.on_wayland import SEVERE, SOON, covered, kiosk, until

pytestmark = pytest.mark.xdist_group("sway")

PIN = "258036"


@pytest.fixture(scope="module")
def sway() -> Iterator[Sway]:
    with Sway() as started:
        yield started


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

        def seen(height: int = 900) -> QImage:
            """Without the clock at the right and the age below, which may change meanwhile."""
            return sway.picture("HEADLESS-1").copy(0, 0, 1300, height)

        before = seen()
        with sway.keyboard() as keyboard:
            keyboard.press(["Escape", "Tab", "space", "Enter", *PIN, "Enter"])
            keyboard.press(["w", "F4"], CHORD)
            time.sleep(0.5)
            assert seen() == before
            keyboard.press(["q"], CHORD)
            until(lambda: seen() != before, SOON)
            keyboard.press([*"258037", "Enter"])
            time.sleep(0.5)
            assert seen(500) == before.copy(0, 0, 1300, 500)
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


def test_another_configuration_takes_over_in_sight_and_one_with_a_mistake_does_not(
    sway: Sway, tmp_path: Path
) -> None:
    with kiosk(sway, tmp_path) as running:
        before, path = sway.picture("HEADLESS-1"), tmp_path / "kiosk.toml"
        good = f'night = "00:00-23:59"\n{path.read_text()}'
        path.write_text(good)
        running.process.send_signal(signal.SIGHUP)
        page = QPoint(before.width() // 2, before.height() - 1)
        until(lambda: sway.picture("HEADLESS-1").pixelColor(page) != before.pixelColor(page), PATIENCE)
        path.write_text(f"plaice = 1\n{good}")
        running.process.send_signal(signal.SIGHUP)
        until(lambda: any("plaice" in note for note in ask_running(running.folder).notes), PATIENCE)
        assert covered(sway.picture("HEADLESS-1"))
        assert running.status()["level"] == "SEVERE"
        assert running.end()[0] == 0


def test_after_three_kills_level_age_and_a_code_stand_alone(sway: Sway, tmp_path: Path) -> None:
    for _ in range(3):
        with kiosk(sway, tmp_path) as running:
            running.process.kill()
    with kiosk(sway, tmp_path) as running:
        assert "fault code E1" in "".join(ask_running(running.folder).notes)
        picture = sway.picture("HEADLESS-1")
        assert picture.pixelColor(picture.width() // 2, picture.height() * 3 // 4).name() == SEVERE
        assert running.end()[0] == 0
