"""Weeks in minutes: the display log against what truly happened, and the real program under clocks that jump."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.profiles import load_profile
from kiosk.store import Store
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.fire.conftest import PART_TIME as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, SEED, extent
from tests.fire.trace import ROOT

STARTS = {
    "now": "2026-11-24T12:00:00+00:00",
    "summer time begins": "2026-03-15T00:00:00+00:00",
    "summer time ends": "2026-10-11T00:00:00+00:00",
    "leap day": "2028-02-15T00:00:00+00:00",
    "the end of 32 bits": "2038-01-05T00:00:00+00:00",
    "the beginning of time": "1970-01-01T00:00:30+00:00",
}
DAYS = extent(2, 30)
_FAKER = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")


@pytest.mark.parametrize("kind", STARTS if FULL else ["now", "the beginning of time"])
@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Apia"] if FULL else ["Europe/London"])
def test_the_display_log_agrees_with_the_truth(kind: str, zone: str, tmp_path: Path, proves: Count) -> None:
    entry = proves(PART, "The display log of simulated weeks is what the simulator knows to be true", SEED)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fire.days", str(tmp_path / "state"), str(DAYS), str(SEED), STARTS[kind]],
        cwd=ROOT,
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    entry.count("days", DAYS, kind=kind)
    entry.count("looks at the screen", told["minutes"])
    entry.count("changes of the display", told["lines"])
    entry.count("events", sum(told["events"].values()))
    (memory, descriptors, threads), late = told["early"], told["late"]
    assert late[0] < memory + 8, "memory grows"
    assert late[1:] == [descriptors, threads]
    assert told["lines"] > 3, "nothing happened"


MOMENTS = [
    ("1970-06-01 00:00:10", True),
    ("2026-03-29 00:59:58", True),
    ("2028-02-28 23:59:58", False),
    ("2028-02-29 23:59:58", False),
    ("2030-10-27 00:59:58", False),
    ("2038-01-19 03:14:05", False),
    ("2000-02-29 12:00:00", True),
    ("2037-12-31 23:59:58", False),
    ("1999-12-31 23:59:58", True),
]


class FakeClock:
    """A wall clock for other processes, which goes on from where it was set."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "moment"
        self.set("2028-01-01 00:00:00")

    def set(self, moment: str) -> None:
        beside = self._file.with_suffix(".new")
        beside.write_text(f"@{moment}")
        beside.replace(self._file)

    def environment(self) -> dict[str, str]:
        """Only the wall clock is false: nobody sets the clock of the boot."""
        return os.environ | {
            "LD_PRELOAD": str(_FAKER),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "0",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "Europe/London",
        }


def arrived_at(moment: str, *, wrong: bool) -> Callable[[dict[str, Any]], bool]:
    """Whether a status is confirmed in the year of the moment, or the next after its end, and judges the clock."""
    years = {moment[:4], str(int(moment[:4]) + ("12-31" in moment))}
    return lambda status: ("clock" in status["marks"]) == wrong and status["confirmed"][:4] in years


@pytest.fixture
def clock(tmp_path: Path) -> FakeClock:
    assert _FAKER.exists(), "packaging/system-packages test installs libfaketime"
    return FakeClock(tmp_path)


def test_the_program_stays_true_whatever_its_clock_says(clock: FakeClock, tmp_path: Path, proves: Count) -> None:
    """Live by the clock of the boot; no age and the mark of the clock where the wall's can't be right."""
    entry = proves(PART, "The real program keeps its level while its clock jumps by years, both ways")
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(tmp_path, feed.as_uri())
    reviewed = load_profile("uk").reviewed
    with Kiosk(clock.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        for moment, wrong in MOMENTS if FULL else MOMENTS[:3]:
            clock.set(moment)
            assert wrong == (datetime.fromisoformat(moment).date() < reviewed)
            status = kiosk.until(arrived_at(moment, wrong=wrong))
            assert (status["level"], status["state"]) == ("SEVERE", "live")
            assert set(status["marks"]) <= {"clock"}
            entry.count("moments", kind=moment)
        code, _, errors = kiosk.end()
    assert (code, errors) == (0, "")
    store = Store(tmp_path / "state")
    shown = {(str(line.display.state), line.display.level) for line in store.lines()}
    assert shown <= {("unknown", None), ("live", "SEVERE")}
    assert store.verify().broken is None
