"""Which statement is accepted, one short history each; ``test_rules`` searches for what nobody thought of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.model import Problem
from kiosk.core.policy import SourcePlan
from tests.core.histories import START, History, policy

HOUR, DAY = 3600, 86400
OLD, NEW = datetime(2026, 4, 30, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)


# ---------------------------------------------------------------- rising and falling


def test_a_kiosk_that_never_heard_anything_shows_nothing() -> None:
    assert History().brief() == "unknown"


def test_the_first_statement_is_shown_at_once() -> None:
    assert History().states("LOW").brief() == "live LOW"


def test_a_rise_is_shown_at_once_and_tells_from_what() -> None:
    history = History().states("SUBSTANTIAL").wait(600).states("CRITICAL")
    assert history.brief() == "live CRITICAL"
    assert history.shown().previous == "SUBSTANTIAL"


@pytest.mark.parametrize(
    ("waits", "shown"),
    [
        ((600,), "live SEVERE"),
        ((600, 59), "live SEVERE"),
        ((600, 60), "live LOW"),
        ((600, 30, 30), "live LOW"),
        ((600, 0, 0, 0), "live SEVERE"),
    ],
)
def test_a_fall_takes_two_confirmations_a_minute_apart(waits: tuple[int, ...], shown: str) -> None:
    history = History(policy("A")).states("SEVERE")
    for seconds in waits:
        history.wait(seconds).states("LOW")
    assert history.brief() == shown


def test_a_fall_begins_anew_when_another_level_comes_between() -> None:
    history = History(policy("A")).states("SEVERE").states("LOW").wait(50).states("MODERATE")
    assert history.wait(50).states("LOW").brief() == "live SEVERE"
    assert history.wait(60).states("LOW").brief() == "live LOW"


def test_a_fall_begins_anew_after_a_restart() -> None:
    history = History(policy("A")).states("SEVERE").wait(600).states("LOW").restart(600)
    assert history.states("LOW").brief() == "stale SEVERE"
    assert history.wait(60).states("LOW").brief() == "live LOW"


def test_not_changed_counts_as_the_second_confirmation_of_a_fall() -> None:
    assert History(policy("A")).states("SEVERE").states("LOW").wait(60).unchanged().brief() == "live LOW"


def test_a_failure_between_two_confirmations_does_not_lose_the_first() -> None:
    history = History(policy("A")).states("SEVERE").states("LOW").wait(40).fails().wait(40).states("LOW")
    assert history.brief() == "live LOW"


# ---------------------------------------------------------------- several sources


@pytest.mark.parametrize("order", ["AB", "BA"])
def test_sources_that_disagree_from_the_first_show_the_higher_level_and_say_so(order: str) -> None:
    """As ``check`` sees them: both are asked once, within seconds."""
    levels = {"A": "LOW", "B": "SEVERE"}
    history = History()
    for source in order:
        history.wait(1).states(levels[source], source)
    assert history.brief() == "live SEVERE conflict"
    assert history.shown().source == "B"


def test_a_conflict_that_lasts_never_lowers_the_level() -> None:
    history = History().states("LOW", "A").states("SEVERE", "B")
    for _ in range(20):
        history.wait(600).states("LOW", "A").states("SEVERE", "B")
        assert history.brief() == "live SEVERE conflict"


def test_a_conflict_ends_when_the_higher_source_comes_down() -> None:
    history = History().states("LOW", "A").states("SEVERE", "B").wait(600).states("LOW", "A").states("LOW", "B")
    assert history.wait(60).states("LOW", "B").brief() == "live LOW"


def test_a_conflict_ends_when_the_lower_source_goes_up() -> None:
    history = History().states("LOW", "A").states("SEVERE", "B").wait(600).states("SEVERE", "A")
    assert history.brief() == "live SEVERE"


def test_a_fall_that_one_source_tells_minutes_before_the_other_is_no_disagreement_yet() -> None:
    history = History().states("SEVERE", "A").states("SEVERE", "B").wait(300).states("LOW", "A")
    assert history.wait(899).states("LOW", "A").brief() == "live SEVERE"
    assert history.wait(1).brief() == "live SEVERE conflict"


def test_a_rise_that_one_source_tells_minutes_before_the_others_is_shown_and_no_disagreement_yet() -> None:
    history = History(policy("A", "B", "C"))
    for source in "ABC":
        history.states("LOW", source)
    history.wait(300).states("SEVERE", "A").states("LOW", "B").states("LOW", "C")
    assert history.brief() == "live SEVERE"
    history.wait(600).states("SEVERE", "A").states("SEVERE", "B").states("LOW", "C")
    assert history.brief() == "live SEVERE", "one of two has followed"
    assert history.wait(300).states("SEVERE", "A").brief() == "live SEVERE conflict"
    assert history.states("SEVERE", "C").brief() == "live SEVERE"


def test_a_source_that_never_agreed_has_no_time_of_grace() -> None:
    history = History().states("SEVERE", "A").states("LOW", "B").wait(600)
    assert history.states("SEVERE", "A").states("MODERATE", "B").brief() == "live SEVERE conflict"


def test_a_restart_ends_the_time_of_grace() -> None:
    history = History().states("SEVERE", "A").states("SEVERE", "B").wait(300).states("LOW", "A").restart()
    assert history.states("SEVERE", "B").states("LOW", "A").brief() == "live SEVERE conflict"


# ---------------------------------------------------------------- as many sources as are demanded


def three() -> History:
    history = History(policy("A", "B", "C", agree=2))
    for source in "ABC":
        history.states("SUBSTANTIAL", source)
    return history


def test_a_level_counts_when_enough_sources_state_it() -> None:
    history = History(policy("A", "B", "C", agree=2))
    assert history.states("SEVERE", "C").brief() == "unknown"
    assert history.wait(60).states("LOW", "A").brief() == "unknown"
    history.wait(60).states("SEVERE", "B")
    assert history.brief() == "live SEVERE conflict"
    assert history.shown().age == timedelta(seconds=120), "as of the older of the two"


def test_a_rise_that_one_of_many_states_is_told_and_not_shown() -> None:
    history = three().wait(600).states("CRITICAL", "C")
    assert history.brief() == "live SUBSTANTIAL conflict"
    assert history.wait(60).states("CRITICAL", "A").brief() == "live CRITICAL"


def test_a_fall_needs_enough_sources_and_its_second_confirmation() -> None:
    history = three().wait(600).states("LOW", "A").wait(60).states("LOW", "A")
    assert history.brief() == "live SUBSTANTIAL"
    assert history.states("LOW", "B").brief() == "live SUBSTANTIAL"
    assert history.wait(60).states("LOW", "B").brief() == "live LOW"


def test_an_agreement_is_no_fresher_than_the_last_that_it_needs() -> None:
    history = three()
    for _ in range(3):
        history.wait(600).states("SUBSTANTIAL", "A")
    assert history.brief() == "live SUBSTANTIAL"
    assert history.wait(1).states("SUBSTANTIAL", "A").brief() == "stale SUBSTANTIAL"
    assert history.states("SUBSTANTIAL", "C").brief() == "live SUBSTANTIAL"


def test_an_agreement_on_older_statements_takes_nothing_back() -> None:
    history = three().wait(600).states("SUBSTANTIAL", "A").states("SUBSTANTIAL", "B")
    history.wait(60).states("LOW", "B").wait(60).states("SUBSTANTIAL", "A")
    assert history.shown().age == timedelta(seconds=120)


def test_what_an_earlier_run_heard_is_no_part_of_an_agreement() -> None:
    history = three().restart().states("SUBSTANTIAL", "A")
    assert history.brief() == "stale SUBSTANTIAL"
    assert history.states("SUBSTANTIAL", "B").brief() == "live SUBSTANTIAL"
    history = three().states("CRITICAL", "C").restart().states("CRITICAL", "A")
    assert history.brief() == "stale SUBSTANTIAL conflict"


def test_an_older_statement_of_one_of_many_is_not_shown_even_if_it_names_a_higher_level() -> None:
    history = three().states("SUBSTANTIAL", "A", issued=NEW).wait(60).states("CRITICAL", "A", issued=OLD)
    assert history.brief() == "live SUBSTANTIAL conflict"
    history = three().states("SUBSTANTIAL", "A", issued=NEW).states("CRITICAL", "B")
    assert history.states("CRITICAL", "A", issued=OLD).brief() == "live CRITICAL conflict"


def test_while_one_source_is_dead_the_other_keeps_the_level_live() -> None:
    history = History().states("SEVERE", "A").states("SEVERE", "B")
    for _ in range(10):
        history.wait(600).fails("A").states("SEVERE", "B")
    assert history.brief() == "live SEVERE"
    assert history.shown().source == "B"


def test_a_dead_source_holds_a_level_up_only_for_three_polls() -> None:
    history = History().states("SEVERE", "A").states("LOW", "B")
    for _ in range(3):
        history.wait(600).fails("A").states("LOW", "B")
    assert history.brief() == "live SEVERE conflict"
    assert history.wait(600).fails("A").states("LOW", "B").brief() == "live LOW"


def test_the_first_source_of_the_configuration_is_named_with_its_own_words() -> None:
    history = History().states("SEVERE", "B").wait(5).states("SEVERE", "A").wait(5).states("SEVERE", "B")
    shown = history.shown()
    assert (shown.source, shown.statement) == ("A", "A says SEVERE")


def test_a_source_asked_once_a_day_does_not_keep_another_ones_confirmation_live() -> None:
    plans = (SourcePlan("daily", timedelta(days=1)), SourcePlan("quick", timedelta(minutes=10)))
    history = History(replace(policy(), sources=plans)).states("SEVERE", "daily")
    history.wait(2 * HOUR).states("SEVERE", "quick")
    assert history.wait(1800).brief() == "live SEVERE"
    assert history.wait(1).brief() == "stale SEVERE"


# ---------------------------------------------------------------- answers that state nothing


@pytest.mark.parametrize("problem", list(Problem))
def test_a_refused_answer_changes_nothing_on_the_screen_but_its_report(problem: Problem) -> None:
    history = History(policy("A")).states("SEVERE")
    before = history.shown()
    after = history.fails("A", problem).shown()
    assert replace(after, sources=before.sources, attempted=before.attempted) == before
    (report,) = after.sources
    assert (report.ok, report.level, report.problem) == (False, None, problem)


def test_not_changed_confirms_what_this_run_accepted() -> None:
    history = History(policy("A")).states("SEVERE").wait(1700).unchanged().wait(1700)
    assert history.brief() == "live SEVERE"


@pytest.mark.parametrize("restarted", [False, True])
def test_not_changed_says_nothing_of_a_document_that_this_run_never_accepted(*, restarted: bool) -> None:
    history = History(policy("A"))
    if restarted:
        history.states("SEVERE").restart()
    assert history.unchanged().brief() == ("stale SEVERE" if restarted else "unknown")
    assert history.shown().sources[0].problem is Problem.HTTP_STATUS


# ---------------------------------------------------------------- older statements


@pytest.mark.parametrize(
    ("level", "shown"),
    [("LOW", "live SEVERE conflict"), ("SEVERE", "live SEVERE"), ("CRITICAL", "live CRITICAL conflict")],
)
def test_an_older_statement_lowers_nothing_but_a_higher_level_in_it_is_shown(level: str, shown: str) -> None:
    history = History(policy("A")).states("SEVERE", issued=NEW).wait(600).states(level, issued=OLD)
    assert history.brief() == shown
    assert history.shown().sources[0].problem is Problem.ROLLBACK


def test_an_older_statement_confirms_nothing_however_often_it_comes() -> None:
    history = History(policy("A")).states("SEVERE", issued=NEW)
    for _ in range(6):
        history.wait(600).states("SEVERE", issued=OLD)
    assert history.brief() == "stale SEVERE"


def test_an_older_statement_never_becomes_a_settled_fall() -> None:
    history = History(policy("A")).states("SEVERE", issued=NEW)
    for _ in range(6):
        history.wait(600).states("LOW", issued=OLD)
    assert history.brief() == "stale SEVERE conflict"


def test_the_newer_statement_ends_the_dispute() -> None:
    history = History(policy("A")).states("SEVERE", issued=NEW).states("LOW", issued=OLD)
    assert history.wait(600).states("SEVERE", issued=NEW).brief() == "live SEVERE"


def test_a_date_in_the_future_does_not_make_true_statements_look_older() -> None:
    history = History(policy("A")).states("SEVERE", issued=START + timedelta(days=300))
    assert history.wait(600).states("CRITICAL", issued=START).brief() == "live CRITICAL"


# ---------------------------------------------------------------- what is told of the change


def test_a_date_that_moves_with_other_news_keeps_the_earlier_date_of_the_change() -> None:
    history = History(policy("A")).states("SEVERE", previous="SUBSTANTIAL", changed=date(2026, 4, 30))
    shown = history.wait(600).states("SEVERE", changed=date(2026, 9, 1)).shown()
    assert (shown.previous, shown.changed) == ("SUBSTANTIAL", date(2026, 4, 30))


def test_after_days_without_a_source_the_old_change_is_not_told_of_a_level_that_may_have_gone_and_come() -> None:
    """SEVERE since 2014, five days off, SEVERE since yesterday: 2017 had it with CRITICAL in between."""
    history = History(policy("A")).states("SEVERE", previous="SUBSTANTIAL", changed=date(2014, 8, 29))
    shown = history.wait(5 * DAY).states("SEVERE", changed=date(2017, 5, 27)).shown()
    assert (shown.previous, shown.changed) == (None, date(2017, 5, 27))


def test_after_days_without_a_source_nobody_claims_to_have_seen_the_rise() -> None:
    assert History(policy("A")).states("LOW").wait(5 * DAY).states("SEVERE").shown().previous is None


def test_what_the_document_says_of_the_level_before_is_believed() -> None:
    history = History(policy("A")).states("LOW").wait(5 * DAY).states("SEVERE", previous="SUBSTANTIAL")
    assert history.shown().previous == "SUBSTANTIAL"


# ---------------------------------------------------------------- a clock that was ahead once


def test_a_claim_from_a_day_when_the_clock_was_ahead_makes_no_right_clock_look_wrong() -> None:
    history = History().states("SEVERE", "A").set_clock(START + timedelta(days=400)).states("SEVERE", "B")
    history.set_clock(START).states("SEVERE", "A").restart(power_cut=True)
    assert history.states("SEVERE", "A").brief() == "live SEVERE"


def test_a_date_taken_over_under_a_clock_that_was_ahead_refuses_nothing_later() -> None:
    history = History().set_clock(START + timedelta(days=400))
    history.states("SEVERE", issued=START + timedelta(days=300)).restart(power_cut=True).set_clock(START)
    assert history.states("CRITICAL", issued=START - timedelta(days=1)).brief() == "live CRITICAL"
