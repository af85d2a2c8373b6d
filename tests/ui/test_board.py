"""The board: what it repaints, what it tells assistive technology, and what it takes literally."""

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAccessible, QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from kiosk.core.palette import contrast
from kiosk.core.screen import Pattern, Screen
from kiosk.ui import fonts
from kiosk.ui.board import Board
from kiosk.ui.plan import Role
from kiosk.ui.qr import CodeBlock
from kiosk.ui.report import layout_report
from kiosk.ui.typeset import compose
from tests.ui.drawing import board, render, scene
from tests.ui.screens import (
    DEMONSTRATION,
    EXERCISE,
    LIVE,
    LONG,
    OPERATOR,
    SAMPLES,
    STALE,
    STALE_SEVERE,
    UNKNOWN,
    WELSH,
)


class WatchedBoard(Board):
    """A board that remembers where it was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Remember and paint."""
        self.painted = self.painted.united(event.region())
        super().paintEvent(event)


def shown(screen: Screen, qtbot: QtBot) -> WatchedBoard:
    watched = WatchedBoard()
    qtbot.addWidget(watched)
    watched.resize(1920, 1080)
    watched.show_scene(scene(screen))
    with qtbot.waitExposed(watched):
        watched.show()
    qtbot.waitUntil(lambda: not watched.painted.isEmpty())
    watched.painted = QRegion()
    return watched


def test_a_tick_of_the_clock_repaints_only_the_clock(qtbot: QtBot) -> None:
    watched = shown(LIVE, qtbot)
    watched.show_scene(scene(replace(LIVE, clock="14:33")))
    qtbot.waitUntil(lambda: not watched.painted.isEmpty())
    clock = next(text for text in watched.texts() if text.slot and text.slot.role is Role.CLOCK)
    assert watched.painted.boundingRect() == clock.geometry()


def test_the_same_screen_again_repaints_nothing(qtbot: QtBot) -> None:
    watched = shown(LIVE, qtbot)
    watched.show_scene(scene(replace(LIVE)))
    qtbot.wait(50)
    assert watched.painted.isEmpty()


def test_another_state_replaces_every_trace_of_the_one_before() -> None:
    picture = board(OPERATOR, 1366, 768)
    for screen in (LONG, UNKNOWN, EXERCISE, WELSH):
        picture.show_scene(scene(screen))
        fresh = layout_report(board(screen, 1366, 768), "any")["texts"]
        assert sorted(layout_report(picture, "any")["texts"], key=str) == sorted(fresh, key=str)


def test_assistive_technology_reads_the_summary_and_every_text(qtbot: QtBot) -> None:
    watched = shown(WELSH, qtbot)
    assert name(watched) == WELSH.summary
    for text in watched.texts():
        assert name(text) == text.text()
        assert text.slot is not None
        heading = text.slot.role in {Role.LEVEL, Role.HEADING}
        role = QAccessible.queryAccessibleInterface(text).role()
        assert role is (QAccessible.Role.Heading if heading else QAccessible.Role.StaticText)
    code = watched.findChildren(CodeBlock)[0]
    assert name(code) == WELSH.qr_label


def name(widget: object) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)  # type: ignore[arg-type] # any widget will do
    return str(interface.text(QAccessible.Text.Name))


@pytest.mark.parametrize("text", ["<b>Hall</b>", '<img src="file:///etc/hostname">', "Q&A &amp; more", "&Hall"])
def test_markup_is_drawn_as_it_is_written(text: str) -> None:
    picture = board(replace(LIVE, place=text), 1920, 1080)
    place = next(block for block in picture.texts() if block.slot and block.slot.role is Role.PLACE)
    assert place.complete
    assert place.composition is not None
    as_written = compose(text, place.slot.lettering, place.width(), right=True) if place.slot else None
    assert as_written is not None
    assert place.composition.outlines == as_written.outlines
    assert place.composition.ink.width() > 4 * len(text)
    assert name(place) == text


@pytest.mark.parametrize("screen", SAMPLES.values(), ids=list(SAMPLES))
def test_every_letter_is_inters_own(screen: Screen) -> None:
    picture = board(screen, 1920, 1080)
    for block in picture.texts():
        assert block.composition is not None
        assert block.composition.families == {fonts.FAMILY}
        assert block.complete


def test_a_letter_no_font_has_is_reported_as_incomplete() -> None:
    picture = board(replace(LIVE, place="Hall \U000f0000"), 1920, 1080)
    report = layout_report(picture, "live")["texts"]
    assert [text["complete"] for text in report if text["role"] == "place"] == [False]


def test_weights_differ_as_ordered() -> None:
    report = layout_report(board(LIVE, 1920, 1080), "live")["texts"]
    weights = {text["role"]: text["weight"] for text in report}
    assert weights["level"] == 800
    assert weights["guidance"] == 400
    assert weights["place"] == 400


@pytest.mark.parametrize("screen", [EXERCISE, DEMONSTRATION], ids=["exercise", "demonstration"])
def test_every_part_of_an_unreal_picture_differs_from_the_real_one(screen: Screen) -> None:
    unreal = render(screen, 1920, 1080)
    real = render(replace(screen, watermark=None, pattern=Pattern.PLAIN), 1920, 1080)
    part = 160
    for y in range(0, 1080 - part, part):
        for x in range(0, 1920 - part, part):
            assert unreal.copy(x, y, part, part) != real.copy(x, y, part, part), (x, y)


@pytest.mark.parametrize("screen", [STALE, STALE_SEVERE], ids=["yellow", "orange"])
def test_a_stale_banner_differs_from_a_live_one_without_colour(screen: Screen) -> None:
    stale = render(screen, 1920, 1080)
    row = [f"#{stale.pixel(x, 10) & 0xFFFFFF:06x}" for x in range(200)]
    assert max(contrast(one, row[0]) for one in row) > 1.1
    assert stale != render(replace(screen, pattern=Pattern.PLAIN), 1920, 1080)


def test_steps_not_reached_are_hollow() -> None:
    picture = board(LIVE, 1920, 1080)
    backdrop = picture.paint_backdrop()
    labels = [block.geometry() for block in picture.texts() if block.slot and block.slot.role is Role.LADDER]
    inks = []
    for label in labels:
        column = label.x() + label.width() // 2
        below = [backdrop.pixel(column, y) & 0xFFFFFF for y in range(label.bottom(), label.bottom() + 30)]
        inks.append(below.count(0x000000))
    assert inks[3] > inks[0] > 2 * inks[4] > 0


def test_resizing_arranges_anew() -> None:
    picture = board(LIVE, 1920, 1080)
    picture.resize(800, 480)
    picture.ensurePolished()
    assert layout_report(picture, "live") != layout_report(board(LIVE, 1920, 1080), "live")
