"""When the picture of a line is taken: after a rise is on the screen, once, and never of what is over."""

from kiosk.core.model import Confidence
from kiosk.framing import Framing
from tests.core.pictures import LIVE, STALE


def test_a_picture_is_taken_once_and_not_before_it_stood_for_a_tick() -> None:
    told: list[str] = []
    pictures = iter(["one", "two", "three"])
    framing = Framing(lambda display, *_: told.append(str(display.state)), lambda: next(pictures), told.append)
    framing.tick()
    framing.tick()
    framing.seen(LIVE, Confidence.LIVE, None)
    assert told == ["live"], "what is shown is told at once"
    framing.tick()
    assert told == ["live"]
    framing.seen(STALE, Confidence.STALE, None)
    framing.tick()
    assert told == ["live", "stale"], "the first did not stand long enough"
    for _ in range(3):
        framing.tick()
    assert told == ["live", "stale", "one"]


def test_a_picture_that_is_not_there_yet_is_waited_for() -> None:
    told: list[str] = []
    pictures = iter([None, None, "one"])
    framing = Framing(lambda *_: None, lambda: next(pictures), told.append)
    framing.seen(LIVE, Confidence.LIVE, None)
    for _ in range(5):
        framing.tick()
    assert told == ["one"]
