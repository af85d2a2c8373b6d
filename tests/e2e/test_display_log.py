"""The display log of a real kiosk: its frames are those of the screen, and each run has its start and its end."""

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.display_log import Kind, Line
from kiosk.store import FILE, Store
from tests.commands import command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.servers import DocumentServer

pytestmark = pytest.mark.xdist_group("screen")


def framed(folder: Path) -> Line:
    """The newest line, once it has its frame."""
    end = time.monotonic() + PATIENCE
    while not (line := list(Store(folder).lines())[-1]).frame:
        assert time.monotonic() < end
        time.sleep(0.05)
    return line


def test_a_frame_is_what_render_draws_of_that_moment(screen: VirtualScreen, tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with DocumentServer(mi5_document("SEVERE")) as server:
        config = configuration(tmp_path, server.url(), more='place = "Hall"')
        with Kiosk(screen.environment(), folder, "--config", str(config)) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            severe = framed(folder)
            kiosk.process.send_signal(signal.SIGKILL)
            kiosk.process.wait()
        with Kiosk(screen.environment(), folder, "--config", str(config)) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            assert framed(folder).frame == severe.frame, "the same picture, at another time"
            assert kiosk.end()[0] == 0
    drawn = command(
        "render", "--config", config, "--state-dir", folder, "--at", severe.at.isoformat(), "--size", "1920x1080",
        "--out", tmp_path / "p.png", "--frame",
    )  # fmt: skip
    assert drawn.out == f"{severe.frame}\n"
    kinds = [line.kind for line in Store(folder).lines() if line.kind is not Kind.SHOWN]
    assert kinds == [Kind.START, Kind.LOST, Kind.START, Kind.END]
    assert command("history", "--state-dir", folder, "--verify").code == 0
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        database.execute("DELETE FROM log WHERE id = (SELECT max(id) FROM log)")
    assert "the end of the log was cut off" in command("history", "--state-dir", folder, "--verify").refused(1)
