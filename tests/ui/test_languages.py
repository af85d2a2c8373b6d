"""Languages on one screen: together where both fit, else in turn, and the level never leaves."""

from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene
from kiosk.core.venue import Venue
from kiosk.profiles import load_profile, load_words
from kiosk.typefaces import TYPEFACES
from kiosk.ui.board import Board
from kiosk.ui.qr import CodeBlock
from kiosk.ui.render import board, image
from kiosk.ui.report import layout_report
from tests.core.pictures import DISPLAYS, NOW, in_london
from tests.ui.screens import LIVE, LONG, WELSH

UK = load_profile("uk")
FRENCH = replace(LIVE, language="fr", level="GRAVE")
FAMILIES = frozenset(face.family for face in TYPEFACES)
ARABIC = replace(LIVE, language="ar", level="شديد", right_to_left=True)
Text = dict[str, Any]


def real(*languages: str, state: str = "live", place: str = "Riverside Hall") -> Scene:
    occasion = Occasion(NOW, in_london, Venue(place))
    return told(DISPLAYS[state], UK, [load_words(language) for language in languages], occasion)


def texts(scene: Scene, width: int, height: int) -> list[Text]:
    return list(layout_report(board(scene, width, height), "any")["texts"])


def of(role: str, drawn: list[Text]) -> list[Text]:
    return [text for text in drawn if text["role"] == role]


# ---------------------------------------------------------------- together


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 1080), (1080, 1920), (5120, 1440)], ids=str)
def test_welsh_and_english_stand_together_and_welsh_is_read_first_and_no_smaller(size: tuple[int, int]) -> None:
    scene = real("cy", "en", state="stale")
    drawn = texts(scene, *size)
    welsh, english = scene.screens
    assert [text["text"] for text in of("level", drawn)] == [welsh.level, english.level]
    for role in ("level", "meaning", "guidance", "heading", "footer", "hotline", "ladder"):
        here = of(role, drawn)
        first = [text for text in here if text["language"] == "cy"]
        second = [text for text in here if text["language"] == "en"]
        assert len(first) == len(second) > 0, role
        assert sorted((text["cap_height"], text["weight"]) for text in first) == sorted(
            (text["cap_height"], text["weight"]) for text in second
        ), role
        for one, other in zip(first, second, strict=True):
            before = one["rect"][0] < other["rect"][0] or one["rect"][1] < other["rect"][1]
            assert before, (one, other)
    assert {line for screen in scene.screens for line in screen.guidance} <= {text["text"] for text in drawn}
    assert [text["text"] for text in of("number", drawn)] == ["999", "0800 789 321"], "said once"


def test_a_turn_changes_nothing_where_both_stand_together() -> None:
    scene = real("cy", "en")
    assert image(board(scene, 1920, 1080)) == image(board(replace(scene, turn=1), 1920, 1080))


def test_a_logo_gives_way_before_two_languages_are_parted(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    scene = real("cy", "en")
    scene = Scene(tuple(replace(screen, logo=str(tmp_path / "logo.svg")) for screen in scene.screens))
    assert len({text["language"] for text in of("guidance", texts(scene, 1920, 1080))}) == 2


# ---------------------------------------------------------------- in turn


def turns(scene: Scene, width: int, height: int) -> list[list[Text]]:
    return [texts(replace(scene, turn=turn), width, height) for turn in range(len(scene.screens))]


@pytest.mark.parametrize("size", [(800, 480), (1080, 1080)], ids=str)
def test_where_two_languages_take_turns_the_level_stays_in_both_and_nothing_jumps(size: tuple[int, int]) -> None:
    scene = real("cy", "en")
    first, second = turns(scene, *size)
    assert {text["language"] for text in of("guidance", first)} == {"cy"}
    assert {text["language"] for text in of("guidance", second)} == {"en"}
    for drawn in (first, second):
        assert [text["text"] for text in of("level", drawn)] == ["DIFRIFOL", "SEVERE"]
        assert len({text["cap_height"] for text in of("level", drawn)}) == 1
    for role in ("guidance", "number", "footer", "ladder"):
        assert {text["cap_height"] for text in of(role, first)} == {
            text["cap_height"] for text in of(role, second)
        }


def test_of_three_languages_the_first_one_keeps_its_level_in_every_turn() -> None:
    scene = Scene((LIVE, WELSH, FRENCH))
    levels = [[text["text"] for text in of("level", drawn)] for drawn in turns(scene, 1920, 1080)]
    assert levels == [["SEVERE"], ["SEVERE", "DIFRIFOL"], ["SEVERE", "GRAVE"]]


def test_one_word_for_the_level_in_two_languages_stands_once() -> None:
    scene = Scene((LONG, replace(LONG, language="fr")))
    assert [len(of("level", drawn)) for drawn in turns(scene, 800, 480)] == [1, 1]


@pytest.mark.parametrize("size", [(1920, 1080), (800, 480)], ids=str)
def test_that_nothing_is_confirmed_stands_in_both_languages_in_every_turn(size: tuple[int, int]) -> None:
    for drawn in turns(real("cy", "en", state="unknown"), *size):
        assert [text["text"] for text in of("level", drawn)] == ["Heb ei chadarnhau", "Not confirmed"]


# ---------------------------------------------------------------- from right to left


def test_arabic_mirrors_the_picture_and_leaves_numbers_and_the_code_as_they_are() -> None:
    across, mirrored = (
        board(Scene((LIVE,)), 1920, 1080),
        board(Scene((replace(LIVE, right_to_left=True),)), 1920, 1080),
    )
    plain, turned = layout_report(across, "any")["texts"], layout_report(mirrored, "any")["texts"]
    for one, other in zip(plain, turned, strict=True):
        x, y, w, h = one["box"]
        assert other["box"] == [1920 - x - w, y, w, h], one
    numbers = [block for block in mirrored.texts() if block.text() == "0800 789 321"]
    assert numbers[0].slot
    assert not numbers[0].slot.right_to_left
    code, other_code = (drawn.findChildren(CodeBlock)[0] for drawn in (across, mirrored))
    assert image(across).copy(code.geometry()) == image(mirrored).copy(other_code.geometry())


def test_languages_of_two_directions_take_turns_and_never_stand_together() -> None:
    for drawn in turns(Scene((ARABIC, LIVE)), 3840, 1080):
        assert len({text["language"] for text in of("guidance", drawn)}) == 1
        assert [text["text"] for text in of("level", drawn)] == [ARABIC.level, LIVE.level]


# ---------------------------------------------------------------- letters


def faces(drawn: Board) -> set[str]:
    return {family for block in drawn.texts() if block.composition for family in block.composition.families}


@pytest.mark.parametrize("language", UK.languages)
@pytest.mark.parametrize("state", ["live", "stale", "last-known", "unknown", "operator", "exercise"])
def test_every_letter_of_every_language_is_of_our_typefaces(language: str, state: str) -> None:
    drawn = board(real(language, state=state, place="Tŵr ŷ"), 1366, 768)
    own = {face.family for face in TYPEFACES if not face.languages or language in face.languages}
    assert faces(drawn) == own
    assert all(block.complete for block in drawn.texts())


@pytest.mark.parametrize("place", ["مسرح المدينة", "人民大会堂", "Łódź ŵ ŷ ẞ", "Hall 大厅 قاعة"])
def test_a_venue_may_be_called_in_any_of_the_scripts_on_any_screen(place: str) -> None:
    drawn = board(real("en", place=place), 1920, 1080)
    assert faces(drawn) <= FAMILIES
    assert all(block.complete for block in drawn.texts())


@pytest.mark.parametrize("place", ["กรุงเทพ", "Hall 🏛", "\U000f0000"])
def test_a_letter_that_no_typeface_has_is_replaced_and_said_and_never_borrowed(place: str) -> None:
    drawn = board(real("en", place=place), 1920, 1080)
    assert faces(drawn) <= FAMILIES
    assert [block.text() for block in drawn.texts() if not block.complete] == [place]


def test_every_language_has_its_own_words_for_every_state() -> None:
    for state in ("live", "stale", "last-known", "unknown", "exercise"):
        footers = {language: real(language, state=state).due.age for language in UK.languages}
        for one, other in combinations(footers, 2):
            assert footers[one] != footers[other], (state, one, other)


@pytest.mark.parametrize("pair", list(permutations(("cy", "en", "pl", "de"), 2))[:6], ids=str)
def test_any_two_languages_of_one_direction_fit_somehow_everywhere(pair: tuple[str, str]) -> None:
    for size in ((800, 480), (1080, 1080), (1920, 1080)):
        for drawn in turns(real(*pair, state="last-known", place="x" * 40), *size):
            assert all(text["complete"] for text in drawn)
