"""A page of the setup window: a heading, a sentence, and rows that write into the desk."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kiosk.ui.setup.contract import Choice, Desk, Field, Place
from kiosk.ui.setup.inputs import Input, made
from kiosk.ui.setup.look import GAP, QUIET, text
from kiosk.ui.setup.row import Row


class Page(QScrollArea):
    """Scrolls where the window is too small for it.

    Signals:
        edited: a person changed an entry, and the desk has it.
    """

    edited = Signal()

    def __init__(self, desk: Desk, title: str, about: str) -> None:
        super().__init__()
        self.desk = desk
        self.title = title
        self.rows: list[Row] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("page")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 3 * GAP)
        self.column = QVBoxLayout()
        self.column.setSpacing(2 * GAP)
        whole.addLayout(self.column)
        whole.addStretch(1)
        self.column.addWidget(text(title, size=22, bold=True))
        self.column.addWidget(text(about, ink=QUIET))
        self.setWidget(inside)

    def options(self, table: str, labels: dict[str, str], into: QVBoxLayout | None = None) -> Iterable[Row]:
        """Rows for options of a table, in the order of the labels; what the table doesn't know is left out."""
        country = self.desk.country()
        known = {field.key: field for field in self.desk.fields.get(table, ())}
        for key, label in labels.items():
            if key in known:
                taken = made(known[key], _spoken(self.desk), country.levels if country else ())
                yield self.row(known[key], label, taken, (table, 0, key), into)

    def row(self, field: Field, label: str, taken: Input, place: Place, into: QVBoxLayout | None = None) -> Row:
        """A row in the page."""
        row = Row(label, field.help, taken, place)
        row.edited.connect(lambda: self._write(row))
        self.rows.append(row)
        (into or self.column).addWidget(row)
        return row

    def show_values(self) -> None:
        """Shows what the file has."""
        values = self.desk.values()
        for row in self.rows:
            row.show_value(_found(values, row.place))

    def show_mistakes(self, mistakes: Sequence[tuple[Place, str]]) -> set[Place]:
        """Shows the mistakes of its rows, and returns the places that have one here."""
        for row in self.rows:
            row.show_mistakes(tuple(sentence for place, sentence in mistakes if place == row.place))
        return {row.place for row in self.rows}

    def _write(self, row: Row) -> None:
        self.desk.put(row.place, row.input.value())
        self.edited.emit()


def _spoken(desk: Desk) -> Sequence[Choice]:
    """The languages of the screen, as the file has them."""
    country = desk.country()
    known = country.languages if country else ()
    wanted = desk.values().get("languages")
    codes = wanted if isinstance(wanted, list) and wanted else [known[0].value] if known else []
    names = {language.value: language.label for language in known}
    return [Choice(code, names.get(code, code)) for code in map(str, codes)]


def _found(values: dict[str, object], place: Place) -> object:
    table, index, key = place
    within: object = values if not table else values.get(table)
    if isinstance(within, list):
        within = within[index] if index < len(within) else None
    return within.get(key) if isinstance(within, dict) else None
