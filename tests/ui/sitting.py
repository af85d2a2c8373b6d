"""Somebody at the keyboard before the setup window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kiosk.commands.setup import SetupDesk
from kiosk.config.edit import Draft
from kiosk.ui.setup.window import SetupWindow

WRITTEN = """\
# The lobby's own file.
place = "Riverside Hall"  # as on the door
languages = ["en"]

# What nobody knows here.
[venue]
notice = { en = "Hello", cy = "Helo" }
"""


class Person:
    """Somebody at a keyboard, before a window."""

    def __init__(self, path: Path, qtbot: QtBot, written: str) -> None:
        self.path = path
        if written:
            self.path.write_text(written, "utf-8")
        self._qtbot = qtbot
        self.closed = 0
        self.desk = SetupDesk(Draft(self.path))
        self.window = SetupWindow(self.desk, self._close)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.desk.reload())
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def _close(self) -> None:
        self.closed += 1

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        if not self.window.isActiveWindow() and not QApplication.activeModalWidget():
            self.window.activateWindow()  # a window manager does that when a question is answered
            self._qtbot.waitUntil(self.window.isActiveWindow)
        widget = QApplication.focusWidget()
        assert widget
        return widget

    def press(self, key: Qt.Key, *, ctrl: bool = False, alt: bool = False, times: int = 1) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        held = Qt.KeyboardModifier.AltModifier if alt else held
        for _ in range(times):
            QTest.keyClick(self.focus, key, held)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus, words)

    def write_anew(self, words: str) -> None:
        """Types over what an entry has."""
        self.press(Qt.Key.Key_A, ctrl=True)
        self.press(Qt.Key.Key_Delete)
        self.type(words)

    def open(self, section: str) -> None:
        """Goes to a section of the list, and from there into its page."""
        self.window.sections.setFocus()
        titles = [page.title for page in self.window.pages]
        self.press(Qt.Key.Key_Home)
        self.press(Qt.Key.Key_Down, times=titles.index(section))

    def go(self, name: str) -> None:
        """Tabs on until something of that name has the keyboard."""
        for _ in range(80):
            if name in {self.focus.accessibleName(), getattr(self.focus, "text", str)().replace("&", "")}:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} can't be reached by the keyboard, which is at {self.focus}")

    def settle(self) -> None:
        """Waits as long as the window waits for another key."""
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: not self.window._soon.isActive())

    def until(self, wanted: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(wanted, timeout=10_000)

    def save(self) -> None:
        self.press(Qt.Key.Key_S, ctrl=True)

    def told(self) -> list[str]:
        """The mistakes that stand beside entries now."""
        return [row._mistake.text() for page in self.window.pages for row in page.rows if row.wrong]

    def answer(self, number: int | None) -> list[str]:
        """Gives the next question the answer of that number, or none; the list has what it said."""
        asked: list[str] = []

        def look() -> None:
            box = QApplication.activeModalWidget()
            if not isinstance(box, QMessageBox):
                QTimer.singleShot(20, look)
                return
            asked.append(box.text())
            if number is None:
                QTest.keyClick(box, Qt.Key.Key_Escape)
                return
            box.defaultButton().setFocus()
            for _ in range(number):
                QTest.keyClick(box.focusWidget(), Qt.Key.Key_Tab)
            QTest.keyClick(box.focusWidget(), Qt.Key.Key_Space)

        QTimer.singleShot(20, look)
        return asked


Sitting = Callable[..., Person]
