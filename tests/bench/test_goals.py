"""What counts as reached, and what as worse than before."""

import pytest

from tests.bench.goals import (
    BARE,
    CHROMIUM,
    FIGURES,
    KIOSK,
    MEASUREMENTS,
    PACKAGED,
    Figure,
    Goal,
    met,
    ratios,
    regressions,
    row,
)
from tests.bench.table import table

START = Figure("start.warm", "start", "ms", (Goal(1.15, BARE), Goal(0.4, CHROMIUM), Goal(1, BARE, PACKAGED)))
PUSH = Figure("push", "push", "ms", (Goal(25),))


def test_a_goal_is_judged_by_the_medians() -> None:
    taken = row(START, {BARE: [100, 90, 500], KIOSK: [115, 1, 900], CHROMIUM: [200]})
    assert [met(taken, goal) for goal in START.goals] == [True, False, None]


@pytest.mark.parametrize(("ours", "reached"), [([25.0], True), ([25.1], False), ([], None)])
def test_a_goal_without_another_program_is_the_figure_itself(ours: list[float], reached: object) -> None:
    assert met(row(PUSH, {KIOSK: ours}), PUSH.goals[0]) is reached


def test_a_figure_of_zero_can_not_be_compared_with() -> None:
    assert met(row(START, {BARE: [0], KIOSK: [1]}), START.goals[0]) is None


def test_shares_are_of_the_bare_window_or_else_of_chromium() -> None:
    rows = [
        row(START, {BARE: [200], KIOSK: [300], CHROMIUM: [900], PACKAGED: [250]}),
        row(Figure("fade", "fade", "ms"), {KIOSK: [50], CHROMIUM: [200]}),
        row(PUSH, {KIOSK: [20]}),
        row(Figure("size", "size", "MB"), {}, "no disk"),
    ]
    assert ratios(rows) == {
        "start.warm kiosk/bare": 1.5,
        "start.warm packaged/bare": 1.25,
        "fade kiosk/chromium": 0.25,
    }


def test_a_regression_is_more_than_15_percent_of_what_was_recorded() -> None:
    recorded = {"a": 1.0, "b": 1.0, "c": 1.0, "gone": 1.0}
    found = list(regressions({"a": 1.15, "b": 1.16, "c": 0.5, "new": 9.0}, recorded))
    assert found == ["b was 1 and is 1.16."]


def test_the_table_tells_what_was_reached_what_was_not_and_what_failed() -> None:
    told = table(
        [row(START, {BARE: [100], KIOSK: [110], CHROMIUM: [200]}), row(PUSH, {}, "TimeoutError('no broker')")]
    )
    assert "1.1 of at most 1.15 x bare Qt: met" in told
    assert "0.55 of at most 0.4 x Chromium: NOT MET" in told
    assert "packaged of at most 1 x bare Qt: not judged" in told
    assert "FAILED: TimeoutError('no broker')" in told
    assert len({len(line) for line in told.splitlines()}) == 1


def test_every_figure_belongs_to_one_measurement() -> None:
    assert len({figure.key for figure in FIGURES}) == len(FIGURES)
    assert {"start", "live", "memory", "idle", "push", "paint", "fade", "changes", "size"} == set(MEASUREMENTS)
