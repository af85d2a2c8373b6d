"""Each system call of the store failing once, or from then on, in each way: a sentence, and nothing is lost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store import FILE, Store
from tests.fire.conftest import PART_POWER as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, some
from tests.fire.trace import ROOT
from tests.fire.writer import Found, found, numbered, write
from tests.memories import SCOPE, line

WAYS = dict.fromkeys(("openat", "pwrite64", "fdatasync", "unlink"), ("EIO", "ENOSPC", "EROFS")) | dict.fromkeys(
    ("pread64,read", "fcntl", "newfstatat"), ("EIO",)
)
"""Every call that the store makes on its files, and how it can fail."""
_SAVES = (2, 4)  # numbers: the first are there before anything fails
_MOST = 90  # calls of one kind in a start and two saves; more than there are


def _failing(folder: Path, call: str, error: str, when: str) -> subprocess.CompletedProcess[str]:
    """A writer that saves two numbers more while a call fails on the files of its folder."""
    paths = [
        argument for path in (folder, folder / FILE, folder / f"{FILE}-journal") for argument in ("-P", str(path))
    ]
    strace = [
        "strace",
        "-f",
        "-qq",
        *paths,
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error={error}:when={when}",
    ]
    writer = [sys.executable, "-m", "tests.fire.writer", str(folder), *map(str, _SAVES)]
    return subprocess.run(
        [*strace, "-o", f"{folder}.strace", *writer], cwd=ROOT, capture_output=True, text=True, check=False
    )


def _judge(folder: Path, ran: subprocess.CompletedProcess[str]) -> None:
    """The writer never broke, and what it acknowledged is there."""
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    told = [int(line) for line in ran.stdout.split() if line != "refused"]
    last = max(told, default=_SAVES[0])
    there = found(folder, Found(last, last), _SAVES[1])
    # The disk works again, and so does the store.
    store, number = Store(folder), max(there) + 1
    store.save(SCOPE, numbered(number))
    store.append([line(number)])
    found(folder, Found(number, number), number)


def _chances() -> Iterator[tuple[str, str, str]]:
    for call, errors in WAYS.items():
        for error in errors:
            for often in ("", "+"):
                yield call, error, often


def _tried(folder: Path, call: str, error: str, when: str) -> bool:
    """Whether there was such a call to fail; what came of it has been judged."""
    folder.mkdir()
    write(folder, 0, _SAVES[0])
    ran = _failing(folder, call, error, when)
    if "INJECTED" not in Path(f"{folder}.strace").read_text("utf-8"):
        return False
    _judge(folder, ran)
    return True


@pytest.mark.parametrize(
    ("call", "number"),
    [("pread64,read", 3), ("fdatasync", 10)],
    ids=["put aside as damaged", "a line stood twice"],
)
def test_a_failure_that_lost_something_once_loses_nothing(call: str, number: int, tmp_path: Path) -> None:
    assert _tried(tmp_path / "state", call, "EIO", f"{number}")


@pytest.mark.parametrize(("call", "error", "often"), some(tuple(_chances()), 2))
def test_a_call_that_fails_loses_nothing(call: str, error: str, often: str, tmp_path: Path, proves: Count) -> None:
    entry = proves(PART, "Where the Nth system call on the store fails, nothing acknowledged is lost", None)
    for number in range(1, _MOST) if FULL else range(1, 6):
        if not _tried(tmp_path / f"{number}", call, error, f"{number}{often}"):
            return  # there are fewer of these
        entry.count("failing calls", kind=f"{call} {error}{often}")
    assert not FULL, "there are more calls than were tried"
