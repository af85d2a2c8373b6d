"""The page of the screens and of the PIN, as far as this kiosk has options for them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.setup.contract import Desk, Place
from kiosk.ui.setup.look import GAP, INK, QUIET, WRONG, paint, text
from kiosk.ui.setup.page import Page

_POWER = {"on": "Po&wer on", "rise": "Stays o&n for"}
_TURNS = (0, 90, 180, 270)


class ScreensPage(Page):
    """On which screens the kiosk is, how each is turned, and the PIN that ends it there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Screens", "On which screens of this machine the level is shown.")
        self.all, self.some = QRadioButton("On &every screen"), QRadioButton("On &these screens only")
        self.column.addWidget(self.all)
        self.column.addWidget(self.some)
        self._box = QWidget()
        self._grid = QGridLayout(self._box)
        self._grid.setContentsMargins(3 * GAP, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self.column.addWidget(self._box)
        self._lines: dict[str, tuple[QCheckBox, QComboBox]] = {}
        self._wrong = text("", ink=WRONG, bold=True, size=14)
        self.column.addWidget(self._wrong)
        self.all.clicked.connect(self._write_screens)
        self.some.clicked.connect(self._write_screens)
        self.pin = PinBox(desk)
        self.pin.setVisible("lock" in desk.fields)
        self.pin.edited.connect(self.edited)
        list(self.options("power", _POWER))
        self.column.addWidget(self.pin)

    def show_values(self) -> None:
        """Shows the screens that are connected, and those that the file names."""
        found = self.desk.values().get("screen")
        chosen = {
            str(entry.get("name")): entry.get("rotation", 0)
            for entry in (found if isinstance(found, list) else [])
            if isinstance(entry, dict)
        }
        connected = {
            screen.name(): f"{screen.size().width()}x{screen.size().height()}"
            for screen in QGuiApplication.screens()
            if screen.name()
        }
        for name in [*connected, *(name for name in chosen if name not in connected)]:
            if name not in self._lines:
                self._add_line(name, connected.get(name))
        (self.some if chosen else self.all).setChecked(True)
        for name, (box, turn) in self._lines.items():
            box.setChecked(name in chosen)
            turn.setCurrentIndex(max(0, turn.findData(chosen.get(name, 0))))
        self._box.setEnabled(bool(chosen))
        self.pin.show_values()
        super().show_values()

    def show_mistakes(self, mistakes: Sequence[tuple[Place, str]]) -> set[Place]:
        """As ``Page.show_mistakes``."""
        mine = [(place, sentence) for place, sentence in mistakes if place[0] in {"screen", "lock"}]
        mine += [
            (place, sentence) for place, sentence in mistakes if place in {("", 0, "screen"), ("", 0, "lock")}
        ]
        said = " ".join(sentence for _, sentence in mine)
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))
        return super().show_mistakes(mistakes) | {place for place, _ in mine}

    def _add_line(self, name: str, size: str | None) -> None:
        box, turn = QCheckBox(f"{name} ({size or 'not connected'})"), QComboBox()
        for degrees in _TURNS:
            turn.addItem("not turned" if not degrees else f"turned by {degrees}°", degrees)
        turn.setAccessibleName(f"Rotation of {name}")
        row = len(self._lines)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(turn, row, 1)
        self._lines[name] = box, turn
        box.clicked.connect(self._write_screens)
        turn.activated.connect(self._write_screens)

    def _write_screens(self) -> None:
        wanted = self.some.isChecked()
        if wanted and not any(box.isChecked() for box, _ in self._lines.values()):
            for box, _ in list(self._lines.values())[:1]:
                box.setChecked(True)
        chosen = {
            name: turn.currentData() for name, (box, turn) in self._lines.items() if wanted and box.isChecked()
        }
        found = self.desk.values().get("screen")
        present = [entry.get("name") for entry in found] if isinstance(found, list) else []
        for index in reversed(range(len(present))):
            if present[index] not in chosen:
                self.desk.remove("screen", index)
        present = [name for name in present if name in chosen]
        for name, degrees in chosen.items():
            if name in present:
                self.desk.put(("screen", present.index(name), "rotation"), degrees or None)
            else:
                self.desk.add("screen", {"name": name, **({"rotation": degrees} if degrees else {})})
        self._box.setEnabled(wanted)
        self.edited.emit()


class PinBox(QWidget):
    """Sets or removes the PIN; the file has its hash only, so it can't be shown."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(text("PIN", size=18, bold=True))
        about = next((field.help for field in desk.fields.get("lock", ()) if field.key == "pin"), "")
        column.addWidget(text(about, ink=QUIET, size=13))
        self.lines: list[QLineEdit] = []
        for label in ("New &PIN", "Once &more"):
            line = QLineEdit()
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaximumWidth(240)
            line.setAccessibleName(label.replace("&", ""))
            caption = text(label, bold=True)
            caption.setBuddy(line)
            column.addWidget(caption)
            column.addWidget(line)
            self.lines.append(line)
        self.put, self.remove = QPushButton("Set this P&IN"), QPushButton("Remo&ve the PIN")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.put)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        self.said = text("", bold=True, size=14)
        column.addWidget(self.said)
        self.put.clicked.connect(self._put)
        self.remove.clicked.connect(self._remove)

    def show_values(self) -> None:
        """Tells whether there is a PIN."""
        lock = self._desk.values().get("lock")
        there = isinstance(lock, dict) and bool(lock.get("pin"))
        self.remove.setEnabled(there)
        self._say("A PIN is set." if there else "No PIN is set.", INK)

    def _put(self) -> None:
        first, second = (line.text() for line in self.lines)
        if first != second:
            self._say("The two are not the same; type it twice.", WRONG)
            return
        answer = self._desk.hashed_pin(first)
        if not answer.good:
            self._say(answer.sentence, WRONG)
            return
        for line in self.lines:
            line.clear()
        self._desk.put(("lock", 0, "pin"), answer.sentence)
        self.show_values()
        self.edited.emit()

    def _remove(self) -> None:
        self._desk.put(("lock", 0, "pin"), None)
        self.show_values()
        self.edited.emit()

    def _say(self, sentence: str, ink: str) -> None:
        self.said.setText(sentence)
        paint(self.said, ink)
