"""The venue's logo: what is taken, what is refused with a sentence, and that it is seen where it stands."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from kiosk.errors import ConfigError
from kiosk.ui.logo import LogoBlock, read_logo
from kiosk.ui.render import image
from tests.ui.drawing import board
from tests.ui.screens import LIVE, LONG

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}">'
    '<path fill="{ink}" d="M0 0h{w}v{h}h-{w}z"/>{more}</svg>'
)


def drawing(folder: Path, *, ink: str = "#003366", w: int = 30, h: int = 10, more: str = "") -> str:
    path = folder / f"{len(list(folder.iterdir()))}.svg"
    path.write_text(SVG.format(ink=ink, w=w, h=h, more=more))
    return str(path)


def picture(folder: Path, size: QSize, colour: QColor) -> str:
    path = folder / f"{colour.alpha()}-{size.width()}.png"
    made = QImage(size, QImage.Format.Format_ARGB32)
    made.fill(colour)
    assert made.save(str(path))
    return str(path)


def refusal(path: str) -> str:
    with pytest.raises(ConfigError) as refused:
        read_logo(path)
    (sentence,) = refused.value.mistakes
    assert sentence.startswith(f"The logo {path} ")
    return sentence.removeprefix(f"The logo {path} ")


@pytest.mark.parametrize(
    ("ink", "plate"), [("#003366", "#ffffff"), ("#ffe14d", "#0b0c0c"), ("#ffffff", "#0b0c0c")]
)
def test_a_logo_gets_the_plate_on_which_it_is_seen(ink: str, plate: str, tmp_path: Path) -> None:
    assert read_logo(drawing(tmp_path, ink=ink)).plate == plate


def test_a_picture_with_transparent_parts_is_judged_by_what_is_opaque(tmp_path: Path) -> None:
    assert read_logo(picture(tmp_path, QSize(60, 20), QColor("#003366"))).shape == 3
    assert "is empty" in refusal(picture(tmp_path, QSize(9, 9), QColor(0, 0, 0, 0)))


def test_what_is_no_logo_is_refused_with_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    gone = tmp_path / "gone.png"
    assert refusal(str(gone)) == "is no file; name a PNG or SVG."
    assert refusal(str(tmp_path)) == "is no file; name a PNG or SVG."
    for name, content, told in (
        ("text.png", b"hello", "is neither PNG nor SVG; export it as one of them."),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00", "is a damaged PNG; export it again."),
        ("huge.svg", b"<svg" + b" " * 1024 * 1024, "is larger than 1 MiB; export it smaller."),
        ("cut.svg", b"<svg viewBox='0 0 9", "is a damaged SVG, or one without a viewBox; export it again."),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert refusal(str(path)) == told


@pytest.mark.parametrize(
    "more", ['<image href="file:///etc/hostname"/>', "<script>1</script>", "<foreignObject/>"]
)
def test_a_drawing_that_could_read_something_else_is_refused(more: str, tmp_path: Path) -> None:
    assert "is refused" not in refusal(drawing(tmp_path, more=more))
    assert refusal(drawing(tmp_path, more=more)).startswith("has pictures, scripts or entities in it")


def test_bounds(tmp_path: Path) -> None:
    assert "more than eight times" in refusal(drawing(tmp_path, w=90, h=10))
    assert "more than 4096 pixels" in refusal(picture(tmp_path, QSize(4097, 1000), QColor("#003366")))
    half = '<path fill="#ffffff" d="M0 0h15v10h-15z"/>'
    assert "can't be seen" in refusal(drawing(tmp_path, ink="#0b0c0c", more=half))


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 1080)])
def test_a_logo_stands_whole_on_the_page_and_on_nothing_else(size: tuple[int, int], tmp_path: Path) -> None:
    drawn = board(replace(LIVE, logo=drawing(tmp_path), place="Riverside Hall"), *size)
    (logo,) = drawn.findChildren(LogoBlock)
    assert logo.isVisibleTo(drawn)
    assert logo.height() >= 0.05 * min(size)
    assert not [text for text in drawn.texts() if text.geometry().intersects(logo.geometry())]
    pixels = image(drawn)
    assert pixels.pixelColor(logo.geometry().center()).name() == "#003366"


def test_a_logo_is_given_up_before_any_guidance_and_a_bad_one_costs_nothing(tmp_path: Path) -> None:
    crowded = board(replace(LONG, logo=drawing(tmp_path)), 800, 480)
    assert not crowded.findChildren(LogoBlock)[0].isVisibleTo(crowded)
    without = board(LIVE, 1920, 1080)
    assert image(board(replace(LIVE, logo=str(tmp_path / "gone.svg")), 1920, 1080)) == image(without)
