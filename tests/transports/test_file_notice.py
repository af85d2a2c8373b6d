"""The kernel's word that a watched file is another."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.transports.file_notice import FileNotice

_PATIENCE = 10.0
_SOON = 0.3  # seconds in which an unwanted notice would have come


@contextmanager
def noticed(file: Path) -> Iterator[Callable[[float], bool]]:
    """Whether a notice comes within some seconds."""
    notices: queue.SimpleQueue[None] = queue.SimpleQueue()
    notice = FileNotice(file.as_uri(), lambda: notices.put(None))

    def comes(seconds: float = _PATIENCE) -> bool:
        try:
            notices.get(timeout=seconds)
        except queue.Empty:
            return False
        return True

    notice.start()
    try:
        yield comes
    finally:
        notice.stop()


def renamed(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(file)


def until_noticed(comes: Callable[[float], bool], change: Callable[[], object]) -> None:
    """Changes again and again: the first change may come before the thread listens."""
    for _ in range(50):
        change()
        if comes(0.2):
            return
    pytest.fail("no notice")


def test_a_file_renamed_into_place_or_written_whole_is_noticed_and_its_neighbours_are_not(tmp_path: Path) -> None:
    file = tmp_path / "level.json"
    file.write_text("1")
    with noticed(file) as comes:
        until_noticed(comes, lambda: renamed(file, "2"))
        while comes(_SOON):
            pass
        renamed(tmp_path / "other.json", "3")
        assert not comes(_SOON)
        with file.open("w") as writer:
            writer.write("4")
            writer.flush()
            assert not comes(_SOON)  # in the middle of writing
        assert comes(_PATIENCE)


def test_a_folder_that_comes_later_or_is_made_anew_is_watched(tmp_path: Path) -> None:
    file = tmp_path / "later" / "level.json"
    with noticed(file) as comes:
        file.parent.mkdir()
        until_noticed(comes, lambda: renamed(file, "1"))
        for left in file.parent.iterdir():
            left.unlink()
        file.parent.rmdir()
        file.parent.mkdir()
        until_noticed(comes, lambda: renamed(file, "2"))
