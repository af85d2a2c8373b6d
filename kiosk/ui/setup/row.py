"""One option in a form: its label, its input, what is wrong with it, and what it means."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.setup.contract import Place
from kiosk.ui.setup.inputs import Input
from kiosk.ui.setup.look import QUIET, WRONG, text


class Row(QWidget):
    """A labelled input with its help, and its mistakes between them.

    Args:
        label: with a ``&`` before the letter that jumps to it, where it has one.
        help_: what the option means.
        place: of the entry; its table's number may change.

    Signals:
        edited: a person changed it.
    """

    edited = Signal()

    def __init__(self, label: str, help_: str, taken: Input, place: Place) -> None:
        super().__init__()
        self.place = place
        self.input = taken
        self._name = label.replace("&", "")
        self._help = help_
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        heading = text(label, bold=True)
        heading.setBuddy(taken.focusProxy() or taken)
        column.addWidget(heading)
        column.addWidget(taken)
        self._mistake = text("", ink=WRONG, bold=True, size=14)
        self._mistake.hide()
        column.addWidget(self._mistake)
        column.addWidget(text(help_, ink=QUIET, size=13))
        taken.edited.connect(self.edited)
        self.show_mistakes(())

    @property
    def wrong(self) -> bool:
        """Whether a mistake is shown."""
        return not self._mistake.isHidden()

    def show_mistakes(self, sentences: tuple[str, ...]) -> None:
        """Shows what is wrong; nothing where that is none."""
        said = " ".join(sentences)
        if said != self._mistake.text():
            self._mistake.setText(said)
        self._mistake.setVisible(bool(said))
        for widget, part in self.input.named():
            widget.setAccessibleName(f"{self._name}: {part}" if part else self._name)
            widget.setAccessibleDescription(f"Mistake: {said} {self._help}" if said else self._help)
            if widget.property("wrong") != bool(said):
                widget.setProperty("wrong", bool(said))
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def show_value(self, value: Any) -> None:
        """Shows what the file has."""
        self.input.show_value(value)

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
