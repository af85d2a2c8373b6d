"""Sources that somebody should look at."""

from datetime import timedelta

import pytest

from kiosk.core.doubts import doubtful
from tests.core.histories import START, History


def doubts(history: History) -> dict[str, str]:
    return dict(doubtful(history.state, history.now, history.policy))


def test_sources_that_agree_and_a_kiosk_that_knows_nothing_are_beyond_doubt() -> None:
    assert doubts(History().fails("A")) == {}
    assert doubts(History().states("LOW", "A").states("LOW", "B")) == {}


@pytest.mark.parametrize(
    ("seconds", "named"), [(1800, {}), (1801, {"B": "B has stated no level since 2026-11-22T12:00:00Z."})]
)
def test_a_source_is_silent_when_its_statement_is_not_live_any_more(seconds: int, named: dict[str, str]) -> None:
    history = History().states("LOW", "A").states("LOW", "B").wait(seconds).states("LOW", "A").fails("B")
    assert doubts(history) == named


def test_a_silence_lasts_through_a_restart_and_a_power_cut() -> None:
    for power_cut in (False, True):
        history = History().states("LOW", "A").states("LOW", "B").restart(86400, power_cut=power_cut)
        assert list(doubts(history.states("LOW", "A"))) == ["B"]


def test_a_source_that_never_stated_a_level_is_named_once_it_was_asked() -> None:
    history = History().states("LOW", "A")
    assert doubts(history) == {}
    assert doubts(history.fails("B")) == {"B": "B has never stated a level to this screen."}


@pytest.mark.parametrize(
    ("seconds", "named"),
    [
        (899, {}),
        (900, {"B": "B has stated LOW since 2026-11-22T12:00:00Z, while SEVERE is shown."}),
    ],
)
def test_a_source_may_be_wrong_when_it_states_another_level_for_longer_than_the_time_of_grace(
    seconds: int, named: dict[str, str]
) -> None:
    assert doubts(History().states("SEVERE", "A").states("LOW", "B").wait(seconds)) == named


def test_a_source_that_goes_back_is_named_at_once() -> None:
    history = History().states("LOW", "A", issued=START).states("SEVERE", "B").wait(60)
    history.states("MODERATE", "A", issued=START - timedelta(days=1))
    assert doubts(history) == {"A": "A serves an older statement again."}
