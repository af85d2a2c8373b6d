"""Disks that are full, read-only, held by another or no disk at all: one sentence, and the last state stays."""

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import StoreError
from kiosk.store import FILE, Store
from tests.memories import SCOPE, line, state, stored


def refuses(store: Store) -> None:
    """Every way to write raises one sentence."""
    with pytest.raises(StoreError) as saving:
        store.save(SCOPE, state("CRITICAL"))
    with pytest.raises(StoreError) as writing:
        store.append([line()])
    for refusal in (saving, writing):
        assert str(refusal.value).endswith(".")
        assert str(refusal.value).isprintable()


@pytest.mark.parametrize("place", ["file/below", "x" * 300, "loop"])
def test_a_folder_that_cannot_be_is_a_sentence_for_reader_and_writer(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    store = Store(tmp_path / place)
    refuses(store)
    try:
        assert store.load(SCOPE) is None
    except StoreError as error:
        assert "can't be looked at (File name too long)" in str(error)  # noqa: PT017 - either is right


def test_a_folder_in_the_place_of_the_file_is_a_sentence_for_reader_and_writer(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    refuses(Store(tmp_path))
    with pytest.raises(StoreError, match="can't be used"):
        Store(tmp_path).load(SCOPE)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc, where nobody can write")
def test_a_disk_that_nobody_can_write_is_a_sentence() -> None:
    refuses(Store(Path("/proc/self")))
    assert Store(Path("/proc/self")).load(SCOPE) is None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if (
        os.name != "posix"
        or os.geteuid() != 0
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(path: Path) -> None:
    """Writes until the disk takes nothing more."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def test_a_full_disk_is_a_sentence_and_the_last_state_stays(small_disk: Path) -> None:
    store = Store(small_disk)
    store.save(SCOPE, state("SEVERE"))
    filler = small_disk / "filler"
    fill(filler)
    refuses(store)
    assert store.load(SCOPE) == stored(state("SEVERE"))
    filler.unlink()
    store.save(SCOPE, state("LOW"))
    assert store.load(SCOPE) == stored(state("LOW"))


def test_a_disk_that_became_read_only_can_still_be_read(small_disk: Path) -> None:
    store = Store(small_disk)
    store.save(SCOPE, state())
    store.append([line()])
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True)
    refuses(store)
    assert store.load(SCOPE) == stored(state())
    assert list(store.lines()) == [line()]


def test_a_writer_that_holds_the_file_is_waited_for(tmp_path: Path) -> None:
    Store(tmp_path).save(SCOPE, state())
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert Store(tmp_path).load(SCOPE) == stored(state()), "readers are not held up"
