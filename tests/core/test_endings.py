"""Statements that end by their own words, statements that are taken back, and what formats note of a source."""

from datetime import timedelta

from kiosk.core.fold import Failed, Stated
from kiosk.core.model import Problem, Reading
from kiosk.core.state import durable
from tests.core.histories import START, History, policy

HOUR = timedelta(hours=1)


def says(level: str, until: timedelta | None = None, note: str | None = None, source: str = "A") -> Stated:
    end = START + until if until else None
    return Stated(source, Reading(level, "UK", f"{source} says {level}", until=end, note=note))


def takes_back(source: str = "A", note: str | None = None) -> Failed:
    return Failed(source, Problem.NO_LEVEL, "It was cancelled.", note, withdrawn=True)


def test_a_level_is_last_known_from_the_moment_at_which_it_ends() -> None:
    history = History(policy("A")).hear(says("SEVERE", timedelta(minutes=5)))
    assert history.wait(299).brief() == "live SEVERE"
    assert history.wait(1).brief() == "last-known SEVERE"
    assert history.set_clock(START).brief() == "last-known SEVERE", "nor does a clock that is set back revive it"


def test_an_end_survives_a_restart() -> None:
    history = History(policy("A")).hear(says("SEVERE", HOUR)).restart()
    assert history.brief() == "stale SEVERE"
    assert history.wait(3600).brief() == "last-known SEVERE"


def test_what_another_source_states_without_an_end_goes_on() -> None:
    history = History().hear(says("SEVERE", HOUR)).hear(says("SEVERE", source="B"))
    assert history.wait(60).hear(says("SEVERE", HOUR)).brief() == "live SEVERE"
    assert history.wait(3600).brief() != "last-known SEVERE"


def test_of_two_ends_the_later_counts() -> None:
    history = History().hear(says("SEVERE", HOUR)).hear(says("SEVERE", HOUR / 2, source="B"))
    assert history.state.held is not None
    assert history.state.held.until == START + HOUR


def test_what_has_ended_holds_back_no_lower_level() -> None:
    history = History().hear(says("SEVERE", HOUR / 6))
    history.wait(700).hear(says("LOW", source="B")).wait(61).hear(says("LOW", source="B"))
    assert history.brief() == "live LOW"


def test_an_answer_that_had_ended_when_it_was_asked_for_is_never_live() -> None:
    history = History(policy("A")).wait(60).hear(says("SEVERE", timedelta(seconds=30)))
    assert history.brief() == "last-known SEVERE"
    history.wait(60).hear(says("LOW", timedelta(seconds=30)))
    assert history.brief() == "last-known SEVERE"


def test_a_statement_that_is_taken_back_is_a_last_known_one() -> None:
    history = History(policy("A")).hear(says("SEVERE")).wait(60).hear(takes_back())
    assert history.brief() == "last-known SEVERE"
    assert history.restart().brief() == "last-known SEVERE"
    assert history.hear(says("SEVERE")).brief() == "live SEVERE"


def test_a_statement_that_another_source_makes_too_stands() -> None:
    history = History().hear(says("SEVERE")).hear(says("SEVERE", source="B")).wait(60).hear(takes_back())
    assert history.brief() == "live SEVERE"


def test_taking_back_another_level_than_the_held_one_changes_nothing_on_the_screen() -> None:
    history = History().hear(says("SEVERE")).hear(says("LOW", source="B")).wait(60).hear(takes_back("B"))
    assert history.brief() == "live SEVERE"


def test_taking_back_what_was_never_stated_changes_nothing() -> None:
    assert History().hear(takes_back()).brief() == "unknown"
    assert History().hear(says("SEVERE")).hear(takes_back("B")).brief() == "live SEVERE"


def test_a_note_is_kept_until_there_is_another_one_and_outlives_the_run() -> None:
    history = History(policy("A")).hear(says("SEVERE", note="one"))
    assert history.state.source("A").note == "one"
    assert history.hear(says("SEVERE")).fails().state.source("A").note == "one"
    assert history.hear(takes_back(note="two")).state.source("A").note == "two"
    assert durable(history.state).source("A").note == "two"
    assert history.restart(power_cut=True).state.source("A").note == "two"
    assert history.hear(says("SEVERE", note="")).state.source("A").note == ""


def test_a_note_is_kept_where_the_statement_is_older_than_a_newer_one() -> None:
    old = Reading("LOW", "UK", "x", issued=START - 2 * HOUR, note="two")
    history = History(policy("A")).hear(Stated("A", Reading("LOW", "UK", "x", issued=START - HOUR, note="one")))
    assert history.hear(Stated("A", old)).state.source("A").note == "two"
