"""What Debian 12's sway can't do without a real screen, with that of Debian 13: outputs that go or sleep."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from kiosk.control import StartExercise, StopExercise, machine_of_running, order_running
from kiosk.core.vigil import Power
from kiosk.profiles import load_profile
from tests.compositors import Sway
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.packages.roots import Root

SEVERE, CRITICAL = (load_profile("uk").looks[level].colour.lower() for level in ("SEVERE", "CRITICAL"))
SOON = 2.0  # seconds until a screen that came is covered
FOLLOWS = 4.0  # seconds: a poll, a tick of the clock and one of the caretaker, on a busy machine
RISE = 5.0  # seconds that the screens stay on


@pytest.fixture(scope="module")
def sway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sway]:
    root = Root("trixie", tmp_path_factory.mktemp("trixie") / "root", "sway")
    with Sway(*root.command(bind="/tmp:/tmp")) as started:  # noqa: S108 - sockets have short paths
        yield started


@contextmanager
def kiosk(sway: Sway, folder: Path, more: str = "") -> Iterator[Kiosk]:
    (folder / "feed.xml").write_bytes(mi5_document("SEVERE"))
    config = configuration(folder, (folder / "feed.xml").as_uri(), trust=f"\n{more}")
    with Kiosk(sway.environment(), folder / "state", "--config", str(config)) as started:
        started.until_shown("SEVERE", "live")
        until(lambda: covered(sway.picture("HEADLESS-1")), PATIENCE)
        yield started


def until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def covered(picture: QImage, colour: str = SEVERE) -> bool:
    points = (0, 0), (picture.width() - 1, 0)
    return not picture.isNull() and {QColor(picture.pixel(*point)).name() for point in points} == {colour}


def awake(sway: Sway) -> bool:
    return bool(sway.outputs()["HEADLESS-1"]["power"])


def test_every_screen_is_covered_again_after_the_last_one_went(sway: Sway, tmp_path: Path) -> None:
    with kiosk(sway, tmp_path) as running:
        for _ in range(3):
            sway.say("create_output")
            (other,) = set(sway.outputs()) - {"HEADLESS-1"}
            until(lambda: covered(sway.picture(other)), SOON)  # noqa: B023 - used before the next turn
            sway.say("output", "HEADLESS-1", "disable")
            until(lambda: covered(sway.picture(other)), SOON)  # noqa: B023 - as above
            sway.say("output", other, "unplug")  # none is left
            time.sleep(2)
            assert machine_of_running(running.folder).screens == ()
            assert running.status()["level"] == "SEVERE"
            sway.say("output", "HEADLESS-1", "enable")
            until(lambda: covered(sway.picture("HEADLESS-1")), SOON)
        assert running.status()["marks"] == []
        assert running.end()[0] == 0


def test_the_opening_hours_switch_the_screen_and_a_rise_and_a_drill_switch_it_on(
    sway: Sway, tmp_path: Path
) -> None:
    opened = time.strftime("%H:%M", time.localtime(time.time() - 7200))
    closed = time.strftime("%H:%M", time.localtime(time.time() - 3600))
    more = f'[power]\non = "{opened}-{closed}"\nrise = "{RISE:g} s"\n'
    with kiosk(sway, tmp_path, more) as running:
        assert awake(sway), "a start is seen, whatever the hours say"
        until(lambda: not awake(sway), RISE + FOLLOWS)
        time.sleep(12)  # as long as the witness takes to end a program whose picture is wrong
        assert running.status()["marks"] == []
        assert machine_of_running(running.folder).power is Power.OFF
        (tmp_path / "feed.xml").write_bytes(mi5_document("CRITICAL"))
        until(lambda: awake(sway), FOLLOWS)
        until(lambda: covered(sway.picture("HEADLESS-1"), CRITICAL), SOON)
        until(lambda: not awake(sway), RISE + FOLLOWS)
        order_running(running.folder, StartExercise("LOW", "Ann Smith", "a drill", "10 min"))
        until(lambda: awake(sway), FOLLOWS)
        time.sleep(RISE + FOLLOWS)
        assert awake(sway), "as long as the drill lasts"
        order_running(running.folder, StopExercise("Ann Smith"))
        until(lambda: not awake(sway), FOLLOWS)
        code, _, errors = running.end()
        assert awake(sway), "nothing stays black behind it"
    assert (code, errors) == (0, "")


def test_a_switch_that_another_hand_turned_is_turned_back(sway: Sway, tmp_path: Path) -> None:
    now = time.time()
    opened, closed = (time.strftime("%H:%M", time.localtime(now + hours * 3600)) for hours in (-1, 1))
    with kiosk(sway, tmp_path, f'[power]\non = "{opened}-{closed}"\n') as running:
        until(lambda: machine_of_running(running.folder).power is Power.ON, PATIENCE)
        sway.say("output", "HEADLESS-1", "power", "off")
        until(lambda: awake(sway), 15)
        until(lambda: covered(sway.picture("HEADLESS-1")), SOON)
        assert running.end()[0] == 0
