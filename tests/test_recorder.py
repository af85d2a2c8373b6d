"""What is written when: changes at once, confirmations now and then, and nothing is lost while a disk refuses."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.core.model import Problem
from kiosk.recorder import Recorder
from kiosk.store import Store
from tests.memories import SCOPE, WALL, later, line, state, stored

HALF_AN_HOUR = timedelta(minutes=30)
DISPLAY = line().display


def recorder(folder: Path, fresh_for: timedelta = HALF_AN_HOUR) -> Recorder:
    return Recorder(Store(folder), SCOPE, fresh_for)


def blocked(folder: Path) -> Path:
    """A folder where nothing can be stored until ``folder/way`` is no file any more."""
    (folder / "way").touch()
    return folder / "way"


# ---------------------------------------------------------------- the memory


def test_a_change_is_stored_at_once(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    for level in ("SEVERE", "LOW", "CRITICAL"):
        assert writer.save(state(level)) is True
        assert Store(tmp_path).load(SCOPE) == stored(state(level))


def test_the_same_again_is_not_stored(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    writer.save(state())
    assert writer.save(state()) is None


@pytest.mark.parametrize(
    ("fresh_for", "too_soon", "due"),
    [(HALF_AN_HOUR, 899, 900), (timedelta(hours=5), 899, 900), (timedelta(seconds=10), 4, 5)],
)
def test_a_newer_confirmation_is_stored_after_a_quarter_of_an_hour_or_half_its_life(
    fresh_for: timedelta, too_soon: int, due: int, tmp_path: Path
) -> None:
    writer = recorder(tmp_path, fresh_for)
    writer.save(state())
    assert writer.save(state(now=later(too_soon))) is None
    assert writer.save(state(now=later(due))) is True
    assert writer.save(state(now=later(due + too_soon))) is None


def test_the_first_confirmation_of_another_run_is_stored_at_once(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    writer.save(state())
    assert writer.save(state(now=replace(later(1), run="another"))) is True


def test_an_attempt_that_failed_is_no_reason_to_write(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    writer.save(state())
    failed = replace(state().sources[0], attempted=later(5), problem=Problem.TIMEOUT, message="No answer.")
    assert writer.save(state().with_source(failed)) is None


def test_a_state_that_could_not_be_stored_is_due_until_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    way = blocked(tmp_path)
    writer = recorder(way)
    assert [writer.save(state()) for _ in range(3)] == [False, False, False]
    way.unlink()
    assert writer.save(state()) is True
    assert Store(way).load(SCOPE) == stored(state())


# ---------------------------------------------------------------- the display log


def test_a_line_is_written_for_each_other_statement_and_not_for_growing_older(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    assert writer.show(DISPLAY, WALL, "first")
    assert writer.show(replace(DISPLAY, age=timedelta(hours=1), attempted=None), WALL, "older")
    assert writer.show(replace(DISPLAY, level="LOW", rank=1), WALL, "lower")
    assert writer.show(DISPLAY, WALL, "again")
    assert [entry.why for entry in Store(tmp_path).lines()] == ["first", "lower", "again"]


def test_lines_wait_while_the_disk_refuses_and_are_written_in_their_order(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    way = blocked(tmp_path)
    writer = recorder(way)
    for number, level in enumerate(("LOW", "SEVERE", "CRITICAL")):
        assert not writer.show(replace(DISPLAY, level=level), WALL + timedelta(seconds=number), level)
    assert not writer.flush()
    way.unlink()
    assert writer.flush()
    assert writer.flush(), "nothing is left, and nothing is written twice"
    assert [entry.why for entry in Store(way).lines()] == ["LOW", "SEVERE", "CRITICAL"]


def test_a_disk_that_refuses_for_months_does_not_fill_the_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    way = blocked(tmp_path)
    writer = recorder(way)
    for number in range(1100):
        writer.show(replace(DISPLAY, source=str(number)), WALL, str(number))
    way.unlink()
    writer.flush()
    assert [entry.why for entry in Store(way).lines()] == [str(number) for number in range(100, 1100)]


def test_only_the_first_failure_and_the_recovery_are_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    way = blocked(tmp_path)
    writer = recorder(way)
    for _ in range(3):
        writer.save(state())
        writer.show(DISPLAY, WALL, "why")
    way.unlink()
    for _ in range(3):
        writer.save(state())
        writer.flush()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "Nothing can be saved" in caplog.messages[0]
    assert caplog.messages[1] == "Saving works again, after 0 s."


def test_the_first_picture_of_a_run_is_its_start_and_its_clean_end_is_told(tmp_path: Path) -> None:
    for run in range(2):
        writer = recorder(tmp_path)
        writer.show(DISPLAY, WALL + timedelta(hours=run), "first")
        writer.show(replace(DISPLAY, level="LOW"), WALL + timedelta(hours=run, minutes=1), "lower")
        writer.note(DISPLAY, WALL + timedelta(hours=run, minutes=2), "an order")
        writer.end(WALL + timedelta(hours=run, minutes=3))
    assert [str(entry.kind) for entry in Store(tmp_path).lines()] == ["start", "shown", "order", "end"] * 2


def test_a_run_that_showed_nothing_has_no_end(tmp_path: Path) -> None:
    recorder(tmp_path).end(WALL)
    assert list(tmp_path.iterdir()) == []


def test_a_frame_belongs_to_what_was_shown_last(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    writer.frame("too soon")
    writer.show(DISPLAY, WALL, "first")
    writer.note(DISPLAY, WALL + timedelta(seconds=1), "an order")
    writer.frame("abc")
    assert [entry.frame for entry in Store(tmp_path).lines()] == ["abc", None]


def test_a_sign_of_life_is_given_every_quarter_of_an_hour_of_silence(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    writer.rest(WALL)
    assert list(tmp_path.iterdir()) == [], "nothing was shown yet"
    writer.show(DISPLAY, WALL, "first")
    for minutes, alive in ((14, 0), (15, 15), (29, 15), (30, 30)):
        writer.rest(WALL + timedelta(minutes=minutes))
        assert Store(tmp_path).alive() == WALL + timedelta(minutes=alive)


def test_old_lines_are_given_up_in_a_calm_minute_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.recorder.LIMIT", 4096)
    writer = recorder(tmp_path)
    for number in range(20):
        writer.show(replace(DISPLAY, source=str(number)), WALL + timedelta(seconds=number), "why")
    writer.rest(WALL + timedelta(seconds=20))
    assert len(list(Store(tmp_path).lines())) == 20
    writer.rest(WALL + timedelta(seconds=90))
    assert 1 < len(list(Store(tmp_path).lines())) < 20
    assert Store(tmp_path).verify().broken is None


def test_the_same_statement_in_other_bytes_is_not_stored_again(tmp_path: Path) -> None:
    writer = recorder(tmp_path)
    claims = [
        replace(source.claim, reading=replace(source.claim.reading, document="abc"))
        for source in state().sources
        if source.claim
    ]
    writer.save(state())
    assert writer.save(state().with_source(replace(state().sources[0], claim=claims[0]))) is None
