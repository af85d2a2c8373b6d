"""Drills of a source on the screen of exercises."""

from datetime import timedelta

from kiosk.core.fold import Exercised, Failed, Stated
from kiosk.core.model import Drill, Problem, Reading
from kiosk.core.state import LocalLevel, durable
from tests.core.histories import START, History

HOUR = timedelta(hours=1)


def asks(history: History, *drills: Drill, source: str = "A") -> History:
    return history.hear(Failed(source, Problem.NOT_ACTUAL, "It is a drill.", drills=drills))


def drill(level: str = "CRITICAL", until: timedelta = HOUR) -> Drill:
    return Drill(level, "Northern Star", START + until)


def test_a_drill_covers_the_level_and_is_never_one() -> None:
    history = asks(History().states("LOW"), drill())
    shown = history.shown()
    assert history.brief() == "exercise CRITICAL"
    assert shown.local
    assert (shown.local.by, shown.local.reason) == ("A", "Northern Star")
    assert history.state.held
    assert history.state.held.level == "LOW"
    assert durable(history.state).exercise is None


def test_it_comes_beside_a_level_too_and_nothing_of_it_is_kept_with_that() -> None:
    history = History().hear(Stated("A", Reading("LOW", "UK", "It is LOW", drills=(drill(),))))
    assert history.brief() == "exercise CRITICAL"
    assert "CRITICAL" not in str(durable(history.state))


def test_it_ends_with_its_time_though_the_source_is_away() -> None:
    history = asks(History().states("LOW"), drill())
    assert history.wait(3599).fails("A").brief() == "exercise CRITICAL"
    assert history.wait(1).brief() == "stale LOW"


def test_it_ends_when_its_source_names_none() -> None:
    assert asks(asks(History().states("LOW"), drill())).brief() == "live LOW"


def test_another_source_does_not_end_it() -> None:
    assert asks(asks(History(), drill()), source="B").brief() == "exercise CRITICAL"


def test_it_does_not_grow_longer_by_being_named_again() -> None:
    history = asks(History(), drill())
    since = history.state.exercise
    assert asks(history.wait(600), drill()).state.exercise == since


def test_what_a_person_began_goes_before_it_and_what_a_person_stopped_does_not_begin_again() -> None:
    history = History()
    ours = LocalLevel("LOW", "Ann", "ours", history.now, START + HOUR)
    assert asks(history.hear(Exercised(ours)), drill()).brief() == "exercise LOW"
    history = asks(History().states("LOW"), drill()).hear(Exercised(None))
    assert history.brief() == "live LOW"
    assert asks(history, drill()).brief() == "live LOW"
    assert asks(history, drill(until=2 * HOUR)).brief() == "exercise CRITICAL", "another drill"


def test_no_drill_is_longer_than_four_hours() -> None:
    history = asks(History(), drill(until=9 * HOUR))
    assert history.wait(4 * 3600 - 1).brief() == "exercise CRITICAL"
    assert history.wait(1).brief() == "unknown"
