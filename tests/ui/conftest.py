"""Fixtures of the screen's tests: one application without a display, and boards of any size."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.ui.sitting import Sitting

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Our own application in place of pytest-qt's, so that its settings are the real ones."""
    from kiosk.ui.application import application

    return application(offscreen=True)


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Every test here needs it."""


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The window's look, taken off again before other tests draw."""
    from kiosk.ui.setup.look import dress

    before = qapp.style().name(), qapp.font(), qapp.palette()
    dress(qapp)
    yield
    qapp.setStyleSheet("")
    qapp.setStyle(before[0])
    qapp.setFont(QFont(before[1]))
    qapp.setPalette(before[2])


@pytest.fixture
def sitting(tmp_path: Path, qtbot: QtBot, dressed: None) -> "Sitting":
    """Somebody sits down before the window, with what the file says."""
    from tests.ui.sitting import WRITTEN, Person

    return lambda written=WRITTEN, path=tmp_path / "kiosk.toml": Person(path, qtbot, written)
