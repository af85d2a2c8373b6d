"""A kiosk that is really killed again and again: it comes back, says so, and in the end shows less."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.control import ask_running
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.e2e.pictures import until_read
from tests.servers import DocumentServer

pytestmark = pytest.mark.xdist_group("screen-4")


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SEVERE")) as started:
        yield started


def test_three_bad_ends_show_level_age_and_code_alone_until_a_good_one(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    more = 'place = "Riverside Hall"\n[venue]\nqr = "https://venue.example/"\nqr_label = "Ours"'
    config = configuration(tmp_path, server.url(), more=more)

    def started() -> Kiosk:
        return Kiosk(screen.environment(), tmp_path / "state", "--config", str(config))

    errors = ""
    for blow in (signal.SIGKILL, signal.SIGSEGV, signal.SIGKILL):
        with started() as kiosk:
            kiosk.until(lambda status: status["level"] == "SEVERE")
            assert ask_running(kiosk.folder).notes == ()
            code, _, errors = kiosk.end(blow)
            assert code == -blow
    assert "The last run ended badly (E3)" in errors
    assert "Fatal Python error: Segmentation fault" in errors
    assert "app.py" in errors
    with started() as kiosk:
        asked = len(server.seen)
        kiosk.until_shown("SEVERE", "live")
        kiosk.until(lambda _: len(server.seen) > asked + 1)
        (note,) = ask_running(kiosk.folder).notes
        assert "ended badly 3 times within 10 min (fault code E1)" in note
        until_read(screen.picture, "Fault code E1")
        assert screen.colour_at(0.5, 0.75) == screen.colour_at(0.95, 0.25), (
            "nothing but the banner above the footer"
        )
        server.answer = type(server.answer)(503)
        kiosk.until(lambda status: status["sources"][0]["problem"] == "http-status")
        code, _, errors = kiosk.end()
    assert code == 0
    assert "with the fault code E1, until an hour went well" in errors
    with started() as kiosk:
        kiosk.until_shown("SEVERE", "stale")
        assert "fault code" not in "".join(ask_running(kiosk.folder).notes)
        kiosk.end()
    reports = sorted((tmp_path / "state" / "crashes").glob("crash-*.txt"))
    assert len(reports) == 3
    assert "The screen showed since " in reports[0].read_text()
    assert "Segmentation fault" in reports[1].read_text()
    assert not (tmp_path / "state" / "crashes" / "running").exists()


def test_an_end_that_comes_before_the_first_picture_is_no_crash(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    config, state = configuration(tmp_path, server.url()), tmp_path / "state"
    with Kiosk(screen.environment(), state, "--config", str(config)) as kiosk:
        end = time.monotonic() + PATIENCE
        while not (state / "crashes" / "running").exists():
            assert time.monotonic() < end
            time.sleep(0.001)
        assert kiosk.end()[0::2] == (0, "")
    assert not (state / "crashes" / "running").exists()
