"""Another memory takes over while the program runs: what it holds, and what of people's own stays."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.core.derive import derive
from kiosk.core.fold import Exercised, Passed, Set, fold
from kiosk.core.model import Confidence
from kiosk.core.policy import Policy
from kiosk.core.state import LocalLevel, State, beginning, durable, fitted, succeeding
from tests.core.histories import History, policy


def local(history: History, level: str) -> LocalLevel:
    return LocalLevel(level, "Ann", "repairs", history.now, history.now.wall + timedelta(hours=1))


def follows(history: History, memory: State, ruling: Policy) -> History:
    history.state = succeeding(memory, history.state, ruling)
    history.policy = ruling
    return history


def test_a_level_that_this_run_confirmed_a_minute_ago_comes_back_as_stale() -> None:
    history = History().states("SEVERE").wait(30)
    memory = durable(history.state)
    elsewhere = follows(history, beginning(policy(area="NI")), policy(area="NI"))
    assert elsewhere.brief() == "unknown"
    back = follows(elsewhere.wait(30), fitted(memory, policy()), policy())
    assert back.brief() == "stale SEVERE", "nobody looked meanwhile"
    assert back.states("SEVERE").brief() == "live SEVERE"


def test_what_people_set_stays_on_its_scale_and_in_its_area() -> None:
    history = History().states("LOW")
    history.hear(Set(local(history, "SEVERE"))).hear(Exercised(local(history, "CRITICAL")))
    same = succeeding(beginning(policy()), history.state, policy())
    assert (same.operator, same.exercise) == (history.state.operator, history.state.exercise)
    short = policy(levels=("LOW", "SEVERE"))
    shorter = succeeding(beginning(short), history.state, short)
    assert shorter.operator == history.state.operator
    assert shorter.exercise is None
    there = policy(area="NI")
    elsewhere = succeeding(beginning(there), history.state, there)
    assert (elsewhere.operator, elsewhere.exercise) == (None, None)


def test_a_level_that_was_taken_back_does_not_come_back_with_an_older_memory() -> None:
    history = History()
    history.hear(Set(local(history, "SEVERE")))
    memory = durable(history.state)
    history.hear(Set(None))
    assert succeeding(fitted(memory, policy()), history.state, policy()).operator is None


def test_what_was_known_to_be_worse_stays_so() -> None:
    history = History().states("SEVERE")
    memory = replace(durable(history.state), floor=Confidence.LAST_KNOWN)
    state = fold(succeeding(memory, history.state, policy()), Passed(), history.now, policy())
    assert derive(state, history.now, policy()).state == "last-known"
