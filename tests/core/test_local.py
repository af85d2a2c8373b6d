"""Levels that a person put on the screen: limits, ends, and the second person."""

from datetime import timedelta

import pytest

from kiosk.core.fold import Exercised, Seconded, Set
from kiosk.core.state import LocalLevel
from tests.core.histories import History, policy

HOUR, DAY = 3600, 86400


def local(history: History, level: str = "LOW", seconds: float = HOUR) -> LocalLevel:
    return LocalLevel(level, "Ann", "a parcel", history.now, history.now.wall + timedelta(seconds=seconds))


def two() -> History:
    history = History(policy("A", two_person=True)).states("SEVERE")
    return history.hear(Set(local(history, "CRITICAL")))


@pytest.mark.parametrize(
    ("event", "longest"), [(Set, 7 * DAY), (Exercised, 4 * HOUR)], ids=["a level", "an exercise"]
)
def test_a_longer_one_than_is_allowed_is_never_in_force(event: type[Set | Exercised], longest: int) -> None:
    history = History(policy("A")).states("SEVERE")
    assert history.hear(event(local(history, seconds=longest + 1))).brief() == "live SEVERE"
    history.hear(event(local(history, seconds=longest)))
    assert history.shown().level == "LOW"
    assert history.wait(longest - 1).shown().level == "LOW"
    assert history.wait(1).shown().local is None


def test_an_exercise_covers_a_level_which_comes_back_after_it() -> None:
    history = History(policy("A")).states("SEVERE")
    history.hear(Set(local(history, "CRITICAL"))).hear(Exercised(local(history, "MODERATE", 60)))
    assert history.brief() == "exercise MODERATE"
    assert history.wait(60).brief() == "operator CRITICAL"
    assert history.hear(Set(None)).brief() == "live SEVERE"


def test_a_real_rise_ends_an_exercise_and_nothing_less_does() -> None:
    history = History(policy("A")).states("SUBSTANTIAL")
    history.hear(Exercised(local(history, "CRITICAL")))
    assert history.wait(60).states("SUBSTANTIAL").brief() == "exercise CRITICAL"
    for _ in range(3):
        assert history.wait(600).states("MODERATE").brief() == "exercise CRITICAL"
    assert history.wait(60).states("SEVERE").brief() == "live SEVERE"
    assert history.hear(Exercised(local(history))).brief() == "exercise LOW", "people may begin another"


def test_a_level_that_waits_is_not_shown_and_one_that_is_shown_stays_meanwhile() -> None:
    history = two()
    assert history.brief() == "live SEVERE"
    assert history.hear(Seconded("Bob")).brief() == "operator CRITICAL"
    assert history.shown().local
    assert history.hear(Set(local(history, "MODERATE"))).brief() == "operator CRITICAL"


def test_both_names_are_told() -> None:
    setting = two().hear(Seconded("Bob")).shown().local
    assert setting
    assert setting.by == "Ann, Bob"


@pytest.mark.parametrize("name", ["Ann", "ann", " A n N"])
def test_nobody_confirms_their_own_level(name: str) -> None:
    history = two().hear(Seconded(name))
    assert history.brief() == "live SEVERE"
    assert history.hear(Seconded("Bob")).brief() == "operator CRITICAL", "it still waits"


@pytest.mark.parametrize(("seconds", "shown"), [(899, "operator CRITICAL"), (900, "live SEVERE")])
def test_a_level_waits_for_fifteen_minutes(seconds: int, shown: str) -> None:
    assert two().wait(seconds).hear(Seconded("Bob")).brief() == shown


def test_a_level_waits_through_a_restart_but_not_through_a_power_cut() -> None:
    assert two().restart().hear(Seconded("Bob")).brief() == "operator CRITICAL"
    assert two().restart(power_cut=True).hear(Seconded("Bob")).brief() == "stale SEVERE"


def test_clearing_takes_back_what_waits_too() -> None:
    assert two().hear(Set(None)).hear(Seconded("Bob")).brief() == "live SEVERE"


def test_an_exercise_takes_no_second_person() -> None:
    history = two()
    assert history.hear(Exercised(local(history))).brief() == "exercise LOW"
