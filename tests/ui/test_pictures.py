"""Every picture in every size, judged by the report of what was drawn."""

import itertools
from functools import cache
from typing import Any

import pytest
from coloraide import Color
from PySide6.QtGui import QImage

from kiosk.core.screen import Screen
from kiosk.ui.composition import SAFE
from kiosk.ui.plan import QUIET_ZONE
from kiosk.ui.qr import CodeBlock, matrix
from kiosk.ui.render import image
from kiosk.ui.report import layout_report
from tests.ui.drawing import board, render
from tests.ui.screens import ABSURD, SAMPLES, SIZES, STALE

LEAST_CAPS = {"guidance": 2.3, "meaning": 2.3, "number": 4.0}
Box = tuple[int, int, int, int]

every_picture = pytest.mark.parametrize(
    ("name", "size"),
    list(itertools.product(SAMPLES, SIZES)),
    ids=lambda value: value if isinstance(value, str) else f"{value[0]}x{value[1]}",
)


@cache
def texts(name: str, size: tuple[int, int]) -> list[dict[str, Any]]:
    return list(layout_report(board(SAMPLES[name], *size), name)["texts"])


def overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def outside(box: Box, size: tuple[int, int]) -> bool:
    x, y, w, h = box
    return x < SAFE * size[0] or y < SAFE * size[1] or x + w > (1 - SAFE) * size[0] or y + h > (1 - SAFE) * size[1]


@every_picture
def test_every_text_is_complete_and_inside_its_box_and_the_safe_area(name: str, size: tuple[int, int]) -> None:
    for text in texts(name, size):
        assert text["complete"], text
        (x, y, w, h), (left, top, width, height) = text["rect"], text["box"]
        assert left <= x, text
        assert top <= y, text
        assert x + w <= left + width, text
        assert y + h <= top + height, text
        assert not outside(text["box"], size), text


@every_picture
def test_no_two_texts_share_any_space(name: str, size: tuple[int, int]) -> None:
    for one, other in itertools.combinations(texts(name, size), 2):
        assert not overlap(one["box"], other["box"]), (one, other)


@every_picture
def test_no_text_lies_on_the_code_or_its_quiet_zone(name: str, size: tuple[int, int]) -> None:
    picture = board(SAMPLES[name], *size)
    for code in picture.findChildren(CodeBlock):
        if not code.isHidden():
            area = (code.x(), code.y(), code.width(), code.height())
            assert not [text for text in texts(name, size) if overlap(text["rect"], area)]


@every_picture
def test_letters_are_tall_enough_to_be_read(name: str, size: tuple[int, int]) -> None:
    for text in texts(name, size):
        least = LEAST_CAPS.get(text["role"], 1.9)
        assert text["cap_height"] >= least / 100 * min(size), text


@every_picture
def test_the_level_is_the_largest_text(name: str, size: tuple[int, int]) -> None:
    heights = {text["role"]: text["cap_height"] for text in texts(name, size)}
    assert all(height < heights["level"] for role, height in heights.items() if role != "level")


@every_picture
def test_every_text_has_the_highest_contrast_grade(name: str, size: tuple[int, int]) -> None:
    for text in texts(name, size):
        ratio = Color(text["colour"]).contrast(Color(text["background"]), method="wcag21")
        assert ratio >= 7, text
        assert text["contrast"] == pytest.approx(ratio, abs=0.02)


@every_picture
def test_what_must_never_be_given_up_is_there(name: str, size: tuple[int, int]) -> None:
    screen = SAMPLES[name]
    shown = {(text["role"], text["text"]) for text in texts(name, size)}
    needed = {("level", screen.level), ("meaning", screen.meaning), ("footer", screen.age)}
    needed |= {("link" if contact.link else "number", contact.number) for contact in screen.contacts}
    needed |= {("ladder", step.label) for step in screen.ladder}
    needed |= {("mark", mark) for mark in (*screen.marks, screen.strip) if mark}
    assert needed <= shown


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "long"])
@pytest.mark.parametrize("size", [(800, 480), (1366, 768), (1920, 1080), (1080, 1920), (3840, 1080)])
def test_everything_is_shown_where_there_is_room(name: str, size: tuple[int, int]) -> None:
    screen = SAMPLES[name]
    shown = [text["text"] for text in texts(name, size)]
    assert [line for line in shown if line in screen.guidance] == list(screen.guidance)
    assert screen.place in shown
    assert screen.change is None or screen.change in shown
    picture = board(screen, *size)
    codes = [code for code in picture.findChildren(CodeBlock) if not code.isHidden()]
    assert len(codes) == (screen.qr is not None)


@every_picture
def test_the_code_is_crisp_and_large_enough_to_scan(name: str, size: tuple[int, int]) -> None:
    screen = SAMPLES[name]
    picture = board(screen, *size)
    code = picture.findChildren(CodeBlock)[0]
    if code.isHidden() or screen.qr is None:
        return
    drawn = image(picture).copy(code.geometry())
    modules = matrix(screen.qr)
    module, rest = divmod(drawn.width(), len(modules) + 2 * QUIET_ZONE)
    assert rest == 0
    assert module * len(modules) >= 0.12 * min(size)
    for y in range(drawn.height()):
        for x in range(drawn.width()):
            row, column = y // module - QUIET_ZONE, x // module - QUIET_ZONE
            inside = 0 <= row < len(modules) and 0 <= column < len(modules)
            dark = inside and modules[row][column]
            assert drawn.pixel(x, y) & 0xFFFFFF == (0 if dark else 0xFFFFFF)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_absurdly_long_texts_shrink_but_stay_whole(size: tuple[int, int]) -> None:
    drawn = layout_report(board(ABSURD, *size), "stale")["texts"]
    assert all(text["complete"] and not outside(text["box"], size) for text in drawn)
    assert not [pair for pair in itertools.combinations(drawn, 2) if overlap(pair[0]["box"], pair[1]["box"])]


@pytest.mark.parametrize("size", [(7680, 4320), (5120, 1440), (640, 480)], ids=str)
def test_sizes_from_small_to_enormous_work(size: tuple[int, int]) -> None:
    drawn = layout_report(board(STALE, *size), "stale")["texts"]
    assert all(text["complete"] and not outside(text["box"], size) for text in drawn)


@pytest.mark.parametrize("screen", SAMPLES.values(), ids=list(SAMPLES))
def test_the_same_screen_gives_the_same_picture_byte_for_byte(screen: Screen) -> None:
    one, other = render(screen, 1366, 768), render(screen, 1366, 768)
    assert bytes(one.constBits()) == bytes(other.constBits())


@pytest.mark.parametrize("screen", SAMPLES.values(), ids=list(SAMPLES))
def test_the_reported_colour_and_ink_are_those_of_the_pixels(screen: Screen) -> None:
    picture = board(screen, 1920, 1080)
    drawn, behind = image(picture), picture.paint_backdrop()
    for text in layout_report(picture, "any")["texts"]:
        x, y, w, h = text["box"]
        different = changed(drawn, behind, (x, y, w, h))
        columns, rows = [place[0] for place in different], [place[1] for place in different]
        left, top, width, height = text["rect"]
        assert abs(min(columns) - left) <= 1, text
        assert abs(max(columns) + 1 - left - width) <= 1, text
        assert abs(min(rows) - top) <= 1, text
        assert abs(max(rows) + 1 - top - height) <= 1, text
        colours = {f"#{drawn.pixel(*place) & 0xFFFFFF:06x}" for place in different}
        assert text["colour"] in colours


def changed(drawn: QImage, behind: QImage, box: Box) -> list[tuple[int, int]]:
    x, y, w, h = box
    return [
        (column, row)
        for row in range(y, y + h)
        for column in range(x, x + w)
        if drawn.pixel(column, row) != behind.pixel(column, row)
    ]
