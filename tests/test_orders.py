"""What a person orders, decided without a kiosk: the sentences, the limits, and a clock that can't be trusted."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from kiosk.control import ClearLevel, ConfirmLevel, Order, SetLevel, StartExercise, StopExercise
from kiosk.errors import OrderRefused
from kiosk.orders import Decision, decided, told, waiting
from tests.core.histories import START, History, policy


def ordered(history: History, order: Order) -> Decision:
    return decided(order, history.state, history.now, history.policy)


def followed(history: History, order: Order) -> History:
    return history.hear(ordered(history, order).event)


def level(until: str = "2 h", **other: str) -> SetLevel:
    return SetLevel(**{"level": "SEVERE", "by": "Ann", "reason": "a parcel", "until": until, **other})


def drill(until: str = "2 h", **other: str) -> StartExercise:
    return StartExercise(**{"level": "CRITICAL", "by": "Ann", "reason": "a drill", "until": until, **other})


@pytest.fixture
def history() -> History:
    return History(policy("A")).states("SUBSTANTIAL")


def test_an_order_tells_its_end_in_full_and_what_follows(history: History) -> None:
    end = told(START + timedelta(hours=2))
    decision = ordered(history, level())
    assert decision.what == f"Ann set SEVERE until {end}: a parcel."
    assert decision.effect == "The screen shows it."
    assert history.hear(decision.event).brief() == "operator SEVERE"
    decision = ordered(history, drill())
    assert decision.what == f"Ann started an exercise at CRITICAL until {end}: a drill."
    assert decision.effect == "The screen shows it."
    history.hear(decision.event)
    assert ordered(history, level()).effect == "The exercise that runs covers it until it ends."
    stopped = ordered(history, StopExercise("Bob"))
    assert stopped.what == "Bob stopped the exercise of Ann."
    assert stopped.effect == "The screen shows the level that Ann set."
    history.hear(stopped.event)
    assert ordered(history, ClearLevel("Bob")).effect == "The screen shows what its sources state."


def test_a_level_is_read_whatever_its_capitals_and_texts_are_cleaned(history: History) -> None:
    decision = ordered(history, level(level=" severe ", by="Ann\u202e\n Lee", reason="a\tparcel."))
    assert decision.what.startswith("Ann Lee set SEVERE until ")
    assert decision.what.endswith(": a parcel.")


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (level(level="ORANGE"), '"ORANGE" is not a level of this kiosk; use LOW, MODERATE'),
        (level(by="\u200b"), "by: it must not be empty."),
        (level(reason=""), "reason: it must not be empty."),
        (level(reason="x" * 121), "reason: it has 121 characters; 120 are the most."),
        (level(by="x" * 41), "by: it has 41 characters; 40 are the most."),
        (level(until="0 s"), "is past"),
        (level(until="169 h"), "is too far away; 7 d from now is the most."),
        (drill(until="241 min"), "is too far away; 4 h from now is the most."),
        (ClearLevel("Ann"), "there is nothing to clear."),
        (StopExercise("Ann"), "there is nothing to stop."),
        (ConfirmLevel("Ann"), "No level waits for another person"),
    ],
)
def test_what_is_refused_is_one_sentence(history: History, order: Order, sentence: str) -> None:
    with pytest.raises(OrderRefused) as refusal:
        ordered(history, order)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("order", [level(until="7 d"), drill(until="4 h")])
def test_the_longest_that_is_allowed_is_allowed(history: History, order: Order) -> None:
    assert followed(history, order).shown().local


def test_a_clock_that_cannot_be_trusted_knows_lengths_only(history: History) -> None:
    history.set_clock(datetime(1970, 1, 1, tzinfo=UTC))
    with pytest.raises(OrderRefused, match="write how long instead"):
        ordered(history, level(until="18:00"))
    assert followed(history, level()).brief() == "operator SEVERE clock"


def test_a_level_that_waits_is_told_and_nobody_confirms_their_own(history: History) -> None:
    history.policy = replace(history.policy, two_person=True)
    decision = ordered(history, level())
    assert decision.effect.startswith("Nothing is shown of it until another person confirms it within 15 min")
    history.hear(decision.event)
    assert waiting(history.state) == (
        f"SEVERE until {told(START + timedelta(hours=2))}, set by Ann (a parcel), waits for another person until "
        f"{told(START + timedelta(minutes=15))}."
    )
    with pytest.raises(OrderRefused, match="another person has to confirm it"):
        ordered(history, ConfirmLevel("ann"))
    assert ordered(history, ConfirmLevel("Bob")).effect == "The screen shows it."
    assert followed(history, ClearLevel("Cat")).state.pending is None
    assert waiting(history.state) is None


def test_a_level_below_that_of_the_sources_is_said_to_be(history: History) -> None:
    assert ordered(history, level(level="LOW")).effect.endswith("its sources state a higher level.")
