"""The file of memory and log: what comes back, and that no damage ever comes back as another level."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.core.state import LocalLevel
from kiosk.display_log import Verdict
from kiosk.errors import StoreError
from kiosk.store import FILE, Store
from tests.memories import NOW, SCOPE, WALL, line, state, stored

ROOT = Path(__file__).parents[1]
LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file without the program's care, as a vandal has it."""
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        yield database


def put_aside(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{FILE}.damaged-*"))


# ---------------------------------------------------------------- there and back


def test_a_state_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    Store(tmp_path).save(SCOPE, state())
    assert Store(tmp_path).load(SCOPE) == stored(state())


def test_the_last_state_stored_is_the_one_that_comes_back(tmp_path: Path) -> None:
    for level in LEVELS:
        Store(tmp_path).save(SCOPE, state(level))
        assert Store(tmp_path).load(SCOPE) == stored(state(level))


def test_what_was_stored_for_another_profile_or_area_does_not_come_back(tmp_path: Path) -> None:
    Store(tmp_path).save(SCOPE, state("SEVERE"))
    Store(tmp_path).save("uk/NI", state("LOW"))
    assert Store(tmp_path).load("nl/NL") is None
    assert Store(tmp_path).load(SCOPE) == stored(state("SEVERE"))


def test_an_exercise_never_reaches_the_disk(tmp_path: Path) -> None:
    drill = LocalLevel("CRITICAL", "Somebody-Unmistakable", "drill", NOW, WALL + timedelta(hours=1))
    Store(tmp_path).save(SCOPE, replace(state(), exercise=drill))
    assert Store(tmp_path).load(SCOPE) == stored(state())
    assert b"Somebody-Unmistakable" not in (tmp_path / FILE).read_bytes()


def test_lines_come_back_in_their_order(tmp_path: Path) -> None:
    lines = [line(number) for number in range(5)]
    Store(tmp_path).append(lines[:2])
    Store(tmp_path).append(lines[2:])
    assert list(Store(tmp_path).lines()) == lines


def test_lines_given_again_are_added_once(tmp_path: Path) -> None:
    """As after a disk that failed when they had arrived already."""
    lines = [line(number) for number in range(5)]
    Store(tmp_path).append(lines[:2])
    Store(tmp_path).append(lines[:2])
    Store(tmp_path).append(lines[1:])
    assert list(Store(tmp_path).lines()) == lines
    assert Store(tmp_path).verify() == Verdict(5, None)


def test_reading_makes_no_file_and_no_folder(tmp_path: Path) -> None:
    store = Store(tmp_path / "new")
    assert store.load(SCOPE) is None
    assert list(store.lines()) == []
    assert store.verify() == Verdict(0, None)
    assert list(tmp_path.iterdir()) == []
    store.save(SCOPE, state())
    assert store.load(SCOPE) == stored(state())


# ---------------------------------------------------------------- damage


def test_a_file_cut_anywhere_never_gives_another_state(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / FILE
    Store(tmp_path).save(SCOPE, state())
    whole = path.read_bytes()
    caplog.set_level(logging.CRITICAL)
    for length in [0, 1, 15, 16, 99, 100, *range(512, len(whole), 512)]:
        path.write_bytes(whole[:length])
        assert Store(tmp_path).load(SCOPE) in (stored(state()), None), length
        Store(tmp_path).save(SCOPE, state("LOW"))
        assert Store(tmp_path).load(SCOPE) == stored(state("LOW"))
        for left in tmp_path.iterdir():
            left.unlink()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE memory SET state = CAST(replace(CAST(state AS TEXT), 'SEVERE', 'LOW') AS BLOB)",
        "UPDATE memory SET digest = zeroblob(32)",
        "UPDATE memory SET scope = 'uk/UK' WHERE scope = 'uk/NI'",
        "DROP TABLE memory",
        "ALTER TABLE memory RENAME COLUMN state TO stat",
        "PRAGMA user_version = 3",
        "PRAGMA application_id = 0",
    ],
)
def test_a_file_that_somebody_else_wrote_is_put_aside_and_a_new_one_begun(
    change: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(tmp_path)
    store.save("uk/NI" if "uk/NI" in change else SCOPE, state())
    with opened(tmp_path) as database:
        database.execute(change)
    assert store.load(SCOPE) is None
    (aside,) = put_aside(tmp_path)
    assert f"is kept as {aside} for a look" in caplog.text
    store.save(SCOPE, state("LOW"))
    assert store.load(SCOPE) == stored(state("LOW"))


def test_a_file_that_a_first_save_left_empty_is_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.path.touch()
    assert store.load(SCOPE) is None
    assert put_aside(tmp_path) == []
    store.save(SCOPE, state())
    assert store.load(SCOPE) == stored(state())


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_database_is_put_aside_while_reading_and_while_writing(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(tmp_path)
    store.path.write_bytes(content)
    assert store.load(SCOPE) is None
    assert [aside.read_bytes() for aside in put_aside(tmp_path)] == [content]
    store.path.write_bytes(content)
    with pytest.raises(StoreError, match="has been put aside"):
        store.save(SCOPE, state())
    store.save(SCOPE, state())
    assert store.load(SCOPE) == stored(state())


def test_history_of_a_damaged_file_is_one_sentence_and_leaves_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.path.write_bytes(b"not a database")
    with pytest.raises(StoreError, match=r"is damaged; the kiosk puts it aside at its next start\."):
        list(store.lines())
    assert store.verify() == Verdict(0, 1)
    assert store.path.read_bytes() == b"not a database"


# ---------------------------------------------------------------- power cuts

_SAVER = """
import sys
from pathlib import Path
from kiosk.store import Store
from tests.memories import SCOPE, line, state
store = Store(Path(sys.argv[1]))
levels = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
number = int(sys.argv[2])
while True:
    number += 1
    store.save(SCOPE, state(levels[number % 5]))
    store.append([line(number)])
    print(number, flush=True)
"""


def killed_while_saving(folder: Path, begin: int) -> int:
    """The number of the last save that a process acknowledged before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _SAVER, str(folder), str(begin)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        acknowledged = [process.stdout.readline() for _ in range(2)]
        process.kill()
        acknowledged += process.stdout.read().splitlines(keepends=True)
    return int([text for text in acknowledged if text.endswith("\n")][-1])


def test_a_save_that_was_acknowledged_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    """Thirty kills in one file; the save under way may be there as well, and nothing else ever is."""
    last = 0
    for _ in range(30):
        last = killed_while_saving(tmp_path, last)
        loaded = Store(tmp_path).load(SCOPE)
        assert loaded in [stored(state(LEVELS[number % 5])) for number in (last, last + 1)]
        lines = list(Store(tmp_path).lines())
        assert lines[-1] in (line(last), line(last + 1))
        assert Store(tmp_path).verify() == Verdict(len(lines), None)
    assert put_aside(tmp_path) == []
