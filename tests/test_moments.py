"""Ends as people write them, in a venue whose clock is put back and forward."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.moments import ending, is_length
from kiosk.timekeeping import local_time

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)  # 13:00 in London


@pytest.fixture(autouse=True)
def in_london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2 h", "2026-07-01T14:00"),
        (" 90  min ", "2026-07-01T13:30"),
        ("18:00", "2026-07-01T17:00"),
        ("9:30", "2026-07-02T08:30"),
        ("13:00", "2026-07-02T12:00"),
        ("today 18:00", "2026-07-01T17:00"),
        ("today 09:00", "2026-07-01T08:00"),
        ("Tomorrow  18:00", "2026-07-02T17:00"),
        ("2026-07-03 18:00", "2026-07-03T17:00"),
        ("2026-07-03T18:00", "2026-07-03T17:00"),
        ("2026-07-03T18:00Z", "2026-07-03T18:00"),
        ("2026-07-03T18:00+02:00", "2026-07-03T16:00"),
        ("2026-10-25 01:30", "2026-10-25T00:30"),
        ("2027-03-28 01:30", "2027-03-28T00:30"),
    ],
)
def test_an_end_is_meant_by_the_clock_of_the_venue(text: str, until: str) -> None:
    assert ending(text, NOW, local_time) == datetime.fromisoformat(until).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2", "18", "-2 h", "\N{FULLWIDTH DIGIT TWO} h", "999999999 d"),
        *("25:00", "18:60", "1:00:00", "yesterday 18:00"),
        *("2026-07-03", "20260703T1800", "2026-02-30 12:00", "0001-01-01 00:00"),
    ],
)
def test_what_is_no_end_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is no end; write a length as in"):
        ending(text, NOW, local_time)


@given(st.one_of(st.text(), st.from_regex(r"[0-9: T+Z.dhmins-]{1,25}")))
def test_no_text_does_worse(text: str) -> None:
    is_length(text)
    with suppress(ValueError):
        assert ending(text, NOW, local_time).utcoffset() == timedelta()
