"""How the setup window looks: plain and calm, in the colours and the typeface of the screen itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kiosk.core.theme import DAY
from kiosk.ui.fonts import FAMILY

GAP = 8
"""Pixels; every distance is a multiple."""

PAGE, INK, QUIET, RULE = DAY.page
SOFT = DAY.confirmed[0]
WRONG = "#8a1020"
"""The ink of mistakes, 9:1 on the page; a word stands with it, always."""

_STYLE = f"""
QWidget {{ color: {INK}; }}
QMainWindow, QStackedWidget, QScrollArea, #page {{ background: {PAGE}; }}
#side, #foot {{ background: {SOFT}; }}
QListWidget#sections {{ background: {SOFT}; border: none; outline: none; padding: {GAP}px 0; }}
QListWidget#sections::item {{ padding: 10px 16px; }}
QListWidget#sections::item:selected {{ background: {INK}; color: {PAGE}; }}
QLineEdit, QPlainTextEdit, QListWidget {{
    background: {PAGE}; border: 1px solid {QUIET}; border-radius: 3px; padding: 6px;
    selection-background-color: {INK}; selection-color: {PAGE}; placeholder-text-color: {QUIET};
}}
QLineEdit:focus, QPlainTextEdit:focus, QListWidget:focus {{ border: 2px solid {INK}; padding: 5px; }}
QListWidget#sections:focus {{ border: none; padding: {GAP}px 0; }}
QListWidget#sections::item:selected:focus {{ text-decoration: underline; }}
*[wrong="true"] {{ border: 2px solid {WRONG}; }}
QPushButton {{ background: {PAGE}; border: 1px solid {QUIET}; border-radius: 3px; padding: 7px 14px; }}
QPushButton:hover {{ background: {SOFT}; }}
QPushButton:focus {{ border: 2px solid {INK}; padding: 6px 13px; }}
QPushButton:disabled {{ color: {RULE}; border-color: {RULE}; }}
QPushButton#first {{ background: {INK}; color: {PAGE}; border-color: {INK}; }}
QPushButton#first:disabled {{ background: {RULE}; border-color: {RULE}; color: {PAGE}; }}
QCheckBox:focus, QRadioButton:focus {{ text-decoration: underline; }}
QProgressBar {{ border: 1px solid {QUIET}; border-radius: 3px; background: {PAGE}; height: 10px; }}
QProgressBar::chunk {{ background: {INK}; }}
"""


def dress(app: QApplication) -> None:
    """Gives the application its look; on every platform the same, so that it is the one that was tested."""
    app.setStyle("Fusion")
    app.setFont(letters(15))
    palette = QPalette(QColor(SOFT))
    for role, colour in (
        (QPalette.ColorRole.Window, PAGE),
        (QPalette.ColorRole.Base, PAGE),
        (QPalette.ColorRole.WindowText, INK),
        (QPalette.ColorRole.Text, INK),
        (QPalette.ColorRole.ButtonText, INK),
        (QPalette.ColorRole.Highlight, INK),
        (QPalette.ColorRole.HighlightedText, PAGE),
        (QPalette.ColorRole.PlaceholderText, QUIET),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(_STYLE)


def letters(size: int, *, bold: bool = False) -> QFont:
    """The typeface of the screen; its weight is an axis, which a style sheet doesn't reach."""
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setVariableAxis(QFont.Tag("wght"), 650 if bold else 400)
    return font


def text(
    words: str, parent: QWidget | None = None, *, size: int = 15, bold: bool = False, ink: str = INK
) -> QLabel:
    """Words that wrap; plain ones, whatever is in them."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(letters(size, bold=bold))
    paint(label, ink)
    label.setText(words)
    return label


def paint(label: QLabel, ink: str) -> None:
    """Gives words their colour."""
    label.setStyleSheet(f"color: {ink};")
