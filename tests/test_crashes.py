"""What is kept of a run that ended badly, and when that counts."""

import faulthandler
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.crashes import HEALTHY, WITHIN, Crashes
from kiosk.store import Store
from tests.memories import line

PASSWORD = "hunter2"  # noqa: S105 - it is what must not be found


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[float], Crashes]]:
    """Begins a run at a time of the boot's clock."""
    faulthandling = faulthandler.is_enabled()
    begun: list[Crashes] = []

    def begin(at: float) -> Crashes:
        for handler in tuple(logging.getLogger().handlers):  # as a kill would: nothing is said any more
            if type(handler).__module__ == "kiosk.crashes":
                logging.getLogger().removeHandler(handler)
                handler.close()
        begun[:] = [Crashes(tmp_path, Store(tmp_path), lambda: at)]
        return begun[0]

    yield begin
    begun[-1].end()
    if faulthandling:
        faulthandler.enable()


def test_ends_count_for_ten_minutes(run: Callable[[float], Crashes], caplog: pytest.LogCaptureFixture) -> None:
    assert [run(at).code for at in (0, 1, 2)] == ["", "", ""]
    assert run(3).code == "E1"
    assert run(WITHIN + 2.5).code == "", "two are too long ago"


def test_a_clean_end_forgets_those_before(
    run: Callable[[float], Crashes], caplog: pytest.LogCaptureFixture
) -> None:
    run(0), run(1), run(2)
    run(3).end()
    assert run(4).code == ""


def test_an_hour_of_health_shows_the_whole_picture_again(
    tmp_path: Path, run: Callable[[float], Crashes], caplog: pytest.LogCaptureFixture
) -> None:
    run(0), run(1), run(2)
    time = [3.0]
    crashes = Crashes(tmp_path, Store(tmp_path), lambda: time[0])
    recovered: list[bool] = []
    assert crashes.code
    crashes.healthy(lambda: recovered.append(True))
    assert recovered == []
    time[0] += HEALTHY
    for _ in range(2):
        crashes.healthy(lambda: recovered.append(True))
    assert (recovered, crashes.code, list(crashes.notes())) == ([True], "", [])
    crashes.end()


def test_another_boot_begins_to_count_anew(
    tmp_path: Path, run: Callable[[float], Crashes], caplog: pytest.LogCaptureFixture
) -> None:
    run(0), run(1), run(2)
    ends = tmp_path / "crashes" / "ends.json"
    ends.write_text(json.dumps(json.loads(ends.read_text()) | {"boot_id": "another"}))
    running = tmp_path / "crashes" / "running"
    running.write_text("Boot: another\n\n")
    assert run(3).code == ""
    assert [run(at).code for at in (4, 5)] == ["", ""]


def test_what_was_critical_is_kept_whole_and_without_secrets(
    tmp_path: Path, run: Callable[[float], Crashes], caplog: pytest.LogCaptureFixture
) -> None:
    Store(tmp_path).append([line()])
    crashes = run(0)
    try:
        int(f"https://lobby:{PASSWORD}@broker.example/")
    except ValueError:
        logging.getLogger("kiosk.app").critical("A fault in the display.", exc_info=True)
    for _ in range(2000):
        logging.getLogger("kiosk.app").critical("A fault in the display. %s", "x" * 100)
    crashes.end()
    (report,) = (tmp_path / "crashes").glob("crash-*.txt")
    text = report.read_text()
    assert "'https://broker.example/'" in text
    assert PASSWORD not in text
    assert text.startswith("Version: ")
    assert report.stat().st_size <= 64 * 1024
    assert report.stat().st_mode & 0o077 == 0


def test_reports_are_bounded_in_number(
    tmp_path: Path, run: Callable[[float], Crashes], caplog: pytest.LogCaptureFixture
) -> None:
    for at in range(0, 20_000, 1000):
        run(at)
    assert len(list((tmp_path / "crashes").iterdir())) == 12, "ten, the running one, and the count"


def test_a_disk_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("a file where the folder should be")
    enabled = faulthandler.is_enabled()
    crashes = Crashes(tmp_path, Store(tmp_path))
    crashes.healthy(lambda: None)
    crashes.end()
    assert crashes.code == ""
    if enabled:
        faulthandler.enable()
