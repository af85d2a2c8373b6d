"""The three facts: what is well, what is not, and what nobody can know."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.model import Confidence, Scale
from kiosk.core.policy import Policy, SourcePlan, Trust
from kiosk.core.vitals import LONGEST_UNVERIFIED, Looked, ScreenPower, Vitals, unanswered, vitals
from tests.memories import NOW, WALL, later, state

POLICY = Policy(
    Scale(("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")),
    "UK",
    (SourcePlan("A", timedelta(minutes=10)), SourcePlan("Ŷ", timedelta(minutes=10))),
    WALL - timedelta(days=1),
    Trust(),
)
CONFIRMED = replace(state(), floor=Confidence.LIVE)
FRESH = Looked(NOW.boot - 4, by_screen=True)


def facts(
    looked: Looked | None = FRESH,
    wrong: str | None = None,
    power: ScreenPower = ScreenPower(),  # noqa: B008 - frozen
    after: float = 0,
) -> Vitals:
    return vitals(looked, wrong, power, CONFIRMED, later(after), POLICY)


def test_a_picture_is_well_as_long_as_it_was_found_so_lately_and_nothing_lasts_that_is_wrong() -> None:
    found = facts()
    assert (found.frame.ok, found.frame.age, found.frame.by_screen) == (True, timedelta(seconds=4), True)
    assert not found.failing
    longest = LONGEST_UNVERIFIED.total_seconds()
    assert facts(Looked(NOW.boot - longest, by_screen=True)).frame.ok
    for bad in (
        facts(Looked(NOW.boot - longest - 1, by_screen=True)),
        facts(Looked(None, by_screen=False)),
        facts(wrong="Other pixels."),
    ):
        assert bad.frame.ok is False
        assert bad.failing
    assert facts(wrong="Other pixels.").frame.wrong == "Other pixels."


def test_where_nobody_looks_nothing_is_claimed() -> None:
    found = facts(looked=None)
    assert (found.frame.ok, found.frame.age) == (None, None)
    assert not found.failing


def test_a_confirmation_is_well_while_it_is_live() -> None:
    found = facts(after=29 * 60)
    assert (found.confirmation.ok, found.confirmation.state) == (True, "live")
    assert (found.confirmation.age, found.confirmation.source) == (timedelta(minutes=29), "A")
    found = facts(after=31 * 60)
    assert (found.confirmation.ok, found.confirmation.state) == (False, "stale")
    assert found.failing
    another_boot = replace(NOW, boot_id="another", run="another")
    found = vitals(FRESH, None, ScreenPower(), CONFIRMED, another_boot, POLICY)
    assert (found.confirmation.ok, found.confirmation.age) == (False, None), "no clock tells how old it is"


@pytest.mark.parametrize(
    ("power", "ok", "word"),
    [
        (ScreenPower(), None, "unknown"),
        (ScreenPower(meant=False), None, "unknown"),
        (ScreenPower(on=True), True, "on"),
        (ScreenPower(on=True, meant=False), True, "on"),
        (ScreenPower(on=False, meant=False), True, "off"),
        (ScreenPower(on=False), False, "off"),
    ],
)
def test_a_screen_has_power_whenever_it_is_to_be_on(power: ScreenPower, ok: object, word: str) -> None:
    found = facts(power=replace(power, seen=NOW.boot - 7))
    assert (found.power.ok, found.power.word, found.power.age) == (ok, word, timedelta(seconds=7))
    assert found.failing == (ok is False)


def test_a_screen_that_is_off_as_it_should_be_shows_nothing_that_could_be_wrong() -> None:
    old = Looked(NOW.boot - 3600, by_screen=True)
    assert facts(old, power=ScreenPower(on=False, meant=False)).frame.ok is None
    assert facts(old, power=ScreenPower(on=False, meant=True)).frame.ok is False
    assert facts(old, "Other pixels.", ScreenPower(on=False, meant=False)).frame.ok is False


def test_of_a_display_that_does_not_answer_nothing_is_known_and_its_picture_is_not_trusted() -> None:
    found = unanswered("It hangs.")
    assert (found.frame.ok, found.confirmation.ok, found.power.ok) == (False, None, None)
    assert found.failing
