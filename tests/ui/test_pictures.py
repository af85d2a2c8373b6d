"""Every picture in every size, judged by the report of what was drawn."""

import itertools
from functools import cache
from typing import Any

import numpy as np
import pytest
from coloraide import Color
from PySide6.QtCore import QRect

from kiosk.core.screen import Screen
from kiosk.ui.plan import QUIET_ZONE
from kiosk.ui.qr import CodeBlock, matrix
from kiosk.ui.render import image
from kiosk.ui.report import layout_report
from tests.ui.drawing import board, render
from tests.ui.judges import judge_places, judge_sizes
from tests.ui.screens import ABSURD, SAMPLES, SIZES, STALE
from tests.ui.sights import pixels

every_picture = pytest.mark.parametrize(
    ("name", "size"),
    list(itertools.product(SAMPLES, SIZES)),
    ids=lambda value: value if isinstance(value, str) else f"{value[0]}x{value[1]}",
)


@cache
def texts(name: str, size: tuple[int, int]) -> list[dict[str, Any]]:
    return list(layout_report(board(SAMPLES[name], *size), name)["texts"])


@every_picture
def test_every_picture_satisfies_the_judges(name: str, size: tuple[int, int]) -> None:
    """Nothing cut, overlapping or outside, letters tall enough, and the level the largest of them."""
    report = {"size": size, "texts": texts(name, size)}
    assert [*judge_places(report), *judge_sizes(report)] == []


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
def test_the_code_is_crisp_large_enough_to_scan_and_by_itself(name: str, size: tuple[int, int]) -> None:
    screen = SAMPLES[name]
    picture = board(screen, *size)
    code = picture.findChildren(CodeBlock)[0]
    if code.isHidden() or screen.qr is None:
        return
    area = code.geometry()
    drawn = pixels(image(picture).copy(area)).max(axis=2)
    modules = np.pad(np.array(matrix(screen.qr), dtype=bool), QUIET_ZONE)
    module, rest = divmod(area.width(), len(modules))
    assert rest == 0
    assert module * len(matrix(screen.qr)) >= 0.12 * min(size)
    expected = np.where(modules, 0, 255).repeat(module, axis=0).repeat(module, axis=1)
    assert np.array_equal(drawn, expected)
    assert not [text for text in texts(name, size) if area.intersects(QRect(*text["rect"]))]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_absurdly_long_texts_shrink_but_stay_whole(size: tuple[int, int]) -> None:
    assert list(judge_places(layout_report(board(ABSURD, *size), "stale"))) == []


@pytest.mark.parametrize("size", [(7680, 4320), (5120, 1440), (640, 480)], ids=str)
def test_sizes_from_small_to_enormous_work(size: tuple[int, int]) -> None:
    assert list(judge_places(layout_report(board(STALE, *size), "stale"))) == []


@pytest.mark.parametrize("screen", SAMPLES.values(), ids=list(SAMPLES))
def test_the_same_screen_gives_the_same_picture_byte_for_byte(screen: Screen) -> None:
    one, other = render(screen, 1366, 768), render(screen, 1366, 768)
    assert bytes(one.constBits()) == bytes(other.constBits())


@pytest.mark.parametrize("screen", SAMPLES.values(), ids=list(SAMPLES))
def test_the_reported_colour_and_ink_are_those_of_the_pixels(screen: Screen) -> None:
    picture = board(screen, 1920, 1080)
    drawn, behind = pixels(image(picture)), pixels(picture.paint_backdrop())
    for text in layout_report(picture, "any")["texts"]:
        x, y, w, h = text["box"]
        part = drawn[y : y + h, x : x + w]
        different = (part != behind[y : y + h, x : x + w]).any(axis=2)
        rows, columns = (np.flatnonzero(different.any(axis=axis)) for axis in (1, 0))
        left, top, width, height = text["rect"]
        edges = (x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1)
        assert edges == pytest.approx((left, top, left + width, top + height), abs=1), text
        red, green, blue = (int(text["colour"][place : place + 2], 16) for place in (1, 3, 5))
        assert (part[different] == (red, green, blue)).all(axis=1).any(), text
