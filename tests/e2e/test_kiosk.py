"""The kiosk as a visitor, a duty manager and an administrator meet it: a real process on a real screen."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.profiles import load_profile
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.servers import Answer, DocumentServer

pytestmark = pytest.mark.xdist_group("screen")  # one after the other: their times mean something

SHORT = 'live = "2 s"\nstale = "6 s"\nlast_known = "10 s"\nconfirm_fall = "2 s"'
COLOURS = {level: look.colour.lower() for level, look in load_profile("uk").looks.items()}
BANNER = (0.95, 0.25)  # a point of the banner without text, in fractions of the screen


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SEVERE")) as started:
        yield started


def started(screen: VirtualScreen, folder: Path, config: Path) -> Kiosk:
    return Kiosk(screen.environment(), folder / "state", "--config", str(config))


def test_it_covers_the_screen_and_shows_a_level_and_its_rise(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    with started(screen, tmp_path, configuration(tmp_path, server.url())) as kiosk:
        status = kiosk.until_shown("SEVERE", "live")
        assert time.monotonic() - kiosk.started < 10  # how quick it really is, the benchmarks measure
        assert (status["changed"], status["source"], status["rank"]) == ("2026-04-30", "Source 1", 4)
        wait_for_colour(screen, COLOURS["SEVERE"])
        corners = [screen.colour_at(x, y) for x in (0.001, 0.999) for y in (0.001, 0.999)]
        assert corners[0] == corners[2] == COLOURS["SEVERE"]
        assert corners[1] == corners[3] != "#000000"

        server.answer = Answer(body=mi5_document("CRITICAL"))
        changed = time.monotonic()
        assert kiosk.until_shown("CRITICAL", "live")["previous"] == "SEVERE"
        assert time.monotonic() - changed < 3
        wait_for_colour(screen, COLOURS["CRITICAL"])
        code, seconds, errors = kiosk.end()
        assert (code, errors) == (0, "")
        assert seconds < 2


def test_a_level_without_its_source_ages_until_nothing_is_claimed(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    with started(screen, tmp_path, configuration(tmp_path, server.url(), trust=SHORT)) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        server.answer = Answer(status=503)
        kiosk.until_shown("SEVERE", "stale")
        kiosk.until_shown("SEVERE", "last-known")
        wait_for_colour(screen, "#2b3236")
        status = kiosk.until_shown(None, "unknown")
        assert status["sources"][0]["problem"] == "http-status"
        kiosk.end()
    told = history(tmp_path)
    assert (told[0]["kind"], told[-1]["kind"], told[-1]["state"]) == ("start", "end", None)
    states = [line["state"] for line in told[:-1] if line["state"] != "unknown" or line["confirmed"]]
    assert states == ["live", "stale", "last-known", "unknown"]


def test_a_fall_waits_for_its_second_confirmation(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    config = configuration(tmp_path, server.url(), trust='confirm_fall = "3 s"')
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        server.answer = Answer(body=mi5_document("SUBSTANTIAL", day="Friday, May 1, 2026"))
        asked = len(server.seen)
        kiosk.until(lambda _: len(server.seen) > asked)
        lowered = time.monotonic()
        kiosk.until_shown("SUBSTANTIAL", "live")
        assert time.monotonic() - lowered > 2.5
        assert kiosk.end()[0] == 0


def test_a_level_survives_a_kill_as_stale_and_never_as_live(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    config = configuration(tmp_path, server.url())
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        kiosk.process.kill()
    server.answer = Answer(status=503)
    with started(screen, tmp_path, config) as kiosk:
        seen = set()
        asked = len(server.seen)

        def asked_three_times(status: dict[str, object]) -> bool:
            seen.add((status["level"], status["state"]))
            return len(server.seen) > asked + 2

        kiosk.until(asked_three_times)
        assert seen == {("SEVERE", "stale")}
        server.answer = Answer(body=mi5_document("SEVERE"))
        kiosk.until_shown("SEVERE", "live")
        kiosk.end()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_while_a_source_hangs(
    screen: VirtualScreen, tmp_path: Path, number: signal.Signals
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        config = configuration(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with started(screen, tmp_path, config) as kiosk:
            kiosk.until_shown(None, "unknown")
            connection, _ = silent.accept()
            with connection:
                assert len(kiosk.family()) == 2
                code, seconds, errors = kiosk.end(number)
            assert (code, errors) == (0, "")
            assert seconds < 2
            assert kiosk.family() == []


def test_a_second_start_is_refused_with_a_sentence(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    config = configuration(tmp_path, server.url())
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        with started(screen, tmp_path, config) as second:
            _, errors = second.process.communicate(timeout=20)
            assert second.process.returncode == 1
            assert errors.startswith("A kiosk already runs")
            assert errors.count("\n") == 1
        assert kiosk.status()["state"] == "live"


def test_a_disk_that_cannot_be_written_is_said_and_stops_nothing(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with started(screen, tmp_path, configuration(tmp_path, server.url())) as kiosk:
        assert kiosk.until_shown("SEVERE", "live")["marks"] == ["cannot-save"]
        wait_for_colour(screen, COLOURS["SEVERE"])
        code, _, errors = kiosk.end()
    assert code == 0
    assert "can't be used" in errors


def test_being_told_to_end_while_it_starts_is_not_forgotten(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    config = configuration(tmp_path, server.url())
    lock = tmp_path / "state" / "lock"
    for _ in range(4):
        lock.unlink(missing_ok=True)
        with started(screen, tmp_path, config) as kiosk:
            while not lock.exists():
                assert kiosk.process.poll() is None
            code, seconds, _ = kiosk.end()
        assert code in {0, -signal.SIGTERM}, "before it can listen, the system ends it"
        assert seconds < 3


def test_a_damaged_memory_is_put_aside(screen: VirtualScreen, server: DocumentServer, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "kiosk.sqlite").write_bytes(b"no database" * 1000)
    with started(screen, tmp_path, configuration(tmp_path, server.url())) as kiosk:
        assert kiosk.until_shown("SEVERE", "live")["marks"] == []
        kiosk.end()
    assert list((tmp_path / "state").glob("kiosk.sqlite.damaged-*"))
    assert history(tmp_path)


def test_sources_that_disagree_show_the_higher_level_and_say_so(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    with DocumentServer(mi5_document("CRITICAL")) as other:
        config = configuration(tmp_path, server.url(), other.url(), trust='confirm_fall = "1 s"')
        with started(screen, tmp_path, config) as kiosk:
            status = kiosk.until(lambda status: status["marks"] == ["conflict"])
            assert (status["level"], status["source"]) == ("CRITICAL", "Source 2")
            kiosk.end()


def test_a_fault_in_a_slot_or_a_thread_is_logged_and_shown(tmp_path: Path, server: DocumentServer) -> None:
    program = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from kiosk import app, logs
from kiosk.config.load import load_config
from kiosk.ui.application import application
application(offscreen=True)
logs.begin(None)
def fail():
    raise ZeroDivisionError("made on purpose")
def fail_in_thread():
    threading.Thread(target=fail, name="purpose").start()
QTimer.singleShot(0, {"slot": fail, "thread": fail_in_thread}[sys.argv[3]])
sys.exit(app.run(load_config(Path(sys.argv[1])), Path(sys.argv[2]), windowed=False))
"""
    config = configuration(tmp_path, server.url())
    for where in ("slot", "thread"):
        kiosk = Kiosk(dict(VirtualScreen().environment(), QT_QPA_PLATFORM="offscreen"), tmp_path / where)
        kiosk._command = [sys.executable, "-c", program, str(config), str(tmp_path / where), where]
        with kiosk:
            assert kiosk.until(lambda status: "fault" in status["marks"])
            code, _, errors = kiosk.end()
        assert code == 0
        assert "ZeroDivisionError: made on purpose" in errors


def test_the_demonstration_changes_and_leaves_nothing_behind(screen: VirtualScreen, tmp_path: Path) -> None:
    before = set(Path("/tmp").glob("threat-level-kiosk-demo-*"))  # noqa: S108 - where it keeps its memory
    with Kiosk(screen.environment(), tmp_path / "state", "--demo") as kiosk:
        wait_for_colour(screen, COLOURS["CRITICAL"])
        assert set(Path("/tmp").glob("threat-level-kiosk-demo-*")) - before  # noqa: S108 - as above
        assert kiosk.end()[:1] == (0,)
    assert set(Path("/tmp").glob("threat-level-kiosk-demo-*")) == before  # noqa: S108 - as above
    assert not (tmp_path / "state").exists()


def wait_for_colour(screen: VirtualScreen, colour: str) -> None:
    """Waits until the banner has a colour, at a point that no watermark covers."""
    end = time.monotonic() + 20
    while colour not in (seen := [screen.colour_at(BANNER[0] - 0.01 * step, BANNER[1]) for step in range(8)]):
        assert time.monotonic() < end, f"the banner is {seen}, not {colour}"
        time.sleep(0.02)


def history(folder: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "kiosk", "history", "--state-dir", str(folder / "state")]
    subprocess.run([*command, "--verify"], check=True, capture_output=True)
    lines: list[dict[str, object]] = json.loads(
        subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout
    )
    return lines
