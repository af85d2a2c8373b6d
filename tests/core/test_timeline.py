"""Stretches of time from lines of the log, whatever the clock did, and their chart."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.core.axis import ticks
from kiosk.core.chart import Fill, chart
from kiosk.core.model import Display, LocalSetting, Mark, StateName
from kiosk.core.timeline import Moment, Stretch, stretches
from kiosk.profiles import load_profile, load_words

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    return BEGAN + hours * HOUR


def in_utc(moment: datetime) -> datetime:
    """The venue's own time, where that is UTC."""
    return moment.replace(tzinfo=UTC)


def shown(level: str | None = "LOW", state: StateName = StateName.LIVE, *marks: Mark) -> Display:
    return Display(state, marks, level, 1, 5, "UK")


def brief(found: tuple[Stretch, ...]) -> list[tuple[float, float, str | None]]:
    def word(stretch: Stretch) -> str | None:
        return stretch.display.level if stretch.display else "off" if stretch.known else None

    return [((stretch.begin - BEGAN) / HOUR, (stretch.end - BEGAN) / HOUR, word(stretch)) for stretch in found]


def test_each_line_stands_until_the_next_and_the_last_until_the_last_sign_of_life() -> None:
    moments = [
        Moment(at(1), shown("LOW")),
        Moment(at(3), shown("SEVERE")),
        Moment(at(4), None),
        Moment(at(6), shown("LOW")),
    ]
    assert brief(stretches(moments, at(0), at(10), at(8))) == [
        (0, 1, None),
        (1, 3, "LOW"),
        (3, 4, "SEVERE"),
        (4, 6, "off"),
        (6, 8, "LOW"),
        (8, 10, None),
    ]


def test_a_span_shows_what_stood_when_it_began() -> None:
    moments = [Moment(at(1), shown("LOW")), Moment(at(9), shown("SEVERE"))]
    assert brief(stretches(moments, at(4), at(6), at(10))) == [(4, 6, "LOW")]


def test_a_line_from_a_wrong_clock_hides_nothing_and_covers_nothing() -> None:
    early = Moment(datetime(1970, 1, 1, tzinfo=UTC), shown("CRITICAL"))
    late = Moment(at(10_000), shown("CRITICAL"))
    for wrong in (early, late):
        moments = [Moment(at(1), shown("LOW")), Moment(at(2), shown("SEVERE")), wrong, Moment(at(4), shown("LOW"))]
        assert brief(stretches(moments, at(1), at(6), at(6))) == [
            (1, 2, "LOW"),
            (2, 2, "SEVERE"),
            (2, 4, None),
            (4, 6, "LOW"),
        ]


def test_a_clock_that_is_set_back_by_seconds_loses_nothing() -> None:
    moments = [Moment(at(1), shown("LOW")), Moment(at(1) - timedelta(seconds=5), shown("SEVERE"))]
    assert brief(stretches(moments, at(0), at(2), at(2))) == [(0, 1, None), (1, 1, "LOW"), (1, 2, "SEVERE")]


@given(
    hours=st.lists(st.integers(0, 40), max_size=20),
    since=st.integers(0, 20),
    length=st.integers(1, 30),
    alive=st.none() | st.integers(0, 60),
)
def test_stretches_fill_the_span_without_a_gap_and_claim_nothing_that_no_line_says(
    hours: list[int], since: int, length: int, alive: int | None
) -> None:
    moments = [Moment(at(hour), shown(f"L{number}")) for number, hour in enumerate(hours)]
    until = at(since + length)
    found = stretches(moments, at(since), until, None if alive is None else at(alive))
    assert (found[0].begin, found[-1].end) == (at(since), until)
    assert all(one.end == other.begin for one, other in pairwise(found))
    for stretch in found:
        if stretch.display:
            number = int((stretch.display.level or "")[1:])
            assert stretch.begin >= moments[number].at
            following = (
                moments[number + 1].at if number + 1 < len(moments) else max(moments[number].at, at(alive or 0))
            )
            assert stretch.end <= max(following, stretch.begin)


# ---------------------------------------------------------------- the chart

SPANS = (HOUR, 6 * HOUR, 24 * HOUR, 48 * HOUR, 14 * 24 * HOUR, 92 * 24 * HOUR, 900 * 24 * HOUR, 9000 * 24 * HOUR)


@pytest.mark.parametrize("language", ["en", "ar", "zh", "pl"])
@pytest.mark.parametrize("span", SPANS, ids=str)
def test_every_span_has_an_axis_of_whole_times_that_gets_sparser(span: timedelta, language: str) -> None:
    axes = ticks(
        BEGAN + 0.3 * HOUR,
        BEGAN + 0.3 * HOUR + span,
        load_words(language),
        in_utc,
    )
    assert axes
    for axis in axes:
        assert all(0 <= tick.place <= 1 and tick.label for tick in axis)
        assert [tick.place for tick in axis] == sorted({tick.place for tick in axis})
    assert min(len(axis) for axis in axes) <= 4
    assert max(len(axis) for axis in axes) >= 4


def test_every_state_looks_different_without_any_colour() -> None:
    local = LocalSetting("Ann", "why", at(9))
    displays = [
        shown("LOW"),
        shown("LOW", StateName.STALE),
        shown("LOW", StateName.LAST_KNOWN),
        shown(None, StateName.UNKNOWN),
        replace(shown("LOW", StateName.OPERATOR), local=local),
        replace(shown("CRITICAL", StateName.EXERCISE), local=local),
    ]
    found = [Stretch(at(hour), at(hour + 1), display) for hour, display in enumerate(displays)]
    found += [Stretch(at(6), at(7), None), Stretch(at(7), at(8), None, known=False)]
    drawn = chart(found, load_profile("uk"), "UK", "", load_words("en"), in_utc)
    assert [bar.fill for bar in drawn.bars] == [
        Fill.PLAIN, Fill.HATCHED, Fill.NEUTRAL, Fill.EMPTY, Fill.FRAMED, Fill.DRILL, Fill.OFF, Fill.UNKNOWN,
    ]  # fmt: skip
    lanes = [drawn.lanes[bar.lane].label if bar.lane is not None else None for bar in drawn.bars]
    assert lanes == ["LOW", "LOW", "LOW", "Not confirmed", "LOW", "EXERCISE", None, None]
    assert {key.label for key in drawn.keys} == {
        "Confirmed", "Not confirmed for a while", "Last known level", "Not confirmed", "Set locally", "EXERCISE",
        "Not running", "No record",
    }  # fmt: skip


def test_marks_are_told_and_split_no_bar() -> None:
    found = [
        Stretch(at(0), at(1), shown("LOW")),
        Stretch(at(1), at(2), shown("LOW", StateName.LIVE, Mark.CONFLICT, Mark.CLOCK)),
    ]
    drawn = chart(found, load_profile("uk"), "UK", "Hall", load_words("en"), in_utc)
    assert [(bar.begin, bar.end) for bar in drawn.bars] == [(0, 1)]
    assert [(flag.mark, flag.begin, flag.end) for flag in drawn.flags] == [
        ("conflict", 0.5, 1),
        ("clock", 0.5, 1),
    ]
