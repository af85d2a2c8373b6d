"""What a broker kept: when it counts, and when it is a last known level at best."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.fold import Recalled
from kiosk.core.model import Problem, Reading
from tests.core.histories import START, History, policy


def keeps(history: History, level: str, source: str = "A", *, issued: datetime | None = None) -> History:
    """The broker of a source gives what it kept."""
    return history.hear(Recalled(source, Reading(level, "UK", f"{source} says {level}", issued=issued)))


def test_a_kept_message_without_a_time_is_a_last_known_level_with_no_confirmation() -> None:
    history = keeps(History(), "SEVERE")
    shown = history.shown()
    assert (history.brief(), shown.confirmed, shown.age) == ("last-known SEVERE", None, None)
    (report, _) = shown.sources
    assert (report.ok, report.problem) == (False, Problem.NOT_ACTUAL)
    assert history.states("SEVERE").brief() == "live SEVERE"


@pytest.mark.parametrize(
    ("minutes", "brief"),
    [
        (0, "live SEVERE"),
        (29, "live SEVERE"),
        (31, "last-known SEVERE"),
        (-1, "live SEVERE"),
        (-5, "last-known SEVERE"),
    ],
)
def test_its_own_time_proves_it_where_that_is_as_recent_as_a_live_statement(minutes: int, brief: str) -> None:
    issued = START - timedelta(minutes=minutes)
    assert keeps(History(), "SEVERE", issued=issued).brief() == brief


def test_it_is_then_as_old_as_it_says() -> None:
    history = keeps(History(), "SEVERE", issued=START - timedelta(minutes=20))
    assert history.shown().age == timedelta(minutes=20)
    assert history.wait(9 * 60).brief() == "live SEVERE"
    assert history.wait(2 * 60).brief() == "stale SEVERE"


def test_a_clock_that_cannot_be_right_proves_nothing() -> None:
    history = History().set_clock(START - timedelta(days=60))
    assert keeps(history, "SEVERE", issued=history.now.wall).brief() == "last-known SEVERE clock"


def test_it_confirms_nothing_of_the_level_that_is_shown() -> None:
    history = keeps(History().states("SEVERE").wait(29 * 60), "SEVERE")
    assert history.brief() == "live SEVERE"
    assert history.wait(2 * 60).brief() == "stale SEVERE"


def test_a_higher_level_in_the_place_of_what_the_source_said_leaves_neither_standing() -> None:
    assert keeps(History().states("SEVERE").wait(60), "CRITICAL").brief() == "last-known CRITICAL"


def test_a_lower_level_waits_for_its_publisher() -> None:
    assert keeps(History().states("SEVERE").wait(60), "LOW").brief() == "live SEVERE"


def test_what_another_source_confirms_is_not_given_up() -> None:
    assert keeps(History().states("SEVERE", "B").wait(60), "CRITICAL").brief() == "live SEVERE"


def test_alone_it_is_not_what_several_have_to_state() -> None:
    assert keeps(History(policy(agree=2)), "SEVERE").brief() == "unknown"


def test_one_that_is_older_than_what_came_before_is_kept_back() -> None:
    history = History().states("SEVERE", issued=START)
    history = keeps(history.wait(60), "CRITICAL", issued=START - timedelta(days=1))
    assert history.brief() == "live SEVERE"
    assert history.state.source("A").problem is Problem.ROLLBACK


def test_one_that_has_ended_states_nothing() -> None:
    reading = Reading("SEVERE", "UK", "It was", until=START - timedelta(hours=1))
    assert History().hear(Recalled("A", reading)).brief() == "unknown"


def test_no_restart_and_no_repetition_makes_more_of_it() -> None:
    history = keeps(History(), "SEVERE").restart()
    assert history.brief() == "last-known SEVERE"
    assert keeps(history.wait(60), "SEVERE").brief() == "last-known SEVERE"
    assert keeps(history.restart(power_cut=True), "SEVERE").brief() == "last-known SEVERE"


def test_what_the_format_noted_is_kept() -> None:
    history = History().hear(Recalled("A", replace(Reading("LOW", "UK", "It is"), note="seen")))
    assert history.state.source("A").note == "seen"
