"""Days unattended, simulated, two weeks in the long form; and a real program that is reloaded again and again."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.control import ask_running
from tests.commands import ROOT
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.fire.conftest import PART_UNATTENDED as PART
from tests.fire.conftest import Count
from tests.fire.extent import SEED, extent
from tests.servers import Answer, DocumentServer

LOOKS = extent(168, 3 * 1440, 14 * 1440)
RELOADS = extent(15, 200, 600)
FETCHES = 16  # descriptors of two fetches that begin at once
MORE = 8.0  # MiB by which a process may differ with the fonts and languages that it shows


def test_days_leave_memory_descriptors_and_disk_as_they_were(tmp_path: Path, proves: Count) -> None:
    entry = proves(PART, "Days of faults, reloads, crashes and floods of the log: nothing grows", SEED)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fire.fortnight", str(tmp_path / "kiosk"), str(LOOKS / 1440), str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    entry.count("looks at the screen", told["minutes"])
    entry.count("pictures painted", told["painted"])
    for kind, many in told["events"].items():
        entry.count("events", many, kind=kind)
    judge(told["days"])


def judge(days: list[dict[str, Any]]) -> None:
    """The first half may warm up."""
    half = len(days) // 2
    before, after = days[:half], days[half:]
    assert max(day["MiB"] for day in after) < max(day["MiB"] for day in before) + MORE, days
    assert {(day["descriptors"], day["threads"]) for day in after} == {
        (days[half]["descriptors"], days[half]["threads"])
    }
    for day in days:
        assert day["logs"] <= 6_000_000
        assert day["other"] <= 1_500_000, "ten reports, a copy of the configuration, and a picture"
        assert day["files"] <= 30


@pytest.mark.xdist_group("screen-4")
def test_a_program_that_is_reloaded_again_and_again_stays_as_it_is(tmp_path: Path, proves: Count) -> None:
    entry = proves(PART, "A real program under changes of its configuration and its source: nothing grows")
    shapes = ("", 'languages = ["cy", "en"]', 'place = "Hall"', 'area = "NI"', "plaice = 1")
    with VirtualScreen() as screen, DocumentServer(mi5_document("SEVERE")) as server:
        config = configuration(tmp_path, server.url())
        with Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            measured = []
            for number in range(RELOADS):
                shape = shapes[number % len(shapes)]
                more = "" if number % 3 else server.url("/other")
                server.answer = Answer(200 if number % 4 else 503, body=mi5_document("SEVERE"))
                configuration(
                    tmp_path,
                    *filter(None, (server.url(), more)),
                    more=f"{shape}\ntwo_person = true" if number % 2 else shape,
                )
                kiosk.process.send_signal(signal.SIGHUP)
                if "plaice" in shape:
                    kiosk.until(lambda _: "plaice" in "".join(ask_running(kiosk.folder).notes))
                else:
                    until_ruled(kiosk, 2 if more else 1, "NI" if "NI" in shape else "UK")
                measured.append(grown(kiosk.process.pid))
                entry.count("reloads")
            code, _, errors = kiosk.end()
    assert code == 0
    assert "Traceback" not in errors
    third = len(measured) // 3
    before, after = measured[third : 2 * third], measured[2 * third :]
    assert max(memory for memory, _ in after) < max(memory for memory, _ in before) + MORE
    assert max(open_ for _, open_ in after) <= max(open_ for _, open_ in before) + FETCHES


def until_ruled(kiosk: Kiosk, sources: int, area: str) -> None:
    kiosk.until(lambda status: (len(status["sources"]), status["area"]) == (sources, area))


def grown(process: int) -> tuple[float, int]:
    """Resident memory in MiB, and open descriptors."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20, len(list(Path(f"/proc/{process}/fd").iterdir()))
