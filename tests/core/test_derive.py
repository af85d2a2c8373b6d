"""What time, people and reloads do to what is shown, and what any memory at all may lead to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.derive import derive
from kiosk.core.fold import Exercised, Faulted, Saved, Set, Shown
from kiosk.core.model import Clock, Confidence, Mark, Reading, StateName
from kiosk.core.policy import Policy, Trust
from kiosk.core.state import Claim, Held, LocalLevel, SourceState, State, durable, fitted
from tests.core.histories import LEVELS, REVIEWED, START, History, policy

HOUR, DAY = 3600, 86400


def local(history: History, level: str = "LOW", minutes: int = 60) -> LocalLevel:
    return LocalLevel(level, "Ann", "a drill", history.now, history.now.wall + timedelta(minutes=minutes))


# ---------------------------------------------------------------- clocks and ages


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (1800, "live SEVERE"),
        (1801, "stale SEVERE"),
        (DAY, "stale SEVERE"),
        (DAY + 1, "last-known SEVERE"),
        (28 * DAY, "last-known SEVERE"),
        (28 * DAY + 1, "unknown"),
    ],
)
def test_confidence_sinks_with_age_alone(seconds: int, shown: str) -> None:
    assert History(policy("A")).states("SEVERE").wait(seconds).brief() == shown


def test_three_polls_count_as_live_where_they_are_longer() -> None:
    history = History(policy("A", every=timedelta(hours=1))).states("SEVERE")
    assert history.wait(3 * HOUR).brief() == "live SEVERE"
    assert history.wait(1).brief() == "stale SEVERE"


def test_after_a_restart_a_level_is_stale_at_best() -> None:
    history = History(policy("A")).states("SEVERE").restart(1)
    assert history.brief() == "stale SEVERE"
    assert history.shown().attempted is None
    assert history.states("SEVERE").brief() == "live SEVERE"


def test_a_wall_clock_that_jumps_changes_no_age_inside_one_boot() -> None:
    history = History(policy("A")).states("SEVERE").wait(60).set_clock(START + timedelta(days=400))
    shown = history.shown()
    assert (shown.state, shown.age) == (StateName.LIVE, timedelta(seconds=60))
    assert shown.confirmed == START + timedelta(days=400, seconds=-60), "told by the clock as it is now"


def test_a_wall_clock_in_1970_is_marked_and_never_told_as_the_date_of_a_confirmation() -> None:
    history = History(policy("A")).states("SEVERE").wait(60).set_clock(datetime(1970, 1, 2, tzinfo=UTC))
    shown = history.shown()
    assert history.brief() == "live SEVERE clock"
    assert shown.confirmed == START


def test_after_a_power_cut_with_a_clock_in_1970_a_level_is_last_known_and_marked() -> None:
    history = History(policy("A")).states("SEVERE").restart(power_cut=True)
    history.set_clock(datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    shown = history.shown()
    assert history.brief() == "last-known SEVERE clock"
    assert (shown.age, shown.confirmed) == (None, START)


def test_after_a_power_cut_the_date_is_told_and_no_age() -> None:
    shown = History(policy("A")).states("SEVERE").restart(5 * HOUR, power_cut=True).shown()
    assert (shown.state, shown.age, shown.confirmed) == (StateName.STALE, None, START)


def test_confidence_that_sank_by_a_wrong_clock_does_not_rise_when_the_clock_is_set_right() -> None:
    history = History(policy("A")).states("SEVERE").restart(60, power_cut=True)
    right = history.now.wall
    assert history.set_clock(right + timedelta(days=3)).brief() == "last-known SEVERE"
    assert history.set_clock(right).brief() == "last-known SEVERE"


# ---------------------------------------------------------------- people, faults, reloads


def test_an_exercise_covers_an_operators_level_which_covers_the_sources() -> None:
    history = History(policy("A")).states("SEVERE")
    history.hear(Set(local(history, "SEVERE"))).hear(Exercised(local(history, "CRITICAL", minutes=30)))
    assert history.brief() == "exercise CRITICAL"
    assert history.wait(1800).brief() == "operator SEVERE"
    assert history.wait(1800).states("SEVERE").brief() == "live SEVERE"


def test_a_source_above_the_operators_level_is_marked() -> None:
    history = History(policy("A")).states("SEVERE")
    assert history.hear(Set(local(history, "LOW"))).brief() == "operator LOW conflict"


def test_a_local_level_ends_with_its_boot_and_does_not_come_back_with_the_clock() -> None:
    history = History(policy("A"))
    history.hear(Set(local(history))).restart(1, power_cut=True)
    assert history.brief() == "unknown"
    history = History(policy("A"))
    history.hear(Exercised(local(history))).set_clock(START + timedelta(hours=2))
    assert history.brief() == "unknown"
    assert history.set_clock(START).brief() == "unknown"


def test_faults_and_a_disk_that_refuses_are_marked_until_they_end() -> None:
    history = History(policy("A")).states("SEVERE").hear(Faulted("It broke.")).hear(Saved(ok=False))
    assert history.brief() == "live SEVERE cannot-save fault"
    assert history.hear(Faulted(None)).hear(Saved(ok=True)).brief() == "live SEVERE"


def test_what_the_screen_showed_is_not_undone_without_a_new_confirmation() -> None:
    history = History(policy("A")).states("SEVERE").hear(Shown(Confidence.LAST_KNOWN))
    assert history.brief() == "last-known SEVERE"
    assert history.wait(1).states("SEVERE").brief() == "live SEVERE"


@pytest.mark.parametrize(
    ("ruling", "shown"),
    [
        (policy("A", area="NI"), "unknown"),
        (policy("B"), "unknown"),
        (policy("A", levels=("GREEN", "RED")), "unknown"),
        (policy("B", "A"), "live SEVERE"),
        (policy("A", trust=Trust(live=timedelta(days=9), stale=timedelta(days=9))), "live SEVERE"),
    ],
)
def test_a_reload_keeps_only_what_its_own_sources_said_of_its_own_area(ruling: Policy, shown: str) -> None:
    assert History(policy("A")).states("SEVERE").reload(ruling).brief() == shown


def test_longer_limits_do_not_bring_confidence_back() -> None:
    history = History(policy("A")).states("SEVERE").wait(2 * HOUR)
    assert history.brief() == "stale SEVERE"
    assert history.reload(policy("A", trust=Trust(live=timedelta(days=1)))).brief() == "stale SEVERE"


def test_a_level_before_that_another_scale_lacks_is_forgotten() -> None:
    history = History(policy("A")).states("SEVERE", previous="LOW").reload(policy("A", levels=LEVELS[1:]))
    assert history.brief() == "live SEVERE"
    assert history.shown().previous is None


# ---------------------------------------------------------------- whatever lay on the disk

levels = st.sampled_from([*LEVELS, "GREEN"])
stamps = st.builds(
    Clock,
    st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.floats(0, 1e9),
    st.sampled_from(["boot 1", "boot 2"]),
    st.sampled_from(["run 1", "run 2"]),
)
words = st.text(max_size=20)
readings = st.builds(Reading, levels, st.just("UK"), words, st.none() | levels, st.none() | st.dates())
kept_sources = st.builds(
    SourceState, st.sampled_from("ABC"), st.none() | st.builds(Claim, readings, stamps, stamps)
)
helds = st.builds(Held, levels, st.sampled_from("ABC"), words, st.none() | levels, st.none() | st.dates(), stamps)
locals_ = st.builds(
    LocalLevel,
    levels,
    words,
    words,
    stamps,
    st.datetimes(REVIEWED.replace(tzinfo=None), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
memories = st.builds(
    State,
    st.sampled_from(["UK", "NI"]),
    st.lists(kept_sources, max_size=3, unique_by=lambda source: source.name).map(tuple),
    st.none() | helds,
    st.sampled_from(Confidence),
    st.none() | locals_,
    st.none() | locals_,
)


@given(memory=memories, now=stamps)
def test_any_memory_makes_a_display_that_keeps_its_word(memory: State, now: Clock) -> None:
    ruling = policy()
    kept = fitted(durable(memory), ruling)
    shown = derive(kept, now, ruling)
    assert (shown.level is None) == (shown.state is StateName.UNKNOWN)
    assert (shown.local is None) == (shown.state is not StateName.OPERATOR)
    assert (shown.confirmed is None) or shown.age is None or shown.age >= timedelta()
    assert shown.level in {None, *LEVELS}
    assert shown.previous in {None, *LEVELS}
    assert shown.state is not StateName.EXERCISE
    if shown.state is StateName.LAST_KNOWN:
        assert shown.confirmed is not None
    if shown.state is StateName.UNKNOWN:
        assert Mark.CONFLICT not in shown.marks
    if shown.local is None and shown.level is not None:
        assert memory.held is not None
        assert shown.level == memory.held.level
