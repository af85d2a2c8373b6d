"""Power that goes and processes that are killed: nothing acknowledged is lost, and nothing false comes back."""

import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fire.conftest import PART_POWER as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, SEED, extent
from tests.fire.images import images
from tests.fire.trace import ROOT, traced
from tests.fire.writer import Found, found

RAM = Path("/dev/shm")  # noqa: S108 - a folder of its own in it; flushing to a real disk would cost minutes
_KILLS = extent(20, 100)
_SHARES = 10 if FULL else 1


@pytest.fixture
def ram() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=RAM if RAM.is_dir() else None) as folder:
        yield Path(folder)


@pytest.mark.parametrize("share", range(_SHARES))
def test_what_was_acknowledged_survives_a_kill_at_any_moment(share: int, ram: Path, proves: Count) -> None:
    entry = proves(PART, "What was acknowledged survives kill -9 at any moment", SEED)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fire.kills", ram / "state", str(_KILLS), str(SEED + share)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    entry.count("kills", _KILLS)
    entry.count("acknowledged saves", int(done.stdout))
    assert int(done.stdout) > 0, "it was killed before it did anything"


@pytest.mark.parametrize("share", range(4 if FULL else 1))
def test_what_was_acknowledged_survives_a_power_cut(
    share: int, ram: Path, proves: Count, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # an empty file from a first save that did not end is put aside
    entry = proves(PART, "What was acknowledged survives lost, reordered and torn writes of a power cut", SEED)
    steps = traced(ram / "traced", extent(4, 60))
    for image in images(steps, extent(4, 12), SEED + share):
        folder = ram / f"{image.step}"
        folder.mkdir()
        for name, content in image.files.items():
            (folder / name).write_bytes(content)
        try:
            found(folder, Found(image.told, image.told), image.told + 1)
        except Exception as error:
            raise AssertionError(f"share {share}, after step {image.step} ({steps[image.step]})") from error
        for path in (*folder.iterdir(), folder):
            path.unlink() if path.is_file() else path.rmdir()
        entry.count("images")
    entry.count("traced calls", len(steps))
