"""Power that goes and processes that are killed: nothing acknowledged is lost, and nothing false comes back."""

import logging
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import StoreError
from kiosk.store import FILE, Store
from tests.fire.conftest import PART_POWER as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, SEED, extent
from tests.fire.images import images
from tests.fire.trace import ROOT, traced
from tests.fire.writer import Found, found
from tests.memories import SCOPE, line, state, stored

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
def test_what_was_acknowledged_survives_a_power_cut(share: int, ram: Path, proves: Count) -> None:
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


@pytest.mark.parametrize("share", range(_SHARES))
def test_a_byte_changed_anywhere_in_the_store_never_gives_another_state(
    share: int, ram: Path, proves: Count, caplog: pytest.LogCaptureFixture
) -> None:
    """The same state or none, and the store goes on."""
    caplog.set_level(logging.CRITICAL)  # the file is put aside each time
    entry = proves(PART, "No changed byte in the store gives another state, and the store goes on", SEED)
    store, path = Store(ram), ram / FILE
    store.save(SCOPE, state())
    store.append([line(number) for number in range(3)])
    whole, chance = path.read_bytes(), random.Random(f"{SEED} {share}")  # noqa: S311 - it chooses the change
    places = range(share, len(whole), _SHARES) if FULL else sorted(chance.sample(range(len(whole)), 250))
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= chance.randint(1, 255)
        path.write_bytes(changed)
        try:
            assert store.load(SCOPE) in (stored(state()), None), place
            store.save(SCOPE, state("LOW"))
            assert store.load(SCOPE) == stored(state("LOW")), place
        except StoreError:
            # They say how the file may be written and read: a later SQLite's file looks like a read-only disk.
            assert place in {18, 19}, place
        for left in ram.iterdir():
            left.unlink()
        entry.count("changed bytes")
