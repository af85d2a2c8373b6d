"""Fixtures of the screen's tests: one application without a display, and boards of any size."""

import os

import pytest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Our own application in place of pytest-qt's, so that its settings are the real ones."""
    from kiosk.ui.application import application

    return application(offscreen=True)


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Every test here needs it."""
