"""The judges themselves: each finds what was broken on purpose, and nothing on a good picture."""

import copy
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from coloraide import Color

from kiosk.ui.render import image
from kiosk.ui.report import layout_report
from tests.ui.combinations import Case, draw, scene
from tests.ui.drawing import board
from tests.ui.judges import Report, Text, judge_contrast, judge_places, judge_sizes
from tests.ui.ocr import judge_readability
from tests.ui.screens import ABSURD
from tests.ui.sights import DICHROMACIES, Pixels, as_seen, grey, pixels

GOOD = Case("1366x768", "live", "none", "SEVERE", "en", "usual")


@pytest.fixture
def drawn() -> tuple[Report, Pixels]:
    picture = draw(GOOD)
    return copy.deepcopy(picture.report), pixels(picture.picture)


def one(report: Report, role: str) -> Text:
    return next(text for text in report["texts"] if text["role"] == role)


def area(text: Text) -> tuple[slice, slice]:
    x, y, w, h = text["rect"]
    return slice(y, y + h), slice(x, x + w)


def only(complaints: Iterator[str]) -> str:
    (complaint,) = complaints
    return complaint


def test_a_good_picture_passes_every_judge(drawn: tuple[Report, Pixels]) -> None:
    report, seen = drawn
    assert [*judge_places(report), *judge_sizes(report), *judge_contrast(report, seen)] == []
    assert list(judge_readability(report, seen)) == []


def test_letters_that_really_shrank_are_found_too_small() -> None:
    found = list(judge_sizes(layout_report(board(ABSURD, 480, 480), "stale")))
    assert any("less than 4.0 %" in complaint for complaint in found)
    assert any("less than 1.9 %" in complaint for complaint in found)


def test_a_number_as_large_as_the_level_is_found(drawn: tuple[Report, Pixels]) -> None:
    report, _ = drawn
    one(report, "number")["cap_height"] = one(report, "level")["cap_height"]
    assert "is as large as the level" in only(judge_sizes(report))


def break_complete(text: Text) -> None:
    text["complete"] = False


def break_box(text: Text) -> None:
    text["box"] = [text["box"][0], text["box"][1], text["rect"][2] - 3, text["box"][3]]


def break_margin(text: Text) -> None:
    text["rect"][0] = text["box"][0] = 38  # 3 % of 1366 are 41


def break_distance(text: Text) -> None:
    text["rect"][1] -= 60
    text["box"][1] -= 60


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (break_complete, "is cut"),
        (break_box, "sticks out"),
        (break_margin, "outside of the safe area"),
        (break_distance, "overlap"),
    ],
)
def test_a_text_in_a_wrong_place_is_found(
    drawn: tuple[Report, Pixels], broken: Callable[[Text], None], said: str
) -> None:
    report, _ = drawn
    broken(one(report, "meaning"))
    assert any(said in complaint for complaint in judge_places(report))


def test_a_paler_ink_than_the_report_says_is_found_in_the_pixels(drawn: tuple[Report, Pixels]) -> None:
    report, seen = drawn
    place = area(one(report, "guidance"))
    seen[place] = 255 - (255 - seen[place]) // 3
    assert "in the pixels" in only(judge_contrast(report, seen))


def test_a_background_that_is_bad_in_one_part_is_found(drawn: tuple[Report, Pixels]) -> None:
    report, seen = drawn
    rows, columns = area(one(report, "guidance"))
    spoiled = seen[rows.start - 6 : rows.stop + 6, columns.start : columns.start + 200]
    spoiled[spoiled.min(axis=2) > 200] = 110
    assert "where it is least" in only(judge_contrast(report, seen))


@pytest.mark.parametrize("role", ["level", "number", "footer"])
def test_a_covered_text_is_not_read(drawn: tuple[Report, Pixels], role: str) -> None:
    report, seen = drawn
    rows, columns = area(one(report, role))
    seen[rows, columns.start + (columns.stop - columns.start) * 6 // 10 : columns.stop] = seen[
        rows.start - 2, columns.start
    ]
    report["texts"] = [one(report, role)]
    assert len(list(judge_readability(report, seen))) == 5


def test_a_wrong_level_is_not_read_as_the_one_that_is_meant(drawn: tuple[Report, Pixels]) -> None:
    report, seen = drawn
    report["texts"] = [one(report, "level") | {"text": "CRITICAL"}]
    assert all("is read as “SEVERE”" in complaint for complaint in judge_readability(report, seen))


def test_a_word_that_only_colour_tells_from_its_background_is_lost_without_colour() -> None:
    isoluminant = np.array([[[200, 0, 0], [0, 110, 0]]], np.uint8)
    lightness = grey(isoluminant)
    assert abs(lightness[0, 0] - lightness[0, 1]) < 3


@pytest.mark.parametrize("sight", DICHROMACIES)
def test_copies_for_colour_blind_eyes_agree_with_another_implementation(sight: str) -> None:
    colours = ["#17624c", "#99caf5", "#fce15d", "#ee8134", "#7c0b14", "#ffffff", "#0b0c0c", "#3060c0"]
    values = np.array([[[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in colours]], np.uint8)
    for colour, seen in zip(colours, as_seen(values, sight)[0], strict=True):
        other = Color(colour).filter(sight, 1, method="machado").convert("srgb").clip()
        assert np.abs(np.array(other.coords()) * 255 - seen).max() <= 2, colour


def test_the_picture_that_is_judged_is_the_one_that_is_rendered() -> None:
    assert draw(GOOD).picture == image(board(scene(GOOD), 1366, 768))
