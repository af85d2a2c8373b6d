"""The screens of the configuration on a real X server: named, turned, missing, numbered, awake and locked."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from Xlib.display import Display

from kiosk.control import machine_of_running
from kiosk.exit_codes import LEFT
from kiosk.pins import hashed
from kiosk.profiles import load_profile
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document

pytestmark = pytest.mark.xdist_group("screen-2")

SEVERE = load_profile("uk").looks["SEVERE"].colour.lower()
PIN = "258036"


@contextmanager
def kiosk(screen: VirtualScreen, folder: Path, more: str = "") -> Iterator[Kiosk]:
    feed = folder / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(folder, feed.as_uri(), trust=f"\n{more}")
    with Kiosk(screen.environment(), folder / "state", "--config", str(config)) as started:
        started.until_shown("SEVERE", "live")
        until(lambda: SEVERE in edges(screen.picture()), PATIENCE)
        yield started


def edges(picture: QImage) -> list[str]:
    """The colours in the middle of the edges: upper, right, lower, left."""
    across, down = picture.width() - 1, picture.height() - 1
    points = (across // 2, 0), (across, down // 2), (across // 2, down), (0, down // 2)
    return [QColor(picture.pixel(*point)).name() for point in points]


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def command(*words: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *words], check=False, capture_output=True, text=True, env=environment
    )
    printed: str = done.stdout
    return printed


def settings(screen: VirtualScreen) -> str:
    """The line of the X server's screen saver, such as "timeout:  600    cycle:  600"."""
    said = subprocess.run(
        ["xset", "q"], env=screen.environment(), check=True, capture_output=True, text=True
    ).stdout
    return next(line for line in said.splitlines() if "timeout:" in line)


@pytest.mark.parametrize(("degrees", "side"), [(90, 1), (180, 2), (270, 3)])
def test_a_turned_screen_shows_a_turned_picture_that_is_read_back(
    screen: VirtualScreen, tmp_path: Path, degrees: int, side: int
) -> None:
    with kiosk(screen, tmp_path, f'[[screen]]\nname = "screen"\nrotation = {degrees}\n') as running:
        until(lambda: edges(screen.picture()).count(SEVERE) == 1 and edges(screen.picture())[side] == SEVERE)
        if degrees == 90:
            time.sleep(
                4
            )  # what was drawn is compared from the second look on, and again each second if it is wrong
            assert running.status()["marks"] == []
            with screen.smeared(1300, 0, 400, 1080):  # the level, turned by 90 degrees
                running.until(lambda status: "fault" in status["marks"])
        until(lambda: bool(machine_of_running(running.folder).awake))  # which begins when a picture was seen
        (listed,) = machine_of_running(running.folder).screens
        assert (listed.rotation, listed.used) == (degrees, True)
        code, _, errors = running.end()
    assert code == 0
    assert ("The screen is wrong: The screen shows other pixels" in errors) == (degrees == 90)


def test_only_the_named_screen_is_used_and_the_others_when_it_goes(screen: VirtualScreen, tmp_path: Path) -> None:
    def monitor(*words: str) -> None:
        subprocess.run(["xrandr", *words], env=screen.environment(), check=True)

    def colours() -> list[str]:
        picture = screen.picture()
        return [QColor(picture.pixel(across, 2)).name() for across in (2, 957, 962, 1917)]

    with kiosk(screen, tmp_path, '[[screen]]\nname = "right"\nrotation = 270\n') as running:
        assert colours() == [SEVERE] * 4, "it isn't there yet"
        monitor("--setmonitor", "left", "960/300x1080/200+0+0", "screen")
        monitor("--setmonitor", "right", "960/300x1080/200+960+0", "none")
        until(lambda: colours()[:3] == ["#000000", "#000000", SEVERE] and colours()[3] != SEVERE, 5)
        used = {listed.name: listed.used for listed in machine_of_running(running.folder).screens}
        assert used == {"left": False, "right": True}
        monitor("--delmonitor", "right")
        until(lambda: colours()[:2] == [SEVERE, SEVERE], 5)
        code, _, errors = running.end()
    assert code == 0
    assert errors.count("No screen that the configuration names is connected (right)") == 2
    assert errors.count("Every screen that the configuration names is connected") == 1


def test_where_no_named_screen_is_there_all_show_the_kiosk_and_it_is_said(
    screen: VirtualScreen, tmp_path: Path
) -> None:
    with kiosk(screen, tmp_path, '[[screen]]\nname = "HDMI-9"\nrotation = 90\n') as running:
        assert edges(screen.picture())[0] == SEVERE, "the rotation is that of another screen"
        found = command("doctor", "--config", str(tmp_path / "kiosk.toml"), "--state-dir", str(running.folder))
        assert "LOOK screens: No screen that the configuration names is connected (HDMI-9)" in found
        assert "ok   awake: X server: its screen saver is off" in found
        code, _, errors = running.end()
    assert code == 0
    assert errors.count("No screen that the configuration names is connected (HDMI-9)") == 1


def test_a_running_kiosk_shows_the_numbers_beside_the_level(screen: VirtualScreen, tmp_path: Path) -> None:
    with kiosk(screen, tmp_path) as running:
        time.sleep(1)
        before = screen.picture()
        printed = command("screens", "--identify", "2", "--state-dir", str(running.folder))
        assert printed.startswith("1  screen (unnamed): 1920x1080 at scale 1, 60 Hz; the kiosk's")
        until(lambda: screen.picture() != before)
        assert screen.picture().copy(0, 0, 1920, 500) == before.copy(0, 0, 1920, 500)
        until(lambda: screen.picture() == before or running.status()["marks"] != [], 5)
        assert running.status()["marks"] == []
        assert running.end()[0] == 0


def test_without_a_kiosk_the_command_shows_them_and_they_are_gone_when_it_is_killed(
    screen: VirtualScreen, tmp_path: Path
) -> None:
    def black() -> bool:
        picture = screen.picture()
        return all(picture.pixelColor(960, row).value() == 0 for row in range(0, 1080, 9))

    (listed,) = json.loads(command("screens", "--json", environment=screen.environment()))
    assert (listed["name"], listed["width"], listed["height"], listed["used"]) == ("screen", 1920, 1080, True)
    until(black)
    shown = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "screens", "--identify", "60"], env=screen.environment()
    )
    try:
        until(lambda: not black())
    finally:
        shown.kill()
        shown.wait()
    until(black)


def test_the_x_server_does_not_blank_while_it_runs_and_is_left_as_it_was(
    screen: VirtualScreen, tmp_path: Path
) -> None:
    other = Display(screen.name)  # a server that loses its last program forgets its settings by itself
    subprocess.run(["xset", "s", "540", "30"], env=screen.environment(), check=True)
    with kiosk(screen, tmp_path) as running:
        until(lambda: settings(screen).split()[1] == "0")
        assert running.end()[0] == 0
    assert settings(screen).split()[1::2] == ["540", "30"]
    other.close()


def test_the_chord_and_the_pin_at_the_keyboard_end_it(screen: VirtualScreen, tmp_path: Path) -> None:
    def keys(*words: str) -> None:
        subprocess.run(["xdotool", "key", *words], env=screen.environment(), check=True)

    with kiosk(screen, tmp_path, f'[lock]\npin = "{hashed(PIN)}"\n') as running:
        subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "Threat", "windowfocus", "--sync"],
            env=screen.environment(), check=True,
        )  # fmt: skip
        before = screen.picture()
        keys(*PIN, "Return", "ctrl+q", "ctrl+alt+q", "ctrl+alt+Delete")
        keys("ctrl+alt+shift+q")
        until(lambda: screen.picture() != before)
        assert screen.picture().copy(0, 0, 1920, 500) == before.copy(0, 0, 1920, 500)
        keys(*"111111", "Return", *PIN, "Return")
        _, errors = running.process.communicate(timeout=PATIENCE)
    assert running.process.returncode == LEFT
    assert errors.count("A wrong PIN was entered") == 1
    assert PIN not in errors
