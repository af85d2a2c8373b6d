"""Letters that are filled one by one make the picture that one outline of them all would make."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from pytestqt.qtbot import QtBot

from kiosk.core.profile import Profile
from kiosk.profiles import load_profile
from kiosk.ui.plan import Lettering
from kiosk.ui.typeset import Composition, compose

WIDTH = 900
UK: Profile = load_profile("uk")


def drawn(composition: Composition, *, whole: bool) -> QImage:
    picture = QImage(WIDTH, round(composition.height) + 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if whole:
        outline = QPainterPath()
        outline.setFillRule(Qt.FillRule.WindingFill)
        for part in composition.outlines:
            outline.addPath(part)
        painter.fillPath(outline, QColor("black"))
    else:
        composition.draw(painter, "#000000")
    painter.end()
    return picture


@pytest.mark.parametrize("lettering", [Lettering(14, 400), Lettering(33, 700), Lettering(180, 800, display=True)])
@pytest.mark.parametrize("language", UK.words)
def test_the_picture_is_the_same_to_the_bit(qtbot: QtBot, language: str, lettering: Lettering) -> None:
    words = UK.words[language]
    for text in (*words.guidance_always, words.meaning["SEVERE"], words.level["SUBSTANTIAL"]):
        composition = compose(text, lettering, WIDTH, right_to_left=language == "ar")
        assert len(composition.outlines) > len(text.split()) / 2 or language == "zh"
        assert drawn(composition, whole=False) == drawn(composition, whole=True)


def test_letters_that_touch_are_one_outline(qtbot: QtBot) -> None:
    assert len(compose("mmm", Lettering(40, 400), WIDTH).outlines) == 3
    assert len(compose("\N{ARABIC LETTER BEH}" * 3, Lettering(40, 400), WIDTH).outlines) == 1
