"""What moves: one cross-fade when the statement changes, and the slow drift of the whole composition."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimeLine
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.core.screen import Scene, Screen
from kiosk.ui.composition import SAFE, Frame
from kiosk.ui.drift import offset
from kiosk.ui.fade import DURATION, Fade
from kiosk.ui.render import image
from kiosk.ui.report import layout_report
from kiosk.ui.window import KioskWindow
from tests.ui.drawing import board, scene
from tests.ui.screens import EXERCISE, LAST_KNOWN, LIVE, OPERATOR, STALE, UNKNOWN, WELSH

Show = Callable[[Scene], None]


@pytest.fixture
def window(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[KioskWindow]:
    result = KioskWindow(still=getattr(request, "param", False))
    result.show_scene(scene(LIVE))
    with qtbot.waitExposed(result):
        result.present(QGuiApplication.primaryScreen())
    yield result
    result.leave()


def fade(window: KioskWindow) -> Fade:
    return window.findChildren(Fade)[0]


def banner(window: KioskWindow) -> str:
    """The colour of a point in the banner where no text is."""
    return QColor(window.grab().toImage().pixel(window.width() - 3, window.height() // 5)).name()


@pytest.mark.parametrize(
    "screen", [STALE, LAST_KNOWN, UNKNOWN, OPERATOR, EXERCISE], ids=lambda s: s.level + s.age[:9]
)
def test_another_statement_comes_in_one_cross_fade_and_nothing_is_left_of_the_one_before(
    screen: Screen, window: KioskWindow, qtbot: QtBot
) -> None:
    window.show_scene(scene(screen))
    assert fade(window).isVisible()
    assert banner(window) == LIVE.colours.banner, "it begins with the picture before"
    qtbot.waitUntil(lambda: not fade(window).isVisible(), timeout=20 * DURATION)
    assert window.grab().toImage() == image(board(screen, window.width(), window.height())).convertToFormat(
        window.grab().toImage().format()
    )


def test_a_cross_fade_passes_through_what_lies_between(window: KioskWindow, qtbot: QtBot) -> None:
    window.show_scene(scene(UNKNOWN))
    line = window.findChildren(QTimeLine)[0]
    line.stop()
    line.setCurrentTime(DURATION // 2)
    before, between, after = (QColor(c) for c in (LIVE.colours.banner, banner(window), UNKNOWN.colours.banner))
    assert after.red() < between.red() < before.red()
    line.resume()
    qtbot.waitUntil(lambda: not fade(window).isVisible(), timeout=20 * DURATION)


@pytest.mark.parametrize(
    "then",
    [
        scene(replace(LIVE, clock="14:33", age="Confirmed 3 minutes ago")),
        scene(replace(LIVE, marks=("This screen can't save what it shows.",))),
        Scene((LIVE,), step=1),
    ],
    ids=["a minute", "a mark", "a step"],
)
def test_nothing_else_fades(then: Scene, window: KioskWindow) -> None:
    window.show_scene(then)
    assert not fade(window).isVisible()


def test_a_turn_of_languages_does_not_fade(window: KioskWindow, qtbot: QtBot) -> None:
    window.show_scene(Scene((WELSH, LIVE), turn=0))
    qtbot.waitUntil(lambda: not fade(window).isVisible(), timeout=20 * DURATION)
    window.show_scene(Scene((WELSH, LIVE), turn=1))
    assert not fade(window).isVisible()


@pytest.mark.parametrize("window", [True], indirect=True)
def test_with_reduced_motion_the_new_picture_is_there_at_once(window: KioskWindow) -> None:
    window.show_scene(scene(UNKNOWN))
    assert not fade(window).isVisible()
    assert banner(window) == UNKNOWN.colours.banner


def test_a_change_during_a_fade_begins_anew_and_a_new_size_ends_it(window: KioskWindow, qtbot: QtBot) -> None:
    window.show_scene(scene(UNKNOWN))
    window.show_scene(scene(STALE))
    assert banner(window) != LIVE.colours.banner, "the level before last is gone"
    window.resize(window.width() - 10, window.height())
    qtbot.waitUntil(lambda: not fade(window).isVisible(), timeout=DURATION // 4)


# ---------------------------------------------------------------- drift


@pytest.mark.parametrize("size", [(800, 480), (1080, 1920), (3840, 1080)], ids=str)
def test_at_every_step_everything_stays_in_the_safe_area_and_keeps_its_order(size: tuple[int, int]) -> None:
    width, height = size
    at_rest = layout_report(board(Scene((STALE,)), width, height), "stale")["texts"]
    for step in range(1, 9):
        moved = layout_report(board(Scene((STALE,), step=step), width, height), "stale")["texts"]
        across, down = offset(step, Frame(width, height).drift)
        for before, after in zip(at_rest, moved, strict=True):
            x, y, w, h = after["box"]
            assert (x - across, y - down, w, h) == tuple(before["box"])
            assert x >= SAFE * width
            assert y >= SAFE * height
            assert x + w <= (1 - SAFE) * width
            assert y + h <= (1 - SAFE) * height


def test_every_edge_of_the_composition_moves_and_none_of_the_window_shows() -> None:
    pictures = [image(board(Scene((LIVE,), step=step), 1366, 768)) for step in range(9)]
    assert len({bytes(picture.constBits()) for picture in pictures}) == 9
    for picture in pictures:
        assert {picture.pixelColor(x, 0).name() for x in range(1366)} == {LIVE.colours.banner}
        assert {picture.pixelColor(x, 767).name() for x in range(1366)} == {LIVE.colours.footer}


def test_the_drift_comes_back_and_never_jumps() -> None:
    way = [offset(step, 3) for step in range(10)]
    assert way[0] == way[9] == (0, 0)
    assert len(set(way)) == 9
    for before, after in pairwise(way):
        assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 3
