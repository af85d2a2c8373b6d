"""Which screens are used: those that are named, and all rather than none."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.walls import ScreenPlan, choose, missing_sentence

names = st.lists(st.sampled_from(["HDMI-1", "HDMI-2", "DP-1", "DP-2"]), unique=True)
plans = names.map(lambda chosen: [ScreenPlan(name, 90) for name in chosen])


@given(names, plans)
def test_the_named_ones_or_all_are_used_and_never_none_that_is_there(
    connected: list[str], wanted: list[ScreenPlan]
) -> None:
    choice = choose(connected, wanted)
    used = [plan.name for plan in choice.plans]
    named = [name for name in connected if name in {plan.name for plan in wanted}]
    assert used == (named or connected)
    assert choice.stranded == bool(connected and wanted and not named)
    assert all(choice.rotation(name) == (90 if name in named else 0) for name in connected)


def test_what_is_missing_is_said_while_a_screen_is_there() -> None:
    wanted = [ScreenPlan("HDMI-1"), ScreenPlan("HDMI-2")]
    assert missing_sentence(choose(["HDMI-1", "HDMI-2"], wanted)) is None
    assert missing_sentence(choose([], wanted)) is None
    assert missing_sentence(choose(["DP-1"], [])) is None
    one = missing_sentence(choose(["HDMI-2"], wanted))
    assert one == "A screen that the configuration names is not connected (HDMI-1); the kiosk is shown on HDMI-2."
    none = missing_sentence(choose(["DP-1"], wanted))
    assert none is not None
    assert "(HDMI-1, HDMI-2); all that are there show the kiosk (DP-1)" in none
